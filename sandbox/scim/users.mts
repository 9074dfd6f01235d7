import type { Account } from '../workspace/account.mts';
import { normalEmail } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';
import { json, noContent, ScimError } from './answer.mts';
import type { ScimHandler, ScimRequest, ScimRoute } from './context.mts';
import type { EqualityFilter } from './filter.mts';
import { list } from './list.mts';
import { parsePatchMessage } from './patchMessage.mts';
import { UserDraft } from './userDraft.mts';
import { storedProfile } from './storage.mts';
import { shownEmail, userResource } from './userResource.mts';

const notFound = () => new ScimError(404, 'There is no such user');

/** A member, by the id in the path. Guests and leavers do not exist for a write. */
const memberOf = ({ workspace, id }: ScimRequest): Account => {
	const account = workspace.userById(id);
	if (account?.membership !== 'member') throw notFound();
	return account;
};

/** The documented filters. Names depend on case; addresses are compared in lower case. */
const findUsers = (
	{ seen, switches }: ScimRequest,
	{ attribute, value }: EqualityFilter,
): readonly Account[] | undefined => {
	switch (attribute) {
		case 'email': {
			const email = normalEmail(value);
			// Compared with the shown value; see the switch.
			if (switches.emailFilterCase === 'exactWithCapitals' && shownEmail(email, switches) !== value) {
				return [];
			}
			const account = seen.userByEmail(email);
			const matches =
				account?.membership === 'member' &&
				(account.profile.userName === email ||
					switches.emailFilterMatches === 'primaryAndSecondary');
			return matches ? [account] : [];
		}
		case 'given_name':
			return seen.members().filter(({ profile }) => profile.name.givenName === value);
		case 'family_name':
			return seen.members().filter(({ profile }) => profile.name.familyName === value);
		default:
			return undefined;
	}
};

const listUsers: ScimHandler = (request) =>
	list(
		{
			all: request.seen.members(),
			find: (filter) => findUsers(request, filter),
			render: (account) => userResource(account, request.switches),
		},
		request.query,
		request.switches,
		request.random,
	);

const getUser: ScimHandler = ({ seen, switches, id }) => {
	const account = seen.userById(id);
	const isVisible =
		account?.membership === 'member' ||
		(account?.membership === 'outside' &&
			account.wasMember &&
			switches.afterRemoval === 'inactive');
	if (!account || !isVisible) throw notFound();
	return json(200, userResource(account, switches), switches);
};

const createUser: ScimHandler = ({ workspace, switches, body }) => {
	const draft = new UserDraft().readResource(body);
	if (draft.profile.userName === '') {
		throw new ScimError(400, 'userName is required', 'invalidValue');
	}
	const account = workspace.join(storedProfile(draft.profile, switches), draft.role, draft.photos);
	return json(switches.createStatus, userResource(account, switches), switches);
};

/** Reverts changes that are allowed only for people of a verified domain. */
const respectDomain = (
	workspace: Workspace,
	account: Account,
	draft: UserDraft,
	{ unverifiedDomainUpdate }: ScimRequest['switches'],
): void => {
	const identity = ({ userName, secondaryEmails, name }: Account['profile']) =>
		JSON.stringify([
			userName,
			secondaryEmails,
			name.formatted,
			name.givenName,
			name.familyName,
		]);
	if (workspace.hasVerifiedDomain(account)) return;
	if (identity(account.profile) === identity(draft.profile)) return;
	if (unverifiedDomainUpdate === 403) {
		throw new ScimError(403, 'The domain of this person is not verified by the organization');
	}
	const { userName, secondaryEmails, name } = account.profile;
	draft.profile = { ...draft.profile, userName, secondaryEmails, name };
};

/** Applies the new state: as a removal, if the person is not active. */
const commit = (request: ScimRequest, account: Account, draft: UserDraft) => {
	const { workspace, switches, tokenCreatorId } = request;
	if (draft.active === false) {
		workspace.removeUser(account.id, { tokenCreatorId });
	} else {
		respectDomain(workspace, account, draft, switches);
		if (draft.role) workspace.checkRole(account, draft.role);
		workspace.updateProfile(account.id, storedProfile(draft.profile, switches));
		if (draft.role) workspace.changeRole(account.id, draft.role);
	}
	return json(200, userResource(account, switches), switches);
};

const patchUser: ScimHandler = (request) => {
	const { switches } = request;
	const account = memberOf(request);
	const draft = new UserDraft(account, (form) => {
		if (switches.rolePatch === form || switches.rolePatch === 'both') return true;
		if (switches.unsupportedPatchForm === 'ignored') return false;
		throw new ScimError(400, 'A role cannot be stated in this form', 'invalidPath');
	});
	for (const operation of parsePatchMessage(request.body)) draft.apply(operation);
	return commit(request, account, draft);
};

const putUser: ScimHandler = (request) => {
	const account = memberOf(request);
	const draft = new UserDraft(request.switches.putUser === 'merge' ? account : undefined);
	draft.readResource(request.body);
	if (draft.profile.userName === '') {
		throw new ScimError(400, 'userName is required', 'invalidValue');
	}
	return commit(request, account, draft);
};

const deleteUser: ScimHandler = ({ workspace, switches, id, tokenCreatorId }) => {
	if (workspace.userById(id)?.membership === 'member') {
		workspace.removeUser(id, { tokenCreatorId });
	} else if (switches.removeUnknown === 404) {
		throw notFound();
	}
	return noContent();
};

export const userRoutes: ScimRoute[] = [
	{ method: 'GET', path: '/Users', handle: listUsers },
	{ method: 'POST', path: '/Users', handle: createUser },
	{ method: 'GET', path: '/Users/:id', handle: getUser },
	{ method: 'PATCH', path: '/Users/:id', handle: patchUser },
	{ method: 'PUT', path: '/Users/:id', handle: putUser },
	{ method: 'DELETE', path: '/Users/:id', handle: deleteUser },
];
