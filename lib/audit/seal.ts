import { z } from 'zod';

import type { SealedRow } from './journalRow';
import { sha256 } from './journalRow';

/** One day of the chain: what was new, changed and deleted since the seal before. */
export interface Seal {
	/** From 1 on. */
	number: number;
	/** ISO text in UTC. */
	at: string;
	/** The head of the seal before; empty in the first one. */
	previous: string;
	/** Rows that are new or changed, by ID. */
	rows: SealedRow[];
	/** IDs of rows that are gone. */
	deleted: number[];
	/** SHA-256 of all this. Altering anything that was sealed before alters it. */
	head: string;
}

/** The key of a row of `notion_scim_evidence` that holds a seal begins with this. */
const KEY = 'audit:seal:';

export function sealKey(number: number): string {
	return `${KEY}${number}`;
}

/** setup/README.md tells auditors how to compute this without the package. */
export function headOf({ number, at, previous, rows, deleted }: Omit<Seal, 'head'>): string {
	const listed = rows.map(({ id, createdAt, updatedAt, isClosed, mayBeDeleted, identity, digest }) => [
		...[id, createdAt, updatedAt, isClosed, mayBeDeleted, identity, digest],
	]);
	return sha256(JSON.stringify([number, at, previous, listed, deleted]));
}

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const sealSchema = z.object({
	number: z.number().int().min(1),
	at: instant,
	previous: z.string(),
	rows: z.array(
		z.object({
			id: z.number().int().min(1),
			createdAt: instant,
			updatedAt: instant,
			isClosed: z.boolean(),
			mayBeDeleted: z.boolean(),
			identity: z.string(),
			digest: z.string(),
		}),
	),
	deleted: z.array(z.number().int().min(1)),
	head: z.string(),
});

/** A seal as JSON, from the Data Table or from the attachment of a mail; undefined if it is none. */
export function readSeal(json: string): Seal | undefined {
	const read = sealSchema.safeParse(parsed(json));
	return read.success ? read.data : undefined;
}

const storedSchema = z.object({ id: z.number(), key: z.string(), record: z.string() });

export interface ReadSeals {
	/** By number. Of two with one number the first stored one: two executions ran at once, and its head was mailed. */
	seals: Seal[];
	/** Keys of rows that hold no seal that can be read. */
	unreadable: string[];
}

/** The seals among rows of `notion_scim_evidence`; other rows are skipped. */
export function readSeals(items: readonly unknown[]): ReadSeals {
	const stored = items
		.flatMap((item) => {
			const read = storedSchema.safeParse(item);
			return read.success && read.data.key.startsWith(KEY) ? [read.data] : [];
		})
		.sort((one, other) => one.id - other.id);
	const seals = new Map<number, Seal>();
	const unreadable: string[] = [];
	for (const { key, record } of stored) {
		const seal = readSeal(record);
		if (!seal || key !== sealKey(seal.number)) unreadable.push(key);
		else if (!seals.has(seal.number)) seals.set(seal.number, seal);
	}
	return { seals: inOrder([...seals.values()]), unreadable };
}

export function inOrder(seals: readonly Seal[]): Seal[] {
	return [...seals].sort((one, other) => one.number - other.number);
}

function parsed(json: string): unknown {
	try {
		const value: unknown = JSON.parse(json);
		return value;
	} catch {
		return undefined;
	}
}
