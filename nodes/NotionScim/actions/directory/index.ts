import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { importMembers } from './import.operation';
import { plan } from './plan.operation';

/** In the order of the list, which is alphabetical. */
export const directoryOperations: ListedOperation[] = [apply, importMembers, plan];
