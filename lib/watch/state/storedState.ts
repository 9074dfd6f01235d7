import { z } from 'zod';

import { ScimError } from '../../scim/scimError';
import type { Snapshot } from '../snapshot';
import { decodeSnapshot, encodeSnapshot } from './encoding';

/** What a trigger remembers: what it has told, and since when. */
export interface WatchState {
	snapshot: Snapshot;
	/** Goes up with each snapshot. */
	revision: number;
}

const FORMAT = 1;

const storedSchema = z.object({ format: z.literal(FORMAT), revision: z.number().int(), snapshot: z.string() });

/** As n8n stores it for a node. */
export type StoredState = z.output<typeof storedSchema>;

export async function toStored({ snapshot, revision }: WatchState): Promise<StoredState> {
	return { format: FORMAT, revision, snapshot: await encodeSnapshot(snapshot) };
}

/**
 * @returns undefined if nothing was stored
 * @throws ScimError `invalidInput` for anything that cannot be read: to begin anew would lose changes in silence
 */
export async function fromStored(stored: Record<string, unknown>): Promise<WatchState | undefined> {
	if (stored['snapshot'] === undefined) return undefined;
	try {
		const { revision, snapshot } = storedSchema.parse(stored);
		return { revision, snapshot: await decodeSnapshot(snapshot) };
	} catch {
		return await Promise.reject(unreadable());
	}
}

function unreadable(): ScimError {
	return new ScimError(
		'invalidInput',
		'What this trigger remembers of the workspace cannot be read, so no one can tell what has changed.',
		'Update the package n8n-nodes-notion-scim. If that does not help, rename the node: it then begins with the workspace as it is now.',
	);
}
