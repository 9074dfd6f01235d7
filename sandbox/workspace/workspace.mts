import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { SeededRandom } from '../seed/random.mts';
import type {
	Account,
	Group,
	PersonName,
	Profile,
	Role,
	Session,
	TokenRecord,
} from './account.mts';
import { fullName, nameFromFormatted, normalEmail } from './account.mts';
import { AccountAccess } from './accountAccess.mts';
import { WorkspaceRefusal } from './refusal.mts';

/**
 * What happened; `ids` are account or group ids, according to the topic. `tokens` are SCIM tokens;
 * `access` are the personal access tokens and MCP clients of a person.
 */
export interface Change {
	topic: 'members' | 'groups' | 'sessions' | 'tokens' | 'access';
	ids: string[];
}

/** A person as callers in this process describe one. */
export interface NewPerson {
	email: string;
	/** The whole name in one line, or its parts. */
	name?: string | PersonName;
	role?: Role;
	secondaryEmails?: string[];
	attributes?: Record<string, unknown>;
	/** Names of groups to join; made when missing. */
	groups?: string[];
}

/** A group as callers in this process describe one. */
export interface NewGroup {
	displayName: string;
	/** E-mail addresses or ids. */
	members?: string[];
	/** Made by SCIM? Default false. */
	synced?: boolean;
	/** Default false. */
	onlyFullAccess?: boolean;
	attributes?: Record<string, unknown>;
}

/** Most e-mail addresses of an account, the primary one included (Notion's help centre). */
export const MAX_EMAILS = 5;

/** Read access to the people and groups of a workspace. */
export type WorkspaceView = Pick<
	Workspace,
	'members' | 'userById' | 'userByEmail' | 'groups' | 'groupById' | 'groupsByName'
>;

/** When a removal is asked for through SCIM, the token's creator is protected. */
export interface Actor {
	tokenCreatorId?: string;
}

/**
 * One Notion Enterprise workspace in memory: its people, groups, sessions and tokens, and the
 * rules that hold whichever way a client asks. Knows nothing of HTTP and of switches.
 */
export class Workspace {
	readonly name = 'Example Inc.';
	/** The id of the workspace, which Notion's Admin API calls a space. */
	readonly id: string;
	/** Personal access tokens and MCP clients of the people. */
	readonly access: AccountAccess;
	/** Domains of which the organization may change names and addresses. Lower case. */
	readonly verifiedDomains = new Set<string>();
	readonly changes = new EventEmitter<{ change: [Change] }>();

	readonly #now: () => number;
	#random: SeededRandom;
	readonly #seed: number;
	readonly #accounts = new Map<string, Account>();
	readonly #accountIdByEmail = new Map<string, string>();
	#members: Account[] = [];
	readonly #groups = new Map<string, Group>();
	readonly #sessions = new Map<string, Session>();
	readonly #sessionIdsByAccount = new Map<string, string[]>();
	readonly #tokens = new Map<string, TokenRecord>();
	#ownerCount = 0;

