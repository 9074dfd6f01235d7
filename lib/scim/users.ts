import type { ListReading } from './completeList';
import { readCompleteList, readUpTo } from './completeList';
import { emailKey, isConfusable } from './emailKey';
import type { EmailMatch } from './userIndex';
import { UserIndex, isSecondaryAddress } from './userIndex';
import type { FilterableAttribute } from './filter';
import { equalsFilter, mayBeDueToFilter } from './filter';
import type { ListPage } from './listResponse';
import { parseListPage } from './listResponse';
import type { AttributeChange, RoleForm } from './patchOperation';
import { attributeChanges, changeOperations, patchBody, ROLE_FORMS, rolePatch } from './patchOperation';
import type { PersonAttributes } from './personAttributes';
import type { ControlReading, Requester, Write } from './requester';
import { resourceId } from './resourceId';
import { remedyForKept } from './sameValue';
import { ScimError } from './scimError';
import type { ServerCapabilities } from './serverCapabilities';
import type { ScimRequest } from './transport';
import { resourcePath } from './transport';
import type { Unsettled } from './updateOutcome';
import { unsettled } from './updateOutcome';
import type { User } from './userResource';
import { newUserResource, parseUser, secondaryEmailKeys } from './userResource';

export interface UserUpdate {
	/** As read after the update. */
	user: User;
	/** The values that were sent. */
	changes: AttributeChange[];
	/** Sent and accepted, but the server shows another value; `from` is that value. */
	notTaken: AttributeChange[];
	/** Sent and accepted, but the server does not state the attribute, or shows it in another form. */
	unconfirmed: AttributeChange[];
}

export interface Removal {
	/** True if the person was gone already. */
	alreadyGone: boolean;
	/** The evidence that the person is gone. */
	seenAs: 'notFound' | 'inactive';
	/** The good answer of the same server that makes "not found" credible. */
	control: ControlReading;
}

/** The evidence that a person is gone. */
export type Absence = Omit<Removal, 'alreadyGone'>;

/** For each id: the evidence that the person is gone, that they are not, or why this is unknown. */
export type Absences = Map<string, Absence | 'stillMember' | ScimError>;

/** Few enough that all of them are usually requested within a second. */
const VERIFIED_TOGETHER = 50;

/** The time in milliseconds within which a good answer backs up a "not found" of the same server. */
const SAME_MOMENT = 1_000;

/** How often a person is requested again whose "not found" is too old for the control reading. */
const VERIFYING_TRIES = 3;

/**
 * How long a reading of all users may be used, in milliseconds. It includes this client's own writes, but not
 * what other systems change meanwhile.
 */
const READING_LIFETIME = 60_000;

/** The users of a workspace (RFC 7644 section 3, Notion help "SCIM"). */
export class Users {
	private userIndex: { reading: Promise<UserIndex>; endedAt: number | undefined } | undefined;
	/**
	 * Attributes that the server did not show after it had accepted them: waiting for another check is
	 * pointless.
	 */
	private readonly neverShown = new Set<string>();

	constructor(
		private readonly requester: Requester,
		private readonly capabilities: ServerCapabilities,
	) {}

	/** @returns undefined if the server does not know the id (and otherwise gives good answers) */
	async get(id: string): Promise<User | undefined> {
		try {
			const body = await this.requester.read({ method: 'GET', path: resourcePath('Users', id) });
			return userWithId(parseUser(body), id);
		} catch (error) {
			if (error instanceof ScimError && error.kind === 'notFound') return undefined;
			return Promise.reject(error);
		}
	}

	/** As {@link get}, for an id that a person typed or copied: tries both spellings. */
	async findById(id: string): Promise<User | undefined> {
		const canonical = resourceId(id);
		return (await this.get(id)) ?? (canonical === id ? undefined : await this.get(canonical));
	}

