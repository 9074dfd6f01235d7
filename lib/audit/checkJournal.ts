import type { Mailed } from './chain';
import { brokenLinks, chainFinding, replayed, withMailed } from './chain';
import type { Difference, SealedState } from './difference';
import { differenceOf } from './difference';
import type { Finding } from './finding';
import type { ReadJournal } from './journalRow';
import { findingsOf } from './rules';
import type { ReadSeals, Seal } from './seal';
import { headOf } from './seal';

export interface AuditInputs {
	journal: ReadJournal;
	stored: ReadSeals;
	/** Epoch milliseconds. */
	now: number;
}

/** The result of a check. Without findings, nothing was tampered with that the chain can show. */
export interface AuditCheck {
	findings: Finding[];
	/** The last seal; undefined if there is none. */
	last: Seal | undefined;
	/** IDs of rows that are as they were sealed. */
	proven: ReadonlySet<number>;
	/** Rows that were written since the last seal: nothing is proven about them yet. */
	unsealed: Difference;
	/** IDs that n8n has given out and that no seal knows: rows deleted on their first day, or failed inserts. */
	neverSeen: number[];
}

/** Finds rows that were removed, added, edited or reordered, and seals that were rewritten. */
export function checkJournal({ journal, stored, now }: AuditInputs, mailed: Mailed = { heads: [], seals: [] }): AuditCheck {
	const { seals, findings: ofMails } = withMailed(stored.seals, mailed);
	const { sealed, findings: ofSeals, last } = replayed(seals);
	const unsealed = differenceOf(sealed, journal.rows);
	const judged = { sealed, since: last && Date.parse(last.at), until: now };
	const written = new Set(unsealed.rows.map(({ id }) => id));
	return {
		findings: [
			...stored.unreadable.map((key) => chainFinding(`The row ${key} of notion_scim_evidence holds no seal that can be read.`)),
			...ofMails,
			...brokenLinks(seals),
			...ofSeals,
			...findingsOf(unsealed, judged),
			...(journal.unreadable > 0 ? [unreadableRows(journal.unreadable)] : []),
		],
		last,
		proven: new Set(journal.rows.flatMap(({ id }) => (sealed.get(id) && !written.has(id) ? [id] : []))),
		unsealed,
		neverSeen: neverSeen(sealed, seals[0], journal),
	};
}

/** The next seal, and what is wrong with the rows that it holds. */
export function sealJournal({ journal, stored, now }: AuditInputs): { seal: Seal; findings: Finding[] } {
	const { sealed, last } = replayed(stored.seals);
	const difference = differenceOf(sealed, journal.rows);
	const seal = { number: (last?.number ?? 0) + 1, at: new Date(now).toISOString(), previous: last?.head ?? '', ...difference };
	return {
		seal: { ...seal, head: headOf(seal) },
		findings: [
			...stored.unreadable.map((key) => chainFinding(`The row ${key} of notion_scim_evidence holds no seal that can be read.`)),
			...brokenLinks(stored.seals),
			...findingsOf(difference, { sealed, since: last && Date.parse(last.at), until: now }),
			...(journal.unreadable > 0 ? [unreadableRows(journal.unreadable)] : []),
		],
	};
}

function unreadableRows(count: number): Finding {
	return { kind: 'added', text: `${count} rows have no ID or none of n8n's times, so n8n did not write them.` };
}

/** The first seal may follow years of deletions by the 60-day rule: only later IDs say something. */
function neverSeen(sealed: SealedState, first: Seal | undefined, { rows }: ReadJournal): number[] {
	if (!first) return [];
	const known = new Set([...sealed.keys(), ...rows.map(({ id }) => id)]);
	const from = largest(first.rows.map(({ id }) => id));
	const to = largest(known);
	return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + 1 + index).filter((id) => !known.has(id));
}

function largest(numbers: Iterable<number>): number {
	let most = 0;
	for (const number of numbers) most = Math.max(most, number);
	return most;
}
