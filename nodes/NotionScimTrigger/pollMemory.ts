import { WorkspaceReading } from '../../lib/watch/reading';

/** What one trigger keeps between polls besides its state. A restart of n8n only costs it the begun reading. */
export class PollMemory {
	/** A poll of the same trigger is under way: a second one would emit the same changes. */
	isPolling = false;
	/** A base line was made, so a missing one was not stored by n8n. */
	hasBaseLine = false;
	/** Readings in a row that were not complete. */
	incompleteReadings = 0;
	/** Polls that the begun reading has taken so far. */
	pollsOfReading = 0;
	/** When the reading before this one began, in epoch milliseconds; what was written since may not have been told. */
	readBefore = 0;
	private readingSince = 0;
	private reading: WorkspaceReading | undefined;

	/** @param now epoch milliseconds */
	currentReading(now: number): WorkspaceReading {
		this.pollsOfReading += 1;
		if (!this.reading) {
			this.reading = new WorkspaceReading();
			this.readBefore = this.readingSince;
			this.readingSince = now;
		}
		return this.reading;
	}

	endReading(): void {
		this.reading = undefined;
		this.pollsOfReading = 0;
	}
}

/** Enough for all triggers of one process; the oldest is dropped. */
const MOST_TRIGGERS = 1_000;

const memories = new Map<string, PollMemory>();

/** @param key the workflow, the node, and the workspace that it watches */
export function memoryOf(key: string): PollMemory {
	const memory = memories.get(key) ?? new PollMemory();
	memories.delete(key);
	memories.set(key, memory);
	for (const oldest of memories.keys()) {
		if (memories.size <= MOST_TRIGGERS) break;
		memories.delete(oldest);
	}
	return memory;
}