	async page(
		startIndex: number,
		count: number,
		filter?: { attribute: FilterableAttribute; value: string },
	): Promise<ListPage<User>> {
		const body = await this.requester.read({
			method: 'GET',
			path: '/Users',
			query: {
				startIndex,
				count,
				...(filter ? { filter: equalsFilter(filter.attribute, filter.value) } : {}),
			},
		});
		return parseListPage(body, parseUser);
	}

	readAll(filter?: { attribute: FilterableAttribute; value: string }): Promise<ListReading<User>> {
		return readCompleteList((startIndex, count) => this.page(startIndex, count, filter));
	}

	/** People who have left do not count. */
	readFirst(limit: number): Promise<ListReading<User>> {
		return readUpTo((startIndex, count) => this.page(startIndex, count), limit, ({ active }) => active);
	}

	/**
	 * All users of the workspace; a reading is reused for a minute. This client's own writes are added to the
	 * reading, so that a batch of creations does not read all users for each one; after a write with an
	 * unknown outcome, all users are read again.
	 * @throws ScimError `listIncomplete`
	 */
	async everyone(): Promise<UserIndex> {
		const { endedAt } = this.userIndex ?? {};
		const isOld = endedAt !== undefined && this.requester.now() - endedAt > READING_LIFETIME;
		if (!this.userIndex || isOld) {
			const reading = this.readAll().then((list) => new UserIndex(completeRows(list, 'users')));
			this.userIndex = { reading, endedAt: undefined };
		}
		const current = this.userIndex;
		try {
			const userIndex = await current.reading;
			current.endedAt ??= this.requester.now();
			return userIndex;
		} catch (error) {
			if (this.userIndex === current) this.userIndex = undefined;
			return Promise.reject(error);
		}
	}

	/** Adds the result of a write to the reading of all users, even to one in progress. */
	private enter(change: (userIndex: UserIndex) => void): void {
		if (!this.userIndex) return;
		const reading = this.userIndex.reading.then((userIndex) => {
			change(userIndex);
			return userIndex;
		});
		// The caller that waits for the reading gets its failure.
		reading.catch(() => undefined);
		this.userIndex.reading = reading;
	}

	/**
	 * Looks up an address. The filter is not trusted: the row must have the address. If the filter is
	 * refused, ignored or finds no one, all users are read: the filter may compare capitals exactly although
	 * they are stored, know one spelling of a domain, and search primary addresses only. A person who is
	 * found costs one request; "none" costs the list, once for many lookups: see {@link everyone}.
	 * @param isSuggestion whether the filter's "none" suffices, because nothing depends on it
	 * @throws ScimError `ambiguous` for several people, or for an address that only looks the same
	 */
	async findByEmail(email: string, { isSuggestion = false } = {}): Promise<EmailMatch> {
		const candidates = await this.candidates(email);
		const match = candidates ? new UserIndex(candidates).findByEmail(email) : undefined;
		if (match && (match.match !== 'none' || isSuggestion)) return match;
		return (await this.everyone()).findByEmail(email);
	}

	/**
	 * `POST /Users`. An existing member (409) is returned instead of being an error.
	 * @returns `created` is also true if the answer was lost and the person is there now: the caller has
	 * checked before, so this request created them, or one at the same moment
	 * @throws ScimError `alreadyExists` or `conflict` if Notion keeps answering 409 and no one has the
	 * address; `ambiguous` if it is a person's secondary address, or Notion added another account;
	 * `notVerified` if Notion accepted the creation and the person is not there
	 */
	async create(
		attributes: PersonAttributes & { email: string },
		role: string | undefined,
	): Promise<{ user: User; created: boolean }> {
		const { email } = attributes;
		const asResult = (user: User | undefined, created: boolean) => user && { user, created };
		try {
			const result = await this.write(
				{ method: 'POST', path: '/Users', body: newUserResource(attributes, role) },
				{
					accept: async (body) => ({ user: await this.createdUser(body, email), created: true }),
					look: async () => asResult(await this.findActive(email), true),
					lookAfterConflict: async (mayBeOurs) =>
						asResult(await this.findMember(email), mayBeOurs),
				},
			);
			this.enter((userIndex) => userIndex.put(result.user));
			return result;
		} catch (error) {
			return Promise.reject(isConflict(error) ? existsUnseen(email, error) : error);
		}
	}

