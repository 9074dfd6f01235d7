import { utcDate } from '../shared/dates.js';
import { DIRECTORY_MEANINGS, directoryEmploymentState, inDoubt, meaningOf } from '../shared/status.js';
import { text } from '../shared/text.js';
import { LIST_WORDS } from './words.js';

/** What a yes and a no look like, without capitals, spaces and lines. */
const YES_AND_NO = {
	...Object.fromEntries(
		['true', 'yes', 'y', 't', 'x', '1', 'on', 'wahr', 'ja', 'j', 'vrai', 'oui', 'verdadero', 'sí', 'si', 'vero', '✓', '✔', '☑']
			.map((word) => [word, 'yes']),
	),
	...Object.fromEntries(
		['false', 'no', 'n', 'f', '0', 'off', 'falsch', 'nein', 'faux', 'non', 'falso', '✗', '✘', '☐']
			.map((word) => [word, 'no']),
	),
};

const FLAG_WORDS = { ...LIST_WORDS, ...YES_AND_NO };

/** Flags whose yes says that the person may work; a yes of every other one says the opposite. */
const POSITIVE_FLAGS = { active: 'inactive', enabled: 'disabled' };

/** The account of a leaver need not be suspended, archived or deleted yet: a no in these is no objection. */
const SAY_LITTLE = ['suspended', 'blocked', 'archived', 'deleted'];

/** Of several flags the strictest counts: an archived account may be suspended as well. */
const STRONGEST_FLAGS = ['unknown', 'inactive', 'suspended', 'onLeave', 'notStarted', 'active'];

/**
 * What the list says of the employment or the account of a person.
 *
 * @param status cell of this column; undefined where the list has no such column
 * @param flags [{ flag, cell }] of the columns with a yes or a no
 * @param suspensionReason cell, as Google gives it
 * @param startAt instant, endDate date: where the list has them
 * @param ownWords of Settings: { word: meaning }, for all of these columns
 * @returns { active, status, statusWord, explanation }
 */
export function listedStatus({ status, flags = [], suspensionReason, startAt, endDate, ownWords = {} }) {
	const emptyMeans = meaningOf('', {}, ownWords, DIRECTORY_MEANINGS);
	const says = (cell) => text(cell) !== undefined || emptyMeans !== undefined;
	const told = status !== undefined && says(status) ? listedWord(status, ownWords) : undefined;
	const flagged = flags
		.filter(({ cell }) => says(cell))
		.map((one) => ({ flag: one.flag, ...flagMeaning(one, suspensionReason, ownWords) }))
		.filter((one) => one.flag !== 'status' || one.status !== 'unknown');
	const found = decidedStatus(told, flagged);
	if (found !== undefined) return isOverdue(found, endDate) ?? found;
	if (status !== undefined || flags.length > 0) {
		return unclear(undefined, 'The list gives no status here. A person must look.');
	}
	return byDates(startAt, endDate);
}

function listedWord(word, ownWords, said = word) {
	return { ...directoryEmploymentState('The list', word, LIST_WORDS, ownWords), statusWord: text(said) };
}

/** What a cell with a yes or a no means; other words for a status are understood there, too. */
function flagMeaning({ flag, cell }, suspensionReason, ownWords) {
	if (flag === 'status') return listedWord(cell, ownWords);
	const word = text(cell) ?? '';
	const answer = meaningOf(word, FLAG_WORDS);
	const isOwn = meaningOf(word, {}, ownWords, DIRECTORY_MEANINGS) !== undefined;
	if (isOwn || (answer !== 'yes' && answer !== 'no')) return listedWord(word, ownWords);
	const opposite = POSITIVE_FLAGS[flag];
	if (opposite !== undefined) return listedWord(answer === 'yes' ? flag : opposite, ownWords, word);
	if (answer === 'no') return { ...listedWord('active', ownWords, `not ${flag}`), isDenial: true };
	const isNew = flag === 'suspended' && /^web_login_required$/i.test(text(suspensionReason) ?? '');
	return listedWord(isNew ? 'suspended (web login required)' : flag, ownWords);
}

/** What the words and the flags say together; nothing where none of them says anything. */
function decidedStatus(told, flagged) {
	const byStrength = [...flagged].sort(
		(one, other) => STRONGEST_FLAGS.indexOf(one.status) - STRONGEST_FLAGS.indexOf(other.status),
	);
	const [strongest] = byStrength;
	// A flag that is unknown is no reason to believe the other columns.
	if (strongest === undefined || strongest.status === 'unknown') return strongest ?? told;
	const contradicts = (one) =>
		unclear(
			`${one.statusWord}, ${strongest.statusWord}`,
			`The list says "${one.statusWord}" and, in another column, "${strongest.statusWord}". A person must look.`,
		);
	if (strongest.status === 'inactive') {
		const works = [told, ...flagged].find((one) => one?.status === 'active' && one.isDenial !== true);
		if (works !== undefined) return contradicts(works);
	}
	const staysOn = flagged.some(({ flag }) => !SAY_LITTLE.includes(flag));
	if (told?.status === 'inactive' && strongest.status === 'active' && staysOn) return contradicts(told);
	const isTold = told !== undefined && told.status !== 'unknown' && told.status !== 'active';
	return isTold ? told : told?.status === 'active' && strongest.status === 'active' ? told : strongest;
}

export function unclear(statusWord, explanation) {
	return { active: true, status: 'unknown', statusWord, explanation };
}

/** A person who is active long after the last day may have stayed, or a word was forgotten. */
function isOverdue(found, endDate) {
	const doubted = inDoubt({ ...found, endDate });
	return doubted.status === found.status ? undefined : unclear(found.statusWord, doubted.explanation);
}

/**
 * A list without a status: the people on it work here from the first day to the last. A day is over when
 * it is over everywhere.
 */
function byDates(startAt, endDate) {
	if (endDate !== undefined && endDate < utcDate(-1)) {
		return { active: false, status: 'inactive', statusWord: `until ${endDate}` };
	}
	if (startAt !== undefined && startAt > new Date().toISOString()) {
		return { active: true, status: 'notStarted', statusWord: `from ${startAt.slice(0, 10)}` };
	}
	return { active: true, status: 'active', statusWord: 'listed' };
}
