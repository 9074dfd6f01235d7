import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Applied } from '../../../../lib/lifecycle/applied';
import type { JobName } from '../../../../lib/lifecycle/eventKinds';
import type { ChangeKind, StoredChange } from '../../../../lib/lifecycle/journal';
import type { StoredLink } from '../../../../lib/lifecycle/links';
import type { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { applyToEmergencies, emergencyApplyProperties } from './applyToEmergencies';
import { applyToLeavers } from './applyToLeavers';
import { shownForJob } from './job';
import { leaverApplyProperties } from './leaverApplyProperties';
import { writePeople } from './writePeople';

/** What an applier works with. */
export interface ApplyTools {
	context: IExecuteFunctions;
	session: Session;
	parameters: ItemParameters;
	links: readonly StoredLink[];
}

/**
 * Carries out rows of its kinds, all of them together. A row that fails stops no other one: it comes out
 * with its outcome.
 *
 * @throws ScimError `cancelled`, and `invalidInput` for a setting that cannot be read, before anything is done
 */
export type Applier = (rows: StoredChange[], tools: ApplyTools) => Promise<Applied>;

/** What each job carries out. */
export const APPLIERS: Readonly<Record<JobName, { kinds: readonly ChangeKind[]; apply: Applier }>> = {
	joiners: { kinds: ['hire', 'change'], apply: writePeople },
	leavers: { kinds: ['leave', 'watch', 'remind'], apply: applyToLeavers },
	emergency: { kinds: ['emergency'], apply: applyToEmergencies },
};

/** The parameters of Apply Changes that one job has, each shown for it alone. */
export const applierProperties: INodeProperties[] = [
	...shownForJob('leavers', leaverApplyProperties),
	...shownForJob('emergency', emergencyApplyProperties),
];