	/** Sends one PATCH with the changes, then reads the result. */
	async update(user: User, changes: AttributeChange[]): Promise<UserUpdate> {
		const desired = desiredAttributes(changes);
		const attributePatch = changeOperations(user, changes);
		let after = user;
		if (attributePatch.length > 0) {
			after = await this.patch(user, changes, desired, attributePatch);
		}
		const before = Object.fromEntries(changes.map(({ attribute, from }) => [attribute, from]));
		let left = unsettled(after, desired, before);
		if (left.notTaken.length + left.unconfirmed.length > 0) {
			after = await this.requester.lookPatiently(
				async () => (await this.get(user.id)) ?? after,
				(now) => !this.isWorthLooking(unsettled(now, desired, before)),
			);
			left = unsettled(after, desired, before);
			for (const { attribute, from } of left.unconfirmed) if (from === null) this.neverShown.add(attribute);
		}
		const role = changes.find((change) => change.attribute === 'role');
		if (role) {
			const open = [...left.notTaken, ...left.unconfirmed].map(({ attribute }) => attribute);
			const written = changes.filter((change) => change !== role && !open.includes(change.attribute));
			const changed = await this.changeRole(after, role, written);
			after = changed.user;
			// Only members have no stated role, so the role is known, not merely unconfirmed.
			if (!changed.taken) left.notTaken.push({ ...role, from: after.role ?? 'member' });
		}
		this.enter((userIndex) => userIndex.put(after));
		return { user: after, changes, ...left };
	}

	/**
	 * `DELETE /Users/id`, then verifies that the person is gone: not found, or inactive.
	 * @throws ScimError `notVerified` if the person is still there, or this is unknown
	 */
	async remove(user: User): Promise<Removal> {
		const alreadyGone = !(await this.requestRemoval(user));
		let absences: Absences;
		try {
			absences = await this.verifyAbsences([user.id]);
		} catch (error) {
			if (error instanceof ScimError && error.kind === 'cancelled') return Promise.reject(error);
			return Promise.reject(absenceUnknown(user, error));
		}
		const absence = absences.get(user.id);
		if (absence === undefined || absence instanceof ScimError) throw absenceUnknown(user, absence);
		if (absence === 'stillMember') throw stillMember(user);
		return { alreadyGone, ...absence };
	}

	/**
	 * Sends `DELETE /Users/id` without verifying the result: see {@link verifyAbsences}.
	 * @returns false if the person was gone already
	 */
	async requestRemoval(user: User): Promise<boolean> {
		try {
			await this.write(
				{ method: 'DELETE', path: resourcePath('Users', user.id) },
				{ accept: () => true, look: async () => ((await this.isGone(user.id)) ? true : undefined) },
			);
			this.enter((userIndex) => userIndex.drop(user.id));
			return true;
		} catch (error) {
			if (!(error instanceof ScimError) || error.kind !== 'notFound') return Promise.reject(error);
			return false;
		}
	}

	/**
	 * Verifies that people are gone, with one request for each and one control reading for all that were not
	 * found within the same second. Answers that a slow server makes older than that are requested again, and
	 * so are people who are still shown a moment after the removal.
	 * @returns for each id the evidence that the person is gone, that they are not, or why this is unknown
	 * @throws ScimError `cancelled`
	 */
	async verifyAbsences(ids: string[]): Promise<Absences> {
		const absences: Absences = new Map();
		for (let begin = 0; begin < ids.length; begin += VERIFIED_TOGETHER) {
			let members = ids.slice(begin, begin + VERIFIED_TOGETHER);
			await this.requester.lookPatiently(
				async () => {
					await this.verifyNow(members, absences);
					members = members.filter((id) => absences.get(id) === 'stillMember');
				},
				() => members.length === 0,
			);
		}
		return absences;
	}

