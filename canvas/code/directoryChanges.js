// What plans did and are about to do: rows of directory_changes, and the removals in notion_scim_changes.

const DAY_OF_CHANGES = 24 * 60 * 60 * 1000;

/** Outcomes that have, or may have, taken something away or made a seat. */
const COUNTS = ['intended', 'done', 'notVerified', 'lost'];

/** Rows as a Data Table step gives them out: it gives one empty item where there are none. */
function tableRows(items) {
	return items.map(({ json }) => json).filter(({ id }) => id !== undefined);
}

/** Which line of a plan it is, whatever else was added to it on its way. */
function lineKey({ action, target, member }) {
	const of = (one) => one?.id ?? one?.email ?? one?.displayName ?? '';
	return [action, target?.type, of(target), member ? of(member) : ''].join('|');
}

/** One person may have two lines of one action, such as for details and for the role. */
function resultKey(item) {
	return `${lineKey(item)}|${item.reason}`;
}

/**
 * What other executions have used of the limits in the last 24 hours.
 *
 * @param changes rows of directory_changes; what was intended counts until its result is stored
 * @param removals rows of notion_scim_changes about leavers that have, or may have, taken something away
 * @param execution id of this one, which the nodes count by themselves
 * @returns { removals, creations }, as directory.plan and directory.apply take them
 */
function usedOfDay({ changes, removals, execution, now }) {
	const isOther = (row) => String(row.execution) !== String(execution);
	const counting = changes.filter(
		(row) =>
			COUNTS.includes(row.outcome) &&
			isOther(row) &&
			now - new Date(row.createdAt).getTime() < DAY_OF_CHANGES,
	);
	const sum = (column) => counting.reduce((total, row) => total + (Number(row[column]) || 0), 0);
	return { removals: sum('impact') + leaversOfDay(removals.filter(isOther), now), creations: sum('seats') };
}

/** What leavers count: each person once, however often it was tried. */
function leaversOfDay(rows, now) {
	const people = new Map();
	for (const row of rows) {
		if (now - takenAwayAt(row) >= DAY_OF_CHANGES) continue;
		const person = [row.source, row.companyId, row.employeeId || row.email].join('|').toLowerCase();
		people.set(person, Math.max(people.get(person) ?? 0, Number(row.impact) || 0));
	}
	return [...people.values()].reduce((total, impact) => total + impact, 0);
}

/** When a row of notion_scim_changes took something away, or may have. The row can be much older. */
function takenAwayAt({ removedAt, details, updatedAt }) {
	const intendedAt = /"intendedAt":"([^"]+)"/.exec(details ?? '')?.[1];
	return Date.parse(removedAt) || Date.parse(intendedAt) || new Date(updatedAt).getTime();
}

/** Memberships of the last 24 hours, as directory.plan takes them: it sees when somebody else changes them back. */
function recentMemberships(changes, now) {
	return changes
		.filter(
			({ action, outcome, groupId, userId, createdAt }) =>
				(action === 'group.addMembers' || action === 'group.removeMembers') &&
				outcome === 'done' &&
				groupId &&
				userId &&
				now - new Date(createdAt).getTime() < DAY_OF_CHANGES,
		)
		.map(({ action, groupId, userId, at, createdAt }) => ({
			action,
			groupId,
			userId,
			at: at || new Date(createdAt).toISOString(),
		}));
}

/** The row that says what is about to be done. */
function intentionOf(item, { workflow, execution, approvedBy = '', now }) {
	const { target, member } = item;
	const person = target.type === 'user' ? target : member;
	return {
		execution: String(execution),
		workflow,
		planDigest: item.planDigest,
		action: item.action,
		reason: item.reason,
		explanation: item.explanation,
		userId: person?.id ?? '',
		email: person?.email ?? '',
		source: target.source ?? '',
		sourceId: target.sourceId ?? '',
		groupId: target.type === 'group' ? (target.id ?? '') : '',
		groupName: target.type === 'group' ? target.displayName : '',
		approvedBy,
		impact: item.impact ?? 0,
		seats: item.action === 'user.create' ? 1 : 0,
		outcome: 'intended',
		note: '',
		at: new Date(now).toISOString(),
	};
}

/**
 * What directory.apply gave out, in the order of the plan items, with their fields in one form.
 *
 * @param items the plan items that were handed to it
 * @param passed items of its first output
 * @param failures items of its error output; their result stands in the error's context
 * @returns for each item { outcome, note, userId, groupId, impact, seats, at }. An item that was not
 * answered for may have been done.
 */
function resultsOf(items, passed, failures, now) {
	const answers = new Map();
	for (const { json } of passed) {
		// A node that fails as a whole passes its input on: that is no result.
		if (typeof json.outcome === 'string') answers.set(resultKey(json), json);
	}
	for (const { json, error } of failures) {
		const result = (error ?? json.error)?.context?.result;
		if (typeof result?.outcome === 'string') answers.set(resultKey(result), result);
	}
	const said = failures.map(
		({ json, error }) => error?.message ?? json.error?.message ?? json.error,
	);
	const why = said.find((text) => typeof text === 'string');
	return items.map((item) => {
		const answer = answers.get(resultKey(item));
		const { target, member } = item;
		const userId = (target.type === 'user' ? target.id : member?.id) ?? '';
		const groupId = (target.type === 'group' ? target.id : undefined) ?? '';
		if (!answer) {
			return {
				outcome: 'notVerified',
				note: `Notion was not heard about this line.${why ? ` ${why}` : ''} The next plan looks again.`,
				userId,
				groupId,
				impact: item.impact ?? 0,
				seats: item.action === 'user.create' ? 1 : 0,
				at: new Date(now).toISOString(),
			};
		}
		return {
			outcome: answer.outcome,
			note: answer.note ?? '',
			userId: answer.userId ?? userId,
			groupId: answer.groupId ?? groupId,
			impact: Number(answer.impact) || 0,
			seats: Number(answer.seats) || 0,
			at: answer.at ?? new Date(now).toISOString(),
		};
	});
}

/** Intentions of a workflow that never got a result, because their execution died. */
function orphanedIntentions(changes, { workflow, execution }) {
	return changes.filter(
		(row) =>
			row.outcome === 'intended' &&
			row.workflow === workflow &&
			String(row.execution) !== String(execution),
	);
}
