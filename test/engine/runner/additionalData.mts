import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { ExternalSecretsProxy } from './n8nCore.mts';

// The engine parses these addresses although nothing in a test ever calls them.
const instance = 'http://127.0.0.1:5678/';

const notOffered = (what: string) => async (): Promise<never> => {
	throw new Error(`${what} is not offered by this engine runner`);
};

/** What n8n's server hands to the engine beside the workflow. */
export const createAdditionalData = (
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData => ({
	credentialsHelper,
	executeWorkflow: notOffered('Executing a sub-workflow'),
	getRunExecutionData: async () => undefined,
	getRuntimeCredential: async () => undefined,
	startRunnerTask: notOffered('A task runner'),
	logAiEvent: () => {},
	externalSecretsProxy: new ExternalSecretsProxy(),
	executionId: '1',
	currentNodeExecutionIndex: 0,
	variables: {},
	restApiUrl: `${instance}rest`,
	instanceBaseUrl: instance,
	formBaseUrl: `${instance}form`,
	formWaitingBaseUrl: `${instance}form-waiting`,
	formTestBaseUrl: `${instance}form-test`,
	webhookBaseUrl: `${instance}webhook`,
	webhookWaitingBaseUrl: `${instance}webhook-waiting`,
	webhookTestBaseUrl: `${instance}webhook-test`,
	mcpBaseUrl: `${instance}mcp`,
	mcpTestBaseUrl: `${instance}mcp-test`,
});
