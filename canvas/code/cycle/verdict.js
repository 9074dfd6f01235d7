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

/**
 * @param plans rows of plans_for_approval that were not carried out
 * @returns {
 *   apply: indices of the lines that are carried out at once,
 *   propose: indices of the lines that a person has to approve,
 *   declined: how many lines are left out because a person has said no to them today }
 */
function linesOf(items, { mode, approval, plans, now }) {
	if (mode !== 'apply') return { apply: [], propose: [], declined: 0 };
	const toDo = items.flatMap((item, index) => (isLineToDo(item) ? [index] : []));
	const waited = wishesOf(plans);
	const apply = toDo.filter((index) => !needsApproval(items[index], approval, waited));
	const asking = toDo.filter((index) => needsApproval(items[index], approval, waited));
	return { apply, ...withoutDeclined(asking, items, plans, now) };
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
function limitsFor(items, { approvedPlan, policy, used }) {
	if (!approvedPlan) return { removalLimit: policy.removalLimit, createLimit: policy.createLimit };
	const sum = (of) => items.reduce((total, item) => total + of(item), 0);
	return {
		removalLimit: used.removals + sum((item) => item.impact ?? 0),
		createLimit: used.creations + sum((item) => (item.action === 'user.create' ? 1 : 0)),
	};
}
