import { heldPlanned } from '../lifecycle/heldChange';
import { heldCount } from '../lifecycle/heldWords';
import type { StoredChange } from '../lifecycle/journal';
import type { HeldPerson } from '../lifecycle/release';
import type { HeldKind } from '../lifecycle/shownList';
import { escapeHtml } from './escape';
import { HELD_LIST_STYLE } from './heldListStyle';
import { ACTION_WORDS, REASON_WORDS } from './plannedWords';

const TITLES: Readonly<Record<HeldKind, string>> = {
	leave: 'Held leavers',
	emergency: 'Emergency lockdowns that wait',
	sync: 'Planned changes that wait',
	seat: 'Seats that wait',
};

/** The text after the number of entries. */
const LEADS: Readonly<Record<HeldKind, string>> = {
	leave: 'held, who stay members until you decide',
	emergency: 'waiting for your decision',
	sync: 'waiting for your decision',
	seat: 'waiting for your decision',
};

/** The outcome of one row in words; an outcome that is missing here is shown as it is. */
const OUTCOMES: Readonly<Record<string, string>> = {
	removed: 'locked out',
	lockedDown: 'locked out',
	alreadyGone: 'was gone before',
	alreadyLocked: 'was locked out before',
	notVerified: 'perhaps locked out: it is looked at again in 5 minutes',
	stays: 'stays: the HRIS says otherwise',
	refused: 'refused: decide by hand',
	failed: 'failed',
	notFound: 'not found',
	held: 'is held',
};

/** The same for planned changes, if a word differs. */
const PLANNED_OUTCOMES: Readonly<Record<string, string>> = {
	done: 'done',
	unchanged: 'was as it should be',
	nothingToDo: 'nothing to do',
	blocked: 'blocked',
	notVerified: 'perhaps done: the next sync run sees it',
	refused: 'refused',
	lost: 'interrupted: the next sync run sees what was done',
};

/** The same for seats. */
const SEAT_OUTCOMES: Readonly<Record<string, string>> = {
	stays: 'stays: the directory says otherwise',
	held: 'not ended: the limit of the day is reached',
	notVerified: 'perhaps ended: look in Notion',
	lost: 'interrupted: look in Notion',
};

/** The list as a part of a page of n8n's form, which removes classes and styles. */
export function heldListHtml(kind: HeldKind, people: readonly HeldPerson[]): string {
	const items = people.map((person) => {
		const lines = kind === 'sync' ? changeLines(person) : personLines(person);
		return `<li>${lines.filter((line) => line !== '').join('<br>')}</li>`;
	});
	return `<p><strong>${heldCount(kind, people.length)}</strong> ${LEADS[kind]}:</p>
<ol>
${items.join('\n')}
</ol>`;
}

function personLines({ row, rows }: HeldPerson): string[] {
	const { displayName, email, source, employeeId, reason } = row;
	const place = employeeId === '' ? source : `${source} ${employeeId}`;
	const who = [displayName === '' ? '' : email, place, rows.length > 1 ? `${rows.length} apps` : ''];
	return [`<strong>${shown(displayName || email || 'No name')}</strong>`, shown(joined(who)), shown(reason)];
}

/**
 * A planned change: what happens to whom, why, the statements of the plan's guards, and whether it is
 * released.
 */
function changeLines({ row, blocked }: HeldPerson): string[] {
	const planned = heldPlanned(row);
	if (typeof planned !== 'object') return personLines({ row, rows: [row.id], blocked });
	const { action, reason, explanation, guard, changes } = planned;
	const what = ACTION_WORDS[action] ?? action;
	const values = changes.map(({ attribute, from, to }) => `${attribute}: ${from || '(nothing)'} → ${to || '(nothing)'}`);
	return [
		`<strong>${shown(joined([row.displayName, row.email, row.details.groupName ?? '']) || 'No name')}</strong>: ${shown(what)}`,
		shown(explanation),
		shown(values.join('; ')),
		shown(`Why: ${REASON_WORDS[reason] ?? reason}. Guards: ${guard}.`),
		// What was appended to the sentence of the plan later, such as the limit that holds it.
		shown(row.reason.replace(explanation, '').trim()),
		blocked === '' ? '' : `<strong>Not released, whatever you answer:</strong> ${shown(blocked)}`,
	];
}

/** The last page, which says what happened. */
export function heldAnswerHtml(kind: HeldKind, sentence: string, more = ''): string {
	return `<style>${HELD_LIST_STYLE}</style>
<main>
<h1>${TITLES[kind]}</h1>
<p>${shown(sentence)}</p>
${more}
</main>`;
}

/** The outcome of each released row, as in the journal. */
export function releasedHtml(rows: readonly StoredChange[]): string {
	const counts = new Map<string, number>();
	for (const row of rows) counts.set(wordOf(row), (counts.get(wordOf(row)) ?? 0) + 1);
	const totals = [...counts].map(([word, count]) => `<li><strong>${count}</strong> ${shown(word)}</li>`);
	const people = rows.map((row) => {
		const isSaid = row.outcome === 'removed' || row.reason === '';
		const why = isSaid ? '' : `<br><small>${shown(row.reason)}</small>`;
		return `<li>${shown(joined([row.displayName, row.email, row.details.groupName ?? '']))}: ${shown(wordOf(row))}${why}</li>`;
	});
	return `<ul>${totals.join('')}</ul>
<ol>
${people.join('\n')}
</ol>`;
}

function wordOf({ kind, state, outcome }: StoredChange): string {
	const ofSeat = kind === 'seat' ? SEAT_OUTCOMES[outcome] : undefined;
	const planned = kind === 'sync' || kind === 'seat' ? PLANNED_OUTCOMES[outcome] : undefined;
	const word = ofSeat ?? planned ?? OUTCOMES[outcome] ?? outcome;
	// Lockdowns that a yes has started run on in the background.
	if (kind === 'emergency' && (state === 'retry' || state === 'intended')) return 'being locked out now';
	if (state === 'retry') return word === '' || outcome === 'held' ? 'not done yet: it is tried again' : `${word}, and is tried again`;
	return word === '' ? state : word;
}

function joined(parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join(' · ');
}

/** n8n's form would evaluate two braces in a person's name as an expression. */
function shown(text: string): string {
	return escapeHtml(text).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
}
