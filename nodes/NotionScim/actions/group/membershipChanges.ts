import type { IExecuteFunctions } from 'n8n-workflow';

import { assertMayWriteTo } from '../../../../lib/directory/guards/guards';
import { mayBeCut } from '../../../../lib/scim/groupResource';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import { ScimError } from '../../../../lib/scim/scimError';
import { isCancellation } from '../../execution/nodeErrors';
import type { ItemOutcome } from '../../execution/items';
import type { Session } from '../../transport/session';
import type { RemovalBudget } from '../removalBudget';
import { reserveRemovals } from '../removalBudget';
import { groupNow } from './group';
import type {
	EntryResult,
	GroupRequests,
	MembershipRequest,
	SortedRequests,
} from './membershipItems';
import { concernsAllItems, itemOutcome } from './membershipItems';

/** Adds the people of all items, group by group, with a result for each item. */
export async function addAll(
	context: IExecuteFunctions,
	session: Session,
	sorted: SortedRequests,
	people: ResolvedPeople,
): Promise<ItemOutcome[]> {
	return await eachGroup(context, sorted, async ({ group, requests }) => {
		const targets = requests.map((request) => resolved(request, people));
		const ids = targets.flatMap((target) => target.flatMap(({ id }) => id ?? []));
		const results = await session.groups.changeMembers(group, 'add', ids);
		return targets.map((target) =>
			itemOutcome(group, withResults(target, results), {
				changed: 'added',
				unchanged: 'alreadyMembers',
			}),
		);
	});
}

/** What the options of a removing item allow. */
export interface RemovingOptions {
	allowPrivileged: boolean;
	budget: RemovalBudget;
}

/** Removes the people of all items, group by group, with a result for each item. */
export async function removeAll(
	context: IExecuteFunctions,
	session: Session,
	sorted: SortedRequests<RemovingOptions>,
	people: ResolvedPeople,
): Promise<ItemOutcome[]> {
	return await eachGroup(context, sorted, async ({ group: found, requests }) => {
		const group = await groupNow(session, found);
		const targets = await Promise.all(
			requests.map(async (request) => await guarded(session, request, people)),
		);
		const ids = new Set(targets.flatMap((target) => target.flatMap(({ id }) => id ?? [])));
		const members = new Set(group.memberIds);
		const isPossible = (id: string): boolean => members.has(id) || mayBeCut(group);
		const impact = [...ids].filter(isPossible).length;
		await reserveRemovals(session, impact, requests.map(({ options }) => options.budget));
		const results = await session.groups.changeMembers(group, 'remove', [...ids]);
		return targets.map((target) =>
			itemOutcome(group, withResults(target, results), {
				changed: 'removed',
				unchanged: 'notMembers',
			}),
		);
	});
}

/** An entry before anything was done: an id to act on, or the reason why there is none. */
interface Target {
	entry: string;
	id: string | undefined;
	error?: ScimError;
}

function resolved({ entries }: MembershipRequest, people: ResolvedPeople): Target[] {
	return entries.map((entry) => {
		const person = people.get(entry);
		if (person instanceof ScimError) {
			// A person with this id may have left the workspace; a name or a typing error must not count as
			// that.
			return looksLikeId(entry) ? { entry, id: entry } : { entry, id: undefined, error: person };
		}
		return { entry, id: person?.id ?? entry };
	});
}

/** As {@link resolved}, with the reason for each person a guard keeps in the group. */
async function guarded(
	session: Session,
	request: MembershipRequest<RemovingOptions>,
	people: ResolvedPeople,
): Promise<Target[]> {
	const { allowPrivileged } = request.options;
	return await Promise.all(
		resolved(request, people).map(async (target) => {
			const person = people.get(target.entry);
			if (person === undefined || person instanceof ScimError) return target;
			try {
				assertMayWriteTo(session.guards, person, allowPrivileged);
				return target;
			} catch (error) {
				if (!(error instanceof ScimError)) return await Promise.reject(error);
				return { entry: target.entry, id: undefined, error };
			}
		}),
	);
}

function withResults(targets: Target[], results: Map<string, MembershipResult>): EntryResult[] {
	return targets.map(({ entry, id, error }) => ({
		entry,
		id,
		result: error ?? results.get(id ?? '') ?? 'unchanged',
	}));
}

/**
 * Runs a task for each group and collects the outcomes by item. A failed group affects only its own items,
 * unless all others would fail the same way: then the remaining ones get that error.
 */
export async function eachGroup<O>(
	context: IExecuteFunctions,
	{ byGroup, failures }: SortedRequests<O>,
	run: (group: GroupRequests<O>) => Promise<ItemOutcome[]>,
): Promise<ItemOutcome[]> {
	const outcomes = new Map<number, ItemOutcome>(
		[...failures].map(([itemIndex, error]) => [itemIndex, { error }]),
	);
	let ended: { error: unknown } | undefined;
	for (const group of byGroup) {
		let results: ItemOutcome[] = [];
		try {
			if (!ended) results = await run(group);
		} catch (error) {
			if (isCancellation(error)) return Promise.reject(error);
			results = group.requests.map(() => ({ error }));
			if (concernsAllItems(error)) ended = { error };
		}
		group.requests.forEach(({ itemIndex }, position) => {
			const outcome = results[position] ?? ended;
			if (outcome) outcomes.set(itemIndex, outcome);
		});
	}
	return context
		.getInputData()
		.map((_item, itemIndex) => outcomes.get(itemIndex) ?? { error: new Error('No result.') });
}
