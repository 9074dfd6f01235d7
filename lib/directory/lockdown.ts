import type { AdminRevocations, Revocation } from '../admin/revocations';
import { untouched } from '../admin/revocations';
import type { Clock } from '../scim/clock';
import { emailKey, isEmail } from '../scim/emailKey';
import { isSecondaryAddress } from '../scim/everybody';
import type { Groups } from '../scim/groups';
import { personNotFound } from '../scim/people';
import type { ControlReading, Requester } from '../scim/requester';
import { resourceId } from '../scim/resourceId';
import { ScimError } from '../scim/scimError';
import type { User } from '../scim/userResource';
import { secondaryEmailKeys } from '../scim/userResource';
import type { Users } from '../scim/users';
import { absenceUnknown, stillMember } from '../scim/users';
import type { Guards } from './guards';
import { assertMayWriteTo, assertNotTokenCreator } from './guards';
import type { FoundBy, GroupReference, LockdownRecord } from './lockdownRecord';
import {
	ACCOUNT_SURVIVES,
	isoInstant,
	leftToDo,
	transferableUntil,
	watchInstants,
} from './lockdownRecord';

/** Who is to be locked out, and why. */
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
	/** What an address is that nobody has: somebody who is gone already, or a failure. */
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
	groups: Groups;
	requester: Requester;
	guards: Guards;
	clock: Clock;
	/** What SCIM cannot end; undefined without the credential for it. */
	adminAccess?: Revoking | undefined;
	/** Books a removal before it is done. @throws ScimError `limitReached` */
	book(request: LockdownRequest): Promise<void>;
	/** Gives back what was booked for a removal that was certainly not done. */
	release(): void;
	signal?: AbortSignal | undefined;
}

/** How long the removal waits for the list of groups, in milliseconds: evidence must not hold it up. */
const GROUPS_WAIT = 5_000;

/** More than the pacer lets through at a time; it alone decides how many requests are in flight. */
const AT_ONCE = 16;

const NO_ADMIN_API = 'There is no Notion Admin API credential.';
const NO_ADDRESS = 'It revokes by address, and there is none.';

/** After these, nothing is done to anybody: the wrong one could be meant, or a person has to decide. */
const MAY_BE_SOMEBODY_ELSE: ReadonlyArray<ScimError['kind']> = [
	'ambiguous',
	'invalidInput',
	'limitReached',
];

interface GroupsReading {
	ofUser: Map<string, GroupReference[]>;
	complete: boolean;
}

/** One request on its way through the steps. */
interface Case {
	request: LockdownRequest;
	foundBy: FoundBy;
	user?: User;
	error?: ScimError;
	/** Whether Notion accepted a request for the removal. */
	asked: boolean;
	/** Absent where Notion then said that there was nobody to remove any more. */
	removedAt?: number;
	gone?: { seenAs: 'notFound' | 'inactive'; control: ControlReading };
	/** Before the removal and after it. */
	revocations: Promise<AdminRevocations>;
}

/**
 * Locks people out: find, record the evidence, remove, verify. The removal comes first; what the Admin
 * API ends runs beside it and never in its way. Each person needs at most three SCIM requests; the
 * groups are read once for all, and one control reading speaks for all absences.
 */
export class Lockdown {
	constructor(private readonly workspace: LockdownWorkspace) {}

	/**
	 * Every request is worked on, whatever becomes of the others.
	 *
	 * @returns in the order of the requests
	 * @throws ScimError `cancelled`, or what makes every request impossible, as a token that is dead
	 */
	async run(requests: LockdownRequest[]): Promise<LockdownOutcome[]> {
		const { clock } = this.workspace;
		const startedAt = clock.now();
		const groupsReading = this.readGroups();
		const cases = await this.find(requests);
		const firsts = firstOfEach(cases);
		for (const one of firsts) this.refusePrivileged(one);
		for (const one of firsts) await this.book(one);
		for (const one of firsts) one.revocations = this.revoke(one);
		const groups = await this.withinWait(groupsReading);
		await inParallel(firsts.filter(isToRemove), async (one) => await this.remove(one));
		await this.verify(firsts);
		await inParallel(firsts, async (one) => {
			one.revocations = this.revokeAgain(one, await one.revocations);
			await one.revocations;
		});
		return await Promise.all(
			cases.map(async (one) => await this.outcomeOf(one, firsts, groups, startedAt)),
		);
	}

