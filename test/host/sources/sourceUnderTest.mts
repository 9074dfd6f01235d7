import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { filledIn } from '../../../host/filledIn.mts';

import { type N8nHost, startHost } from '../../../host/startHost.mts';
import type { HrisServer } from '../../../vendors/hrisServer.mts';

export interface Question {
	ask: string;
	employeeId?: string;
	companyId?: string;
	email?: string;
	since?: string;
}

export type Item = Record<string, unknown>;

/** A source workflow in a real n8n, with the vendor emulated at its true host names. */
export interface SourceUnderTest {
	host: N8nHost;
	/** What the sub-workflow gives out to its caller. @throws Error with the sentence of its failure */
	ask(...questions: Question[]): Promise<Item[]>;
	stop(): Promise<void>;
}

export interface SourceOptions {
	/** Its folder below workflows/sources. */
	name: string;
	vendor: HrisServer;
	/** By type: the data of the credentials that its nodes ask for. */
	credentials: Record<string, Record<string, unknown>>;
	/** Values of Settings that shall not be those of the file. */
	settings?: Record<string, unknown>;
}

const PATH = 'ask-the-source';

const itemsSchema = z.array(z.record(z.unknown()));

export async function startSource({
	name,
	vendor,
	credentials,
	settings = {},
}: SourceOptions): Promise<SourceUnderTest> {
	const folder = await mkdtemp(join(tmpdir(), `source-${name}-`));
	const host = await startHost({ folder, packages: [], vendors: vendor.hosts });
	const made = await Promise.all(
		Object.entries(credentials).map(
			async ([type, data]) =>
				[type, await host.client.createCredential({ type, name: type, data })] as const,
		),
	);
	const text = await readFile(join('workflows', 'sources', name, `${name}.json`), 'utf8');
	const source = await host.client.importWorkflow(quick(JSON.parse(text), settings), {
		credentials: Object.fromEntries(made),
	});
	await host.client.publish(source.id);
	const caller = await host.client.importWorkflow(callerOf(source.id));
	await host.client.publish(caller.id);

	const told = new Set<string>();
	return {
		host,
		ask: async (...questions) => {
			const response = await fetch(host.webhookUrl(PATH), {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ questions }),
			});
			const answer = await response.text();
			if (response.ok) return itemsSchema.parse(JSON.parse(answer));
			const { id, error } = await host.client.waitForExecution(
				(execution) => execution.status === 'error' && !told.has(execution.id),
				{ workflowId: caller.id },
			);
			told.add(id);
			throw new Error(error ?? answer);
		},
		stop: async () => {
			await host.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Milliseconds between tries, for tests: what is tried again and how often stays as it is. */
const WAIT = 50;

/** What an admin does after the import, and no long waits. */
function quick(file: unknown, values: Record<string, unknown>) {
	const workflow = filledIn(file, { Settings: values });
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			if (node.name.startsWith('Pause')) return { ...node, parameters: { amount: '={{ $json.pause / 50 }}' } };
			return 'retryOnFail' in node ? { ...node, waitBetweenTries: WAIT } : node;
		}),
	};
}

/** A workflow that hands questions on and answers with what came back. */
function callerOf(source: string) {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
		column: number,
	) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [column * 208, 0],
	});
	const inputs = ['ask', 'employeeId', 'companyId', 'email', 'since'];
	return {
		name: 'Caller',
		nodes: [
			node(
				'Call',
				'webhook',
				2,
				{
					path: PATH,
					httpMethod: 'POST',
					responseMode: 'lastNode',
					responseData: 'allEntries',
					options: {},
				},
				0,
			),
			node(
				'Questions',
				'code',
				2,
				{ jsCode: 'return $json.body.questions.map((json) => ({ json }));' },
				1,
			),
			node(
				'Source',
				'executeWorkflow',
				1.2,
				{
					workflowId: { __rl: true, mode: 'id', value: source },
					workflowInputs: {
						mappingMode: 'defineBelow',
						value: Object.fromEntries(
							inputs.map((input) => [input, `={{ $json.${input} ?? '' }}`]),
						),
						matchingColumns: [],
						schema: inputs.map((id) => ({
							id,
							displayName: id,
							required: false,
							defaultMatch: false,
							display: true,
							canBeUsedToMatch: true,
							type: 'string',
						})),
						attemptToConvertTypes: false,
						convertFieldsToString: false,
					},
					mode: 'once',
					options: {},
				},
				2,
			),
		],
		connections: {
			Call: { main: [[{ node: 'Questions', type: 'main', index: 0 }]] },
			Questions: { main: [[{ node: 'Source', type: 'main', index: 0 }]] },
		},
	};
}

/** The date so many days from now, in UTC. */
export function daysFromNow(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
