import type { INodeProperties } from 'n8n-workflow';

import type { Job } from '../../../../lib/lifecycle/decision';
import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import type { ItemParameters } from '../../execution/parameters';
import { shownForJob } from './job';
import { joinerParameters } from './joinerProperties';
import { leaverParameters } from './leaverProperties';

/** The parameters of one job in Plan Changes. */
export interface JobParameters {
	/** Without `displayOptions`: they are shown only for the job. */
	properties: INodeProperties[];
	/**
	 * The rules of the job, with its settings.
	 * @param timeZone the company's; it may be empty or invalid, and then the job decides nothing
	 * @throws ScimError `invalidInput`
	 */
	read(parameters: ItemParameters, timeZone: string): Job;
}

/** Jobs that ask an HRIS. */
export type HrisJobName = Exclude<JobName, 'emergency'>;

const JOBS: Readonly<Record<HrisJobName, JobParameters>> = {
	joiners: joinerParameters,
	leavers: leaverParameters,
};

/** The parameters of all jobs, each shown for its own job. */
export const jobProperties: INodeProperties[] = [
	...shownForJob('joiners', JOBS.joiners.properties),
	...shownForJob('leavers', JOBS.leavers.properties),
];

/** @throws ScimError `invalidInput` */
export function readJob(name: HrisJobName, parameters: ItemParameters, timeZone: string): Job {
	return JOBS[name].read(parameters, timeZone);
}
