import type { Alert } from './decision';
import type { Change, StoredChange } from './journal';
import type { Link } from './links';

/** Why something could not be done. */
export interface Failure {
	/** As `ScimErrorKind`; undefined where it is not known. */
	kind: string | undefined;
	/** What happened and how to get unstuck, in whole sentences. */
	text: string;
}

/** What came of rows that were acted on. */
export interface Applied {
	/** The rows as they are afterwards, and those that follow from them. */
	changes: Array<Change | StoredChange>;
	/** Links that are not stored as they are. */
	links: Link[];
	/** Records of lockdowns. */
	evidence: Array<{ key: string; record: string }>;
	/** Fields of mails. */
	messages: Array<Record<string, string>>;
	alerts: Alert[];
}

export function nothingApplied(): Applied {
	return { changes: [], links: [], evidence: [], messages: [], alerts: [] };
}
