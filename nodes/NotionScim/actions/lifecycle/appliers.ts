import type { IExecuteFunctions } from 'n8n-workflow';

import type { Applied } from '../../../../lib/lifecycle/applied';
import type { ChangeKind, StoredChange } from '../../../../lib/lifecycle/journal';
import type { StoredLink } from '../../../../lib/lifecycle/links';
import type { Session } from '../../transport/session';
import { writePeople } from './writePeople';

/** What an applier works with. */
export interface ApplyTools {
	context: IExecuteFunctions;
	session: Session;
	links: readonly StoredLink[];
}

/**
 * Carries out rows of its kinds, all of them together. A row that fails stops no other one: it comes out
 * with its outcome.
 *
 * @throws ScimError `cancelled` only
 */
export type Applier = (rows: StoredChange[], tools: ApplyTools) => Promise<Applied>;

/** Who carries out which kinds of rows. */
export const APPLIERS: ReadonlyArray<{ kinds: readonly ChangeKind[]; apply: Applier }> = [
	{ kinds: ['hire', 'change'], apply: writePeople },
];
