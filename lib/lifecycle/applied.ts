import type { Alert } from './decision';
import type { Change, StoredChange } from './journal';
import type { Link } from './links';
import type { Message } from './words/messages';

/** Why something could not be done. */
export interface Failure {
	/** As `ScimErrorKind`; undefined if unknown. */
	kind: string | undefined;
	/** What happened and how to get unstuck, in whole sentences. */
	text: string;
}

/** A record of a lockdown: a row of `notion_scim_evidence`. */
export interface Evidence {
	/** The key of the journal row. */
	key: string;
	/** JSON: see `LockdownRecord`. */
	record: string;
}

/** The result of acting on rows. */
export interface Applied {
	/** The rows as they are afterwards, and new ones that follow from them. */
	changes: Array<Change | StoredChange>;
	/** Links that differ from the stored ones. */
	links: Link[];
	evidence: Evidence[];
	messages: Message[];
	alerts: Alert[];
}

export function nothingApplied(): Applied {
	return { changes: [], links: [], evidence: [], messages: [], alerts: [] };
}
