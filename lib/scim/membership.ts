import type { Group } from './groupResource';
import type { MemberRemovalForm } from './patchOperation';
import { MEMBER_REMOVAL_FORMS } from './patchOperation';
import type { ScimErrorKind } from './scimError';
import { ScimError } from './scimError';
import type { ServerHabits } from './serverHabits';

export type MembershipChange = 'add' | 'remove';

/** What became of one id: changed, nothing to do, or why not. */
export type MembershipResult = 'changed' | 'unchanged' | ScimError;

/** The requests about one group that changing its members needs. */
export interface GroupAccess {
	read(): Promise<Group>;
	/** See Requester. */
	lookPatiently<T>(look: () => Promise<T>, isSeen: (found: T) => boolean): Promise<T>;
	/**
	 * Sends one PATCH; the form matters for removals only.
	 *
	 * @returns the group afterwards, where the server says with its answer who is in it
	 */
	patch(
		change: MembershipChange,
		ids: string[],
		form: MemberRemovalForm,
	): Promise<Group | undefined>;
}

/**
 * Adds or removes people with few requests, and still knows about each of them.
 *
 * Who already is as wished is left out. The rest goes in batches; a batch that is refused is split
 * until the person at fault is known. What counts is the group afterwards: whoever is not as wished
 * then is tried alone once more, because Notion might apply only the first of several.
 *
 * @param known the group, where it was read just now
 */
export async function changeMembership(
	group: GroupAccess,
	change: MembershipChange,
	ids: string[],
	habits: ServerHabits,
	known?: Group,
): Promise<Map<string, MembershipResult>> {
	const results = new Map<string, MembershipResult>();
	if (ids.length === 0) return results;
	const before = new Set((known ?? (await group.read())).memberIds);
	for (const id of ids) results.set(id, isDone(before, change, id) ? 'unchanged' : 'changed');
	const pending = [...results].flatMap(([id, result]) => (result === 'changed' ? [id] : []));
	if (pending.length === 0) return results;

	const sender = new BatchSender(group, change, habits, results);
	if (change === 'remove') await sender.findRemovalForm(pending, before);

	// The first batch is verified before the rest follows: if only its first person was taken, the
	// others would have been sent for nothing.
	const open = pending.filter((id) => results.get(id) === 'changed' && !sender.confirmed.has(id));
	// Sending changes what is known about the size, so the first batch is cut off once.
	const size = habits.membersPerRequest;
	for (const part of [open.slice(0, size), open.slice(size)]) {
		await sender.send(part);
		await sender.verify(part);
	}
	return results;
}

/** So many halvings lead from the largest batch to one person. */
const MOST_CONFLICTS = 8;

class BatchSender {
	/** Seen to be as wished, by reading the group. */
	readonly confirmed = new Set<string>();
	/** Accepted with several people in each, and not yet verified. */
	private readonly acceptedBatches: string[][] = [];
	/** Kept for as long as this takes, because habits may be forgotten in between. */
	private removalForm: MemberRemovalForm | undefined;
	/** As the answer to the last request said. */
	private shown: Group | undefined;
	/** Requests in a row that met a conflict. */
	private conflicts = 0;

	constructor(
		private readonly group: GroupAccess,
		private readonly change: MembershipChange,
		private readonly habits: ServerHabits,
		private readonly results: Map<string, MembershipResult>,
	) {
		this.removalForm = habits.memberRemovalForm;
	}

	async send(ids: string[]): Promise<void> {
		for (let start = 0; start < ids.length; ) {
			const batch = ids.slice(start, start + this.habits.membersPerRequest);
			start += batch.length;
			await this.sendBatch(batch);
		}
	}

	/** Reads the group and tries those again, one by one, who are not as wished. */
	async verify(ids: string[]): Promise<void> {
		const batches = this.acceptedBatches.splice(0);
		const missing = await this.missing(ids);
		if (missing.length === 0) return;
		let stillMissing = missing;
		if (batches.length > 0) {
			for (const id of missing) await this.sendBatch([id]);
			stillMissing = await this.missing(missing);
			const takenAlone = stillMissing.length < missing.length;
			if (takenAlone && onlyFirstWasTaken(batches, missing)) this.habits.membersPerRequest = 1;
		}
		for (const id of stillMissing) this.results.set(id, notTaken(this.change));
	}

