// What a cycle does with its plan.

/** How long the same lines are not asked about again after a no. */
const NO_HOLDS_FOR = 24 * 60 * 60 * 1000;

function isLineToDo(item) {
	return item.action !== 'none' && item.guard === 'ok';
}

/** The same wish in another plan. */
function wishOf(item) {
	return `${lineKey(item)}|${JSON.stringify(item.changes ?? [])}`;
}

/**
 * Whether a person has to approve a line.
 *
 * @param waited wishes that a person was asked about before: what a limit has held, or what nobody
 * has answered, must not trickle through on the days that follow
 */
function needsApproval(item, approval, waited) {
	if (approval === 'always' || waited.has(wishOf(item))) return true;
	return approval === 'removals' && (item.impact ?? 0) > 0;
}

/** Wishes of plans that were not carried out. */
function wishesOf(plans) {
	return new Set(plans.flatMap(({ items }) => fromJson(items, []).map(wishOf)));
}

/**
 * Good, incomplete (nothing may be taken away on this reading) or failed, with the sentences that say
 * why. A directory that did not say whether it is whole is not.
 */
function readingOf({ summary, planError, manifests }) {
	const told = manifests
		.filter(({ complete }) => complete !== true)
		.map(({ source, explanation }) =>
			`The directory "${source}" was not read completely. ${explanation ?? ''}`.trim(),
		);
	if (!summary) {
		const state = told.length > 0 || manifests.length === 0 ? 'incomplete' : 'failed';
		const said = planError ?? 'The plan gave no answer.';
		return { state, why: [...new Set([...told, said])] };
	}
	if (summary.mayTakeAway === false || told.length > 0) {
		return { state: 'incomplete', why: [...new Set([...(summary.whyNot ?? []), ...told])] };
	}
	return { state: 'good', why: [] };
}

/** Whoever has left comes first: what is left of the limit of the day goes to the others. */
const URGENCY = [
	'user.remove inactive',
	'user.remove unlisted',
	'user.remove',
	'group.removeMembers',
	'user.update',
	'user.rename',
	'group.delete',
];

function urgencyOf({ action, reason }) {
	const exact = URGENCY.indexOf(`${action} ${reason}`);
	const index = exact >= 0 ? exact : URGENCY.indexOf(action);
	return index < 0 ? URGENCY.length : index;
}

/** What may still be taken away and added today: the limits of Settings, or as the node has them. */
function roomOfDay({ removalLimit, createLimit }, { members, used }) {
	const removals = removalLimit || Math.min(10, Math.max(2, Math.floor(members * 0.02)));
	const creations = createLimit || Math.min(100, Math.max(10, Math.floor(members * 0.1)));
	return { removals: removals - used.removals, creations: creations - used.creations };
}

/** The lines that are beyond the limits of the day, and those that need one of them. */
function beyondLimits(indices, items, room) {
	const left = { ...room };
	const held = new Set();
	const take = (kind, index, count) => {
		if (count === 0) return;
		if (count <= left[kind]) left[kind] -= count;
		else held.add(index);
	};
	const byUrgency = [...indices].sort(
		(one, other) => urgencyOf(items[one]) - urgencyOf(items[other]) || one - other,
	);
	for (const index of byUrgency) {
		take('removals', index, items[index].impact ?? 0);
		take('creations', index, items[index].action === 'user.create' ? 1 : 0);
	}
	const joiners = new Set(
		[...held]
			.filter((index) => items[index].action === 'user.create')
			.map((index) => emailKey(items[index].target.email)),
	);
	for (const index of indices) {
		const { member } = items[index];
		if (member && member.id === null && joiners.has(emailKey(member.email))) held.add(index);
	}
	return held;
}

/**
 * @param plans rows of plans_for_approval that were not carried out
 * @param room what the day still has room for, see roomOfDay
 * @returns {
 *   apply: indices of the lines that are carried out at once,
 *   propose: indices of the lines that a person has to approve,
 *   held: those of them, or in a dry run of all, that are beyond the limits of the day,
 *   declined: how many lines are left out because a person has said no to them today }
 */
