import { KEPT_FOR } from '../lifecycle/nightly/retention';
import type { Difference, SealedState } from './difference';
import type { Finding, FindingKind } from './finding';
import type { SealedRow } from './journalRow';

/**
 * How far a row's time may lie before the last seal, in milliseconds: a row may have been written while the
 * journal was read, and clocks of several workers differ.
 */
const SLACK = 15 * 60_000;

/** What a change of the sealed state is judged by. */
interface Judged {
	sealed: SealedState;
	/** When the state was sealed, in epoch milliseconds; undefined before the first seal. */
	since: number | undefined;
	/** The moment up to which the change was made, in epoch milliseconds. */
	until: number;
}

interface Rule {
	kind: FindingKind;
	/** The rest of a sentence that begins with the row. */
	why: string;
	isBroken(row: SealedRow, before: SealedRow | null | undefined, judged: Judged): boolean;
}

/** The first rule that is broken says what happened. Before the first seal, nothing is known to be wrong. */
const RULES: readonly Rule[] = [
	{
		kind: 'added',
		why: 'is back, although it was deleted',
		isBroken: (_row, before) => before === null,
	},
	{
		kind: 'added',
		why: 'was not sealed, although it claims to be older than the last seal or than rows that were',
		isBroken: (row, before, judged) => before === undefined && isBackdated(row, judged),
	},
	{
		kind: 'edited',
		why: 'has another key, kind or time of creation, which no workflow changes',
		isBroken: (row, before) => !!before && (row.identity !== before.identity || row.createdAt !== before.createdAt),
	},
	{
		kind: 'edited',
		why: 'was changed after it was closed',
		isBroken: (row, before) => before?.isClosed === true && row.digest !== before.digest,
	},
	{
		kind: 'edited',
		why: 'was changed, although n8n has not written it since it was sealed',
		isBroken: (row, before, { since = 0 }) =>
			!!before && (row.updatedAt === before.updatedAt || Date.parse(row.updatedAt) < since - SLACK),
	},
];

/** What is wrong with a change of the sealed state, by ID of the row. */
export function findingsOf({ rows, deleted }: Difference, judged: Judged): Finding[] {
	const found = rows.flatMap((row): Finding[] => {
		const before = judged.sealed.get(row.id);
		const rule = RULES.find(({ isBroken }) => isBroken(row, before, judged));
		return rule ? [{ kind: rule.kind, row: row.id, text: `Row ${row.id} ${rule.why}.` }] : [];
	});
	return [...withReordered(found, rows, judged), ...removed(deleted, judged)].sort(
		(one, other) => (one.row ?? 0) - (other.row ?? 0),
	);
}

/** A row that was never sealed is new only if it is younger than everything that was. */
function isBackdated({ id, createdAt }: SealedRow, { sealed, since }: Judged): boolean {
	if (since === undefined) return false;
	const created = Date.parse(createdAt);
	const isBetween = [...sealed.values()].some((other) => other && other.id > id && Date.parse(other.createdAt) < created - SLACK);
	return created < since - SLACK || isBetween;
}

/** Rows of which one has the contents that another was sealed with have changed places. */
function withReordered(found: readonly Finding[], rows: readonly SealedRow[], { sealed }: Judged): Finding[] {
	const edited = new Set(found.filter(({ kind }) => kind === 'edited').map(({ row }) => row));
	const owners = new Map([...sealed.values()].flatMap((before) => (before && edited.has(before.id) ? [[before.digest, before.id]] : [])));
	const digests = new Map(rows.map(({ id, digest }) => [id, digest]));
	return found.map((finding) => {
		const owner = owners.get(digests.get(finding.row ?? 0) ?? '');
		if (finding.kind !== 'edited' || owner === undefined || owner === finding.row) return finding;
		return { ...finding, kind: 'reordered', text: `Row ${finding.row} has the contents that row ${owner} was sealed with.` };
	});
}

function removed(ids: readonly number[], { sealed, since, until }: Judged): Finding[] {
	const wasUnsealedForLong = since !== undefined && until - since >= KEPT_FOR;
	return ids.flatMap((row): Finding[] => {
		const before = sealed.get(row);
		if (!before || (before.mayBeDeleted && Date.parse(before.updatedAt) <= until - KEPT_FOR)) return [];
		return [{ kind: 'removed', row, text: `Row ${row} was removed ${whyRemoved(before, wasUnsealedForLong)}.` }];
	});
}

function whyRemoved({ isClosed, mayBeDeleted }: SealedRow, wasUnsealedForLong: boolean): string {
	if (mayBeDeleted) return 'before its 60 days were over';
	// Only then can a row that was open at the last seal have been closed and kept for 60 days since.
	if (!isClosed && wasUnsealedForLong) return 'while no seal was made for 60 days, so nightly-comparison may have deleted it';
	return 'although it is part of the audit trail';
}
