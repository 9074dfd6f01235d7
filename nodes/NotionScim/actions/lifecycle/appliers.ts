import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Applied } from '../../../../lib/lifecycle/applied';
import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import type { ChangeKind, StoredChange } from '../../../../lib/lifecycle/journal';
import type { StoredLink } from '../../../../lib/lifecycle/links';
import type { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { applyToEmergencies } from './applyToEmergencies';
import { applyToLeavers } from './applyToLeavers';
import { shownForJob, shownForJobs } from './job';
import { leaverApplyProperties, leaverRowsProperties } from './leaverApplyProperties';
import { rowsProperty } from './rows';
import { writePeople } from './writePeople';

/** The inputs of an applier. */
export interface ApplyTools {
	context: IExecuteFunctions;
	session: Session;
	parameters: ItemParameters;
	links: readonly StoredLink[];
}

/**
 * Carries out all rows of its kinds together. A failed row does not stop the others: each row is returned
 * with its outcome.
 * @throws ScimError `cancelled`, and `invalidInput` for an unreadable setting, before anything is done
 */
export type Applier = (rows: StoredChange[], tools: ApplyTools) => Promise<Applied>;

/** The applier of each job. */
export const APPLIERS: Readonly<Record<JobName, { kinds: readonly ChangeKind[]; apply: Applier }>> = {
	joiners: { kinds: ['hire', 'change'], apply: writePeople },
	leavers: { kinds: ['leave', 'watch', 'remind'], apply: applyToLeavers },
	emergency: { kinds: ['emergency'], apply: applyToEmergencies },
};

/** The parameters of Apply Changes that only some jobs have, each shown for those jobs. */
export const applierProperties: INodeProperties[] = [
	...shownForJob('leavers', leaverApplyProperties),
	...shownForJobs(
		['leavers', 'emergency'],
		[
			rowsProperty(
				{
					displayName: 'Journal Rows',
					name: 'journalRows',
					description:
						'The rows of the journal about the same employees and addresses; for emergencies, those of the last day. They distinguish a person who was locked out before from an unknown one.',
				},
				'Read journal',
			),
		],
	),
	...shownForJob('leavers', leaverRowsProperties),
];