function linesOf(items, { mode, approval, plans, room, now }) {
	const toDo = items.flatMap((item, index) => (isLineToDo(item) ? [index] : []));
	if (mode !== 'apply') {
		return { apply: [], propose: [], held: [...beyondLimits(toDo, items, room)], declined: 0 };
	}
	const waited = wishesOf(plans);
	const free = toDo.filter((index) => !needsApproval(items[index], approval, waited));
	const beyond = beyondLimits(free, items, room);
	const isFree = new Set(free);
	const asking = toDo.filter((index) => !isFree.has(index) || beyond.has(index));
	const { propose, declined } = withoutDeclined(asking, items, plans, now);
	return {
		apply: free.filter((index) => !beyond.has(index)),
		propose,
		held: propose.filter((index) => beyond.has(index)),
		declined,
	};
}

/** Lines without those that a person has said no to today. */
function withoutDeclined(indices, items, plans, now) {
	const noTo = wishesOf(
		plans.filter(
			({ state, decidedAt }) =>
				state === 'declined' && now - (instantOf(decidedAt) ?? 0) < NO_HOLDS_FOR,
		),
	);
	const propose = indices.filter((index) => !noTo.has(wishOf(items[index])));
	return { propose, declined: indices.length - propose.length };
}

/**
 * Whether these lines wait for an answer already.
 *
 * @param isWhole whether the cycle saw everything: then exactly these lines must wait, in one plan
 */
function isAskedAlready(propose, items, { plans, isWhole, now }) {
	const wanted = propose.map((index) => wishOf(items[index])).sort();
	const waiting = plans.filter(
		({ state, expiresAt }) => state === 'waiting' && instantOf(expiresAt) > now,
	);
	if (wanted.length === 0) return false;
	if (!isWhole) {
		const all = wishesOf(waiting);
		return wanted.every((wish) => all.has(wish));
	}
	return waiting.some(
		(plan) => fromJson(plan.items, []).map(wishOf).sort().join('\n') === wanted.join('\n'),
	);
}

/**
 * Plans of earlier cycles that no longer wait. A cycle that did not see everything ends none: what it
 * does not ask for may be right all the same.
 *
 * @param asked whether this cycle asks for the very same lines
 * @returns [{ id, state }]
 */
function plansToEnd(plans, { asked, isWhole, now }) {
	return plans.flatMap(({ id, state, expiresAt }) => {
		if (state !== 'waiting' && state !== 'approved') return [];
		if (!(instantOf(expiresAt) > now)) return [{ id, state: 'expired' }];
		// One that was approved and is still here has died with its execution.
		if (state === 'waiting' && (asked || !isWhole)) return [];
		return [{ id, state: 'replaced' }];
	});
}

/**
 * Whether an approved plan may be carried out, by its row as it is now.
 *
 * @returns a sentence why not; undefined where it may
 */
function approvalTrouble(row, now) {
	if (!row) return 'This plan does not exist.';
	if (row.state !== 'approved') return `This plan is not approved: its state is "${row.state}".`;
	if (!row.decidedBy) return 'Nobody is named who approved this plan.';
	if (!(instantOf(row.expiresAt) > now)) return 'This plan has expired, which is a no.';
	const items = fromJson(row.items, []);
	if (!Array.isArray(items) || items.length === 0) return 'This plan has no lines.';
	if (items.some(({ planDigest }) => planDigest !== row.planDigest))
		return 'The lines are not of the plan that was approved.';
	return undefined;
}

/** What a person has approved is not held again; otherwise Settings say how much a day may take. */
function limitsFor(items, { approvedPlan, limits, used }) {
	if (!approvedPlan) return limits;
	const sum = (of) => items.reduce((total, item) => total + of(item), 0);
	return {
		removalLimit: used.removals + sum((item) => item.impact ?? 0),
		createLimit: used.creations + sum((item) => (item.action === 'user.create' ? 1 : 0)),
	};
}
