import type { ListedOperation } from '../operation';
import { choose } from './choose.operation';
import { overdue } from './overdue.operation';
import { pick } from './pick.operation';
import { reconcile } from './reconcile.operation';
import { results } from './results.operation';

/** In the order of the list, which is alphabetical. */
export const licenseOperations: ListedOperation[] = [choose, overdue, pick, reconcile, results];