	private async verifyNow(ids: string[], absences: Absences): Promise<void> {
		let open = ids;
		for (let tries = 0; open.length > 0 && tries < VERIFYING_TRIES; tries += 1) {
			open = await this.verifyTogether(open, absences);
		}
	}

	/** @returns the people whose answer was too old when the control reading arrived */
	private async verifyTogether(ids: string[], absences: Absences): Promise<string[]> {
		const seen = await Promise.all(
			ids.map(async (id) => ({ id, state: await this.seenAs(id), at: this.requester.now() })),
		);
		const gone: Array<{ id: string; seenAs: 'notFound' | 'inactive'; at: number }> = [];
		for (const { id, state, at } of seen) {
			// A person who is still there was dropped from the reading too early.
			if (state === 'stillMember') this.userIndex = undefined;
			if (state === 'stillMember' || state instanceof ScimError) absences.set(id, state);
			else gone.push({ id, seenAs: state, at });
		}
		if (gone.length === 0) return [];
		const control = await this.controlOrError();
		for (const { id, seenAs } of gone) {
			absences.set(id, control instanceof ScimError ? control : { seenAs, control });
		}
		if (control instanceof ScimError) return [];
		const isOld = ({ at }: { at: number }): boolean => control.readAt - at > SAME_MOMENT;
		const old = gone.filter(isOld).map(({ id }) => id);
		for (const id of old) absences.set(id, tooOld());
		return old;
	}

	private async seenAs(id: string): Promise<'notFound' | 'inactive' | 'stillMember' | ScimError> {
		try {
			const answer = await this.requester.readUnproven({
				method: 'GET',
				path: resourcePath('Users', id),
			});
			if (answer === 'absent') return 'notFound';
			return userWithId(parseUser(answer.body), id).active ? 'stillMember' : 'inactive';
		} catch (error) {
			return unlessCancelled(error);
		}
	}

	/** Later than all answers so far, or it would describe the time before a proxy failed. */
	private async controlOrError(): Promise<ControlReading | ScimError> {
		try {
			return await this.requester.controlNow();
		} catch (error) {
			return unlessCancelled(error);
		}
	}

	private async isGone(id: string): Promise<boolean> {
		const user = await this.get(id);
		return !user?.active;
	}

	private async patch(
		user: User,
		changes: AttributeChange[],
		desired: PersonAttributes,
		operations: ReturnType<typeof changeOperations>,
	): Promise<User> {
		const email = changes.find((change) => change.attribute === 'email');
		const look = async () => {
			const now = await this.get(user.id);
			return now && attributeChanges(now, desired).length === 0 ? now : undefined;
		};
		try {
			return await this.write(
				{ method: 'PATCH', path: resourcePath('Users', user.id), body: patchBody(operations) },
				{
					accept: async (body) => {
						const shown = userShown(body);
						return shown ? userWithId(shown, user.id) : await this.mustGet(user.id);
					},
					look,
					lookAfterConflict: async () => {
						const now = await look();
						if (!now && email) await this.assertFree(email.to, user);
						return now;
					},
				},
			);
		} catch (error) {
			// Notion answers 500, not 409, to an address of another account (observed, not documented).
			const isTaken =
				error instanceof ScimError && (error.status === 500 || error.kind === 'alreadyExists');
			if (email && isTaken && error.isNothingDone) {
				return Promise.reject(emailTaken(user, email.to, error));
			}
			if (error instanceof ScimError && error.kind === 'refused' && error.status === 403) {
				return Promise.reject(updateForbidden(user, changes, error));
			}
			return Promise.reject(error);
		}
	}

