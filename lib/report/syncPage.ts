import { DateTime } from 'luxon';
import { z } from 'zod';

import type { SyncPage } from '../lifecycle/sync/finish';
import type { SyncState, SyncRun } from '../lifecycle/sync/runs';
import type { Told, ToldKind } from '../lifecycle/sync/told';
import { TOLD_KINDS } from '../lifecycle/sync/told';
import { instantOf } from '../lifecycle/zones';
import { escapeHtml } from './escape';
import { SYNC_PAGE_STYLE } from './syncPageStyle';

const KINDS: Readonly<Record<ToldKind, string>> = {
	done: 'Done',
	planned: 'Would be done',
	waiting: 'Waits for an approval',
	held: 'Held by a limit',
	declined: 'A person said no',
	blocked: 'Blocked by a guard',
	failed: 'Went wrong',
	skipped: 'Skipped',
};

/** The maximum number of changes of one kind that the page shows; the search finds the others. */
const MOST_ON_PAGE = 200;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const pageSchema = z.object({
	at: z.string(),
	mode: z.string(),
	modeNote: z.string(),
	lines: z.array(z.object({ kind: z.enum(TOLD_KINDS), action: z.string(), who: z.string(), why: z.string() })),
	more: z.number(),
	notes: z.array(z.string()),
});

/** The stored page of the last run that changed it; undefined if there is none. */
export function readSyncPage(json: unknown): SyncPage | undefined {
	if (typeof json !== 'string' || json === '') return undefined;
	try {
		return pageSchema.safeParse(JSON.parse(json)).data;
	} catch {
		return undefined;
	}
}

export interface StatusFacts {
	name: string;
	syncState: SyncState;
	runs: readonly SyncRun[];
	page: SyncPage | undefined;
	/** How many changes wait for a decision, and when the first of them expires, as ISO text. */
	waiting: { count: number; until: string };
	/** The search text. */
	query: string;
	everyMinutes: number;
	/** Address of the form in which a person decides. */
	formUrl: string;
	/** An IANA name. */
	zone: string;
	/** Epoch milliseconds. */
	now: number;
}

