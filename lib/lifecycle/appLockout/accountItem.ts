import { z } from 'zod';

import { fields } from '../cells';
import type { StoredChange } from '../journal';
import { changeRow, readChanges } from '../journal';
import type { AppAccount } from './apps';

/** An account that may be locked, and the row that requests it. */
export interface OpenAccount {
	row: StoredChange;
	account: Pick<AppAccount, 'id' | 'isLocked' | 'state'>;
}

const accountSchema = z.object({ account: z.string(), wasLocked: z.boolean(), before: z.string() });

/**
 * The item for the nodes that lock the account: the row, with the account found.
 * @param item of the row, whose other texts are kept, such as the address of the app
 */
export function accountItem({ row, account }: OpenAccount, item: unknown): Record<string, string | number | boolean> {
	const { createdAt, updatedAt } = row;
	const { id, isLocked, state } = account;
	const found = { account: id, wasLocked: isLocked, before: JSON.stringify(state) };
	return { ...textsOf(item), ...changeRow(row), createdAt, updatedAt, ...found };
}

function textsOf(item: unknown): Record<string, string> {
	const entries = Object.entries(fields.parse(item));
	return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

/** @returns undefined for an item that {@link accountItem} did not create */
export function readAccountItem(json: unknown): OpenAccount | undefined {
	const [row] = readChanges([json]).rows;
	const found = accountSchema.safeParse(json);
	if (!row || !found.success) return undefined;
	const { account: id, wasLocked: isLocked, before } = found.data;
	const state: unknown = JSON.parse(before);
	return { row, account: { id, isLocked, state: z.record(z.unknown()).catch({}).parse(state) } };
}