	/**
	 * Tries the forms of writing a role, or the one that has worked before. The role as read afterwards is
	 * decisive, whatever each form was answered with.
	 * @param written what was changed before the role, for the error
	 */
	private async changeRole(
		user: User,
		change: AttributeChange,
		written: AttributeChange[],
	): Promise<{ user: User; taken: boolean }> {
		const role = change.to;
		let after = user;
		const forms = this.capabilities.roleForm ? [this.capabilities.roleForm] : ROLE_FORMS;
		let refusal: ScimError | undefined;
		for (const form of forms) {
			const refused = await this.sendRole(user, role, form, written);
			refusal = refused ?? refusal;
			after = await this.requester.lookPatiently(
				() => this.mustGet(user.id),
				(now) => refused !== undefined || hasRole(now, role),
			);
			if (hasRole(after, role)) {
				this.capabilities.roleForm = form;
				return { user: after, taken: true };
			}
			// Notion forbids the role, not the form.
			if (refused?.status === 403) break;
		}
		if (refusal?.kind === 'refused') throw roleRefused(user, change, written, refusal);
		if (refusal) throw afterChanges(written, refusal);
		return { user: after, taken: false };
	}

	/** @returns why the server refused this form; undefined if it accepted it */
	private async sendRole(
		user: User,
		role: string,
		form: RoleForm,
		written: AttributeChange[],
	): Promise<ScimError | undefined> {
		try {
			await this.write(
				{
					method: 'PATCH',
					path: resourcePath('Users', user.id),
					body: patchBody([rolePatch(role, form)]),
				},
				{
					accept: () => true,
					look: async () => (hasRole(await this.get(user.id), role) ? true : undefined),
				},
			);
			return undefined;
		} catch (error) {
			if (!(error instanceof ScimError)) return Promise.reject(error);
			// A server that does not know a form may also fail with 500; a check has shown that nothing was
			// done.
			const isAnswer = error.kind === 'refused' || (error.status === 500 && error.isNothingDone);
			return isAnswer ? error : Promise.reject(afterChanges(written, error));
		}
	}

	/** The outcome of a failed write is unknown, so all users are read again. */
	private async write<T>(request: ScimRequest, handlers: Write<T>): Promise<T> {
		try {
			return await this.requester.write(request, handlers);
		} catch (error) {
			this.userIndex = undefined;
			return Promise.reject(error);
		}
	}

	/** The rows that the filter returns, or undefined if the filter cannot be used. */
	private async candidates(email: string): Promise<User[] | undefined> {
		try {
			const { rows, total } = await this.page(1, 100, { attribute: 'email', value: emailKey(email) });
			const filterIgnored = total > rows.length || (rows.length > 0 && !rows.some(hasAddress(email)));
			return filterIgnored ? undefined : rows;
		} catch (error) {
			// If the filter is not the cause, reading all users fails as well and reports the reason.
			return mayBeDueToFilter(error) ? undefined : Promise.reject(error);
		}
	}

	private async findActive(email: string): Promise<User | undefined> {
		this.userIndex = undefined;
		const found = await this.findByEmail(email);
		return found.match === 'primary' && found.user.active ? found.user : undefined;
	}

	/** As {@link findActive}, but certain. @throws ScimError `ambiguous` for a secondary address */
	private async findMember(email: string): Promise<User | undefined> {
		this.userIndex = undefined;
		const found = await this.findByEmail(email);
		if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
		return found.match === 'primary' && found.user.active ? found.user : undefined;
	}

	/** The person that a 2xx to the creation refers to, whether or not the answer shows them. */
	private async createdUser(body: unknown, email: string): Promise<User> {
		const shown = userShown(body);
		if (shown) return expectedAccount(shown, email);
		const found = await this.requester.lookPatiently(
			() => this.findMember(email),
			(user) => user !== undefined,
		);
		if (found) return found;
		throw new ScimError(
			'notVerified',
			`Notion accepted the creation of ${email}, but no one in the workspace has this address.`,
			'Look under Settings, People in Notion. Running this item again is safe.',
		);
	}

	/** @throws ScimError `emailTaken` if another person in the workspace has the address */
	private async assertFree(email: string, user: User): Promise<void> {
		this.userIndex = undefined;
		const found = await this.findByEmail(email);
		if (found.match === 'none' || resourceId(found.user.id) === resourceId(user.id)) return;
		throw new ScimError(
			'emailTaken',
			`${user.userName} cannot become ${email}, because ${found.user.userName} (${found.user.id}) has that address.`,
			'Find out which of the two is meant. The other one must give up the address first.',
			{ evidence: { matches: [{ id: found.user.id, email: found.user.userName }] } },
		);
	}

