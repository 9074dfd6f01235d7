import type { INodeProperties } from 'n8n-workflow';

import type { Job } from '../../../../lib/lifecycle/decision';
import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { joinerParameters } from './joinerProperties';

/** The parameters of one job in Plan Changes. */
export interface JobParameters {
	/** Without `displayOptions`: they are shown for the job alone. */
	properties: INodeProperties[];
	/**
	 * The rules of the job, with its settings.
	 *
	 * @param timeZone the company's; it may be empty or no zone, and then the job decides nothing
	 * @throws ScimError `invalidInput`
	 */
	read(parameters: ItemParameters, timeZone: string): Job;
}

const JOBS: Partial<Record<JobName, JobParameters>> = {
	joiners: joinerParameters,
};

/** The parameters of all jobs, each shown for its own job. */
export const jobProperties: INodeProperties[] = Object.entries(JOBS).flatMap(([job, { properties }]) =>
	properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { job: [job], ...property.displayOptions?.show } },
	})),
);

/** @throws ScimError `invalidInput` */
export function readJob(name: JobName, parameters: ItemParameters, timeZone: string): Job {
	const job = JOBS[name];
	if (job) return job.read(parameters, timeZone);
	throw new ScimError(
		'invalidInput',
		`This version of the node cannot plan for ${name}.`,
		'Update the package n8n-nodes-notion-scim.',
	);
}
