import type { Alert } from './decision';
import type { Change, StoredChange } from './journal';
import type { Link } from './links';
import type { Message } from './words/messages';

/** Why something could not be done. */
export interface Failure {
	/** As `ScimErrorKind`; undefined where it is not known. */
	kind: string | undefined;
	/** What happened and how to get unstuck, in whole sentences. */
	text: string;
}

/** A record of a lockdown: a row of `notion_scim_evidence`. */
export interface Evidence {
	/** The key of the row of the journal. */
	key: string;
	/** JSON: see `LockdownRecord`. */
	record: string;
}

/** What came of rows that were acted on. */
export interface Applied {
	/** The rows as they are afterwards, and those that follow from them. */
	changes: Array<Change | StoredChange>;
	/** Links that are not stored as they are. */
	links: Link[];
	evidence: Evidence[];
	messages: Message[];
	alerts: Alert[];
}

export function nothingApplied(): Applied {
	return { changes: [], links: [], evidence: [], messages: [], alerts: [] };
}
