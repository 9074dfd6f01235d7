import { isNoDate } from '../../../lib/directory/person/calendarDate.ts';
import { dateText, utcDate } from './dates.js';
import { text } from './text.js';

export const MEANINGS = ['active', 'notStarted', 'onLeave', 'inactive'];

/**
 * What a directory's words may mean. Only `inactive` is evidence that a person has left: an account
 * that is suspended, locked or unknown may be used again tomorrow.
 */
export const DIRECTORY_MEANINGS = ['active', 'notStarted', 'onLeave', 'suspended', 'inactive', 'unknown'];

/**
 * What a vendor's word means, whatever its capitals, spaces and lines; nothing for an unknown one.
 *
 * @param table by word, without capitals, spaces and lines
 * @param ownWords by word as the company writes it; they win
 * @param meanings what there is
 */
export function meaningOf(word, table, ownWords = {}, meanings = MEANINGS) {
	const plain = (found) => (text(found) ?? '').toLowerCase().replace(/[\s_-]+/g, '');
	const own = Object.entries(ownWords).find(([key]) => plain(key) === plain(word))?.[1];
	if (own !== undefined && !meanings.includes(own)) {
		throw new Error(`Settings: "${own}" in ownWords must be one of ${meanings.join(', ')}.`);
	}
	return own ?? (Object.hasOwn(table, plain(word)) ? table[plain(word)] : undefined);
}

/**
 * The employment state, from the directory's own word.
 *
 * @param vendor as admins call it, for the explanation
 * @param table meanings by word, without capitals, spaces and lines (see meaningOf)
 * @param ownWords of Settings: { word: meaning }; they win
 * @returns { active, status, statusWord, explanation }
 */
export function directoryEmploymentState(vendor, word, table, ownWords = {}) {
	const statusWord = text(word);
	const status = meaningOf(word, table, ownWords, DIRECTORY_MEANINGS) ?? 'unknown';
	const explanations = {
		suspended: `${vendor} says "${statusWord}", which may end again: nothing is taken away.`,
		unknown: `${vendor} says "${statusWord ?? ''}", which this workflow does not know. A person must look.`,
	};
	return { active: status !== 'inactive', status, statusWord, explanation: explanations[status] };
}

/** A leave of absence is not the end of an employment, and one who has yet to begin has not left. */
export function isActive(status) {
	return status === 'active' || status === 'onLeave' || status === 'notStarted';
}

/**
 * Two days after a last day, a person who is still active may have stayed, or a word was forgotten: that
 * is for a person to find out. Until then a vendor may only be late.
 */
export function inDoubt(found) {
	const { status, statusWord, endDate } = found;
	const isLate = endDate !== undefined && endDate < utcDate(-2);
	if (!isLate || (status !== 'active' && status !== 'onLeave')) return found;
	const explanation = `Still "${statusWord}", although the last day was ${endDate}. A person must look.`;
	return { ...found, status: 'unknown', explanation };
}

/**
 * A last day that cannot be read may be any day, so the person does not simply stay.
 *
 * @param written the last days as the vendor writes them
 */
export function inDoubtOfDates(found, written) {
	const unread = written.map((value) => text(value) ?? '').find((value) => !isNoDate(value) && !dateText(value));
	if (unread === undefined || found.status === 'inactive' || found.status === 'unknown') return found;
	const explanation = `The last day is "${unread}", which is not a date such as 2026-01-31. A person must look.`;
	return { ...found, status: 'unknown', explanation };
}

/** Words for a leave, as HR systems and companies call it. */
export const LEAVE_WORDS = {
	onleave: 'onLeave',
	leaveofabsence: 'onLeave',
	parentalleave: 'onLeave',
	maternityleave: 'onLeave',
	paternityleave: 'onLeave',
	medicalleave: 'onLeave',
	militaryleave: 'onLeave',
	unpaidleave: 'onLeave',
	sabbatical: 'onLeave',
	furlough: 'onLeave',
	furloughed: 'onLeave',
};