	/**
	 * Finds out with one person which form of removal works, before many are sent. It is also the
	 * safe moment to notice a server that takes `path: members` for "everybody". Where somebody is
	 * refused for a reason of their own, the next one is tried.
	 */
	async findRemovalForm(pending: string[], before: Set<string>): Promise<void> {
		if (this.removalForm) return;
		for (const probe of pending) {
			for (const form of MEMBER_REMOVAL_FORMS) {
				if (await this.removes(probe, form, before)) {
					this.removalForm = form;
					// Out of a group of one, a removal and an emptying look the same.
					if (before.size > 1) this.habits.memberRemovalForm = form;
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
			if (!isAboutForm(refusal)) this.results.set(probe, refusal);
			return false;
		}
		const { memberIds: after } = await this.group.lookPatiently(
			() => this.group.read(),
			({ memberIds }) => !memberIds.includes(probe),
		);
		if (after.includes(probe)) return false;
		if (after.length === 0 && before.size > 1) await this.putBack(before, probe);
		this.confirmed.add(probe);
		return true;
	}

	private async putBack(before: Set<string>, probe: string): Promise<never> {
		const others = [...before].filter((id) => id !== probe);
		throw emptied(others, await this.notPutBack(others));
	}

	/** Who is still missing. Where even that cannot be read, nobody is taken for being back. */
	private async notPutBack(others: string[]): Promise<string[]> {
		try {
			const results = await changeMembership(this.group, 'add', others, this.habits);
			return others.filter((id) => results.get(id) instanceof ScimError);
		} catch {
			const now = await this.group.read().catch(() => undefined);
			const present = new Set(now?.memberIds);
			return others.filter((id) => !present.has(id));
		}
	}

	/** @returns whether everybody in it was accepted */
	private async sendBatch(ids: string[]): Promise<boolean> {
		if (ids.length === 0) return true;
		if (ids.length > this.habits.membersPerRequest) {
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
		// Both halves are accepted though the whole was not: it was too many for one request. A 500 or a
		// conflict proves nothing, because it may pass by itself.
		if (first && second && refusal.status !== 500 && refusal.kind !== 'conflict') {
			this.habits.membersPerRequest = Math.min(this.habits.membersPerRequest, half);
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

	/** The failure as a value where it is about these people; anything else stays a failure. */
	private async aboutContent(error: unknown): Promise<ScimError> {
		if (!(error instanceof ScimError) || !isAboutContent(error)) return Promise.reject(error);
		// Not found may mean the group itself; then nobody else needs to be tried.
		if (error.kind === 'notFound') await this.group.read();
		this.conflicts = error.kind === 'conflict' ? this.conflicts + 1 : 0;
		// More in a row than it takes to find one person: the group as a whole is in conflict.
		return this.conflicts > MOST_CONFLICTS ? Promise.reject(error) : error;
	}

	private async missing(ids: string[]): Promise<string[]> {
		const open = ids.filter((id) => this.results.get(id) === 'changed');
		if (open.length === 0) return [];
		// Good news is believed; before anybody is said to be missing, the group is read.
		if (this.shown && this.notDone(open, this.shown).length === 0) return [];
		const now = await this.group.lookPatiently(
			() => this.group.read(),
			(group) => this.notDone(open, group).length === 0,
		);
		return this.notDone(open, now);
	}

	private notDone(ids: string[], { memberIds }: Group): string[] {
		const members = new Set(memberIds);
		return ids.filter((id) => !isDone(members, this.change, id));
	}
}

/**
 * Whether splitting the batch can find who is at fault. A dead token, a network or a gateway that
 * failed for as long as one waits (502, 503, 504) concerns everybody.
 */
function isAboutContent(error: ScimError): boolean {
	const kinds: ScimErrorKind[] = ['refused', 'notFound', 'alreadyExists', 'conflict'];
	return kinds.includes(error.kind) || error.status === 500;
}

/** Whether another form of the same request may be accepted. A 403 is about the person. */
function isAboutForm({ kind, status }: ScimError): boolean {
	return kind === 'refused' && status !== 403;
}

/** Whether the server takes one of several. A request that was lost as a whole looks different. */
function onlyFirstWasTaken(batches: string[][], missing: string[]): boolean {
	const isMissing = new Set(missing);
	return batches.some(
		([first = '', ...others]) => !isMissing.has(first) && others.every((id) => isMissing.has(id)),
	);
}

function isDone(members: Set<string>, change: MembershipChange, id: string): boolean {
	return members.has(id) === (change === 'add');
}

/** @param lost those of the others who are still missing: their ids exist nowhere else any more */
function emptied(others: string[], lost: string[]): ScimError {
	const happened = 'Taking one person out of the group emptied it.';
	if (lost.length === 0) {
		return new ScimError(
			'notTaken',
			`${happened} The other ${others.length} were put back.`,
			'Take people out of groups by hand, in Notion under Settings, People, Groups.',
			{ evidence: { putBack: others, lost } },
		);
	}
	return new ScimError(
		'notTaken',
		`${happened} Of the other ${others.length}, ${lost.length} could not be put back: ${lost.join(', ')}.`,
		'Add the people with these IDs to the group again, and take people out of groups by hand.',
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
				'Take the person out in Notion under Settings, People, Groups.',
			);
}