	constructor(options: { seed?: number; now?: () => number } = {}) {
		this.#seed = options.seed ?? 1;
		this.#now = options.now ?? Date.now;
		this.#random = new SeededRandom(this.#seed);
		// From numbers of its own, so that it does not change with the people.
		this.id = new SeededRandom(this.#seed + 104_729).id();
		this.access = new AccountAccess({
			seed: this.#seed,
			now: this.#now,
			find: (emailOrId) => this.#find(emailOrId),
			announce: (accountId) => this.#announce('access', accountId),
		});
	}

	/** People and groups in their current state, unaffected by later changes. */
	snapshot(): WorkspaceView {
		const accounts = structuredClone(this.#accounts);
		const idByEmail = new Map(this.#accountIdByEmail);
		const groups = structuredClone(this.#groups);
		const members = this.#members.flatMap(({ id }) => accounts.get(id) ?? []);
		return {
			members: () => members,
			userById: (id) => accounts.get(id),
			userByEmail: (email) => accounts.get(idByEmail.get(normalEmail(email)) ?? ''),
			groups: () => [...groups.values()],
			groupById: (id) => groups.get(id),
			groupsByName: (name) => [...groups.values()].filter(({ displayName }) => displayName === name),
		};
	}

	// People

	/** Members in the order in which they joined. Guests are never among them. */
	members(): readonly Account[] {
		return this.#members;
	}

	userById(id: string): Account | undefined {
		return this.#accounts.get(id);
	}

	/** The account that uses this address, as primary or secondary one; guests and leavers too. */
	userByEmail(email: string): Account | undefined {
		const id = this.#accountIdByEmail.get(normalEmail(email));
		return id === undefined ? undefined : this.#accounts.get(id);
	}

	isMember(emailOrId: string): boolean {
		return this.#find(emailOrId)?.membership === 'member';
	}

	/**
	 * Adds a member, as an admin would do in Notion's settings.
	 *
	 * @throws WorkspaceRefusal alreadyMember, invalidEmail, tooManyEmails, addressTaken
	 */
	addUser(person: NewPerson): Account {
		const account = this.join(profileOf(person), person.role);
		for (const group of person.groups ?? []) this.addToGroup(group, account.id);
		return account;
	}

	/** Adds a guest: a person with whom single pages are shared, and whom SCIM cannot see. */
	addGuest(person: NewPerson): Account {
		const profile = profileOf(person);
		const known = this.userByEmail(profile.userName);
		if (known?.membership === 'member') {
			throw new WorkspaceRefusal('alreadyMember', 'This person is a member already');
		}
		const account = known ?? this.#createAccount(profile, []);
		account.membership = 'guest';
		this.#announce('members', account.id);
		return account;
	}

	/**
	 * Adds a person to the workspace: creates an account if no one has the address, or adds the existing
	 * account, with its id and its private pages. An existing account adopts the profile only if its domain
	 * is verified.
	 * @param role without one, a guest becomes a restricted member, and any other person a member
	 * @param photos used only when the account is created
	 * @throws WorkspaceRefusal alreadyMember, invalidEmail, tooManyEmails, addressTaken
	 */
	join(profile: Profile, role?: Role, photos: readonly unknown[] = []): Account {
		const known = this.userByEmail(profile.userName);
		if (known?.membership === 'member') {
			throw new WorkspaceRefusal('alreadyMember', 'This person is a member already');
		}
		if (known && this.hasVerifiedDomain(known)) {
			this.#replaceProfile(known, {
				...mergedProfile(known.profile, profile),
				userName: known.profile.userName,
			});
		}
		const account = known ?? this.#createAccount(profile, photos);
		const wasGuest = account.membership === 'guest';
		account.membership = 'member';
		account.role = role ?? (wasGuest ? 'restricted_member' : 'member');
		account.wasMember = true;
		account.memberSince = this.#now();
		if (account.role === 'owner') this.#ownerCount++;
		this.#members.push(account);
		this.#announce('members', account.id);
		return account;
	}

	/**
	 * Gives a member another profile.
	 *
	 * @throws WorkspaceRefusal invalidEmail, tooManyEmails, addressTaken (by any other account,
	 *   whether it is in this workspace or not)
	 */
	updateProfile(emailOrId: string, profile: Profile): Account {
		const account = this.#member(emailOrId);
		this.#replaceProfile(account, profile);
		this.#announce('members', account.id);
		return account;
	}

	/** Whether the organization has verified the domain of the account's primary address. */
	hasVerifiedDomain(account: Account): boolean {
		return this.verifiedDomains.has(domainOf(account.profile.userName));
	}

	/**
	 * Gives a member another role. Revokes every token that the person created.
	 * @throws WorkspaceRefusal lastOwner, unknownPerson
	 */
	changeRole(emailOrId: string, role: Role): Account {
		const account = this.#member(emailOrId);
		if (account.role === role) return account;
		this.checkRole(account, role);
		if (account.role === 'owner') this.#ownerCount--;
		if (role === 'owner') this.#ownerCount++;
		account.role = role;
		this.#revokeTokensOf(account.id);
		this.#announce('members', account.id);
		return account;
	}

	/** @throws WorkspaceRefusal lastOwner if the change would leave the workspace without an owner */
	checkRole(account: Account, role: Role): void {
		if (account.role === 'owner' && role !== 'owner' && this.#ownerCount === 1) {
			throw new WorkspaceRefusal('lastOwner', 'A workspace needs an owner');
		}
	}

	/**
	 * Removes a member: from every group, with every session ended and every SCIM token of theirs revoked.
	 * The account and its private pages survive, and so do personal access tokens and MCP clients.
	 * @throws WorkspaceRefusal tokenCreator, lastOwner, unknownPerson
	 */
	removeUser(emailOrId: string, actor: Actor = {}): Account {
		const account = this.#member(emailOrId);
		this.checkRemoval(account, actor);
		for (const groupId of account.groupIds) this.#groups.get(groupId)?.memberIds.delete(account.id);
		const leftGroups = [...account.groupIds];
		account.groupIds.clear();
		if (account.role === 'owner') this.#ownerCount--;
		account.membership = 'outside';
		this.#members.splice(this.#members.indexOf(account), 1);
		this.#endSessionsOf(account.id);
		this.#revokeTokensOf(account.id);
		this.#announce('members', account.id);
		if (leftGroups.length > 0) this.#announce('groups', ...leftGroups);
		return account;
	}

	/** @throws WorkspaceRefusal tokenCreator, lastOwner */
	checkRemoval(account: Account, actor: Actor = {}): void {
		if (actor.tokenCreatorId === account.id) {
			throw new WorkspaceRefusal(
				'tokenCreator',
				'The owner who created the token cannot be removed through the API',
			);
		}
		if (account.role === 'owner' && this.#ownerCount === 1) {
			throw new WorkspaceRefusal('lastOwner', 'The last owner cannot be removed');
		}
	}

	// Groups

	/** Groups in the order in which they were made. */
	groups(): Group[] {
		return [...this.#groups.values()];
	}

	groupById(id: string): Group | undefined {
		return this.#groups.get(id);
	}

	/** The first group of this name. Names are not unique: see groupsByName. */
	groupByName(displayName: string): Group | undefined {
		return this.groupsByName(displayName)[0];
	}

	groupsByName(displayName: string): Group[] {
		return this.groups().filter((group) => group.displayName === displayName);
	}

	/** Names of a group's members, sorted; the address where a name is not known. */
	memberNames(groupId: string): string[] {
		return this.#membersOf(groupId)
			.map(({ profile }) => fullName(profile.name) ?? profile.userName)
			.sort();
	}

	/** Primary addresses of a group's members, sorted. */
	memberEmails(groupId: string): string[] {
		return this.#membersOf(groupId)
			.map(({ profile }) => profile.userName)
			.sort();
	}

	/** Names of the groups that a person is in, sorted; none for people who are not known. */
	groupNames(emailOrId: string): string[] {
		return [...(this.#find(emailOrId)?.groupIds ?? [])]
			.map((id) => this.#groups.get(id)?.displayName ?? id)
			.sort();
	}

	/** @throws WorkspaceRefusal unknownMember, guestInGroup */
	addGroup(group: NewGroup): Group {
		const members = (group.members ?? []).map((member) => this.#find(member)?.id ?? member);
		for (const id of members) this.checkGroupMember(id);
		const made: Group = {
			id: this.#random.id(),
			displayName: group.displayName,
			memberIds: new Set(),
			synced: group.synced ?? false,
			onlyFullAccess: group.onlyFullAccess ?? false,
			attributes: group.attributes ?? {},
			createdAt: this.#now(),
		};
		this.#groups.set(made.id, made);
		this.#setMembers(made, members);
		this.#announce('groups', made.id);
		return made;
	}

	/**
	 * Changes a group in one step.
	 *
	 * @throws WorkspaceRefusal unknownGroup, unknownMember, guestInGroup; nothing has changed then
	 */
	updateGroup(
		id: string,
		change: {
			displayName?: string;
			memberIds?: Iterable<string>;
			attributes?: Record<string, unknown>;
		},
	): Group {
		const group = this.#groups.get(id);
		if (!group) throw new WorkspaceRefusal('unknownGroup', 'There is no such group');
		const memberIds = change.memberIds && new Set(change.memberIds);
		for (const memberId of memberIds ?? []) {
			if (!group.memberIds.has(memberId)) this.checkGroupMember(memberId);
		}
		group.displayName = change.displayName ?? group.displayName;
		group.attributes = change.attributes ?? group.attributes;
		if (memberIds) this.#setMembers(group, memberIds);
		this.#announce('groups', group.id);
		return group;
	}

	/** @throws WorkspaceRefusal guestInGroup, or unknownMember for any other person who is not a member */
	checkGroupMember(id: string): void {
		const account = this.#accounts.get(id);
		if (account?.membership === 'guest') {
			throw new WorkspaceRefusal('guestInGroup', 'Guests cannot be members of a group');
		}
		if (account?.membership !== 'member') {
			throw new WorkspaceRefusal('unknownMember', `There is no member with the id ${id}`);
		}
	}

	/** Adds a person to a group, which is created if there is none with this name or id. */
	addToGroup(groupNameOrId: string, emailOrId: string): Group {
		const account = this.#member(emailOrId);
		const group =
			this.#groups.get(groupNameOrId) ??
			this.groupByName(groupNameOrId) ??
			this.addGroup({ displayName: groupNameOrId });
		group.memberIds.add(account.id);
		account.groupIds.add(group.id);
		this.#announce('groups', group.id);
		return group;
	}

	/** Removes a person from a group. Has no effect if they are not a member of it. */
	removeFromGroup(groupNameOrId: string, emailOrId: string): void {
		const account = this.#member(emailOrId);
		const group = this.#groups.get(groupNameOrId) ?? this.groupByName(groupNameOrId);
		if (!group) return;
		group.memberIds.delete(account.id);
		account.groupIds.delete(group.id);
		this.#announce('groups', group.id);
	}

	/** @throws WorkspaceRefusal unknownGroup, groupHoldsFullAccess */
	deleteGroup(id: string): void {
		const group = this.#groups.get(id);
		if (!group) throw new WorkspaceRefusal('unknownGroup', 'There is no such group');
		if (group.onlyFullAccess) {
			throw new WorkspaceRefusal(
				'groupHoldsFullAccess',
				'Deleting this group would leave pages with nobody having full access',
			);
		}
		this.#setMembers(group, []);
		this.#groups.delete(id);
		this.#announce('groups', id);
	}

	// Sessions

	/** Sessions of one person, or of everyone; ended ones too. Oldest first. */
	sessions(emailOrId?: string): Session[] {
		if (emailOrId === undefined) return [...this.#sessions.values()];
		const ids = this.#sessionIdsByAccount.get(this.#find(emailOrId)?.id ?? '') ?? [];
		return ids.flatMap((id) => this.#sessions.get(id) ?? []);
	}

	/** Signs a member in on a device. @throws WorkspaceRefusal unknownPerson */
	addSession(emailOrId: string, kind: Session['kind'] = 'web', device?: string): Session {
		const account = this.#member(emailOrId);
		const session: Session = {
			id: this.#random.id(),
			accountId: account.id,
			kind,
			device: device ?? (kind === 'web' ? 'Chrome on macOS' : 'iPhone'),
			startedAt: this.#now(),
			endedAt: null,
		};
		this.#sessions.set(session.id, session);
		const ids = this.#sessionIdsByAccount.get(account.id) ?? [];
		ids.push(session.id);
		this.#sessionIdsByAccount.set(account.id, ids);
		this.#announce('sessions', account.id);
		return session;
	}

	/**
	 * Signs a person out of all devices, even if they are not a member (any more).
	 * @returns how many sessions ended now
	 */
	endSessions(emailOrId: string): number {
		const account = this.#find(emailOrId);
		return account ? this.#endSessionsOf(account.id) : 0;
	}

	/**
	 * The instant, in epoch milliseconds, at which the last session of a person ended; null while a session
	 * lasts, and if there never was one.
	 */
	lastSessionEndedAt(emailOrId: string): number | null {
		const ends = this.sessions(emailOrId).map(({ endedAt }) => endedAt);
		const ended = ends.filter((end) => end !== null);
		return ended.length > 0 && ended.length === ends.length ? Math.max(...ended) : null;
	}

	// Tokens

	/**
	 * Creates a SCIM token for a member, which is valid until its creator is removed or changes role.
	 * @param secret default: a random one
	 * @returns the secret, which is shown nowhere else
	 */
	addToken(creatorEmailOrId: string, secret?: string): string {
		const creator = this.#member(creatorEmailOrId);
		const token = secret ?? `sandbox_${randomBytes(24).toString('hex')}`;
		this.#tokens.set(token, { creatorId: creator.id, createdAt: this.#now(), revokedAt: null });
		this.#announce('tokens', creator.id);
		return token;
	}

	/** Revokes a token. Has no effect if there is no such token. */
	revokeToken(token: string): void {
		const record = this.#tokens.get(token);
		if (!record || record.revokedAt !== null) return;
		record.revokedAt = this.#now();
		this.#announce('tokens', record.creatorId);
	}

	/** The creator of the token; undefined if it is unknown or revoked. */
	tokenCreator(token: string): Account | undefined {
		const record = this.#tokens.get(token);
		return record?.revokedAt === null ? this.#accounts.get(record.creatorId) : undefined;
	}

	/** All tokens without their secrets, oldest first. */
	tokens(): TokenRecord[] {
		return [...this.#tokens.values()];
	}

	// The whole workspace

	/** Empties the workspace. The next ids are those of a new workspace with the same seed. */
	clear(): void {
		this.#random = new SeededRandom(this.#seed);
		this.verifiedDomains.clear();
		this.#accounts.clear();
		this.#accountIdByEmail.clear();
		this.#members = [];
		this.#groups.clear();
		this.#sessions.clear();
		this.#sessionIdsByAccount.clear();
		this.#tokens.clear();
		this.access.clear();
		this.#ownerCount = 0;
		for (const topic of ['members', 'groups', 'sessions', 'tokens', 'access'] as const) {
			this.#announce(topic);
		}
	}

	#find(emailOrId: string): Account | undefined {
		return this.#accounts.get(emailOrId) ?? this.userByEmail(emailOrId);
	}

	#member(emailOrId: string): Account {
		const account = this.#find(emailOrId);
		if (account?.membership !== 'member') {
			throw new WorkspaceRefusal('unknownPerson', 'There is no such member');
		}
		return account;
	}

	#membersOf(groupId: string): Account[] {
		return [...(this.#groups.get(groupId)?.memberIds ?? [])].flatMap(
			(id) => this.#accounts.get(id) ?? [],
		);
	}

	#createAccount(profile: Profile, photos: readonly unknown[]): Account {
		this.#checkEmails(profile, undefined);
		const account: Account = {
			id: this.#random.id(),
			profile,
			photos,
			membership: 'outside',
			role: 'member',
			wasMember: false,
			groupIds: new Set(),
			privatePages: ['Getting Started'],
			createdAt: this.#now(),
			memberSince: 0,
		};
		this.#accounts.set(account.id, account);
		this.#indexEmails(account);
		return account;
	}

	#replaceProfile(account: Account, profile: Profile): void {
		this.#checkEmails(profile, account.id);
		for (const email of emailsOf(account.profile)) this.#accountIdByEmail.delete(email);
		account.profile = profile;
		this.#indexEmails(account);
	}

	#indexEmails(account: Account): void {
		for (const email of emailsOf(account.profile)) this.#accountIdByEmail.set(email, account.id);
	}

	#checkEmails(profile: Profile, ownId: string | undefined): void {
		const emails = emailsOf(profile);
		if (emails.length > MAX_EMAILS) {
			throw new WorkspaceRefusal('tooManyEmails', `An account has at most ${MAX_EMAILS} e-mails`);
		}
		for (const email of emails) {
			if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
				throw new WorkspaceRefusal('invalidEmail', 'This is not an e-mail address');
			}
			const holder = this.#accountIdByEmail.get(email);
			if (holder !== undefined && holder !== ownId) {
				throw new WorkspaceRefusal('addressTaken', 'Another account uses this address');
			}
		}
	}

	#setMembers(group: Group, memberIds: Iterable<string>): void {
		const wanted = new Set(memberIds);
		for (const id of group.memberIds) {
			if (!wanted.has(id)) this.#accounts.get(id)?.groupIds.delete(group.id);
		}
		group.memberIds.clear();
		for (const id of wanted) {
			group.memberIds.add(id);
			this.#accounts.get(id)?.groupIds.add(group.id);
		}
	}

	#endSessionsOf(accountId: string): number {
		const endedAt = this.#now();
		const running = this.sessions(accountId).filter((session) => session.endedAt === null);
		for (const session of running) session.endedAt = endedAt;
		if (running.length > 0) this.#announce('sessions', accountId);
		return running.length;
	}

	#revokeTokensOf(accountId: string): void {
		const alive = this.tokens().filter(
			(token) => token.creatorId === accountId && token.revokedAt === null,
		);
		for (const token of alive) token.revokedAt = this.#now();
		if (alive.length > 0) this.#announce('tokens', accountId);
	}

	#announce(topic: Change['topic'], ...ids: string[]): void {
		this.changes.emit('change', { topic, ids });
	}
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** All addresses of a profile, the primary one first, none twice. */
const emailsOf = (profile: Profile): string[] => [
	...new Set([profile.userName, ...profile.secondaryEmails]),
];

const profileOf = (person: NewPerson): Profile => ({
	userName: normalEmail(person.email),
	secondaryEmails: (person.secondaryEmails ?? []).map(normalEmail),
	name: typeof person.name === 'string' ? nameFromFormatted(person.name) : (person.name ?? {}),
	attributes: person.attributes ?? {},
});

/** What `added` states, over what was there. */
const mergedProfile = (present: Profile, added: Profile): Profile => ({
	userName: added.userName,
	secondaryEmails: [...new Set([...present.secondaryEmails, ...added.secondaryEmails])],
	name: fullName(added.name) === undefined ? present.name : added.name,
	attributes: { ...present.attributes, ...added.attributes },
});
