import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import { z } from 'zod';

import type { RestCall } from '../host/n8nRest.mts';
import { poll } from '../host/poll.mts';

const ENDED_WITHIN = 60_000;

/** Asking more often would cost the n8n that is being measured. */
const POLL_INTERVAL_MILLISECONDS = 400;

const executionsSchema = z.object({
	results: z.array(z.object({ id: z.coerce.string(), status: z.string() })),
});

const nodeRunSchema = z.object({
	executionTime: z.number(),
	data: z
		.object({
			main: z.array(z.array(z.object({ json: z.record(z.unknown()) })).nullable()).optional(),
		})
		.optional(),
});

const recordSchema = z.object({
	status: z.string(),
	/** n8n sends the run's data as a string of `flatted` JSON, because it may refer to itself. */
	data: z
		.string()
		.transform((text): unknown => parse(text))
		.pipe(
			z.object({
				resultData: z.object({
					runData: z.record(z.array(nodeRunSchema)),
					error: z.object({ message: z.string() }).optional(),
				}),
			}),
		),
});

/** What n8n recorded about an execution. */
export interface ExecutionRecord {
	/** Milliseconds by name of the node. */
	times: Record<string, number>;
	/** JSON items that a node gave out, by name of the node. */
	items: Record<string, Record<string, unknown>[]>;
}

/**
 * Waits for the only execution of a workflow.
 *
 * @throws Error with n8n's message where it failed
 */
export async function recordOf(call: RestCall, workflowId: string): Promise<ExecutionRecord> {
	const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }) });
	const id = await poll(
		async () => {
			await sleep(POLL_INTERVAL_MILLISECONDS);
			const { results } = await call(executionsSchema, 'GET', `rest/executions?${query}`);
			return results.find(({ status }) => !['new', 'running'].includes(status))?.id;
		},
		`the execution of workflow ${workflowId}`,
		ENDED_WITHIN,
	);
	const { status, data } = await call(recordSchema, 'GET', `rest/executions/${id}`);
	const { runData, error } = data.resultData;
	if (status !== 'success') throw new Error(`The execution ended as ${status}: ${error?.message}`);
	const runs = Object.entries(runData);
	return {
		times: Object.fromEntries(
			runs.map(([node, all]) => [node, all.reduce((sum, run) => sum + run.executionTime, 0)]),
		),
		items: Object.fromEntries(
			runs.map(([node, all]) => [
				node,
				all
					.flatMap(({ data: output }) => output?.main ?? [])
					.flatMap((items) => items ?? [])
					.map(({ json }) => json),
			]),
		),
	};
}
