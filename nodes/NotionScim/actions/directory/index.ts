import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { endQuarantine } from './endQuarantine.operation';
import { plan } from './plan.operation';
import { showSteps } from './showSteps.operation';

/** In the order of the list, which is alphabetical. */
export const directoryOperations: ListedOperation[] = [apply, endQuarantine, plan, showSteps];
