import { LARGEST_PAGE } from '../../scim/completeList';
import { isEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { EmailMatch } from '../../scim/userIndex';
import { UserIndex } from '../../scim/userIndex';
import type { Group } from '../../scim/groupResource';
import type { Groups, NameMatch } from '../../scim/groups';
import { matchName } from '../../scim/groups';
import type { Requester } from '../../scim/requester';
import { resourceId } from '../../scim/resourceId';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Users } from '../../scim/users';
import { completeRows } from '../../scim/users';
import { AddressBook } from '../guards/addressChange';
import type { PlannedChange } from '../plan/plannedChange';

/** Below this many, asking for each is always cheaper than finding out how long the list is. */
const FEW = 3;

export interface Readers {
	users: Users;
	groups: Groups;
	requester: Requester;
	/** Adds what was sent before and is never shown: see UnconfirmedWrites. */
	complete(user: User): User;
}

/**
 * The workspace as it is while a plan is applied: read anew, with few requests, and kept up to date
 * with what the application itself does.
 */
export class FreshReading {
	/** Undefined where people are asked for one by one. */
	private userIndex: UserIndex | undefined;
	private readonly addresses: AddressBook;
	private readonly users = new Map<string, Promise<User | undefined>>();
	/** By `emailKey`: the users to whom this application gave the address. */
	private readonly given = new Map<string, User>();
	private hasAllGroups = false;
	private readonly groups = new Map<string, Promise<Group | undefined>>();

	private constructor(private readonly readers: Readers) {
		this.addresses = new AddressBook(async () => this.userIndex ?? (await readers.users.everyone()));
	}

	/** Reads the lists where that needs fewer requests than asking for each target. */
	static async of(readers: Readers, changes: readonly PlannedChange[]): Promise<FreshReading> {
		const reading = new FreshReading(readers);
		const needs = needsOf(changes);
		await Promise.all([
			reading.readUsers(needs.people, needs.addresses),
			reading.readGroups(needs.groups),
		]);
		return reading;
	}

	/** A user by Notion's id, inactive ones too; undefined where no user has it. */
	async user(id: string): Promise<User | undefined> {
		const key = resourceId(id);
		const known = this.users.get(key);
		if (known) return await known;
		const found = this.userIndex?.findById(id);
		// A user who joined since the list was read is requested alone.
		const reading = found
			? Promise.resolve(this.readers.complete(found))
			: this.readers.users.get(id).then((user) => user && this.readers.complete(user));
		this.users.set(key, reading);
		return await reading;
	}

	/** As {@link user}, asked for now whatever is known. */
	async userNow(id: string): Promise<User | undefined> {
		this.users.delete(resourceId(id));
		const user = await this.readers.users.get(id);
		this.users.set(resourceId(id), Promise.resolve(user && this.readers.complete(user)));
		return user && this.readers.complete(user);
	}

	/** @throws ScimError `ambiguous`, as {@link UserIndex.findByEmail} */
	async findByEmail(email: string): Promise<EmailMatch> {
		const given = this.given.get(emailKey(email));
		if (given) return { match: 'primary', user: given };
		const found = this.userIndex?.findByEmail(email) ?? (await this.readers.users.findByEmail(email));
		if (found.match === 'none') return found;
		// This application may have given them another address since, or removed them.
		const now = await this.user(found.user.id);
		if (!now) return { match: 'none' };
		const hasMoved = found.match === 'primary' && emailKey(now.userName) !== emailKey(email);
		return hasMoved ? { match: 'none' } : { ...found, user: now };
	}

	/** Why a member cannot have an address: see {@link AddressBook.obstacle}. */
	async obstacleTo(email: string, user: User): Promise<string | undefined> {
		return await this.addresses.obstacle(email, user);
	}

	/** After a write. */
	replaceUser(user: User): void {
		this.addresses.replace(user);
		this.users.set(resourceId(user.id), Promise.resolve(this.readers.complete(user)));
		this.given.set(emailKey(user.userName), user);
	}

	removeUser(user: User): void {
		const { id, userName } = user;
		this.addresses.remove(user);
		this.users.set(resourceId(id), Promise.resolve(undefined));
		this.given.delete(emailKey(userName));
	}

