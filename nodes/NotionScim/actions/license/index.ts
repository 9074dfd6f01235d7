import type { ListedOperation } from '../operation';
import { reconcile } from './reconcile.operation';

export const licenseOperations: ListedOperation[] = [reconcile];
