import type { ListedOperation } from '../operation';
import { getConfiguration } from './getConfiguration.operation';

export const workspaceOperations: ListedOperation[] = [getConfiguration];