	/** Undefined where no group has the id. */
	async group(id: string): Promise<Group | undefined> {
		const key = resourceId(id);
		const known = this.groups.get(key);
		if (known) return await known;
		return await this.groupNow(id);
	}

	/** As {@link group}, asked for now whatever is known. */
	async groupNow(id: string): Promise<Group | undefined> {
		const reading = this.readers.groups.get(id);
		this.groups.set(resourceId(id), reading);
		return await reading;
	}

	/** Every group with that name. */
	async groupsNamed(name: string): Promise<Group[]> {
		return (await this.lookForName(name)).named;
	}

	/** Every group with that name or, where no group has it, those whose names look the same. */
	async lookForName(name: string): Promise<NameMatch> {
		if (!this.hasAllGroups) return await this.readers.groups.lookForName(name);
		const groups = await Promise.all(this.groups.values());
		return matchName(name, groups.flatMap((group) => group ?? []));
	}

	/** After a write. */
	replaceGroup(group: Group): void {
		this.groups.set(resourceId(group.id), Promise.resolve(group));
	}

	removeGroup({ id }: Group): void {
		this.groups.set(resourceId(id), Promise.resolve(undefined));
	}

	private async readUsers(people: ReadonlySet<string>, addresses: boolean): Promise<void> {
		if (!addresses && !(await this.isListCheaper(people.size))) return;
		const users = await completeOrNothing(this.readers.users.readAll(), 'users');
		if (users) this.userIndex = new UserIndex(users);
	}

	private async isListCheaper(people: number): Promise<boolean> {
		if (people <= FEW) return false;
		const { memberCount } = await this.readers.requester.control();
		return Math.ceil(memberCount / LARGEST_PAGE) <= people;
	}

	private async readGroups(wanted: ReadonlySet<string>): Promise<void> {
		if (wanted.size <= FEW) return;
		const first = await this.readers.groups.page(1, LARGEST_PAGE);
		if (first.total > first.rows.length && Math.ceil(first.total / LARGEST_PAGE) > wanted.size) return;
		const isWhole = new Set(first.rows.map(({ id }) => id)).size === first.total;
		const groups = isWhole
			? first.rows
			: await completeOrNothing(this.readers.groups.readAll(), 'groups');
		for (const group of groups ?? []) this.replaceGroup(group);
		this.hasAllGroups = groups !== undefined;
	}
}

/** A list with gaps proves nothing; what is asked for one by one still does. */
async function completeOrNothing<T>(
	reading: Promise<Parameters<typeof completeRows<T>>[0]>,
	what: 'users' | 'groups',
): Promise<T[] | undefined> {
	try {
		return completeRows(await reading, what);
	} catch (error) {
		return error instanceof ScimError && error.kind === 'listIncomplete'
			? undefined
			: Promise.reject(error);
	}
}

/** The people and groups that the changes need, each once, and whether only the list of all users can tell. */
function needsOf(plannedChanges: readonly PlannedChange[]): {
	people: Set<string>;
	groups: Set<string>;
	addresses: boolean;
} {
	const people = new Set<string>();
	const groups = new Set<string>();
	const created = new Set(
		plannedChanges.flatMap(({ action, target }) =>
			action === 'user.create' && target.type === 'user' && target.email ? [emailKey(target.email)] : [],
		),
	);
	for (const { action, target, member, changes, precondition } of plannedChanges) {
		if (target.type === 'group') groups.add(target.id ?? `name ${target.displayName}`);
		if (action === 'group.rename') groups.add(`name ${changes[0]?.to ?? ''}`);
		// A person who is removed is read right before, and only then.
		else if (action !== 'user.remove' && target.type === 'user') {
			people.add(target.id ?? emailKey(target.email ?? ''));
		}
		const newAddress = changes.find(({ attribute }) => attribute === 'email')?.to;
		if (action === 'user.rename' && newAddress !== undefined) people.add(emailKey(newAddress));
		if (member) {
			const key = member.id ?? emailKey(member.email);
			if (!created.has(key) || !isEmail(key)) people.add(key);
		}
		if (action === 'group.delete') for (const id of precondition.memberIds ?? []) people.add(id);
	}
	// An address that only looks like the new one is found only among all users.
	const addresses = plannedChanges.some(({ action }) => action === 'user.rename');
	return { people, groups, addresses };
}
