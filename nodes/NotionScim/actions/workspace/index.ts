import type { ListedOperation } from '../operation';
import { checkToken } from './checkToken.operation';
import { getConfiguration } from './getConfiguration.operation';

export const workspaceOperations: ListedOperation[] = [checkToken, getConfiguration];
