import { createEmptyRunExecutionData } from 'n8n-workflow';
import type {
	ICredentialType,
	IDataObject,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';

import { createAdditionalData } from './additionalData.mts';
import { createNode, nodeOf } from './engine.mts';
import type { Engine } from './engine.mts';
import { CredentialTestContext, ExecuteContext, RoutingNode } from './n8nCore.mts';

export type CredentialTestResult = { status: 'OK' } | { status: 'Error'; message: string };

/** Has no code of its own: the engine sends the request that its one property describes. */
const requestNode = (type: ICredentialType): INodeType => {
	if (type.test === undefined) throw new Error(`${type.name} has no test request`);
	const description: INodeTypeDescription = {
		displayName: 'Credential test',
		name: 'credentialTest',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Credential test' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: type.name, required: true }],
		properties: [
			{
				displayName: 'Request',
				name: 'request',
				type: 'string',
				default: '',
				routing: { request: type.test.request },
			},
		],
	};
	return { description };
};

const thrownByRequest = z.object({
	message: z.string(),
	cause: z
		.object({
			code: z.string().optional(),
			response: z.object({ status: z.number(), statusText: z.string().optional() }).optional(),
		})
		.optional(),
});

/**
 * Presses the Test button of a credential: calls the test of the node that supports it, or else sends the
 * type's test request, authenticated, and applies the type's `responseCode` rules to the answer.
 *
 * n8n's server, not its engine, words a failure that no rule matches; the message given here for it
 * is the status or the code of the network error, and only the real host shows the true one.
 */
export const testCredential = async (
	engine: Engine,
	type: ICredentialType,
	entered: IDataObject,
	supported?: INodeType,
): Promise<CredentialTestResult> => {
	if (supported !== undefined) return await testedByNode(engine, type, { entered, node: supported });
	const node = requestNode(type);
	const { name } = node.description;
	const store = engine.storeOf({ [type.name]: entered });
	const workflow = engine
		.with(node)
		.workflowOf({ nodes: [createNode(name, name)], connections: {} }, store);
	const started = nodeOf(workflow, name);
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow, started, createAdditionalData(store), 'internal', createEmptyRunExecutionData(), 0,
		[], input, { node: started, data: input, source: null }, [],
	);

	try {
		await new RoutingNode(context, node).runNode();
		return { status: 'OK' };
	} catch (error) {
		const { message, cause } = thrownByRequest.parse(error);
		const status = cause?.response?.status;
		const rule = type.test?.rules?.find(
			({ type: kind, properties }) => kind === 'responseCode' && properties.value === status,
		);
		return {
			status: 'Error',
			message: rule?.properties.message ?? status?.toString() ?? cause?.code ?? message,
		};
	}
};

/** Calls the function of the node, in the context that n8n's server gives it. */
const testedByNode = async (
	engine: Engine,
	{ name }: ICredentialType,
	{ entered, node }: { entered: IDataObject; node: INodeType },
): Promise<CredentialTestResult> => {
	const { testedBy } = node.description.credentials?.find((credential) => credential.name === name) ?? {};
	const test = typeof testedBy === 'string' ? node.methods?.credentialTest?.[testedBy] : undefined;
	if (test === undefined) throw new Error(`The node has no test for ${name}`);
	const store = engine.storeOf({ [name]: entered });
	const additionalData = createAdditionalData(store);
	const data = await store.getDecrypted(additionalData, { id: null, name }, name);
	const context = new CredentialTestContext(additionalData);
	const { status, message } = await test.call(context, { id: '', name, type: name, data });
	return status === 'OK' ? { status } : { status, message };
};
