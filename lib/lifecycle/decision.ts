import type { Answers } from './answers';
import type { Change, StoredChange } from './journal';
import type { JobName } from './eventKinds';
import type { StoredLink } from './links';

/** What is done about one event. */
export type LifecycleOperation =
	/** Create or update the member and join the groups. */
	| 'provision'
	/** Bring the attributes of an existing member up to date. */
	| 'update'
	| 'lockDown'
	/** Wait for the day. */
	| 'schedule'
	/** Read the HRIS once more, because it may lag behind its own event. */
	| 'lookAgain'
	/** End what waits, because it is not needed any more. */
	| 'withdraw'
	| 'ignore'
	/** An admin must look; nothing is done. */
	| 'askPerson'
	/** Something failed that may work later. */
	| 'tryLater';

/** A message to the admin. Alerts with one key share one entry of the mail. */
export interface Alert {
	key: string;
	/** What happened and what to do, in whole sentences. */
	text: string;
	/** An informational message: mailed once, without an acknowledgement. */
	note?: boolean;
}

/** The person a decision concerns. An empty text means unknown. */
export interface Subject {
	email: string;
	displayName: string;
	managerEmail: string;
	/** Notion's ID. */
	userId: string;
}

/** The member that must be looked up before a decision is final. */
export interface LookUp {
	/** Notion's ID, which takes precedence if it is known. */
	userId: string;
	email: string;
}

/** The result of looking up a member. */
export type FoundMember =
	| { member: Member | undefined }
	/** `kind` as `ScimErrorKind`. */
	| { failure: { kind: string; text: string } };

export interface Member {
	id: string;
	email: string;
	/** `member` if Notion states none. */
	role: string;
}

/** What is done about one event, why, for whom, and what the journal records. */
export interface Decision {
	operation: LifecycleOperation;
	/** A sentence. */
	why: string;
	subject: Subject;
	/**
	 * The rows of the journal that change, as they are afterwards; one without an `id` is new. They always
	 * include the row of the event, so that no row stays `received`.
	 */
	rows: Array<Change | StoredChange>;
	alert?: Alert;
	/** The member to look up first, and the decision that follows. */
	lookUp?: LookUp & { then: (found: FoundMember) => Decision };
}

/** Everything known about one event before it is decided. Each job reads what it needs. */
export interface Facts {
	/** The row of the event, just stored or handed over. */
	row: StoredChange;
	/** What the HRIS answered to all questions: see `readingOf`. */
	answers: Answers;
	/** All other rows of the journal that were read, oldest first: see `isAbout`. */
	journal: readonly StoredChange[];
	/** All links that were read, oldest first: see `linksOf`. */
	links: readonly StoredLink[];
	/** The execution that decides. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** The rules of one job with its settings. Operations find it by name in a table. */
export interface Job {
	name: JobName;
	decide(facts: Facts): Decision;
}

/**
 * A named rule. Rules form an ordered list; the first one that returns a decision applies.
 * @returns undefined if the rule does not apply
 */
export interface Rule<T> {
	name: string;
	decide(facts: T): Decision | undefined;
}

/** The decision of the first rule that applies. */
export function firstOf<T>(rules: ReadonlyArray<Rule<T>>, facts: T): Decision | undefined {
	for (const rule of rules) {
		const decision = rule.decide(facts);
		if (decision) return decision;
	}
	return undefined;
}
