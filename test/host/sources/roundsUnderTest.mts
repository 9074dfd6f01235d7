import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { filledIn } from '../../../host/filledIn.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';

const itemsSchema = z.array(z.record(z.unknown()));
type Item = Record<string, unknown>;

/** What a directory source gave out: people by their ids, and the manifest behind them. */
export interface Reading {
	people: Map<string, Item>;
	manifest: Item;
}

/** A directory source that reads in rounds, in a real n8n, its vendor emulated at its true host name. */
export interface RoundsUnderTest {
	host: N8nHost;
	/** Whether a text is in what n8n has stored: its database, with all executions. */
	isStored(text: string): Promise<boolean>;
	/**
	 * Reads everyone.
	 *
	 * @param settings values of Settings that shall not be those of the test
	 * @throws Error with the sentence of the failure
	 */
	read(settings?: Record<string, unknown>): Promise<Reading>;
	/** What comes out where something else is asked. @throws Error with the sentence of the failure */
	ask(ask: string, settings?: Record<string, unknown>): Promise<Item[]>;
	stop(): Promise<void>;
}

export interface RoundsOptions {
	/** Its folder below workflows/sources. */
	name: string;
	hosts: Record<string, string>;
	/** The credential that its node Ask asks for. */
	credential: { type: string; data: Record<string, unknown> };
	/** Values of Settings that an admin would fill in. */
	settings: Record<string, unknown>;
}

export async function startRounds({
	name,
	hosts,
	credential,
	settings,
}: RoundsOptions): Promise<RoundsUnderTest> {
	const folder = await mkdtemp(join(tmpdir(), `source-${name}-`));
	const host = await startHost({ folder, packages: [], vendors: hosts });
	const { type, data } = credential;
	const credentials = { [type]: await host.client.createCredential({ type, name: type, data }) };
	const file: unknown = JSON.parse(
		await readFile(join('workflows', 'sources', name, `${name}.json`), 'utf8'),
	);

	const callers = new Map<string, { id: string; path: string }>();
	const callerWith = async (values: Record<string, unknown>) => {
		const key = JSON.stringify(values);
		const known = callers.get(key);
		if (known) return known;
		const source = await host.client.importWorkflow(
			quick(filledIn(file, { Settings: values, Pause: { amount: '={{ $json.pause / 50 }}' } })),
			{ credentials },
		);
		await host.client.publish(source.id);
		const path = `read-${callers.size}`;
		const { id } = await host.client.importWorkflow(callerOf(source.id, path));
		await host.client.publish(id);
		callers.set(key, { id, path });
		return { id, path };
	};

	const told = new Set<string>();
	const ask = async (question: string, changed: Record<string, unknown> = {}) => {
		const { id, path } = await callerWith({ ...settings, ...changed });
		const response = await fetch(host.webhookUrl(path), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ask: question }),
		});
		const answer = await response.text();
		if (response.ok) return itemsSchema.parse(JSON.parse(answer));
		const failed = await host.client.waitForExecution(
			(execution) => execution.status === 'error' && !told.has(execution.id),
			{ workflowId: id },
		);
		told.add(failed.id);
		throw new Error(failed.error ?? answer);
	};
	return {
		host,
		isStored: async (text) => {
			const names = await readdir(folder, { recursive: true });
			const files = names.filter((name) => /database\.sqlite/.test(name));
			const found = await Promise.all(files.map(async (file) => await readFile(join(folder, file))));
			return found.some((bytes) => bytes.includes(text));
		},
		ask,
		read: async (changed) => {
			const items = await ask('everybody', changed);
			const manifest = items.at(-1) ?? {};
			const people = items.slice(0, -1).map((item) => [String(item['sourceId']), item] as const);
			return { people: new Map(people), manifest };
		},
		stop: async () => {
			await host.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const batchingSchema = z.object({
	options: z.object({ batching: z.object({ batch: z.object({ batchSize: z.number() }) }) }).passthrough(),
});

/** As many requests at once as in the file, but no second of waiting between them. */
function quick(workflow: ReturnType<typeof filledIn>) {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const batching = batchingSchema.safeParse(node.parameters);
			if (!batching.success) return node;
			const { options } = batching.data;
			const batch = { ...options.batching.batch, batchInterval: 20 };
			return { ...node, parameters: { ...node.parameters, options: { ...options, batching: { batch } } } };
		}),
	};
}

/** A workflow that hands the question on and answers with what came back. */
function callerOf(source: string, path: string) {
	const node = (name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [0, 0],
	});
	return {
		name: `Caller at ${path}`,
		nodes: [
			node('Call', 'webhook', 2, {
				path,
				httpMethod: 'POST',
				responseMode: 'lastNode',
				responseData: 'allEntries',
				options: {},
			}),
			node('Source', 'executeWorkflow', 1.3, {
				workflowId: { __rl: true, mode: 'id', value: source },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { ask: '={{ $json.body.ask }}' },
					matchingColumns: [],
					schema: [{ id: 'ask', displayName: 'ask', display: true, type: 'string' }],
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
				mode: 'once',
				options: {},
			}),
		],
		connections: { Call: { main: [[{ node: 'Source', type: 'main', index: 0 }]] } },
	};
}
