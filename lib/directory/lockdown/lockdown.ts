import type { AdminRevocations, Revocation } from '../../admin/revocations';
import { untouched } from '../../admin/revocations';
import type { Clock } from '../../scim/clock';
import type { ListReading } from '../../scim/completeList';
import { isEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import { isSecondaryAddress } from '../../scim/everybody';
import { isWithoutGroups } from '../../scim/failures';
import type { Group } from '../../scim/groupResource';
import { mayBeCut } from '../../scim/groupResource';
import { Lanes } from '../../scim/lanes';
import { personNotFound } from '../../scim/people';
import type { Requester } from '../../scim/requester';
import { looksLikeId, resourceId } from '../../scim/resourceId';
import { isSurelyUndone, ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import type { Absence, Users } from '../../scim/users';
import { absenceUnknown, stillMember } from '../../scim/users';
import type { Guards } from '../guards/guards';
import { assertMayRemove } from '../guards/guards';
import type { FoundBy, GroupReference, LockdownRecord } from './lockdownRecord';
import {
	ACCOUNT_SURVIVES,
	isoInstant,
	leftToDo,
	transferableUntil,
	watchInstants,
} from './lockdownRecord';

/** The person to lock out, and why. */
export interface LockdownRequest {
	/** Empty where the directory no longer has it. */
	email: string;
	/** Notion's id as a person picked it; empty for none. */
	id: string;
	/** Notion's id as a link to the directory's record says it; empty for none. */
	linkedId: string;
	reason: string;
	reference: string;
	requestedBy: string;
	allowPrivileged: boolean;
	/** What an address means that no account has: a person who is already gone, or a failure. */
	ifNobody: 'report' | 'fail';
}

export type LockdownOutcome =
	| { outcome: 'removed' | 'alreadyGone'; record: LockdownRecord }
	/** Its evidence holds the record, as far as it goes. */
	| { error: ScimError };

/** What ends access that SCIM cannot end; it never throws but for a cancelled execution. */
export interface Revoking {
	revoke(person: { id?: string; email: string }): Promise<AdminRevocations>;
}

/** What a lockdown works with. */
export interface LockdownWorkspace {
	users: Users;
	requester: Requester;
	guards: Guards;
	clock: Clock;
	/** Reads all groups, until the signal aborts. */
	readGroups(signal: AbortSignal): Promise<ListReading<Group>>;
	/** What SCIM cannot end; undefined without the credential for it. */
	adminAccess?: Revoking | undefined;
	/** Reserves a removal before it is done. @throws ScimError `limitReached` */
	book(request: LockdownRequest): Promise<void>;
	/** Returns what was reserved for a removal that was certainly not done. */
	release(): void;
	signal?: AbortSignal | undefined;
}

/** How long a removal waits for the groups, in milliseconds: evidence must not hold it up. */
const GROUPS_WAIT = 5_000;

/** More than the rate limiter allows at a time; it alone decides how many requests are in flight. */
const PEOPLE_AT_ONCE = 16;

/** The Admin API has no rate limiter here, and answers 429 to a burst. */
const REVOCATIONS_AT_ONCE = 8;

const NO_ADMIN_API = 'There is no Notion Admin API credential.';
const NO_ADDRESS = 'It revokes by address, and there is none.';

interface GroupsReading {
	ofUser: Map<string, GroupReference[]>;
	/** Groups of whose members Notion may show a part only. */
	cut: GroupReference[];
	complete: boolean;
}

/** One request on its way through the steps. */
interface Case {
	request: LockdownRequest;
	foundBy: FoundBy;
	user?: User;
	error?: ScimError;
	/** When a request for the removal went out that may have been carried out. */
	sentAt?: number;
	/** Absent where Notion answered that there was no one left to remove. */
	removedAt?: number;
	gone?: Absence;
	/** They were seen to be a member after the removal. */
	isStillMember?: boolean;
	/** Beside the removal, and once more after it. */
	revocations: Promise<AdminRevocations>;
}

/**
 * Locks people out: find, record the evidence, remove, verify. Each person is removed as soon as they
 * are found; what the Admin API ends runs beside it and never in its way. A person who is found needs
 * three SCIM requests; the groups are read once for all, and a control reading speaks for all who were
 * seen to be gone at the same moment.
 */
export class Lockdown {
	private readonly people = new Lanes(PEOPLE_AT_ONCE);
	private readonly revoking = new Lanes(REVOCATIONS_AT_ONCE);
	/** Reservations wait for each other, so that one reading of the limit serves all. */
	private readonly booking = new Lanes(1);
	/** By Notion's id: a person who is named twice is removed once. */
	private readonly firsts = new Map<string, Case>();

	constructor(private readonly workspace: LockdownWorkspace) {}

	/**
	 * Every request is worked on, whatever becomes of the others.
	 *
	 * @returns in the order of the requests
	 * @throws ScimError `cancelled`
	 */
	async run(requests: LockdownRequest[]): Promise<LockdownOutcome[]> {
		const startedAt = this.workspace.clock.now();
		const groups = this.readGroups();
		const cases = await Promise.all(
			requests.map((request) => this.people.run(() => this.findAndRemove(request, groups))),
		);
		const distinct = [...new Set(cases.map((one) => this.firstOf(one)))];
		await this.verify(distinct);
		for (const one of distinct) one.revocations = unlistened(this.revokeAgain(one));
		const reading = await groups;
		return await Promise.all(
			cases.map(async (one) => await this.outcomeOf(one, reading, startedAt)),
		);
	}

	private async findAndRemove(
		request: LockdownRequest,
		groups: Promise<GroupsReading | undefined>,
	): Promise<Case> {
		const one = await this.find(request);
		if (this.firstOf(one) !== one) return one;
		if (one.user) this.firsts.set(one.user.id, one);
		this.refusePrivileged(one);
		if (isToRemove(one)) await this.booking.run(() => this.book(one));
		one.revocations = unlistened(this.revoke(one));
		if (isToRemove(one)) {
			await groups;
			await this.remove(one);
		}
		return one;
	}

	private firstOf(one: Case): Case {
		return (one.user && this.firsts.get(one.user.id)) ?? one;
	}

	private async find(request: LockdownRequest): Promise<Case> {
		const revocations = Promise.resolve(untouched(NO_ADDRESS));
		try {
			const { user, foundBy } = await this.findPerson(request);
			if (user?.active) return { request, foundBy, revocations, user };
			// Read now: later, an admin could have brought them back.
			const control = await this.workspace.requester.control();
			const gone: Absence = { seenAs: user ? 'inactive' : 'notFound', control };
			return { request, foundBy, revocations, gone, ...(user ? { user } : {}) };
		} catch (error) {
			return { request, foundBy: 'nobody', revocations, error: unlessCancelled(error) };
		}
	}

	/** Matching order: the id that was picked, the link, the primary address. */
	private async findPerson(request: LockdownRequest): Promise<{ user?: User; foundBy: FoundBy }> {
		const { email, id, linkedId, ifNobody } = request;
		const given = id || linkedId;
		if (given !== '') {
			for (const one of [id, linkedId]) {
				// Anything else would not be found either, and must not pass for a person who is gone.
				if (one !== '' && !looksLikeId(one)) throw noId(one);
			}
			if (id !== '' && linkedId !== '' && resourceId(id) !== resourceId(linkedId)) {
				throw twoIds(id, linkedId);
			}
			const user = await this.workspace.users.findById(given);
			const foundBy = id ? 'id' : 'link';
			if (user) return { user: mustHaveAddress(user, email), foundBy };
			// The link names an account that is gone. The account that has the address now is another one.
			const other = email === '' ? undefined : await this.findByEmail(email);
			if (other?.active) throw otherPerson(email, other, given);
			if (id !== '' && ifNobody === 'fail') throw personNotFound(id);
			return { ...(other ? { user: other } : {}), foundBy };
		}
		if (!isEmail(email)) throw noAddress(email);
		const user = await this.findByEmail(email);
		if (user) return { user, foundBy: 'email' };
		if (ifNobody === 'fail') throw personNotFound(email);
		return { foundBy: 'nobody' };
	}

	private async findByEmail(email: string): Promise<User | undefined> {
		const found = await this.workspace.users.findByEmail(email);
		if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
		return found.match === 'primary' ? found.user : undefined;
	}

	private refusePrivileged(one: Case): void {
		const { user, request } = one;
		if (!user?.active) return;
		try {
			assertMayRemove(this.workspace.guards, user, request.allowPrivileged);
		} catch (error) {
			one.error = unlessCancelled(error);
		}
	}

	private async book(one: Case): Promise<void> {
		try {
			await this.workspace.book(one.request);
		} catch (error) {
			one.error = unlessCancelled(error);
		}
	}

	private async remove(one: Case): Promise<void> {
		const { user } = one;
		if (!user) return;
		try {
			one.sentAt = this.workspace.clock.now();
			const isRemoved = await this.workspace.users.requestRemoval(user);
			if (isRemoved) one.removedAt = this.workspace.clock.now();
		} catch (error) {
			one.error = unlessCancelled(error);
			if (!isSurelyUndone(one.error)) return;
			// After any other failure it may have been done: a limit errs on the safe side.
			this.workspace.release();
			delete one.sentAt;
		}
	}

	private async verify(cases: Case[]): Promise<void> {
		const removed = cases.flatMap((one) =>
			one.sentAt !== undefined && !one.error && one.user ? [{ one, user: one.user }] : [],
		);
		const absences = await this.workspace.users.verifyAbsences(removed.map(({ user }) => user.id));
		for (const { one, user } of removed) {
			const absence = absences.get(user.id);
			if (absence === 'stillMember') {
				one.isStillMember = true;
				one.error = stillMember(user);
			} else if (absence === undefined || absence instanceof ScimError) {
				one.error = absenceUnknown(user, absence);
			} else {
				one.gone = absence;
			}
		}
	}

	/** A person who is not removed, as an owner or because they are already gone, may still be signed in. */
	private async revoke({ user, request, error }: Case): Promise<AdminRevocations> {
		const { adminAccess } = this.workspace;
		if (!adminAccess) return untouched(NO_ADMIN_API);
		// No person may be touched whom no guard has checked and no limit has counted.
		if (error && !['protectedPerson', 'refused'].includes(error.kind)) {
			return untouched(`Nothing was revoked because of another failure: ${error.message}`);
		}
		const email = user?.userName ?? request.email;
		if (!isEmail(email)) return untouched(NO_ADDRESS);
		const id = user?.id ?? (request.id || request.linkedId);
		return await this.revoking.run(
			async () => await adminAccess.revoke({ email, ...(id === '' ? {} : { id }) }),
		);
	}

	/** What was opened while the person was being removed. */
	private async revokeAgain(one: Case): Promise<AdminRevocations> {
		const before = await one.revocations;
		const kinds: Revocation[] = Object.values(before);
		if (!kinds.some(({ status }) => status === 'revoked' || status === 'none')) return before;
		// A failure since then does not take back that it was right to begin.
		const after = await this.revoke(withoutError(one));
		return {
			// Notion gives no number of sessions, so this is once however often it is asked.
			sessions: latest(before.sessions, after.sessions, Math.max),
			personalAccessTokens: latest(before.personalAccessTokens, after.personalAccessTokens, sum),
			mcpConnections: latest(before.mcpConnections, after.mcpConnections, sum),
		};
	}

	/** @returns undefined where it took too long, or failed: the record then says that they are not known */
	private async readGroups(): Promise<GroupsReading | undefined> {
		const { clock, signal } = this.workspace;
		const tooLong = new AbortController();
		const over = new AbortController();
		const stop = AbortSignal.any([tooLong.signal, ...(signal ? [signal] : [])]);
		const waited = clock
			.sleep(GROUPS_WAIT, AbortSignal.any([over.signal, ...(signal ? [signal] : [])]))
			.then(() => tooLong.abort())
			.catch(() => undefined)
			.then(() => undefined);
		const read = this.workspace
			.readGroups(stop)
			.then(groupsByUser)
			.catch((error: unknown) => (isWithoutGroups(error) ? NO_GROUPS : undefined));
		try {
			return await Promise.race([read, waited]);
		} finally {
			over.abort();
		}
	}

	private async outcomeOf(
		one: Case,
		groups: GroupsReading | undefined,
		startedAt: number,
	): Promise<LockdownOutcome> {
		const first = this.firstOf(one);
		const merged = first === one ? one : { ...first, request: one.request, foundBy: one.foundBy };
		const record = recordOf(merged, groups, startedAt, await first.revocations);
		if (merged.error) return { error: withRecord(merged.error, record) };
		const isRemoved = first === one && one.removedAt !== undefined;
		return { outcome: isRemoved ? 'removed' : 'alreadyGone', record };
	}
}

/** Of a server that has none. */
const NO_GROUPS: GroupsReading = { ofUser: new Map(), cut: [], complete: true };

function groupsByUser({ rows, complete }: ListReading<Group>): GroupsReading {
	const ofUser = new Map<string, GroupReference[]>();
	for (const { id, displayName, memberIds } of rows) {
		for (const memberId of memberIds) {
			const groups = ofUser.get(resourceId(memberId)) ?? [];
			ofUser.set(resourceId(memberId), [...groups, { id, displayName }]);
		}
	}
	const cut = rows.filter(mayBeCut).map(({ id, displayName }) => ({ id, displayName }));
	return { ofUser, cut, complete };
}

/** In which groups a person may be besides those that show them. */
function maybeIn(user: User, { ofUser, cut }: GroupsReading): GroupReference[] {
	const own = new Set((ofUser.get(resourceId(user.id)) ?? []).map(({ id }) => id));
	return cut.filter(({ id }) => !own.has(id));
}

function recordOf(
	one: Case,
	groups: GroupsReading | undefined,
	startedAt: number,
	adminApi: AdminRevocations,
): LockdownRecord {
	const { request, user, foundBy, removedAt, gone } = one;
	const control = gone && {
		readAt: isoInstant(gone.control.readAt),
		memberCount: gone.control.memberCount,
	};
	const verified = verdictOn(one);
	// Where the outcome is unknown, the person may have been removed, so the record has all dates of a removal.
	const endedAt = verified === 'notRemoved' ? undefined : (removedAt ?? (gone ? undefined : one.sentAt));
	const record: Omit<LockdownRecord, 'leftToDo'> = {
		person: user
			? {
					id: user.id,
					email: user.userName,
					displayName: user.attributes.displayName ?? '',
					...(user.role === undefined ? {} : { role: user.role }),
					active: user.active,
				}
			: null,
		groups: user && groups ? (groups.ofUser.get(resourceId(user.id)) ?? []) : null,
		groupsComplete: groups?.complete ?? false,
		...(user && groups?.cut.length ? { maybeInGroups: maybeIn(user, groups) } : {}),
		foundBy,
		reason: request.reason,
		reference: request.reference,
		requestedBy: request.requestedBy,
		startedAt: isoInstant(startedAt),
		...(removedAt === undefined ? {} : { removedAt: isoInstant(removedAt) }),
		verified,
		...(gone ? { seenAs: gone.seenAs } : {}),
		...(control ? { verifiedAt: control.readAt, control } : {}),
		adminApi,
		watchAt: endedAt === undefined ? [] : watchInstants(endedAt),
		...(endedAt === undefined ? {} : { transferUntil: transferableUntil(endedAt) }),
		survives: ACCOUNT_SURVIVES,
	};
	return { ...record, leftToDo: leftToDo(record) };
}

/** `notRemoved` only where that is certain: nothing was sent, it was refused, or they were seen after it. */
function verdictOn({ gone, user, sentAt, isStillMember }: Case): LockdownRecord['verified'] {
	if (gone) return true;
	if (isStillMember) return 'notRemoved';
	return user && sentAt === undefined ? 'notRemoved' : 'unknown';
}

function isToRemove({ user, error }: Case): boolean {
	return user?.active === true && !error;
}

function withoutError({ request, foundBy, user, revocations }: Case): Case {
	return { request, foundBy, revocations, ...(user ? { user } : {}) };
}

/** No one awaits the promise while the removal goes on, and an unhandled rejection would end all of n8n. */
function unlistened<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => undefined);
	return promise;
}