	/** Whether another check may find more: reads may lag, but another form of a value is there already. */
	private isWorthLooking({ notTaken, unconfirmed }: Unsettled): boolean {
		const mayShow = ({ attribute, from }: AttributeChange): boolean =>
			from === null && !this.neverShown.has(attribute);
		return notTaken.length > 0 || unconfirmed.some(mayShow);
	}

	private async mustGet(id: string): Promise<User> {
		const user = await this.requester.lookPatiently(() => this.get(id), (now) => now !== undefined);
		if (user) return user;
		throw new ScimError(
			'notFound',
			'The person left the workspace while this was running.',
			'Run the item again if the person is expected to be there.',
		);
	}
}

/** Returns a failure as a value; throws anything but a ScimError, and a cancelled execution. */
function unlessCancelled(error: unknown): ScimError | Promise<never> {
	return error instanceof ScimError && error.kind !== 'cancelled' ? error : Promise.reject(error);
}

/** The good answer came too late to say anything about the moment of the other one. */
function tooOld(): ScimError {
	return new ScimError(
		'rateLimited',
		'The server answered so slowly that a good answer and "not found" were never a second apart.',
		'Run this again when Notion answers faster.',
	);
}

/** Notion accepted the removal, but its result is unknown. */
export function absenceUnknown(user: User, cause: unknown): ScimError {
	return new ScimError(
		'notVerified',
		`Notion accepted the removal of ${user.userName}, but whether they are gone could not be read afterwards.`,
		'Check in Notion under Settings, People. Running this item again is safe.',
		cause instanceof ScimError ? { detail: cause.message } : {},
	);
}

/** Notion accepted the removal, but the person is still there. */
export function stillMember(user: User): ScimError {
	return new ScimError(
		'notVerified',
		`Notion accepted the removal of ${user.userName}, but they are still a member.`,
		'Remove the person in Notion under Settings, People, and look for another system that adds them again (identity provider, allowed email domains).',
	);
}

/** The rows of a complete list. @throws ScimError `listIncomplete` */
export function completeRows<T>(reading: ListReading<T>, what: 'users' | 'groups'): T[] {
	if (reading.complete) return reading.rows;
	throw new ScimError(
		'listIncomplete',
		`The list of ${what} could not be read completely. ${reading.reason ?? ''}`.trim(),
		'Run this again when fewer changes are being made in the workspace. Nothing is decided from a list with gaps.',
		{
			evidence: {
				read: reading.rows.length,
				firstTotal: reading.firstTotal,
				lastTotal: reading.lastTotal,
				passes: reading.passes,
			},
		},
	);
}

/** The server answered about another person or object than the requested one. */
export function otherResource(): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'The server answered with another ID than the one asked for. Nothing was done because of it.',
		'Check the Base URL of the credential, and whether there is a cache or a proxy between n8n and Notion.',
	);
}

/**
 * Notion took the address for another account: it is a secondary address there, or the person is not active.
 * That person has been added to the workspace, but nothing further is done to them.
 */
function otherAccount(email: string, user: User): ScimError {
	return new ScimError(
		'ambiguous',
		`Notion answered the creation of ${email} with the account ${user.userName} (${user.id}), which ${
			user.active ? 'has it as a secondary address' : 'is not active'
		}.`,
		'Look at that person in Notion under Settings, People. If it is the right one, use the address of the account; otherwise remove it there.',
		{ evidence: { answered: { id: user.id, email: user.userName, active: user.active } } },
	);
}

function isConflict(error: unknown): error is ScimError {
	return error instanceof ScimError && (error.kind === 'alreadyExists' || error.kind === 'conflict');
}

