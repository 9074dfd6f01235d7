import type { Basis, Draft } from './draft';
import { blockedBecause } from './draft';
import { inOrder } from '../person/naming';
import type { PlanAction, PlanReason } from './planItem';
import type { Policy } from './policy';

/** Whoever has left comes first: what is left of the limit goes to the others. */
const URGENCY: Array<{ action: PlanAction; reason?: PlanReason }> = [
	{ action: 'user.remove', reason: 'inactive' },
	{ action: 'user.remove', reason: 'unlisted' },
	{ action: 'user.remove' },
	{ action: 'group.removeMembers' },
	{ action: 'user.update' },
	{ action: 'user.rename' },
	{ action: 'group.delete' },
];

/** A key that orders the lines of a plan, whatever order their facts came in. */
export function lineKey({ action, target, member, reason }: Draft): string {
	const about =
		target.type === 'user'
			? [target.email ?? '', target.id ?? '', target.source ?? '', target.sourceId ?? '']
			: [target.displayName, target.id ?? '', member?.email ?? '', member?.id ?? ''];
	return [...about, action, reason].join('\n');
}

/** What the credential does not allow, whoever it is about. */
export function withAccess(lines: Draft[], { policy }: Basis): Draft[] {
	const { access } = policy.guards;
	return lines.map((line) => {
		if (line.action === 'none' || access === 'full') return line;
		if (access === 'readOnly') {
			return blockedBecause(
				line,
				'The credential may only read. Use one whose Access is No Removals or Full.',
			);
		}
		return takesAway(line)
			? blockedBecause(
					line,
					'The credential may not take anything away. Use one whose Access is Full.',
				)
			: line;
	});
}

function takesAway({ action, impact }: Draft): boolean {
	if (action === 'user.remove' || action === 'group.removeMembers' || action === 'group.delete')
		return true;
	return (action === 'user.update' || action === 'user.rename') && impact > 0;
}

/** Nobody loses anything on a reading of the directory that may not be whole. */
export function withEvidence(lines: Draft[], { evidence }: Basis): Draft[] {
	return lines.map((line) => {
		const whyNot = {
			nothing: [],
			people: evidence.whyNot,
			unlisted: evidence.whyNotUnlisted,
			groups: evidence.whyNotGroups,
		}[line.needs];
		return whyNot.length === 0 || line.action === 'none' ? line : blockedBecause(line, whyNot.join(' '));
	});
}

/**
 * Nothing is written to somebody of whom only a new address would say who they are, and who does not
 * get it, for whatever reason.
 *
 * @param unproven ids of the members whose new address no link proves
 */
export function withUnprovenRenames(lines: Draft[], unproven: ReadonlySet<string>): Draft[] {
	const reasons = new Map<string, string>();
	for (const { action, target, guard } of lines) {
		if (action !== 'user.rename' || target.id === null || guard === 'ok') continue;
		if (unproven.has(target.id)) reasons.set(target.id, guard.replace('blocked: ', ''));
	}
	return lines.map((line) => {
		const id = line.target.type === 'user' ? line.target.id : line.member?.id;
		const why = reasons.get(id ?? '');
		return why === undefined ? line : blockedBecause(line, why);
	});
}

/** @param limit of a rolling day */
export function withCreateLimit(
	lines: Draft[],
	limit: number,
	alreadyUsed: Policy['alreadyUsed'],
): Draft[] {
	const counts = new Map(lines.map((line) => [line, line.action === 'user.create' ? 1 : 0]));
	return withLimit(lines, counts, limit, alreadyUsed?.creations, {
		unknown:
			'Nobody can tell how many seats were added in the last day, so none is. Make the record of changes readable again.',
		reached: (used) =>
			`limit of ${limit} new seats in a day is reached (${used} used before this line). It waits for the next day, or for a higher Create Limit.`,
		tooMuch: () => `limit of ${limit} new seats in a day lets nobody join. Raise Create Limit.`,
	});
}

/** @param limit of a rolling day */
export function withRemovalLimit(
	lines: Draft[],
	limit: number,
	alreadyUsed: Policy['alreadyUsed'],
): Draft[] {
	const counts = new Map(lines.map((line) => [line, line.action === 'none' ? 0 : line.impact]));
	return withLimit(lines, counts, limit, alreadyUsed?.removals, {
		unknown:
			'Nobody can tell how much was taken away in the last day, so nothing is. Make the record of changes readable again.',
		reached: (used) =>
			`limit of ${limit} removals in a day is reached (${used} used before this line). It waits for the next day, or for a higher Removal Limit.`,
		tooMuch: (count) =>
			`limit of ${limit} removals in a day is less than this line alone takes away (${count}). If it is right, raise Removal Limit for one run.`,
	});
}

function withLimit(
	lines: Draft[],
	counts: ReadonlyMap<Draft, number>,
	limit: number,
	alreadyUsed: number | undefined,
	words: { unknown: string; reached(used: number): string; tooMuch(count: number): string },
): Draft[] {
	const counted = lines.filter((line) => line.guard === 'ok' && (counts.get(line) ?? 0) > 0);
	const results = new Map<Draft, Draft>();
	let used = alreadyUsed ?? 0;
	for (const line of inOrder(counted, (one) => `${urgencyOf(one)} ${lineKey(one)}`)) {
		const count = counts.get(line) ?? 0;
		// Written so that a limit that is no number lets nothing pass.
		if (alreadyUsed === undefined) results.set(line, blockedBecause(line, words.unknown));
		else if (!(count <= limit)) results.set(line, blockedBecause(line, words.tooMuch(count)));
		else if (!(used + count <= limit)) results.set(line, blockedBecause(line, words.reached(used)));
		else used += count;
	}
	return lines.map((line) => results.get(line) ?? line);
}

/** Lower numbers come first where a limit leaves room for some changes only. */
export function urgencyOf({ action, reason }: { action: PlanAction; reason: PlanReason }): number {
	const index = URGENCY.findIndex(
		(one) => one.action === action && (one.reason === undefined || one.reason === reason),
	);
	return index < 0 ? URGENCY.length : index;
}