/** The link, or the id that was picked, and the address must name the same person. */
function mustHaveAddress(user: User, email: string): User {
	if (email === '') return user;
	if ([emailKey(user.userName), ...secondaryEmailKeys(user)].includes(emailKey(email))) return user;
	throw new ScimError(
		'ambiguous',
		`The address ${email} and the ID ${user.id} name different people: that ID is ${user.userName}. No one was removed.`,
		'Find out which one is right, and lock that person out by ID.',
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

function otherPerson(email: string, user: User, id: string): ScimError {
	return new ScimError(
		'ambiguous',
		`The account with the ID ${id} is gone, and ${email} now belongs to the account ${user.id}. No one was removed.`,
		'Find out whose account that is. If it is the same person, lock them out by that ID.',
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

function noAddress(email: string): ScimError {
	return new ScimError(
		'invalidInput',
		email === '' ? 'There is no address and no ID of the person.' : `"${email}" is not an email address.`,
		'Check the expression. If the directory has cleared the address, give Linked User ID.',
	);
}

function noId(id: string): ScimError {
	return new ScimError(
		'invalidInput',
		`"${id}" cannot be the ID of a person.`,
		'Notion\'s IDs have 32 hexadecimal digits. Pick the person by email, or check the expression.',
	);
}

function twoIds(id: string, linkedId: string): ScimError {
	return new ScimError(
		'ambiguous',
		`User names the ID ${id}, and Linked User ID names ${linkedId}. No one was removed.`,
		'Find out which one is right, and give only that one.',
	);
}

const sum = (one: number, other: number): number => one + other;

/** The later answer counts, unless it only says that there was nothing left. */
function latest(
	before: Revocation,
	after: Revocation,
	add: (before: number, after: number) => number,
): Revocation {
	const count = add(before.count, after.count);
	return { ...(after.status === 'none' ? before : after), count };
}

function withRecord(error: ScimError, record: LockdownRecord): ScimError {
	return new ScimError(error.kind, error.message, error.remedy, {
		...(error.status === undefined ? {} : { status: error.status }),
		...(error.detail === undefined ? {} : { detail: error.detail }),
		evidence: { ...error.evidence, record },
	});
}

/** @throws the error where the execution was cancelled, and what is no ScimError: that is a defect */
function unlessCancelled(error: unknown): ScimError {
	if (error instanceof ScimError && error.kind !== 'cancelled') return error;
	throw error;
}
