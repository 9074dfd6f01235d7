import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { ask } from './ask.operation';
import { checkAccount } from './checkAccount.operation';
import { compare } from './compare.operation';
import { due } from './due.operation';
import { plan } from './plan.operation';
import { receive } from './receive.operation';
import { report } from './report.operation';

/** In the order of the list, which is alphabetical. */
export const lifecycleOperations: ListedOperation[] = [apply, checkAccount, compare, report, due, plan, ask, receive];
