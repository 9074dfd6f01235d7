import { z } from 'zod';

import { poll } from '../host/poll.mts';
import type { N8nHost } from '../host/startHost.mts';

const PATH = 'bench-call';
const CALL = 'Call the workflow';
const RUNNING = ['new', 'running', 'waiting'];
const ENDED_WITHIN = 10 * 60_000;

/**
 * Runs workflows as their schedule does. An execution that is started by hand is stored whatever the settings of
 * the workflow say, and costs n8n the memory of that.
 */
export interface Caller {
	/** Gives a workflow an Execute Workflow Trigger in place of its schedule, and publishes it again. */
	makeCallable(workflowId: string): Promise<void>;
	/**
	 * Runs it to the end of all that it starts.
	 *
	 * @returns milliseconds until its own end, and until that of all that it starts without waiting
	 * @throws Error with what n8n says of the execution that failed
	 */
	run(workflowId: string): Promise<{ own: number; all: number }>;
}

export async function startCaller(host: N8nHost): Promise<Caller> {
	const { client } = host;
	const own = await client.importWorkflow(callingWorkflow(), { settings: 'keep' });
	await client.publish(own.id);
	return {
		makeCallable: async (workflowId) => {
			const stored = (await client.workflows()).find(({ id }) => id === workflowId);
			if (!stored) throw new Error(`There is no workflow ${workflowId}`);
			const nodes = stored.nodes.map((node) => (node.type.endsWith('.scheduleTrigger') ? { ...node, ...CALLED } : node));
			await client.saveWorkflow({ ...stored, nodes });
			await client.publish(workflowId);
		},
		run: async (workflowId) => {
			const began = performance.now();
			const answer = await fetch(host.webhookUrl(PATH), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ workflowId }),
			});
			await answer.arrayBuffer();
			const own = performance.now() - began;
			await failIfAnyFailed(host);
			return { own, all: performance.now() - began };
		},
	};
}

/** Waits for what was started and not waited for. */
async function failIfAnyFailed({ client }: N8nHost): Promise<void> {
	const executions = await poll(
		async () => {
			const all = await client.executions();
			return all.some(({ status }) => RUNNING.includes(status)) ? undefined : all;
		},
		'the executions to end',
		ENDED_WITHIN,
	);
	const failed = executions.find(({ status, workflowId }) => status !== 'success' && workflowId !== '');
	if (!failed) return;
	const { error } = z.object({ error: z.string().optional() }).parse(await client.execution(failed.id));
	throw new Error(`An execution ended as ${failed.status}: ${error ?? ''}`);
}

const CALLED = {
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	parameters: { inputSource: 'passthrough' },
};

function callingWorkflow() {
	return {
		name: 'Call a workflow',
		nodes: [
			{
				id: 'webhook',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: { httpMethod: 'POST', path: PATH, responseMode: 'lastNode', responseData: 'noData', options: {} },
				position: [0, 0],
			},
			{
				id: 'call',
				name: CALL,
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.3,
				parameters: {
					workflowId: { __rl: true, mode: 'id', value: '={{ $json.body.workflowId }}' },
					mode: 'once',
					options: { waitForSubWorkflow: true },
				},
				position: [220, 0],
			},
		],
		connections: { Webhook: { main: [[{ node: CALL, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}
