import type { Group } from './groupResource';
import { mayBeCut } from './groupResource';
import type { MemberRemovalForm } from './patchOperation';
import { MEMBER_REMOVAL_FORMS } from './patchOperation';
import type { ScimErrorKind } from './scimError';
import { ScimError } from './scimError';
import type { ServerCapabilities } from './serverCapabilities';

export type MembershipChange = 'add' | 'remove';

/**
 * The result for one id: changed, unchanged, or a reason. `unconfirmed` means that the server accepted the
 * change but shows exactly 100 members and may have more, so the person's membership is not visible.
 */
export type MembershipResult = 'changed' | 'unchanged' | 'unconfirmed' | ScimError;

/** The requests about one group that a membership change needs. */
export interface GroupAccess {
	read(): Promise<Group>;
	/** See Requester. */
	lookPatiently<T>(look: () => Promise<T>, isSeen: (found: T) => boolean): Promise<T>;
	/**
	 * Sends one PATCH; the form matters for removals only.
	 * @returns the group afterwards, if the server's answer lists its members
	 */
	patch(
		change: MembershipChange,
		ids: string[],
		form: MemberRemovalForm,
	): Promise<Group | undefined>;
}

/**
 * Adds or removes people with few requests, and reports a result for each of them. Skips people who are in
 * the desired state already. The rest goes in batches; a refused batch is split until the person who causes
 * the refusal is found. The group as read afterwards is decisive, whatever each request was answered with: a
 * person who is not in the desired state is retried alone, because Notion might apply only the first of
 * several. A group that shows exactly 100 members proves no one absent, so a removal is requested even for a
 * person it does not show.
 * @param known the group, if it was read just now
 */
export async function changeMembership(
	group: GroupAccess,
	change: MembershipChange,
	ids: string[],
	capabilities: ServerCapabilities,
	known?: Group,
): Promise<Map<string, MembershipResult>> {
	const results = new Map<string, MembershipResult>();
	if (ids.length === 0) return results;
	const groupBefore = known ?? (await group.read());
	const before = new Set(groupBefore.memberIds);
	const hidden = new Set(
		change === 'remove' && mayBeCut(groupBefore) ? ids.filter((id) => !before.has(id)) : [],
	);
	for (const id of ids) {
		const isToSend = hidden.has(id) || !isDone(before, change, id);
		results.set(id, isToSend ? 'changed' : 'unchanged');
	}
	const pending = [...results].flatMap(([id, result]) => (result === 'changed' ? [id] : []));
	if (pending.length === 0) return results;

	const sender = new BatchSender(group, change, capabilities, results, hidden);
	if (change === 'remove') await sender.findRemovalForm(pending, before);

	// The first batch is verified before the rest: if Notion applied only its first person, sending the
	// others would be pointless.
	const open = pending.filter((id) => results.get(id) === 'changed' && !sender.confirmed.has(id));
	// The requests update the known batch size, so the first batch is cut off only once.
	const size = capabilities.membersPerRequest;
	for (const part of [open.slice(0, size), open.slice(size)]) {
		await sender.send(part);
		await sender.verify(part);
	}
	await sender.believeGroup(pending);
	return results;
}

/** This many halvings lead from the largest batch to one person. */
const MOST_CONFLICTS = 8;

class BatchSender {
	/** Confirmed by reading the group. */
	readonly confirmed = new Set<string>();
	/** Accepted in batches of several people, and not yet verified. */
	private readonly acceptedBatches: string[][] = [];
	/** Kept for the whole change, because the learned capabilities may expire meanwhile. */
	private removalForm: MemberRemovalForm | undefined;
	/** From the answer to the last request. */
	private shown: Group | undefined;
	/** Consecutive requests that met a conflict. */
	private conflicts = 0;
	/** Whether added people may be members without being shown. */
	private isCut = false;

	constructor(
		private readonly group: GroupAccess,
		private readonly change: MembershipChange,
		private readonly capabilities: ServerCapabilities,
		private readonly results: Map<string, MembershipResult>,
		/** People to remove from a group that does not show whether they are members. */
		private readonly hidden: ReadonlySet<string>,
	) {
		this.removalForm = capabilities.memberRemovalForm;
	}

	async send(ids: string[]): Promise<void> {
		for (let start = 0; start < ids.length; ) {
			const batch = ids.slice(start, start + this.capabilities.membersPerRequest);
			start += batch.length;
			await this.sendBatch(batch);
		}
	}