	private async find(requests: LockdownRequest[]): Promise<Case[]> {
		return await inParallel(requests, async (request) => {
			const revocations = Promise.resolve(untouched(NO_ADDRESS));
			try {
				const { user, foundBy } = await this.findPerson(request);
				return { request, foundBy, asked: false, revocations, ...(user ? { user } : {}) };
			} catch (error) {
				return { request, foundBy: 'nobody', asked: false, revocations, error: unlessCancelled(error) };
			}
		});
	}

	/** Matching order: the id that was picked, the link, the primary address. */
	private async findPerson(request: LockdownRequest): Promise<{ user?: User; foundBy: FoundBy }> {
		const { email, id, linkedId, ifNobody } = request;
		const given = id || linkedId;
		if (given !== '') {
			const user = await this.workspace.users.findById(given);
			const foundBy = id ? 'id' : 'link';
			if (user) return { user: mustHaveAddress(user, email), foundBy };
			// The link names somebody who is gone. Whoever has the address now is somebody else.
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
		const found = await this.workspace.users.findByEmail(email, { thorough: true });
		if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
		return found.match === 'primary' ? found.user : undefined;
	}

	private refusePrivileged(one: Case): void {
		const { user, request } = one;
		if (!user?.active) return;
		try {
			assertNotTokenCreator(this.workspace.guards, user);
			assertMayWriteTo(this.workspace.guards, user, request.allowPrivileged);
		} catch (error) {
			one.error = unlessCancelled(error);
		}
	}

	private async book(one: Case): Promise<void> {
		if (!isToRemove(one)) return;
		try {
			await this.workspace.book(one.request);
		} catch (error) {
			one.error = unlessCancelled(error);
		}
	}

	private async remove(one: Case): Promise<void> {
		if (!one.user) return;
		try {
			const isRemoved = await this.workspace.users.requestRemoval(one.user);
			one.asked = true;
			if (isRemoved) one.removedAt = this.workspace.clock.now();
		} catch (error) {
			one.error = unlessCancelled(error);
			// After any other failure it may have been done: a limit errs on the safe side.
			if (one.error.kind === 'refused') this.workspace.release();
		}
	}

	/** Who was found gone is verified as well: a good answer must stand beside "not found". */
	private async verify(cases: Case[]): Promise<void> {
		const toVerify = cases.filter(({ error, asked }) => asked && !error);
		const absences = await this.workspace.users.verifyAbsences(
			toVerify.flatMap(({ user }) => user?.id ?? []),
		);
		for (const one of toVerify) {
			if (!one.user) continue;
			const absence = absences.get(one.user.id);
			if (absence === 'stillMember') one.error = stillMember(one.user);
			else if (absence === undefined || absence instanceof ScimError) {
				one.error = absenceUnknown(one.user, absence);
			} else one.gone = absence;
		}
		const foundGone = cases.filter(({ error, asked }) => !error && !asked);
		if (foundGone.length === 0) return;
		try {
			const control = await this.workspace.requester.control();
			for (const one of foundGone) {
				one.gone = { seenAs: one.user ? 'inactive' : 'notFound', control };
			}
		} catch (error) {
			for (const one of foundGone) one.error = unlessCancelled(error);
		}
	}

	/** Whoever is not removed, because they are an owner or gone already, may still be signed in. */
	private async revoke({ user, request, error }: Case): Promise<AdminRevocations> {
		const { adminAccess } = this.workspace;
		if (!adminAccess) return untouched(NO_ADMIN_API);
		if (error && MAY_BE_SOMEBODY_ELSE.includes(error.kind)) return untouched(error.message);
		const email = user?.userName ?? request.email;
		if (!isEmail(email)) return untouched(NO_ADDRESS);
		return await adminAccess.revoke({ email, ...(user ? { id: user.id } : {}) });
	}

	/** What was opened while the person was being removed. */
	private async revokeAgain(one: Case, before: AdminRevocations): Promise<AdminRevocations> {
		const isWorthIt = Object.values<Revocation>({ ...before }).some(
			({ status }) => status === 'revoked' || status === 'none',
		);
		if (!isWorthIt) return before;
		const after = await this.revoke(one);
		return {
			sessions: together(before.sessions, after.sessions),
			personalAccessTokens: together(before.personalAccessTokens, after.personalAccessTokens),
			mcpConnections: together(before.mcpConnections, after.mcpConnections),
		};
	}

	private async readGroups(): Promise<GroupsReading | undefined> {
		try {
			const { rows, complete } = await this.workspace.groups.readAll();
			const ofUser = new Map<string, GroupReference[]>();
			for (const { id, displayName, memberIds } of rows) {
				for (const memberId of memberIds) {
					const groups = ofUser.get(resourceId(memberId)) ?? [];
					ofUser.set(resourceId(memberId), [...groups, { id, displayName }]);
				}
			}
			return { ofUser, complete };
		} catch {
			// The record says that they are not known; a cancelled execution ends at its next request.
			return undefined;
		}
	}

	private async withinWait(
		reading: Promise<GroupsReading | undefined>,
	): Promise<GroupsReading | undefined> {
		const waiting = new AbortController();
		const { clock, signal } = this.workspace;
		const giveUp = clock
			.sleep(GROUPS_WAIT, signal ? AbortSignal.any([signal, waiting.signal]) : waiting.signal)
			.catch(() => undefined);
		try {
			return await Promise.race([reading, giveUp.then(() => undefined)]);
		} finally {
			waiting.abort();
		}
	}

	private async outcomeOf(
		one: Case,
		firsts: Case[],
		groups: GroupsReading | undefined,
		startedAt: number,
	): Promise<LockdownOutcome> {
		const first = firsts.find((other) => other === one || isSamePerson(other, one)) ?? one;
		const merged = first === one ? one : { ...first, request: one.request, foundBy: one.foundBy };
		const record = recordOf(merged, groups, startedAt, await first.revocations);
		if (merged.error) return { error: withRecord(merged.error, record) };
		const isRemoved = first === one && one.removedAt !== undefined;
		return { outcome: isRemoved ? 'removed' : 'alreadyGone', record };
	}
}

function recordOf(
	{ request, user, foundBy, removedAt, gone, error }: Case,
	groups: GroupsReading | undefined,
	startedAt: number,
	adminApi: AdminRevocations,
): LockdownRecord {
	const control = gone && {
		readAt: isoInstant(gone.control.readAt),
		memberCount: gone.control.memberCount,
	};
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
		foundBy,
		reason: request.reason,
		reference: request.reference,
		requestedBy: request.requestedBy,
		startedAt: isoInstant(startedAt),
		...(removedAt === undefined ? {} : { removedAt: isoInstant(removedAt) }),
		verified: gone ? true : error && removedAt === undefined ? 'notRemoved' : 'unknown',
		...(gone ? { seenAs: gone.seenAs } : {}),
		...(control ? { verifiedAt: control.readAt, control } : {}),
		adminApi,
		watchAt: removedAt === undefined ? [] : watchInstants(removedAt),
		...(removedAt === undefined ? {} : { transferUntil: transferableUntil(removedAt) }),
		survives: ACCOUNT_SURVIVES,
	};
	return { ...record, leftToDo: leftToDo(record) };
}

