import type { ListedOperation } from '../operation';
import { check } from './check.operation';
import { seal } from './seal.operation';

/** In the order of the list, which is alphabetical. */
export const auditOperations: ListedOperation[] = [check, seal];