	/** Reads the group and retries, one by one, the people who are not in the desired state. */
	async verify(ids: string[]): Promise<void> {
		const batches = this.acceptedBatches.splice(0);
		const missing = await this.missing(ids);
		let stillMissing = missing;
		if (missing.length > 0 && batches.length > 0) {
			for (const id of missing) await this.sendBatch([id]);
			stillMissing = await this.missing(missing);
			const takenAlone = stillMissing.length < missing.length;
			if (takenAlone && onlyFirstWasTaken(batches, missing)) this.capabilities.membersPerRequest = 1;
		}
		for (const id of stillMissing) {
			this.results.set(id, this.isCut ? 'unconfirmed' : notTaken(this.change));
		}
		for (const id of ids) {
			if (this.hidden.has(id) && this.results.get(id) === 'changed') this.results.set(id, 'unconfirmed');
		}
	}

	/**
	 * A refusal does not prove that nothing was done: another form, or a part of a batch, may have been
	 * applied.
	 */
	async believeGroup(ids: string[]): Promise<void> {
		const refused = ids.filter((id) => this.results.get(id) instanceof ScimError && !this.hidden.has(id));
		if (refused.length === 0) return;
		const now = await this.group.read().catch(unlessCancelled);
		// If the group cannot be read, each refusal is all that is known.
		if (now instanceof ScimError || (this.change === 'remove' && mayBeCut(now))) return;
		const undone = new Set(this.notDone(refused, now));
		for (const id of refused) if (!undone.has(id)) this.results.set(id, 'changed');
	}

	/**
	 * Finds out with one person which form of removal works, before many are sent. This is also the safe
	 * moment to notice a server that reads `path: members` as "all members". If one person is refused for a
	 * reason of their own, the next one is tried. People the group does not show prove nothing about a
	 * form, so if there are no others, each of them is sent in every form.
	 */
	async findRemovalForm(pending: string[], before: Set<string>): Promise<void> {
		if (this.removalForm) return;
		await this.probeRemovalForms(pending.filter((id) => before.has(id)), before);
		if (this.removalForm) return;
		for (const form of MEMBER_REMOVAL_FORMS) {
			for (const id of this.hidden) await this.removes(id, form, before);
		}
	}

	private async probeRemovalForms(shown: string[], before: Set<string>): Promise<void> {
		for (const probe of shown) {
			for (const form of MEMBER_REMOVAL_FORMS) {
				if (await this.removes(probe, form, before)) {
					this.removalForm = form;
					// In a group of one, a removal and an emptying look the same.
					if (before.size > 1) this.capabilities.memberRemovalForm = form;
					return;
				}
			}
			if (this.results.get(probe) === 'changed') return;
		}
	}

	private async removes(
		probe: string,
		form: MemberRemovalForm,
		before: Set<string>,
	): Promise<boolean> {
		this.shown = undefined;
		try {
			await this.group.patch('remove', [probe], form);
			this.conflicts = 0;
		} catch (error) {
			const refusal = await this.aboutContent(error);
			if (!isAboutForm(refusal) && !this.confirmed.has(probe)) this.results.set(probe, refusal);
			return false;
		}
		const { memberIds: after } = await this.group.lookPatiently(
			() => this.group.read(),
			({ memberIds }) => !memberIds.includes(probe),
		);
		if (after.includes(probe)) return false;
		if (after.length === 0 && before.size > 1) await this.putBack(before, probe);
		this.confirmed.add(probe);
		// The person is no longer a member, whatever an earlier form was answered with.
		this.results.set(probe, this.hidden.has(probe) ? 'unconfirmed' : 'changed');
		return true;
	}

	private async putBack(before: Set<string>, probe: string): Promise<never> {
		const others = [...before].filter((id) => id !== probe);
		throw emptied(others, await this.notPutBack(others), mayBeCut({ memberIds: [...before] }));
	}

	/** The members who are still missing. If the group cannot be read, none of them counts as restored. */
	private async notPutBack(others: string[]): Promise<string[]> {
		try {
			const results = await changeMembership(this.group, 'add', others, this.capabilities);
			return others.filter((id) => results.get(id) instanceof ScimError);
		} catch {
			const now = await this.group.read().catch(() => undefined);
			const present = new Set(now?.memberIds);
			return others.filter((id) => !present.has(id));
		}
	}

	/** @returns whether the server accepted all people in the batch */
	private async sendBatch(ids: string[]): Promise<boolean> {
		if (ids.length === 0) return true;
		if (ids.length > this.capabilities.membersPerRequest) {
			let accepted = true;
			for (const id of ids) accepted = (await this.sendBatch([id])) && accepted;
			return accepted;
		}
		const refusal = await this.refusalOf(ids);
		if (!refusal) {
			if (ids.length > 1) this.acceptedBatches.push(ids);
			return true;
		}
		const [only, ...others] = ids;
		if (only !== undefined && others.length === 0) {
			this.results.set(only, refusal);
			return false;
		}
		const half = Math.ceil(ids.length / 2);
		const first = await this.sendBatch(ids.slice(0, half));
		const second = await this.sendBatch(ids.slice(half));
		// The server accepted both halves but not the whole: the batch was too large. A 500 or a conflict
		// proves nothing, because it may be transient.
		if (first && second && refusal.status !== 500 && refusal.kind !== 'conflict') {
			this.capabilities.membersPerRequest = Math.min(this.capabilities.membersPerRequest, half);
		}
		return first && second;
	}