/** The page that shows the state of a sync. It is read-only. */
export function syncPageHtml(facts: StatusFacts): string {
	const { name, page, query, formUrl } = facts;
	const [tone, headline] = headlineOf(facts);
	const lines = page?.lines ?? [];
	const of = (...kinds: ToldKind[]): Told[] => lines.filter(({ kind }) => kinds.includes(kind));
	const form = `<a href="${escapeHtml(formUrl)}">form</a>`;
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(name)}: ${escapeHtml(headline)}</title><style>${SYNC_PAGE_STYLE}</style></head><body><main>
<header><p class="quiet">${escapeHtml(name)}</p><h1 class="${tone}">${escapeHtml(headline)}</h1>${introduction(facts, form)}</header>
<div class="cards">${cards(facts)}</div>
${waitingSection(facts)}
<section><h2>Find a person</h2><form method="get"><input type="search" name="q" aria-label="Name or address" placeholder="Name or address" value="${escapeHtml(query)}"><button>Search</button></form>${searchResult(lines, query)}</section>
${section('Waiting, held and blocked', of('waiting', 'held', 'blocked', 'declined'), 'A person must look at these.')}
${section('Went wrong', of('failed'), 'The next run tries again.')}
${section('Done by the last run', of('done'))}
${section('Would be done', of('planned'))}
${notesSection(page?.notes ?? [])}
${section('Skipped', of('skipped'), 'Nothing is done for these, and why.')}
${historySection(facts)}
<footer class="quiet">${page ? `As of ${escapeHtml(whenOf(page.at, facts.zone))}. ` : ''}${page?.more ? `${page.more} more entries are not kept. ` : ''}This page only shows. Decisions are made in the ${form}.</footer>
</main></body></html>`;
}

function headlineOf(facts: StatusFacts): [tone: string, headline: string] {
	const { syncState, page } = facts;
	const { last } = syncState;
	if (syncState.quarantine) return ['bad', 'In quarantine'];
	if (isLate(facts)) return ['bad', 'Overdue'];
	if (!last) return ['quiet', 'Has not run yet'];
	if (last.state === 'failed') return ['warn', 'The last run failed'];
	if (last.state !== 'good') return ['warn', 'Removals were withheld'];
	return (last.details.mode ?? page?.mode) === 'apply' ? ['good', 'In good order'] : ['quiet', 'Dry run'];
}

function introduction({ syncState, zone }: StatusFacts, form: string): string {
	const { quarantine, last } = syncState;
	if (quarantine) {
		return `<p>Since ${escapeHtml(whenOf(quarantine.since, zone))}: ${escapeHtml(quarantine.reason)} It only reads until a person ends that in the ${form}.</p>`;
	}
	return last && last.state !== 'good' ? `<p>${escapeHtml(last.note)}</p>` : '';
}

function pauseOf({ syncState, everyMinutes }: StatusFacts): number {
	return syncState.quarantine ? DAY : Math.max(1, everyMinutes) * MINUTE;
}

function nextOf(facts: StatusFacts): number | undefined {
	const { running, last } = facts.syncState;
	const begun = instantOf((running ?? last)?.at ?? '');
	return begun === undefined ? undefined : begun + pauseOf(facts);
}

function isLate(facts: StatusFacts): boolean {
	const next = nextOf(facts);
	if (facts.syncState.running || next === undefined) return false;
	return facts.now - next > Math.max(10 * MINUTE, pauseOf(facts) / 2);
}

function cards(facts: StatusFacts): string {
	const { syncState, zone, now } = facts;
	const { lastGoodAt, running, last } = syncState;
	const next = nextOf(facts);
	const nextAt = next === undefined ? '' : new Date(next).toISOString();
	return [
		card('Last good run', lastGoodAt ? agoOf(lastGoodAt, now) : 'none yet', whenOf(lastGoodAt ?? '', zone)),
		card('Running now', running ? 'yes' : 'no', running ? `since ${whenOf(running.at, zone)}` : ''),
		card(
			'Next run',
			next === undefined ? 'when it is published' : next <= now ? 'due' : agoOf(nextAt, now),
			whenOf(nextAt, zone),
		),
		card(
			'People',
			String(last?.details.persons ?? 0),
			`in the directory, and ${last?.details.members ?? 0} members in Notion`,
		),
	].join('');
}

function card(title: string, value: string, note: string): string {
	const below = note === '' ? '' : `<p class="quiet">${escapeHtml(note)}</p>`;
	return `<div class="card"><h2>${title}</h2><p class="value">${escapeHtml(value)}</p>${below}</div>`;
}

function waitingSection({ waiting, formUrl, zone }: StatusFacts): string {
	if (waiting.count === 0) return '';
	return `<section class="ask"><h2>Waits for a decision <span class="count">${waiting.count}</span></h2><p>Until ${escapeHtml(whenOf(waiting.until, zone))}; without an answer nothing of it is done. <a href="${escapeHtml(formUrl)}">Look at it and decide</a></p></section>`;
}

function searchResult(lines: readonly Told[], query: string): string {
	if (query.trim() === '') return '';
	const found = foundIn(lines, query);
	if (found.length > 0) return table(found);
	return `<p>Nothing is said about “${escapeHtml(query)}”. Either no one of that name is in the directory, or everything about them is as it should be. The workflow <b>Provision now</b> shows every step for one person.</p>`;
}

/** The changes that contain every word of a search. */
function foundIn(lines: readonly Told[], query: string): Told[] {
	const plain = (text: string): string => text.normalize('NFC').toLowerCase();
	const words = plain(query).split(/\s+/).filter((word) => word !== '');
	return lines.filter(({ who, why, kind }) => {
		const text = plain(`${who} ${why} ${KINDS[kind]}`);
		return words.every((word) => text.includes(word));
	});
}

function section(title: string, lines: readonly Told[], text = ''): string {
	if (lines.length === 0) return '';
	const about = text === '' ? '' : `<p class="quiet">${escapeHtml(text)}</p>`;
	return `<section><h2>${title} <span class="count">${lines.length}</span></h2>${about}${table(lines)}</section>`;
}

function table(lines: readonly Told[]): string {
	const rows = lines
		.slice(0, MOST_ON_PAGE)
		.map(
			({ kind, who, why }) =>
				`<tr><td><span class="tag ${kind}">${KINDS[kind]}</span></td><td>${escapeHtml(who)}</td><td>${escapeHtml(why)}</td></tr>`,
		);
	const more = lines.length - rows.length;
	const rest = more > 0 ? `<p class="quiet">And ${more} more: search for a name.</p>` : '';
	return `<div class="wide"><table><tbody>${rows.join('')}</tbody></table></div>${rest}`;
}

function notesSection(notes: readonly string[]): string {
	if (notes.length === 0) return '';
	return `<section><h2>Please note</h2><ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>`;
}

function historySection({ runs, zone }: StatusFacts): string {
	const rows = runs
		.filter(({ state }) => state !== 'running')
		.reverse()
		.slice(0, 12)
		.map(
			({ state, at, note, decidedBy }) =>
				`<tr><td><span class="tag ${state}">${state}</span></td><td>${escapeHtml(whenOf(at, zone))}</td><td>${escapeHtml(`${note} ${decidedBy}`.trim())}</td></tr>`,
		);
	if (rows.length === 0) return '';
	return `<section><h2>Runs</h2><div class="wide"><table><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function whenOf(at: string, zone: string): string {
	const instant = instantOf(at);
	return instant === undefined ? '' : DateTime.fromMillis(instant, { zone }).toFormat('d LLL yyyy, HH:mm ZZZZ');
}

function agoOf(at: string, now: number): string {
	const instant = instantOf(at);
	if (instant === undefined) return '';
	const minutes = Math.round(Math.abs(now - instant) / MINUTE);
	const length =
		minutes < 60
			? `${minutes} min`
			: minutes < 48 * 60
				? `${Math.round(minutes / 60)} h`
				: `${Math.round(minutes / 1440)} days`;
	return instant > now ? `in ${length}` : `${length} ago`;
}
