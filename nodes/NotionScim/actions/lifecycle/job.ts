import type { INodeProperties } from 'n8n-workflow';

import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import { JOB_NAMES } from '../../../../lib/lifecycle/eventKinds';
import type { ItemParameters } from '../../execution/parameters';

/** The job of the workflow. */
export const jobProperty: INodeProperties = {
	displayName: 'For',
	name: 'job',
	type: 'options',
	noDataExpression: true,
	default: 'joiners',
	description: 'Which events this workflow acts on',
	options: [
		{
			name: 'Emergencies',
			value: 'emergency',
			description: 'Calls of a security tool or a person: access ends at once, without asking an HRIS',
		},
		{
			name: 'Joiners',
			value: 'joiners',
			description: 'Hires, and changes of the people who are members',
		},
		{
			name: 'Leavers',
			value: 'leavers',
			description: 'Ends of employments. Every other event is a hint: the HRIS is read again.',
		},
	],
};

/** @throws ScimError `invalidInput` */
export function jobIn(parameters: ItemParameters): JobName {
	return parameters.choice(jobProperty, JOB_NAMES);
}

/** Properties of one job, shown only for that job. */
export function shownForJob(job: JobName, properties: readonly INodeProperties[]): INodeProperties[] {
	return shownForJobs([job], properties);
}

/** The jobs that ask an HRIS. */
export const HRIS_JOBS = ['joiners', 'leavers'] as const satisfies readonly JobName[];

/** Properties of some jobs, shown only for those. */
export function shownForJobs(jobs: readonly JobName[], properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { job: [...jobs], ...property.displayOptions?.show } },
	}));
}
