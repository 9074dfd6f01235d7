import type { ListedOperation } from '../operation';
import { advance } from './advance.operation';
import { answer } from './answer.operation';
import { close } from './close.operation';
import { planRevocations } from './planRevocations.operation';
import { readRequest } from './readRequest.operation';
import { revoke } from './revoke.operation';
import { snapshot } from './snapshot.operation';
import { start } from './start.operation';

/** In the order of the list, which is alphabetical. */
export const accessReviewOperations: ListedOperation[] = [
	advance,
	answer,
	close,
	planRevocations,
	readRequest,
	revoke,
	start,
	snapshot,
];
