import type { Directory } from '../directory/person/person';
import type { Alert } from '../lifecycle/decision';
import { instantOf, isoText } from '../lifecycle/zones';
import { emailKey } from '../scim/emailKey';
import type { PeopleByAddress } from './directoryPeople';
import { awayBecause, canAnswer, peopleByAddress } from './directoryPeople';
import type { Letter, Review } from './records';
import { FROM_DIRECTORY } from './reviewers';
import type { ReviewRow } from './rows';
import { reviewersCell } from './rows';
import { isTimeOver, openRows } from './progress';
import { DAY } from './start';
import { shortList } from './words';

/** The directory of today; undefined if it could not be read. */
export interface DirectoryToday {
	byAddress: PeopleByAddress;
	/** Whether a person missing from it has left. */
	isComplete: boolean;
}

/** A mail to send to one reviewer. */
export interface DueLetter {
	reviewer: string;
	letter: 'first' | 'reminder' | 'escalation';
	/** In which capacities they are asked, separated by commas. */
	askedAs: string;
	rows: number;
	people: number;
}

/** Rows that get the next reviewer, found by their previous values; no one may have decided meanwhile. */
export interface Reassignment {
	reviewersWere: string;
	stepWas: number;
	atWas: string;
	passedOverWas: string;
	reviewer: string;
	reviewerAs: string;
	step: number;
	at: string;
	passedOver: string;
}

export interface Due {
	reassignments: Reassignment[];
	letters: DueLetter[];
	alerts: Alert[];
}

/** An incomplete directory proves only what it contains; one without any person proves nothing. */
export function directoryToday({ persons, manifests, unreadable }: Directory): DirectoryToday | undefined {
	if (persons.length === 0) return undefined;
	const count = manifests.reduce((sum, manifest) => sum + manifest.count, 0);
	const isComplete =
		manifests.length > 0 &&
		manifests.every(({ complete }) => complete) &&
		count === persons.length &&
		unreadable.length === 0;
	return { byAddress: peopleByAddress(persons), isComplete };
}

/**
 * The due actions of an open review: the reviewers to ask now, to remind, or to replace because they do not
 * answer or have left. A missing answer removes nothing.
 * @param letters of the review, as stored
 * @param now epoch milliseconds
 */
export function whatIsDue(
	review: Review,
	rows: readonly ReviewRow[],
	letters: readonly Letter[],
	{ directory, now }: { directory: DirectoryToday | undefined; now: number },
): Due {
	if (isTimeOver(review, now)) return { reassignments: [], letters: [], alerts: [] };
	const sent = sentLetters(letters);
	const changed = new Map<ReviewRow, ReviewRow>();
	const asked = openRows(rows).map((row) => {
		const askedAt = askedAtOf(row, sent);
		const isLate = askedAt !== undefined && daysSince(askedAt, now) >= review.pace.escalateAfterDays;
		const after = afterwards(row, isLate, directory, now);
		if (after !== row) changed.set(row, after);
		return after;
	});
	const due = lettersDue(asked, sent, review, now);
	return { reassignments: reassignmentsOf(changed), letters: due, alerts: goneAlert(due, directory) };
}

/**
 * A tolerance of half a day: the schedule is some seconds early on one day and an hour off when the clocks
 * change.
 */
function daysSince(instant: number, now: number): number {
	return Math.round((now - instant) / DAY);
}

/** By reviewer, the letters that the mail server accepted, oldest first. */
function sentLetters(letters: readonly Letter[]): Map<string, Array<{ writtenAt: number; sentAt: number }>> {
	const byReviewer = new Map<string, Array<{ writtenAt: number; sentAt: number }>>();
	for (const { reviewer, writtenAt, sentAt } of letters) {
		const at = instantOf(sentAt);
		if (at === undefined) continue;
		const key = emailKey(reviewer);
		byReviewer.set(key, [...(byReviewer.get(key) ?? []), { writtenAt: instantOf(writtenAt) ?? at, sentAt: at }]);
	}
	for (const own of byReviewer.values()) own.sort((one, other) => one.sentAt - other.sentAt);
	return byReviewer;
}

