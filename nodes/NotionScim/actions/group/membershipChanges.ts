import type { IExecuteFunctions } from 'n8n-workflow';

import { assertMayWriteTo } from '../../../../lib/directory/guards';
import { isEmail } from '../../../../lib/scim/emailKey';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import { isCancellation } from '../../execution/nodeErrors';
import type { ItemOutcome } from '../../execution/items';
import type { Session } from '../../transport/session';
import { withinRemovalLimit } from '../removalBudget';
import type {
	EntryResult,
	GroupRequests,
	MembershipRequest,
	SortedRequests,
} from './membershipItems';
import { itemOutcome } from './membershipItems';

/** Adds everybody of all items, group by group, and answers for each item. */
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

/** Takes everybody of all items out, group by group, and answers for each item. */
export async function removeAll(
	context: IExecuteFunctions,
	session: Session,
	sorted: SortedRequests,
	people: ResolvedPeople,
): Promise<ItemOutcome[]> {
	return await eachGroup(context, sorted, async ({ group, requests }) => {
		const targets = await Promise.all(
			requests.map(async (request) => await guarded(session, request, people)),
		);
		const ids = new Set(targets.flatMap((target) => target.flatMap(({ id }) => id ?? [])));
		const members = new Set(group.memberIds);
		const impact = [...ids].filter((id) => members.has(id)).length;
		const results = await withinRemovalLimit(
			session,
			impact,
			mostGenerous(requests),
			async () => await session.groups.changeMembers(group, 'remove', [...ids]),
		);
		return targets.map((target) =>
			itemOutcome(group, withResults(target, results), {
				changed: 'removed',
				unchanged: 'notMembers',
			}),
		);
	});
}

/** Ids of Notion look like UUIDs, though newer ones are of no version that RFC 9562 knows. */
const LIKE_AN_ID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** An entry before anything was done: an id to act on, or the reason why not. */
interface Target {
	entry: string;
	id: string | undefined;
	error?: ScimError;
}

function resolved({ entries }: MembershipRequest, people: ResolvedPeople): Target[] {
	return [...new Set(entries)].map((entry) => {
		const person = people.get(entry);
		if (person instanceof ScimError) {
			// Somebody with this id may have left the workspace; a name or a typo must not pass for that.
			return isEmail(entry) || !LIKE_AN_ID.test(entry)
				? { entry, id: undefined, error: person }
				: { entry, id: entry };
		}
		return { entry, id: person?.id ?? entry };
	});
}

/** As {@link resolved}, with the reason for everybody whom a guard keeps in the group. */
async function guarded(
	session: Session,
	request: MembershipRequest,
	people: ResolvedPeople,
): Promise<Target[]> {
	const allowPrivileged = request.options['allowPrivileged'] === true;
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

/** Items about one group are one deed; the highest limit that one of them names counts. */
export function mostGenerous(requests: MembershipRequest[]): Record<string, unknown> {
	const limits = requests.map(({ options }) => Number(options['removalLimit']) || 0);
	return { removalLimit: Math.max(0, ...limits) };
}

/**
 * Runs something for each group and gathers the outcomes by item. A group that fails takes only its
 * own items with it.
 */
export async function eachGroup(
	context: IExecuteFunctions,
	{ byGroup, failures }: SortedRequests,
	run: (group: GroupRequests) => Promise<ItemOutcome[]>,
): Promise<ItemOutcome[]> {
	const outcomes = new Map<number, ItemOutcome>(
		[...failures].map(([itemIndex, error]) => [itemIndex, { error }]),
	);
	for (const group of byGroup) {
		const results = await outcomesOf(group, run);
		group.requests.forEach(({ itemIndex }, position) => {
			const outcome = results[position];
			if (outcome) outcomes.set(itemIndex, outcome);
		});
	}
	return context
		.getInputData()
		.map((_item, itemIndex) => outcomes.get(itemIndex) ?? { error: new Error('No result.') });
}

async function outcomesOf(
	group: GroupRequests,
	run: (group: GroupRequests) => Promise<ItemOutcome[]>,
): Promise<ItemOutcome[]> {
	try {
		return await run(group);
	} catch (error) {
		if (isCancellation(error)) return Promise.reject(error);
		return group.requests.map(() => ({ error }));
	}
}
