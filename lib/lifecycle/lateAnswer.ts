import { HELD_WORDS, heldCountWas, othersWait } from './heldWords';
import type { StoredChange } from './journal';
import type { ShownList } from './shownList';
import { listMark } from './shownList';
import { instantOf } from './zones';

/**
 * What has become of rows that were shown and no longer wait, as sentences: a late answer reports what came
 * before it.
 * @param gone IDs of these rows
 * @param known rows as they are now, as far as they were read
 */
export function becameOf({ kind }: ShownList, gone: readonly number[], known: readonly StoredChange[], now: number): string[] {
	const words = new Map<string, number>();
	for (const id of gone) {
		const word = wordFor(known.find((row) => row.id === id), now);
		words.set(word, (words.get(word) ?? 0) + 1);
	}
	return [...words].flatMap(([word, rows]) => (word === '' ? [] : [`${heldCountWas(kind, rows)} ${word}.`]));
}

/** How a row was decided, as the end of a sentence; '' if unknown. */
export function decidedWord({ state, outcome, approvedBy }: StoredChange): string {
	if (approvedBy === '') return '';
	return `${state === 'done' && outcome === 'declined' ? 'declined' : 'released'} by ${approvedBy}`;
}

function wordFor(row: StoredChange | undefined, now: number): string {
	if (row === undefined) return '';
	if (row.state !== 'held') return decidedWord(row);
	const until = instantOf(row.dueAt);
	return until !== undefined && until <= now ? `not decided on by ${row.dueAt}, which is a no` : '';
}

/** The result of an answer, once every row was stored or found to be decided already. */
export interface AnswerResult {
	/** `refused` if other answers were faster for every row. */
	decision: 'released' | 'declined' | 'refused';
	/** Whole sentences for the person who uses the form. */
	sentence: string;
	/** The rows that this answer has decided. */
	rows: StoredChange[];
	/** How many rows of the list another answer has decided. */
	others: number;
}

/**
 * The result of an answer. Of two concurrent answers, each row belongs to the one that was stored first; both
 * people are told so.
 * @param list the list that was answered
 * @param rows those of the journal that it was about, as they are after it
 */
export function resultOfAnswer(list: ShownList, rows: readonly StoredChange[]): AnswerResult {
	const own = rows.filter(({ reference }) => reference.split('; ').includes(listMark(list)));
	const others = rows.filter((row) => !own.includes(row));
	const words = [...new Set(others.map(decidedWord))].map((word) => {
		const count = others.filter((row) => decidedWord(row) === word).length;
		return `${heldCountWas(list.kind, count)} ${word === '' ? 'not decided on: open the form again' : word}.`;
	});
	const faster = others.length === 0 ? [] : ['Another answer was faster.', ...words];
	const [first] = own;
	if (first === undefined) {
		return { decision: 'refused', sentence: [...faster, 'Your answer has done nothing.'].join(' '), rows: own, others: others.length };
	}
	const isNo = own.every(({ state, outcome }) => state === 'done' && outcome === 'declined');
	const said = isNo
		? HELD_WORDS[list.kind].declined
		: `Released by ${first.approvedBy}. ${HELD_WORDS[list.kind].after} What could not be done is tried again or comes as an alert.`;
	const left = othersWait(list.rows.filter((id) => !rows.some((row) => row.id === id)).length);
	return { decision: isNo ? 'declined' : 'released', sentence: `${[said, ...faster].join(' ')}${left}`, rows: own, others: others.length };
}
