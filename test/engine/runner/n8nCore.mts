/**
 * The one door to n8n-core: it reads its folder and the metadata of its classes while it loads, so
 * both have to be in place before.
 */
import './engineFolder.mts';
import 'reflect-metadata';

export {
	CredentialTestContext,
	ExecuteContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	PollContext,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
