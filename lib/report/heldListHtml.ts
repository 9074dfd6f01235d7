import type { StoredChange } from '../lifecycle/journal';
import type { HeldPerson } from '../lifecycle/release';
import type { HeldKind } from '../lifecycle/shownList';
import { escapeHtml } from './escape';
import { HELD_LIST_STYLE } from './heldListStyle';

const TITLES: Readonly<Record<HeldKind, string>> = {
	leave: 'Held leavers',
	emergency: 'Emergency lockdowns that wait',
};

/** What has come of one row, in words; an outcome that is missing here is shown as it is. */
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

/** The list as a part of a page of n8n's form, which leaves classes and styles out. */
export function heldListHtml(kind: HeldKind, people: readonly HeldPerson[]): string {
	const count = people.length === 1 ? '1 person' : `${people.length} people`;
	const items = people.map(({ row, rows }) => {
		const { displayName, email, source, employeeId, reason } = row;
		const who = [email, `${source} ${employeeId}`.trim(), rows > 1 ? `${rows} apps` : ''];
		const lines = [`<strong>${shown(displayName || email || 'No name')}</strong>`, shown(joined(who)), shown(reason)];
		return `<li>${lines.filter((line) => line !== '').join('<br>')}</li>`;
	});
	return `<p><strong>${count}</strong> ${kind === 'leave' ? 'held, who stay members until you decide' : 'waiting for your decision'}:</p>
<ol>
${items.join('\n')}
</ol>`;
}

/** The page that says in the end what happened. */
export function heldAnswerHtml(kind: HeldKind, sentence: string, more = ''): string {
	return `<style>${HELD_LIST_STYLE}</style>
<main>
<h1>${TITLES[kind]}</h1>
<p>${shown(sentence)}</p>
${more}
</main>`;
}

/** What has become of each row that was released, as the journal has it. */
export function releasedHtml(rows: readonly StoredChange[]): string {
	const counts = new Map<string, number>();
	for (const row of rows) counts.set(wordOf(row), (counts.get(wordOf(row)) ?? 0) + 1);
	const totals = [...counts].map(([word, count]) => `<li><strong>${count}</strong> ${shown(word)}</li>`);
	const people = rows.map((row) => {
		const why = row.outcome === 'removed' ? '' : `<br><small>${shown(row.reason)}</small>`;
		return `<li>${shown(joined([row.displayName, row.email]))}: ${shown(wordOf(row))}${why}</li>`;
	});
	return `<ul>${totals.join('')}</ul>
<ol>
${people.join('\n')}
</ol>`;
}

function wordOf({ state, outcome }: StoredChange): string {
	const word = OUTCOMES[outcome] ?? outcome;
	if (state === 'retry') return word === '' || outcome === 'held' ? 'not done yet: it is tried again' : `${word}, and is tried again`;
	return word === '' ? state : word;
}

function joined(parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join(' · ');
}

/** n8n's form would take two braces in a person's name for an expression, and run it. */
function shown(text: string): string {
	return escapeHtml(text).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
}