function isToRemove({ user, error }: Case): boolean {
	return user?.active === true && !error;
}

/** A person who is named twice is removed once; the other naming gets the same answer. */
function firstOfEach(cases: Case[]): Case[] {
	const firsts: Case[] = [];
	for (const one of cases) {
		if (!firsts.some((first) => isSamePerson(first, one))) firsts.push(one);
	}
	return firsts;
}

function isSamePerson(one: Case, other: Case): boolean {
	return one.user !== undefined && one.user.id === other.user?.id;
}

/** The link, or the id that was picked, and the address must name the same person. */
function mustHaveAddress(user: User, email: string): User {
	if (email === '') return user;
	if ([emailKey(user.userName), ...secondaryEmailKeys(user)].includes(emailKey(email))) return user;
	throw new ScimError(
		'ambiguous',
		`The address ${email} and the ID ${user.id} name different people: that ID is ${user.userName}. Nobody was removed.`,
		'Find out which one is right, and lock that person out by ID.',
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

function otherPerson(email: string, user: User, id: string): ScimError {
	return new ScimError(
		'ambiguous',
		`The account with the ID ${id} is gone, and ${email} now belongs to the account ${user.id}. Nobody was removed.`,
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

function together(before: Revocation, after: Revocation): Revocation {
	const count = before.count + after.count;
	if (after.status !== 'none') return { ...after, count };
	return { ...before, count };
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

/** Results in order; the first failure ends it. */
async function inParallel<T, R>(inputs: T[], work: (input: T) => Promise<R>): Promise<R[]> {
	const results = new Map<number, R>();
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < inputs.length) {
			const index = next;
			next += 1;
			const input = inputs[index];
			if (input !== undefined) results.set(index, await work(input));
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, inputs.length) }, worker));
	return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
}
