import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Clock } from '../../lib/scim/clock';
import { completeRows } from '../../lib/scim/users';
import { advance, isOtherWorkspace, missingFrom, NO_PROOF } from '../../lib/watch/advance';
import { differences } from '../../lib/watch/differences';
import type { Change } from '../../lib/watch/differences';
import type { Between } from '../../lib/watch/filters';
import { filtered } from '../../lib/watch/filters';
import type { Observation } from '../../lib/watch/observation';
import type { OwnWrites } from '../../lib/watch/ownWrites';
import { prove } from '../../lib/watch/prove';
import type { Snapshot } from '../../lib/watch/snapshot';
import { EMPTY_SNAPSHOT } from '../../lib/watch/snapshot';
import { fromStored, toStored } from '../../lib/watch/state/storedState';
import type { WatchState } from '../../lib/watch/state/storedState';
import type { Session } from '../NotionScim/transport/session';
import { eventItems, startItems } from './eventItems';
import type { PollMemory } from './pollMemory';
import type { PollTime } from './pollTime';
import type { TriggerSettings } from './settings';

type Items = INodeExecutionData[][] | null;

/** How long reads may lag behind writes, in milliseconds. */
const READ_LAG = 10_000;

/** Incomplete readings in a row that are put up with: a busy workspace may change while it is read. */
const MOST_INCOMPLETE_READINGS = 3;

export interface WatchPollParts {
	/** What n8n keeps for the node. It stores a change of it together with the items of the same poll. */
	stored: IDataObject;
	session: Session;
	settings: TriggerSettings;
	memory: PollMemory;
	time: PollTime;
	ownWrites: OwnWrites;
	clock: Clock;
}

/** One poll: read, look at what is missing, tell the differences and remember them. */
export class WatchPoll {
	constructor(private readonly parts: WatchPollParts) {}

	/** @throws ScimError */
	async run(): Promise<Items> {
		const state = await fromStored(this.parts.stored);
		const reading = await this.read();
		if (!reading) return null;
		const { seen, polls } = reading;
		if (!state || isOtherWorkspace(state.snapshot, seen)) return await this.setBaseLine(seen, polls, state?.revision ?? 0);
		return await this.tellChanges(state, seen);
	}

	/** @returns undefined if there is more to read than the time allows; the next poll goes on */
	private async read(): Promise<{ seen: Observation; polls: number } | undefined> {
		const { memory, session, time, clock } = this.parts;
		const reading = memory.currentReading(clock.now());
		const polls = memory.pollsOfReading;
		try {
			const seen = await time.forReading(async (timeIsOver) => await reading.continue(session, timeIsOver));
			if (!seen) return undefined;
			memory.endReading();
			return { seen, polls };
		} catch (error) {
			memory.endReading();
			return await Promise.reject(error);
		}
	}

	private async setBaseLine(seen: Observation, polls: number, revision: number): Promise<Items> {
		const { memory, settings, clock } = this.parts;
		assertComplete(seen);
		const after = advance(EMPTY_SNAPSHOT, seen, NO_PROOF);
		// n8n stores what the poll at publishing has remembered; of any later one only if it emits something.
		const isStoredAnyway = polls === 1 && !memory.hasBaseLine;
		memory.hasBaseLine = true;
		await this.remember(after, revision);
		const between = { before: EMPTY_SNAPSHOT, after };
		const items = settings.emitExisting ? this.told(differences(EMPTY_SNAPSHOT, after), between, revision) : null;
		return items ?? (isStoredAnyway ? null : startItems(revision, clock.now()));
	}

	private async tellChanges({ snapshot: before, revision }: WatchState, seen: Observation): Promise<Items> {
		const { session, time } = this.parts;
		const proof = await prove(missingFrom(seen, before), {
			users: session.users,
			groups: session.groups,
			showsAllMembers: seen.showsAllMembers,
			hasTime: () => time.isLeft(),
		});
		const after = advance(before, seen, proof);
		const changes = differences(before, after);
		this.countIncomplete(seen, changes);
		if (changes.length === 0) return null;
		await this.remember(after, revision);
		return this.told(changes, { before, after }, revision);
	}

	private told(changes: readonly Change[], between: Between, revision: number): Items {
		const { settings, clock, memory, ownWrites } = this.parts;
		const foreign = settings.leaveOutOwnChanges ? ownWrites.withoutOwn(changes, memory.readBefore - READ_LAG) : changes;
		const chosen = filtered(foreign, settings.filters, between);
		return chosen.length === 0 ? null : eventItems(chosen, between, revision, clock.now());
	}

	private async remember(snapshot: Snapshot, revision: number): Promise<void> {
		Object.assign(this.parts.stored, await toStored({ snapshot, revision: revision + 1 }));
	}

	/** @throws ScimError `listIncomplete` if that is so for long, and there is no event to tell */
	private countIncomplete(seen: Observation, changes: readonly Change[]): void {
		const { memory } = this.parts;
		const isComplete = seen.people.complete && seen.groups.complete;
		memory.incompleteReadings = isComplete ? 0 : memory.incompleteReadings + 1;
		if (changes.length === 0 && memory.incompleteReadings > MOST_INCOMPLETE_READINGS) assertComplete(seen);
	}
}

/** @throws ScimError `listIncomplete` */
function assertComplete({ people, groups }: Observation): void {
	completeRows(people, 'users');
	completeRows(groups, 'groups');
}
