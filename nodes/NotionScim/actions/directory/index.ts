import type { ListedOperation } from '../operation';
import { apply } from './apply.operation';
import { carryOut } from './carryOut.operation';
import { endQuarantine } from './endQuarantine.operation';
import { failRun } from './failRun.operation';
import { finishRun } from './finishRun.operation';
import { importMembers } from './import.operation';
import { plan } from './plan.operation';
import { planRun } from './planRun.operation';
import { showSteps } from './showSteps.operation';
import { showStatus } from './showStatus.operation';
import { startRun } from './startRun.operation';

/** In the order of the list, which is alphabetical. */
export const directoryOperations: ListedOperation[] = [
	apply,
	carryOut,
	failRun,
	endQuarantine,
	finishRun,
	importMembers,
	plan,
	planRun,
	showSteps,
	showStatus,
	startRun,
];
