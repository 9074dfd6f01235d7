import type { SyncSummary } from '../lifecycle/sync/summary';
import type { Told, ToldKind } from '../lifecycle/sync/told';

/** The maximum number of changes of one kind that a mail names. */
const MOST_NAMED = 100;

/** The content of a mail about a sync run; the wording around it is in the Send Email node. */
export interface SyncMail {
	workflow: string;
	/** Such as "3 done, 1 waiting for a person", for the subject. */
	counts: string;
	/** Lists, each with a heading, as text. */
	text: string;
	/** The changes that wait for a person: their number, and a list. */
	waitingCount: number;
	waiting: string;
	/** Until when it can be answered, as ISO text. */
	expiresAt: string;
}

/** @param told everything that the run reports, in the order of the plan */
export function syncMail(
	told: readonly Told[],
	{ workflow, mode, modeNote, state, why, notes, expiresAt }: Pick<
		SyncSummary,
		'mode' | 'modeNote' | 'state' | 'why' | 'notes' | 'expiresAt'
	> & { workflow: string },
): SyncMail {
	const isDry = mode !== 'apply';
	const of = (...kinds: ToldKind[]): Told[] => told.filter(({ kind }) => kinds.includes(kind));
	const waiting = of('waiting', 'held');
	const parts: Array<[lines: Told[], word: string, heading: string]> = [
		[of('done'), 'done', 'Done'],
		[of('planned'), 'would be done', 'Would be done'],
		isDry
			? [waiting, 'beyond the limits of a day', 'Beyond the limits of a day: a person would be asked']
			: [waiting, 'waiting for a person', 'Waiting for a person'],
		[of('blocked'), 'blocked', 'Blocked by a guard: a person must look'],
		[of('failed'), 'failed', 'Went wrong; the next run tries again'],
	];
	const filled = parts.filter(([lines]) => lines.length > 0);
	const counts = filled.map(([lines, word]) => `${lines.length} ${word}`).join(', ') || 'nothing to do';
	const text = [
		...(modeNote === '' ? [] : [modeNote, '']),
		...(state === 'good' ? [] : ['Nothing was removed, because:', ...why.map((one) => `- ${one}`), '']),
		...filled.flatMap(([lines, , heading]) => [`${heading} (${lines.length})`, ...listed(lines), '']),
		...(notes.length > 0 ? ['Please note', ...notes.map((note) => `- ${note}`), ''] : []),
	].join('\n');
	return {
		workflow,
		counts: `${counts}${isDry ? ' (dry run)' : ''}`,
		text,
		waitingCount: waiting.length,
		waiting: listed(waiting).join('\n'),
		expiresAt,
	};
}

function listed(lines: readonly Told[]): string[] {
	const named = lines.slice(0, MOST_NAMED).map(({ who, why }) => `- ${who}: ${why}`);
	const more = lines.length - named.length;
	return more > 0 ? [...named, `- and ${more} more: see the status page`] : named;
}
