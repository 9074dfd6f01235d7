import type { ListedOperation } from '../operation';
import { snapshot } from './snapshot.operation';

export const accessReviewOperations: ListedOperation[] = [snapshot];
