import { ScimError } from '../../scim/scimError';
import type { Application, ApplyOptions, ApplyWorkspace } from './application';
import { adoptGroups, createGroups, deleteGroups, renameGroups } from './applyGroups';
import { changeMemberships } from './applyMemberships';
import { removeUsers } from './applyRemovals';
import type { ChangeResult } from './applyResult';
import { outcomeOf } from './applyResult';
import { createUsers, renameUsers, updateUsers } from './applyUsers';
import { EarlierChanges } from './earlierChanges';
import type { Readers } from './freshReading';
import { FreshReading } from './freshReading';
import { GroupMembers } from './groupMembers';
import { ChangeRunner } from './changeRunner';
import type { PlanAction, PlannedChange } from '../plan/plannedChange';
import { PLAN_ACTIONS } from '../plan/plannedChange';
import { readChanges } from './readChanges';
import { OwnChanges } from './staleness';
import { withheld } from './withheld';

type Step = (application: Application, changes: PlannedChange[]) => Promise<void>;

const STEPS: Record<Exclude<PlanAction, 'none'>, Step> = {
	'group.create': createGroups,
	'group.adopt': adoptGroups,
	'group.rename': renameGroups,
	'user.rename': renameUsers,
	'user.update': updateUsers,
	'user.create': createUsers,
	'group.addMembers': async (application, changes) => await changeMemberships(application, 'add', changes),
	'group.removeMembers': async (application, changes) =>
		await changeMemberships(application, 'remove', changes),
	'user.remove': removeUsers,
	'group.delete': deleteGroups,
};

/**
 * Applies changes of one plan, and believes none of them: each must be genuine, of this workspace, these
 * guards and this day; every guard is computed again from a fresh reading, and what the plan saw must
 * still be there. One change that fails stops no other.
 *
 * @param items any selection of the changes of one plan
 * @returns a result for each item, in their order
 * @throws ScimError `cancelled`; its evidence has the results so far
 */
export async function apply(
	items: readonly unknown[],
	workspace: ApplyWorkspace,
	options: ApplyOptions,
): Promise<ChangeResult[]> {
	const { applied, clock, limits, signer } = workspace;
	const changes = readChanges(items, { ...options, signer, now: clock.now() });
	const runner = new ChangeRunner(limits, clock);
	const unique = uniqueChanges(changes);
	const applicable = [...unique.values()].filter((change) => {
		const answer = withheld(change, options.blocks, clock.now());
		if (answer) runner.settle(change, answer);
		return answer === undefined;
	});
	const resultsNow = (): ChangeResult[] =>
		changes.map((change) => {
			if (change instanceof ScimError) return refused(change, clock.now());
			const first = unique.get(change.signature) ?? change;
			const result = runner.resultOf(first);
			return first === change ? result : { ...result, impact: 0, seats: 0 };
		});
	try {
		if (applicable.length > 0) {
			await applyChanges(applicable, [...unique.values()], runner, workspace, options);
		}
	} catch (error) {
		if (!(error instanceof ScimError) || error.kind !== 'cancelled') return await Promise.reject(error);
		return await Promise.reject(cutOff(error, resultsNow()));
	}
	const results = resultsNow();
	for (const change of unique.values()) applied.add(change, runner.resultOf(change));
	return results;
}

/** @param given also those that the plan blocks */
async function applyChanges(
	changes: PlannedChange[],
	given: PlannedChange[],
	runner: ChangeRunner,
	workspace: ApplyWorkspace,
	options: ApplyOptions,
): Promise<void> {
	const { applied, unconfirmedWrites, clock } = workspace;
	const complete = (user: Parameters<typeof unconfirmedWrites.completed>[0]) =>
		unconfirmedWrites.completed(user, clock.now());
	const reading = await freshReading({ ...workspace, complete }, changes);
	if (reading instanceof ScimError) {
		for (const change of changes) runner.fail(change, reading);
		return;
	}
	const before = applied.of(changes[0]?.planDigest ?? '');
	const application: Application = {
		workspace,
		options,
		changes,
		before: new EarlierChanges(given, before),
		runner,
		reading,
		groupMembers: new GroupMembers(changes, reading),
		own: new OwnChanges([...before.map(({ change }) => change), ...changes]),
	};
	for (const action of PLAN_ACTIONS) {
		const ofAction = changes.filter((change) => change.action === action);
		if (ofAction.length > 0) await STEPS[action](application, ofAction);
	}
}

/** What cannot be read is not written to: a failure here is that of every change. */
async function freshReading(readers: Readers, changes: PlannedChange[]): Promise<FreshReading | ScimError> {
	try {
		return await FreshReading.of(readers, changes);
	} catch (error) {
		return error instanceof ScimError && error.kind !== 'cancelled' ? error : Promise.reject(error);
	}
}

/** By their signature: a change that is given twice is applied once. */
function uniqueChanges(changes: Array<PlannedChange | ScimError>): Map<string, PlannedChange> {
	const unique = new Map<string, PlannedChange>();
	for (const change of changes) {
		if (!(change instanceof ScimError) && !unique.has(change.signature)) unique.set(change.signature, change);
	}
	return unique;
}

function refused(error: ScimError, now: number): ChangeResult {
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

function cutOff(error: ScimError, results: ChangeResult[]): ScimError {
	const done = results.filter(({ outcome }) => outcome === 'done').length;
	return new ScimError(
		'cancelled',
		`${error.message} Of ${results.length} changes of the plan, ${done} were done before.`,
		'Make a new plan: it has what is left to do.',
		{ evidence: { results } },
	);
}
