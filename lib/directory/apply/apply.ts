import { ScimError } from '../../scim/scimError';
import type { Application, ApplyOptions, ApplyWorkspace } from './application';
import { adoptGroups, createGroups, deleteGroups, renameGroups } from './applyGroups';
import { changeMemberships } from './applyMemberships';
import { removeUsers } from './applyRemovals';
import type { LineResult } from './applyResult';
import { outcomeOf } from './applyResult';
import { createUsers, renameUsers, updateUsers } from './applyUsers';
import { EarlierLines } from './earlierLines';
import type { Readers } from './freshReading';
import { FreshReading } from './freshReading';
import { GroupMembers } from './groupMembers';
import { LineRunner } from './lineRunner';
import type { PlanAction, PlanItem } from '../plan/planItem';
import { PLAN_ACTIONS } from '../plan/planItem';
import { readLines } from './planLine';
import { OwnChanges } from './staleness';
import { withheld } from './withheld';

type Step = (application: Application, lines: PlanItem[]) => Promise<void>;

const STEPS: Record<Exclude<PlanAction, 'none'>, Step> = {
	'group.create': createGroups,
	'group.adopt': adoptGroups,
	'group.rename': renameGroups,
	'user.rename': renameUsers,
	'user.update': updateUsers,
	'user.create': createUsers,
	'group.addMembers': async (application, lines) => await changeMemberships(application, 'add', lines),
	'group.removeMembers': async (application, lines) =>
		await changeMemberships(application, 'remove', lines),
	'user.remove': removeUsers,
	'group.delete': deleteGroups,
};

/**
 * Applies lines of one plan, and believes none of them: each must be genuine, of this workspace, these
 * guards and this day; every guard is computed again from a fresh reading, and what the plan saw must
 * still be there. One line that fails stops no other.
 *
 * @param items any selection of the lines of one plan
 * @returns a result for each item, in their order
 * @throws ScimError `cancelled`; its evidence has the results so far
 */
export async function apply(
	items: readonly unknown[],
	workspace: ApplyWorkspace,
	options: ApplyOptions,
): Promise<LineResult[]> {
	const { applied, clock, limits, sealer } = workspace;
	const lines = readLines(items, { ...options, sealer, now: clock.now() });
	const runner = new LineRunner(limits, clock);
	const unique = uniqueLines(lines);
	const applicable = [...unique.values()].filter((line) => {
		const answer = withheld(line, options.blocks, clock.now());
		if (answer) runner.settle(line, answer);
		return answer === undefined;
	});
	const resultsNow = (): LineResult[] =>
		lines.map((line) => {
			if (line instanceof ScimError) return refused(line, clock.now());
			const first = unique.get(line.seal) ?? line;
			const result = runner.resultOf(first);
			return first === line ? result : { ...result, impact: 0, seats: 0 };
		});
	try {
		if (applicable.length > 0) {
			await applyLines(applicable, [...unique.values()], runner, workspace, options);
		}
	} catch (error) {
		if (!(error instanceof ScimError) || error.kind !== 'cancelled') return await Promise.reject(error);
		return await Promise.reject(cutOff(error, resultsNow()));
	}
	const results = resultsNow();
	for (const line of unique.values()) applied.add(line, runner.resultOf(line));
	return results;
}

/** @param given also those that the plan blocks */
async function applyLines(
	lines: PlanItem[],
	given: PlanItem[],
	runner: LineRunner,
	workspace: ApplyWorkspace,
	options: ApplyOptions,
): Promise<void> {
	const { applied, sentValues, clock } = workspace;
	const complete = (user: Parameters<typeof sentValues.completed>[0]) =>
		sentValues.completed(user, clock.now());
	const reading = await freshReading({ ...workspace, complete }, lines);
	if (reading instanceof ScimError) {
		for (const line of lines) runner.fail(line, reading);
		return;
	}
	const before = applied.of(lines[0]?.planDigest ?? '');
	const application: Application = {
		workspace,
		options,
		lines,
		before: new EarlierLines(given, before),
		runner,
		reading,
		groupMembers: new GroupMembers(lines, reading),
		own: new OwnChanges([...before.map(({ line }) => line), ...lines]),
	};
	for (const action of PLAN_ACTIONS) {
		const ofAction = lines.filter((line) => line.action === action);
		if (ofAction.length > 0) await STEPS[action](application, ofAction);
	}
}

/** What cannot be read is not written to: a failure here is that of every line. */
async function freshReading(readers: Readers, lines: PlanItem[]): Promise<FreshReading | ScimError> {
	try {
		return await FreshReading.of(readers, lines);
	} catch (error) {
		return error instanceof ScimError && error.kind !== 'cancelled' ? error : Promise.reject(error);
	}
}

/** By their seal: a line that is given twice is applied once. */
function uniqueLines(lines: Array<PlanItem | ScimError>): Map<string, PlanItem> {
	const unique = new Map<string, PlanItem>();
	for (const line of lines) {
		if (!(line instanceof ScimError) && !unique.has(line.seal)) unique.set(line.seal, line);
	}
	return unique;
}

function refused(error: ScimError, now: number): LineResult {
	return {
		outcome: outcomeOf(error),
		note: error.message,
		userId: null,
		groupId: null,
		impact: 0,
		seats: 0,
		at: new Date(now).toISOString(),
		error,
	};
}

function cutOff(error: ScimError, results: LineResult[]): ScimError {
	const done = results.filter(({ outcome }) => outcome === 'done').length;
	return new ScimError(
		'cancelled',
		`${error.message} Of ${results.length} lines of the plan, ${done} were done before.`,
		'Make a new plan: it has what is left to do.',
		{ evidence: { results } },
	);
}
