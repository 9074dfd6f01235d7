import type { INodeProperties } from 'n8n-workflow';

import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import { JOB_NAMES } from '../../../../lib/lifecycle/eventKinds';
import type { ItemParameters } from '../../execution/parameters';

/** What the workflow takes care of. */
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
			description: 'Calls of a security tool or a person: access ends at once, and no HRIS is asked',
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

/** Properties of one job, shown for it alone. */
export function shownForJob(job: JobName, properties: readonly INodeProperties[]): INodeProperties[] {
	return shownForJobs([job], properties);
}

/** The jobs that ask an HRIS. */
export const HRIS_JOBS = ['joiners', 'leavers'] as const satisfies readonly JobName[];

/** Properties of some jobs, shown for these alone. */
export function shownForJobs(jobs: readonly JobName[], properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { job: [...jobs], ...property.displayOptions?.show } },
	}));
}
