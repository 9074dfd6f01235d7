import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { plan } from './plan.operation';
import { receive } from './receive.operation';

/** In the order of the list, which is alphabetical. */
export const lifecycleOperations: ListedOperation[] = [apply, plan, receive];
