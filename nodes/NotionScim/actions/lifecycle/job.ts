import type { INodeProperties } from 'n8n-workflow';

import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';

/** Which lifecycle the workflow takes care of. */
export const jobProperty: INodeProperties = {
	displayName: 'For',
	name: 'job',
	type: 'options',
	noDataExpression: true,
	default: 'joiners',
	description: 'Which events this workflow acts on',
	options: [
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
	const job = parameters.text('job');
	if (job === 'joiners' || job === 'leavers') return job;
	throw new ScimError(
		'invalidInput',
		`For is "${job}", which is neither joiners nor leavers.`,
		'Pick it from the list again.',
	);
}

/** Properties of one job, shown for it alone. */
export function shownForJob(job: JobName, properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { job: [job], ...property.displayOptions?.show } },
	}));
}
