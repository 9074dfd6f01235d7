import type { Alert } from '../decision';
import type { Change, StoredChange } from '../journal';
import type { Link } from '../links';
import type { Message } from '../words/messages';

/** A record of a lockdown, as a row of `notion_scim_evidence`. */
export interface Evidence {
	/** Of the row of the journal. */
	key: string;
	/** JSON: see `LockdownRecord`. */
	record: string;
}

/** What is stored and told after a change was carried out, or was not. */
export interface Applied {
	/** Rows as they are afterwards; those without an `id` are new. */
	rows: Array<Change | StoredChange>;
	links: Link[];
	evidence: Evidence[];
	messages: Message[];
	alerts: Alert[];
}

export function applied(parts: Partial<Applied>): Applied {
	return { rows: [], links: [], evidence: [], messages: [], alerts: [], ...parts };
}
