import type { ListedOperation } from '../operation';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteGroup } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { removeMembers } from './removeMembers.operation';
import { setMembers } from './setMembers.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

/** In the order of the list, which is alphabetical. */
export const groupOperations: ListedOperation[] = [
	addMembers,
	create,
	upsert,
	deleteGroup,
	get,
	getAll,
	removeMembers,
	update,
	setMembers,
];
