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

/** A message to the admin. Alerts of one key are one line of the mail. */
export interface Alert {
	key: string;
	/** What happened and what to do, in whole sentences. */
	text: string;
	/** It is told once, and needs no one. */
	note?: boolean;
}

/** Whom a decision is about. An empty text says nothing. */
export interface Subject {
	email: string;
	displayName: string;
	managerEmail: string;
	/** Notion's ID. */
	userId: string;
}

/** Which member must be looked up before a decision stands. */
export interface LookUp {
	/** Notion's ID, which wins where it is known. */
	userId: string;
	email: string;
}

/** What the look-up of a member gave. */
export type FoundMember =
	| { member: Member | undefined }
	/** `kind` as `ScimErrorKind`. */
	| { failure: { kind: string; text: string } };

export interface Member {
	id: string;
	email: string;
	/** `member` where Notion states none. */
	role: string;
}

/** What is done about one event, why, for whom, and what the journal says afterwards. */
export interface Decision {
	operation: LifecycleOperation;
	/** A sentence. */
	why: string;
	subject: Subject;
	/**
	 * The rows of the journal that change, as they are afterwards; one without an `id` is new. The row of
	 * the event is always among them, so that none stays `received`.
	 */
	rows: Array<Change | StoredChange>;
	alert?: Alert;
	/** Which member must be looked up first, and the decision that follows. */
	lookUp?: LookUp & { then: (found: FoundMember) => Decision };
}

/** What is known about one event, before it is decided on. Each job reads from it what it needs. */
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

/** The rules of one job with its settings. The operations find it in a table by name. */
export interface Job {
	name: JobName;
	decide(facts: Facts): Decision;
}

/**
 * A named rule. Rules stand in an ordered list, and the first that gives a decision wins.
 *
 * @returns undefined where the rule does not apply
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