	private async refusalOf(ids: string[]): Promise<ScimError | undefined> {
		try {
			this.shown = await this.group.patch(this.change, ids, this.removalForm ?? 'valueArray');
			this.conflicts = 0;
			return undefined;
		} catch (error) {
			this.shown = undefined;
			return await this.aboutContent(error);
		}
	}

	/** The failure as a value if it concerns these people; any other failure is thrown. */
	private async aboutContent(error: unknown): Promise<ScimError> {
		if (!(error instanceof ScimError) || !isAboutContent(error)) return Promise.reject(error);
		// "Not found" may mean the group itself; then no one else needs a try.
		if (error.kind === 'notFound') await this.group.read();
		this.conflicts = error.kind === 'conflict' ? this.conflicts + 1 : 0;
		// More conflicts in a row than it takes to find one person: the group as a whole is in conflict.
		return this.conflicts > MOST_CONFLICTS ? Promise.reject(error) : error;
	}

	private async missing(ids: string[]): Promise<string[]> {
		const open = ids.filter((id) => this.results.get(id) === 'changed');
		if (open.length === 0) return [];
		// A success in the answer is trusted; before a person counts as missing, the group is read.
		if (this.shown && this.notDone(open, this.shown).length === 0) return [];
		const now = await this.group.lookPatiently(
			() => this.group.read(),
			(group) => this.notDone(open, group).length === 0,
		);
		this.isCut = mayBeCut(now) && this.change === 'add';
		return this.notDone(open, now);
	}

	private notDone(ids: string[], { memberIds }: Group): string[] {
		const members = new Set(memberIds);
		return ids.filter((id) => !isDone(members, this.change, id));
	}
}

/**
 * Whether splitting the batch can find the person who causes the failure. A dead token, the network or a
 * gateway that keeps failing (502, 503, 504) affects all of them.
 */
function isAboutContent(error: ScimError): boolean {
	const kinds: ScimErrorKind[] = ['refused', 'notFound', 'alreadyExists', 'conflict'];
	return kinds.includes(error.kind) || error.status === 500;
}

/** Whether another form of the same request may be accepted. A 403 is about the person. */
function isAboutForm({ kind, status }: ScimError): boolean {
	return kind === 'refused' && status !== 403;
}

/** Whether the server applies only one of several. A request that was lost as a whole looks different. */
function onlyFirstWasTaken(batches: string[][], missing: string[]): boolean {
	const isMissing = new Set(missing);
	return batches.some(
		([first = '', ...others]) => !isMissing.has(first) && others.every((id) => isMissing.has(id)),
	);
}

/** Returns a failure as a value; throws anything but a ScimError, and a cancelled execution. */
function unlessCancelled(error: unknown): ScimError | Promise<never> {
	return error instanceof ScimError && error.kind !== 'cancelled' ? error : Promise.reject(error);
}

function isDone(members: Set<string>, change: MembershipChange, id: string): boolean {
	return members.has(id) === (change === 'add');
}

/**
 * @param lost the ids of the others who are still missing, recorded nowhere else
 * @param wasCut whether the group may have had further members that it did not show
 */
function emptied(others: string[], lost: string[], wasCut: boolean): ScimError {
	const happened = wasCut
		? 'Removing one person from the group emptied it. It had shown exactly 100 members, so there may have been more, whom no one can put back.'
		: 'Removing one person from the group emptied it.';
	if (lost.length === 0) {
		return new ScimError(
			'notTaken',
			`${happened} The other ${others.length} were put back.`,
			'Remove people from groups by hand, in Notion under Settings, People, Groups.',
			{ evidence: { putBack: others, lost } },
		);
	}
	return new ScimError(
		'notTaken',
		`${happened} Of the other ${others.length}, ${lost.length} could not be put back: ${lost.join(', ')}.`,
		'Add the people with these IDs to the group again, and remove people from groups by hand.',
		{ evidence: { putBack: others.filter((id) => !lost.includes(id)), lost } },
	);
}

function notTaken(change: MembershipChange): ScimError {
	return change === 'add'
		? new ScimError(
				'notTaken',
				'Notion accepted the request, but the person is not in the group.',
				'Guests cannot be members of groups. Make the person a member of the workspace first.',
			)
		: new ScimError(
				'notTaken',
				'Notion accepted the request, but the person is still in the group.',
				'Remove the person in Notion under Settings, People, Groups.',
			);
}