/** When the current reviewer was first asked about a row: each mail contains all their open rows. */
function askedAtOf(row: ReviewRow, sent: ReturnType<typeof sentLetters>): number | undefined {
	const own = sent.get(emailKey(row.reviewer));
	if (!own) return undefined;
	const since = instantOf(row.assignedAt) ?? 0;
	return own.find(({ writtenAt }) => writtenAt >= since)?.sentAt;
}

function lettersDue(
	rows: readonly ReviewRow[],
	sent: ReturnType<typeof sentLetters>,
	{ pace }: Review,
	now: number,
): DueLetter[] {
	const byReviewer = new Map<string, ReviewRow[]>();
	for (const row of rows) {
		const key = emailKey(row.reviewer);
		const own = byReviewer.get(key);
		if (own) own.push(row);
		else byReviewer.set(key, [row]);
	}
	return [...byReviewer].flatMap(([key, own]): DueLetter[] => {
		const last = sent.get(key)?.at(-1)?.sentAt ?? 0;
		const unasked = own.filter((row) => askedAtOf(row, sent) === undefined);
		if (unasked.length === 0 && daysSince(last, now) < pace.remindAfterDays) return [];
		const isInstead = unasked.some(({ step }) => step > 0);
		return [
			{
				reviewer: own[0]?.reviewer ?? key,
				letter: unasked.length === 0 ? 'reminder' : isInstead ? 'escalation' : 'first',
				askedAs: [...new Set(own.map(({ reviewerAs }) => reviewerAs))].join(', '),
				rows: own.length,
				people: new Set(own.map(({ userId }) => userId)).size,
			},
		];
	});
}

/** The row with the next reviewer who can answer, if the current one is late or gone; otherwise unchanged. */
function afterwards(row: ReviewRow, isLate: boolean, directory: DirectoryToday | undefined, now: number): ReviewRow {
	let { step, passedOver } = row;
	let mustGoOn = isLate;
	for (; row.reviewers[step + 1]; step += 1, mustGoOn = false) {
		const { email = '', as = '' } = row.reviewers[step] ?? {};
		const why = goneBecause(email, as, directory);
		if (why !== undefined) passedOver = `${passedOver} ${email} (${as}) ${why}.`.trim();
		else if (!mustGoOn) break;
	}
	const next = row.reviewers[step];
	if (step === row.step || !next) return row;
	return { ...row, step, passedOver, reviewer: next.email, reviewerAs: next.as, assignedAt: isoText(now) };
}

/** Why a reviewer can no longer answer, as the end of a sentence; undefined for one who can. */
function goneBecause(reviewer: string, as: string, directory: DirectoryToday | undefined): string | undefined {
	if (!directory) return undefined;
	const record = directory.byAddress.get(emailKey(reviewer));
	if (record) return canAnswer(record) ? undefined : awayBecause(record);
	return directory.isComplete && FROM_DIRECTORY.includes(as) ? 'is not in the directory any more' : undefined;
}

/** Combines the same change of several rows: changing 10,000 rows one by one takes minutes. */
function reassignmentsOf(changed: ReadonlyMap<ReviewRow, ReviewRow>): Reassignment[] {
	const found = new Map<string, Reassignment>();
	for (const [was, is] of changed) {
		const change: Reassignment = {
			reviewersWere: reviewersCell(was),
			stepWas: was.step,
			atWas: was.assignedAt,
			passedOverWas: was.passedOver,
			reviewer: is.reviewer,
			reviewerAs: is.reviewerAs,
			step: is.step,
			at: is.assignedAt,
			passedOver: is.passedOver,
		};
		found.set(JSON.stringify(change), change);
	}
	return [...found.values()];
}

/** There is no next reviewer, or that one would be asked. */
function goneAlert(letters: readonly DueLetter[], directory: DirectoryToday | undefined): Alert[] {
	const gone = letters.flatMap(({ reviewer }) => {
		const why = goneBecause(reviewer, '', directory);
		return why === undefined ? [] : [`${reviewer} ${why}`];
	});
	if (gone.length === 0) return [];
	return [
		{
			key: 'access review: reviewer gone',
			text: `The directory says of these reviewers that they cannot answer, and no one comes after them: ${shortList(gone)}. See that someone reads their mail, and name others before the next review.`,
		},
	];
}
