import { text } from './fields';
import type { VendorEvent } from './vendorEvent';

/**
 * What a word of a system means for access.
 * - a kind: that happened
 * - `leaving`: the date tells whether the last day is over
 * - `deleted`: the person's record is gone, because the person left or because an admin cleaned up
 * - `disconnected`: events may be missing from now on, because a connection broke
 * - `quiet`: it says nothing about who has access
 */
export type Meaning = VendorEvent['kind'] | 'deleted' | 'disconnected' | 'quiet';

/** All documented words of one system. */
export interface Words {
	/** Pages of the system that list them. */
	readonly pages: readonly string[];
	/** By word, as the system writes it. */
	readonly meanings: Readonly<Record<string, Meaning>>;
}

export type WhatHappened = Pick<VendorEvent, 'kind' | 'alert' | 'unmapped'>;

/** For a word that a system sent without any letter. */
const NO_WORD = 'unnamed';

/** Maximum length of a word in a sentence. */
const LONGEST_WORD = 80;

/** The same meaning for several words with a common prefix. */
export function each<Said extends Meaning>(
	beginning: string,
	ends: readonly string[],
	meaning: Said,
): Record<string, Said> {
	return Object.fromEntries(ends.map((end) => [beginning + end, meaning]));
}

/** Systems write one word in several ways: `employee.left`, `Employee_Left`, `employees/employee`. */
export function plainWord(word: string): string {
	return word.trim().toLowerCase().replace(/[\s._:/-]+/g, '');
}

/**
 * The word of an event. An empty word is an unknown word, so its delivery is not lost.
 * @returns undefined if none of the values is a word
 */
export function wordIn(...values: unknown[]): string | undefined {
	const isThere = values.some((value) => typeof value === 'string');
	return text(...values) ?? (isThere ? NO_WORD : undefined);
}

/**
 * The meaning of a word, from the system's own table. An unknown word may mean a beginning as well as an end,
 * so it is never skipped: it raises an alert and is marked.
 */
export function meaningOf(word: string, { meanings }: Words): WhatHappened {
	const plain = plainWord(word);
	const found = Object.entries(meanings).find(([known]) => plainWord(known) === plain);
	if (found === undefined) return unmapped(word);
	const [, meaning] = found;
	switch (meaning) {
		case 'quiet':
			return { kind: 'other' };
		case 'deleted':
			return {
				kind: 'other',
				alert: `${quoted(word)} may mean that a person leaves, or that an admin cleaned up a record. A person must look.`,
			};
		case 'disconnected':
			return {
				kind: 'other',
				alert: `${quoted(word)} says that a connection is broken, so events may be missing. A person must look.`,
			};
		default:
			return { kind: meaning };
	}
}

function unmapped(word: string): WhatHappened {
	return {
		kind: 'other',
		unmapped: true,
		alert: `${quoted(word)} is an event that this version does not know. It may mean that a person begins or leaves. A person must look.`,
	};
}

/** The form of a word in a sentence. */
export const quoted = (word: string): string => `"${word.slice(0, LONGEST_WORD)}"`;
