import type { ListedOperation } from '../operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { lockDown } from './lockDown.operation';
import { remove } from './remove.operation';
import { restore } from './restore.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** In the order of the list, which is alphabetical. */
export const userOperations: ListedOperation[] = [
	create,
	upsert,
	get,
	getAll,
	lockDown,
	remove,
	restore,
	update,
];
