import type { AdminRevocations, Revocation } from '../../admin/revocations';
import { untouched } from '../../admin/revocations';
import type { Clock } from '../../scim/clock';
import type { ListReading } from '../../scim/completeList';
import { isEmail } from '../../scim/emailAddress';
import { isSecondaryAddress } from '../../scim/userIndex';
import { isWithoutGroups } from '../../scim/failures';
import type { Group } from '../../scim/groupResource';
import { Semaphore } from '../../scim/semaphore';
import { personNotFound } from '../../scim/people';
import type { Requester } from '../../scim/requester';
import { looksLikeId, resourceId } from '../../scim/resourceId';
import { isSurelyUndone, ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Absence, Users } from '../../scim/users';
import { absenceUnknown, stillMember } from '../../scim/users';
import type { Guards } from '../guards/guards';
import { assertMayRemove } from '../guards/guards';
import type { GroupsReading } from './groupsReading';
import { groupsByUser, NO_GROUPS } from './groupsReading';
import { mustHaveAddress, noAddress, noId, otherPerson, twoIds } from './identityErrors';
import type { Case, LockdownRequest } from './lockdownCase';
import type { FoundBy, LockdownRecord } from './lockdownRecord';
import { recordOf, withRecord } from './recordOf';

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
	reserve(request: LockdownRequest): Promise<void>;
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

/**
 * Locks people out: find, record the evidence, remove, verify. Each person is removed as soon as they
 * are found; what the Admin API ends runs beside it and never in its way. A person who is found needs
 * three SCIM requests; the groups are read once for all, and a control reading speaks for all who were
 * seen to be gone at the same moment.
 */
export class Lockdown {
	private readonly people = new Semaphore(PEOPLE_AT_ONCE);
	private readonly revoking = new Semaphore(REVOCATIONS_AT_ONCE);
	/** Reservations wait for each other, so that one reading of the limit serves all. */
	private readonly inTurn = new Semaphore(1);
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
		if (isToRemove(one)) await this.inTurn.run(() => this.reserve(one));
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
			return { request, foundBy: 'none', revocations, error: unlessCancelled(error) };
		}
	}

	/** Matching order: the id that was picked, the link, the primary address. */
	private async findPerson(request: LockdownRequest): Promise<{ user?: User; foundBy: FoundBy }> {
		const { email, id, linkedId, ifNotFound } = request;
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
			if (id !== '' && ifNotFound === 'fail') throw personNotFound(id);
			return { ...(other ? { user: other } : {}), foundBy };
		}
		if (!isEmail(email)) throw noAddress(email);
		const user = await this.findByEmail(email);
		if (user) return { user, foundBy: 'email' };
		if (ifNotFound === 'fail') throw personNotFound(email);
		return { foundBy: 'none' };
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

	private async reserve(one: Case): Promise<void> {
		try {
			await this.workspace.reserve(one.request);
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

/** @throws the error where the execution was cancelled, and what is no ScimError: that is a defect */
function unlessCancelled(error: unknown): ScimError {
	if (error instanceof ScimError && error.kind !== 'cancelled') return error;
	throw error;
}
