import type { PlannedChange } from '../plan/plannedChange';
import type { ReinstatementBlock } from '../plan/policy';
import type { ApplyOutcome } from './applyResult';
import { blockedSince } from './blockedSince';
import type { Answer } from './changeRunner';

interface Hold {
	name: string;
	outcome: ApplyOutcome;
	/** Why the change is not applied; undefined where this does not hold it. */
	note(change: PlannedChange, blocks: readonly ReinstatementBlock[], now: number): string | undefined;
}

/** What keeps a genuine change from being applied, before anything is read. The first that holds it decides. */
const HOLDS: readonly Hold[] = [
	{
		name: 'explainsOnly',
		outcome: 'nothingToDo',
		note: ({ action, explanation }) => (action === 'none' ? explanation : undefined),
	},
	{ name: 'blockedByPlan', outcome: 'blocked', note: reasonOfPlan },
	{ name: 'blockedSince', outcome: 'blocked', note: blockedSince },
];

/** @param now epoch milliseconds */
export function withheld(
	change: PlannedChange,
	blocks: readonly ReinstatementBlock[],
	now: number,
): Answer | undefined {
	for (const { outcome, note: noteOf } of HOLDS) {
		const note = noteOf(change, blocks, now);
		if (note !== undefined) return { outcome, note };
	}
	return undefined;
}

function reasonOfPlan({ guard }: PlannedChange): string | undefined {
	if (guard === 'ok') return undefined;
	const reason = guard.replace(/^blocked: /, '');
	return reason.charAt(0).toUpperCase() + reason.slice(1);
}
