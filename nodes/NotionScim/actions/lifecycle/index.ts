import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { check } from './check.operation';
import { compare } from './compare.operation';
import { plan } from './plan.operation';
import { receive } from './receive.operation';
import { release } from './release.operation';
import { report } from './report.operation';

/** In the order of the list, which is alphabetical. */
export const lifecycleOperations: ListedOperation[] = [apply, check, compare, report, plan, receive, release];
