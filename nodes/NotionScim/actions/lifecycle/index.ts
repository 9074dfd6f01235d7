import type { ListedOperation } from '../operation';
import { alerts } from './alerts.operation';
import { apply } from './apply.operation';
import { ask } from './ask.operation';
import { check } from './check.operation';
import { checkAccount } from './checkAccount.operation';
import { compare } from './compare.operation';
import { due } from './due.operation';
import { outOfBand } from './outOfBand.operation';
import { plan } from './plan.operation';
import { receive } from './receive.operation';
import { release } from './release.operation';
import { report } from './report.operation';

/** In the order of the list, which is alphabetical. */
export const lifecycleOperations: ListedOperation[] = [
	apply,
	checkAccount,
	check,
	alerts,
	compare,
	outOfBand,
	report,
	due,
	plan,
	ask,
	receive,
	release,
];
