/** By index of the plan's lines: what directory.apply said, with the ids that it found. */
function resultsByIndex() {
	const { apply } = $('Verdict').first().json;
	const stored = $('Results').isExecuted
		? $('Results')
				.all()
				.map(({ json }) => json)
		: [];
	return new Map(stored.map((result, position) => [apply[position], result]));
}

/**
 * Rows of notion_scim_links for everybody whom a plan found to be an account by link or primary address,
 * and whom it made one or gave a new address.
 *
 * @param rows of notion_scim_links; what stands there already is not written again
 */
function linksToWrite(items, results, rows) {
	const known = new Map(rows.map((row) => [`${row.source}|${row.employeeId}`, row]));
	return items.flatMap((item, index) => {
		const { action, target, reason } = item;
		if (target?.type !== 'user' || !target.source || !target.sourceId) return [];
		const result = results.get(index);
		const isDone = result?.outcome === 'done' || result?.outcome === 'unchanged';
		const isWritten = isDone && ['user.create', 'user.rename', 'user.update'].includes(action);
		const isAsItShouldBe = action === 'none' && reason === 'unchanged';
		if (!isWritten && !isAsItShouldBe) return [];
		const userId = result?.userId || target.id;
		const renamed = (item.changes ?? []).find(
			({ attribute }) => attribute === 'userName' || attribute === 'email',
		);
		const email = (action === 'user.rename' && renamed?.to) || target.email;
		const before = known.get(`${target.source}|${target.sourceId}`);
		if (!userId || !email || (before?.userId === userId && before?.email === email)) return [];
		return [
			{
				source: target.source,
				employeeId: target.sourceId,
				companyId: before?.companyId ?? '',
				email,
				userId,
			},
		];
	});
}

const LINKING = ['group.create', 'group.adopt', 'group.rename', 'group.delete'];

/**
 * Rows of notion_group_links for groups that were made, taken over, given another name or deleted (then
 * the row has no name). Only what was taken over has `adoptedAt`: whoever was in such a group stays,
 * unless Settings want it exact. A group that an execution made before it died was not taken over.
 *
 * @param changes rows of directory_changes
 */
function groupLinksToWrite(items, results, rows, changes, now) {
	return items.flatMap((item, index) => {
		const result = results.get(index);
		const isDone = result?.outcome === 'done' || result?.outcome === 'unchanged';
		const isOwn = item.action === 'group.adopt' && isLostCreation(item, changes);
		if (!LINKING.includes(item.action) || (!isDone && !isOwn)) return [];
		const groupId = result?.groupId || item.target.id;
		if (item.action === 'group.delete') {
			return rows.some((row) => row.groupId === groupId && row.name)
				? [{ name: '', groupId, adoptedAt: '' }]
				: [];
		}
		const renamed = (item.changes ?? []).find(({ attribute }) => attribute === 'displayName');
		const name = (item.action === 'group.rename' && renamed?.to) || item.target.displayName;
		if (!groupId || rows.some((row) => row.groupId === groupId && row.name === name)) return [];
		const before = rows.find((row) => row.groupId === groupId);
		const isTakenOver = item.action === 'group.adopt' && !isOwn;
		const adoptedAt = isTakenOver ? new Date(now).toISOString() : (before?.adoptedAt ?? '');
		return [{ name, groupId, adoptedAt }];
	});
}

/**
 * Whether the group that stands in a plan's way was made by an execution that died before it could say
 * so: there is such an intention without a result, and nobody is in the group whom that plan did not add.
 */
function isLostCreation({ target, precondition }, changes) {
	const isLost = ({ outcome }) => outcome === 'intended' || outcome === 'lost';
	const memberIds = precondition?.memberIds;
	if (!Array.isArray(memberIds)) return false;
	return changes
		.filter(
			(row) =>
				row.action === 'group.create' && isLost(row) && row.groupName === target.displayName,
		)
		.some(({ planDigest }) => {
			const added = changes
				.filter(
					(row) =>
						row.action === 'group.addMembers' &&
						row.planDigest === planDigest &&
						row.groupName === target.displayName,
				)
				.map(({ userId }) => userId);
			return memberIds.every((id) => added.includes(id));
		});
}
