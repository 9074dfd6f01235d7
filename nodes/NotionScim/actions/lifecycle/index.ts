import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { checkAccount } from './checkAccount.operation';
import { compare } from './compare.operation';
import { plan } from './plan.operation';
import { receive } from './receive.operation';
import { report } from './report.operation';

/** In the order of the list, which is alphabetical. */
export const lifecycleOperations: ListedOperation[] = [apply, checkAccount, compare, report, plan, receive];
