import type { Group } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';
import { json, noContent, ScimError, urn } from './answer.mts';
import type { ScimHandler, ScimRequest, ScimRoute } from './context.mts';
import { GroupDraft, groupName, memberIdsOf } from './groupDraft.mts';
import { list } from './list.mts';
import { isRecord, parsePatchMessage } from './patchMessage.mts';
import { storedName } from './storage.mts';
import { metaOf } from './userResource.mts';

const notFound = () => new ScimError(404, 'There is no such group');

const groupOf = ({ workspace, id }: ScimRequest): Group => {
	const group = workspace.groupById(id);
	if (!group) throw notFound();
	return group;
};

const MOST_SHOWN = 100;

const groupResource = (group: Group, { groupMembersShown }: ScimRequest['switches']) => {
	const members = Array.from(group.memberIds, (value) => ({ value }));
	return {
		schemas: [urn.group],
		id: group.id,
		displayName: group.displayName,
		members: groupMembersShown === 'all' ? members : members.slice(0, MOST_SHOWN),
		...group.attributes,
		meta: metaOf('Group', group.id, group.createdAt),
	};
};

/** @throws ScimError 409 if another group has the name and names are unique */
const checkName = ({ workspace, switches }: ScimRequest, name: string, ownId?: string): void => {
	if (switches.groupNames === 'free') return;
	const isTaken = workspace
		.groups()
		.some(({ id, displayName }) => id !== ownId && displayName.toLowerCase() === name.toLowerCase());
	if (isTaken) throw new ScimError(409, 'A group of this name exists already', 'uniqueness');
};

const listGroups: ScimHandler = ({ seen, query, switches, random }) =>
	list(
		{
			all: seen.groups(),
			find: ({ attribute, value }) =>
				attribute === 'displayname' ? seen.groupsByName(value) : undefined,
			render: (group) => groupResource(group, switches),
		},
		query,
		switches,
		random,
	);

const getGroup: ScimHandler = ({ seen, id, switches }) => {
	const group = seen.groupById(id);
	if (!group) throw notFound();
	return json(200, groupResource(group, switches), switches);
};

interface GroupBody {
	displayName: string;
	/** Undefined: the body names no members. */
	memberIds: string[] | undefined;
	attributes: Record<string, unknown>;
}

const readGroup = (body: unknown): GroupBody => {
	if (!isRecord(body)) throw new ScimError(400, 'A group must be an object', 'invalidSyntax');
	const { schemas, id, meta, displayName, members, ...attributes } = body;
	return {
		displayName: groupName(displayName),
		memberIds: members === undefined || members === null ? undefined : memberIdsOf(members),
		attributes,
	};
};

/** Leaves out guests, if a switch says so. */
const withoutGuests = (
	ids: string[],
	workspace: Workspace,
	{ guestInGroup }: ScimRequest['switches'],
): string[] =>
	guestInGroup === 'ignored'
		? ids.filter((id) => workspace.userById(id)?.membership !== 'guest')
		: ids;

const createGroup: ScimHandler = (request) => {
	const { workspace, switches, body } = request;
	const { displayName: sentName, memberIds = [], attributes } = readGroup(body);
	const displayName = storedName(sentName, switches);
	checkName(request, displayName);
	const group = workspace.addGroup({
		displayName,
		attributes,
		members:
			switches.createGroupMembers === 'applied'
				? withoutGuests(memberIds, workspace, switches)
				: [],
		synced: true,
	});
	return json(switches.createStatus, groupResource(group, switches), switches);
};

const putGroup: ScimHandler = (request) => {
	const { workspace, switches } = request;
	const group = groupOf(request);
	const { displayName: sentName, memberIds, attributes } = readGroup(request.body);
	const displayName = storedName(sentName, switches);
	checkName(request, displayName, group.id);
	const keepsMembers = memberIds === undefined && switches.putGroupWithoutMembers === 'keeps';
	workspace.updateGroup(group.id, {
		displayName,
		attributes: { ...group.attributes, ...attributes },
		...(keepsMembers ? {} : { memberIds: withoutGuests(memberIds ?? [], workspace, switches) }),
	});
	return json(200, groupResource(group, switches), switches);
};

const patchGroup: ScimHandler = (request) => {
	const { workspace, switches } = request;
	const group = groupOf(request);
	const draft = new GroupDraft(group, workspace, switches);
	for (const operation of parsePatchMessage(request.body)) draft.apply(operation);
	const { memberIds, attributes } = draft;
	const displayName = storedName(draft.displayName, switches);
	if (displayName !== group.displayName) checkName(request, displayName, group.id);
	workspace.updateGroup(group.id, { displayName, memberIds, attributes });
	return switches.patchGroupAnswer === 'body'
		? json(200, groupResource(group, switches), switches)
		: noContent();
};

const deleteGroup: ScimHandler = ({ workspace, switches, id }) => {
	if (workspace.groupById(id)) workspace.deleteGroup(id);
	else if (switches.removeUnknown === 404) throw notFound();
	return noContent();
};

/** Answers 404 to everything if there are no groups. */
const ifOffered =
	(handle: ScimHandler): ScimHandler =>
	(request) => {
		if (request.switches.groups === 'none') throw new ScimError(404, 'There is no such resource');
		return handle(request);
	};

const routes: ScimRoute[] = [
	{ method: 'GET', path: '/Groups', handle: listGroups },
	{ method: 'POST', path: '/Groups', handle: createGroup },
	{ method: 'GET', path: '/Groups/:id', handle: getGroup },
	{ method: 'PATCH', path: '/Groups/:id', handle: patchGroup },
	{ method: 'PUT', path: '/Groups/:id', handle: putGroup },
	{ method: 'DELETE', path: '/Groups/:id', handle: deleteGroup },
];

export const groupRoutes: ScimRoute[] = routes.map((route) => ({
	...route,
	handle: ifOffered(route.handle),
}));
