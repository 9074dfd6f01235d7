import { createHash } from 'node:crypto';

import type { PlannedChange } from '../../directory/plan/plannedChange';
import { emailKey } from '../../scim/emailKey';
import type { StoredChange } from '../journal';
import type { PlanDecisions } from './decide';
import type { RunMode } from './runs';

/** The outcome of a change, as the status page and mails report it. `planned`: what a dry run would do. */
export const TOLD_KINDS = [
	'done',
	'planned',
	'waiting',
	'held',
	'declined',
	'blocked',
	'failed',
	'skipped',
] as const;

export type ToldKind = (typeof TOLD_KINDS)[number];

/** A change, or a person for whom nothing is done, in readable form. */
export interface Told {
	kind: ToldKind;
	action: string;
	/** The person or group that it is about. */
	who: string;
	/** Sentences. */
	why: string;
}

/** Every change of a plan that is not carried out now, and the people who are left alone, with the reason. */
export function toldOfPlan(
	items: readonly PlannedChange[],
	decisions: PlanDecisions,
	mode: RunMode,
): Told[] {
	const carriedOut = new Set([...decisions.free, ...decisions.released.map(({ item }) => item)]);
	const waiting = new Set([...decisions.asking, ...decisions.waiting.map(({ item }) => item)]);
	return items.flatMap((item): Told[] => {
		if (carriedOut.has(item)) return [];
		const { action, explanation } = item;
		const told = (kind: ToldKind, why: string): Told[] => [{ kind, action, who: whoOf(item), why }];
		if (action === 'none') return item.reason === 'unchanged' ? [] : told('skipped', explanation);
		if (item.guard !== 'ok') return told('blocked', `${explanation} ${item.guard.replace(/^blocked:\s*/, '')}`);
		if (decisions.beyond.has(item)) return told('held', `${explanation} It is beyond the limits of the day.`);
		if (waiting.has(item)) return told('waiting', explanation);
		return told(mode === 'apply' ? 'declined' : 'planned', explanation);
	});
}

/** The changes that were carried out, with their results; those without any effect are left out. */
export function toldOfResults(rows: readonly StoredChange[]): Told[] {
	return rows.flatMap((row): Told[] => {
		const kind = kindOf(effectiveOutcome(row, rows));
		if (kind === undefined) return [];
		return [{ kind, action: row.details.action ?? '', who: rowWho(row), why: row.reason }];
	});
}

/** A change that depends on another one shares its outcome. */
function effectiveOutcome(row: StoredChange, rows: readonly StoredChange[]): string {
	if (row.outcome !== 'notTried') return row.outcome;
	const needed = rows.find((other) => other !== row && isNeededBy(other, row));
	return needed?.outcome === 'held' || needed?.outcome === 'blocked' ? needed.outcome : row.outcome;
}

function isNeededBy({ details, email }: StoredChange, row: StoredChange): boolean {
	if (details.action === 'user.create') return row.email !== '' && emailKey(email) === emailKey(row.email);
	const makesGroup = ['group.create', 'group.adopt', 'group.rename'].includes(details.action ?? '');
	return makesGroup && details.groupName !== undefined && details.groupName === row.details.groupName;
}

function kindOf(outcome: string): ToldKind | undefined {
	switch (outcome) {
		case 'done':
		case 'held':
		case 'blocked':
			return outcome;
		case 'unchanged':
		case 'nothingToDo':
			return undefined;
		default:
			return 'failed';
	}
}

/** The person or group that a planned change is about. */
export function whoOf({ target, member }: Pick<PlannedChange, 'target' | 'member'>): string {
	if (target.type === 'user') return named(target.displayName, target.email, target.sourceId);
	const group = `group "${target.displayName}"`;
	return member ? `${named(member.displayName, member.email, null)}, ${group}` : target.displayName;
}

function rowWho({ displayName, email, employeeId, details }: StoredChange): string {
	const person = displayName || email || employeeId ? named(displayName, email, employeeId) : '';
	if (details.groupName === undefined) return person;
	return person === '' ? details.groupName : `${person}, group "${details.groupName}"`;
}

function named(displayName: string | null, email: string | null, id: string | null): string {
	const name = displayName || email || id || 'A person without a name';
	return email && email !== name ? `${name} <${email}>` : name;
}

/** A short digest of what was reported, to recognise a repetition; '' for nothing. */
export function markOf(told: readonly Told[]): string {
	if (told.length === 0) return '';
	const lines = told.map(({ kind, action, who, why }) => [kind, action, who, why].join('|')).sort();
	return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

/** How many of each kind. */
export function countsOf(told: readonly Told[]): Partial<Record<ToldKind, number>> {
	const counts: Partial<Record<ToldKind, number>> = {};
	for (const { kind } of told) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}