/** Notion answers 409 to a creation, but no visible user has the address. */
function existsUnseen(email: string, { kind, status, detail, isNothingDone }: ScimError): ScimError {
	return new ScimError(
		kind,
		`Notion did not add ${email} (status 409), but no one in the workspace has this address.`,
		`${
			kind === 'conflict' ? 'Run the item again in a few minutes. If this continues, look' : 'Look'
		} under Settings, People in Notion for a pending or removed person with this address.`,
		{ ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}), isNothingDone },
	);
}

/** The failure of a second step: the changes of the first one remain. */
function afterChanges(written: AttributeChange[], error: ScimError): ScimError {
	if (written.length === 0 || error.kind === 'cancelled') return error;
	const { kind, message, remedy, evidence } = error;
	const done = written.map(({ attribute }) => attribute).join(', ');
	return new ScimError(kind, `${message} Changed before: ${done}.`, remedy, {
		...detailsOf(error),
		...(evidence ? { evidence } : {}),
	});
}

function emailTaken(user: User, email: string, cause: ScimError): ScimError {
	return new ScimError(
		'emailTaken',
		`Notion answered with status ${cause.status} when ${user.userName} was to become ${email}. It does that where another Notion account has the address.`,
		`Find out who has ${email}: a personal or former account with it must change or give up the address first.`,
		{ ...(cause.status === undefined ? {} : { status: cause.status }) },
	);
}

function updateForbidden(user: User, changes: AttributeChange[], refusal: ScimError): ScimError {
	const refused = changes
		.filter(({ attribute }) => attribute !== 'role')
		.map(({ attribute, from, to }) => `${attribute} from ${from === null ? 'nothing' : `"${from}"`} to "${to}"`);
	return new ScimError(
		'refused',
		`Notion does not allow this update of ${user.userName}: ${refused.join('; ')}.${saidBy(refusal)}`,
		remedyForKept(changes.map(({ attribute }) => attribute).filter((attribute) => attribute !== 'role')),
		detailsOf(refusal),
	);
}

function roleRefused(
	user: User,
	{ from, to }: AttributeChange,
	written: AttributeChange[],
	refusal: ScimError,
): ScimError {
	const done = written.map(({ attribute }) => attribute).join(', ');
	return new ScimError(
		// "Refused" would mean that nothing at all was done.
		done ? 'notTaken' : 'refused',
		`Notion does not let ${user.userName} go from the role ${from} to ${to}.${saidBy(refusal)}${
			done ? ` Changed before: ${done}.` : ''
		}`,
		'The last owner keeps the role, and so may others. Make another person an owner first, or change the role in Notion under Settings, People.',
		detailsOf(refusal),
	);
}

function saidBy({ detail }: ScimError): string {
	return detail ? ` It said: ${detail}` : '';
}

function detailsOf({ status, detail }: ScimError): { status?: number; detail?: string } {
	return { ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}) };
}

function hasAddress(email: string): (user: User) => boolean {
	const key = emailKey(email);
	return (user) =>
		emailKey(user.userName) === key ||
		secondaryEmailKeys(user).includes(key) ||
		isConfusable(user.userName, email);
}

/** The person in the answer to a write; undefined if the answer shows no person, or only part of one. */
function userShown(body: unknown): User | undefined {
	try {
		return parseUser(body);
	} catch {
		return undefined;
	}
}

/** @throws ScimError `unexpectedAnswer` if the answer is about another person */
function userWithId(user: User, id: string): User {
	if (resourceId(user.id) === resourceId(id)) return user;
	throw otherResource();
}

/** @throws ScimError `ambiguous` if Notion answered with another person, or with one who has left */
function expectedAccount(user: User, email: string): User {
	if (user.active && emailKey(user.userName) === emailKey(email)) return user;
	throw otherAccount(email, user);
}

/** Only members have no stated role: Notion leaves it out for them. */
function hasRole(user: User | undefined, role: string): boolean {
	return user !== undefined && (user.role ?? 'member') === role;
}

function desiredAttributes(changes: AttributeChange[]): PersonAttributes {
	const desired: PersonAttributes = {};
	for (const { attribute, to } of changes) {
		if (attribute !== 'role') desired[attribute] = to;
	}
	return desired;
}
