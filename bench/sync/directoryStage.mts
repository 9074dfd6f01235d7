import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';

import { packPackage } from '../../demo/packPackage.mts';
import { importAlerts, raisedIn } from '../../demo/alerts.mts';
import { workflowFile } from '../../demo/world.mts';
import { makeDataTables } from '../../host/dataTables.mts';
import { filledIn } from '../../host/filledIn.mts';
import type { CredentialReference, N8nClient } from '../../host/n8nClient.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { startMailServer } from '../../vendors/mailServer.mts';
import { startCaller } from '../caller.mts';
import { createCredentials } from '../credentials.mts';
import type { Measurement } from '../measure.mts';
import { forgetPeaks, peakMegabytes } from '../memory.mts';
import { since, stored } from '../storedExecutions.mts';
import { answerOf, Directory, type Size } from './directory.mts';
import { DIRECTORY, sourceOfPeople } from './sourceOfPeople.mts';
import { storeLinks } from './storeLinks.mts';

/** What a measured run cost besides its time. */
interface Cost {
	run: string;
	'stored kB': number;
	'peak MB': number;
}

/** A directory, a workspace that agrees with it, and an n8n in which workflows make them agree again. */
export interface DirectoryStage {
	/** Imports and publishes a workflow that reads this directory. @returns its ID */
	publish(file: unknown): Promise<string>;
	/** Imports and publishes directory-sync, which acts without asking. @returns its ID */
	publishSync(): Promise<string>;
	/** @throws Error where the execution did not succeed */
	run(workflowId: string): Promise<void>;
	/** Leaves a workflow the settings that it has after an import in the editor: none. */
	forgetSettings(workflowId: string): Promise<void>;
	/** As many people join, change and leave in the directory. */
	change(share: number): void;
	/** A run, with what it cost. */
	measure(name: string, workflowId: string): Promise<Measurement>;
	/** @throws Error where Notion is not as the directory says */
	expectSame(): void;
	/** Prints what n8n stored of each measured run, and how much memory it had. */
	showCosts(): void;
	stop(): Promise<void>;
}

/** @param folder everything that is written goes in here */
export async function startDirectoryStage(folder: string, size: Size): Promise<DirectoryStage> {
	await mkdir(folder, { recursive: true });
	const sandbox = await startSandbox();
	const directory = new Directory(sandbox, size);
	const server = Fastify();
	server.get('/people', async () => await Promise.resolve(answerOf(directory.people)));
	const directoryUrl = await server.listen({ host: '127.0.0.1', port: 0 });
	const mail = await startMailServer();
	const host = await startHost({
		folder: join(folder, 'n8n'),
		hasEditor: true,
		packages: [await packPackage(join(folder, 'package')), await packPackage(join(folder, 'package'), 'hris-trigger')],
		vendors: { 'api.notion.com': sandbox.url, [DIRECTORY]: directoryUrl },
	});
	const credentials = await createCredentials(host.client, sandbox, mail);
	await makeDataTables(host);
	await storeLinks(host, directory.people, sandbox.workspace);
	const publish = await publisher(host, credentials);
	const caller = await startCaller(host);
	const database = join(folder, 'n8n', '.n8n', 'database.sqlite');
	const costs: Cost[] = [];

	return {
		publish,
		publishSync: async () => await publish(await syncWithoutApproval(size.people)),
		run: async (workflowId) => {
			await caller.run(workflowId);
		},
		forgetSettings: async (workflowId) => await forgetSettings(host.client, workflowId),
		change: (share) => directory.change(share),
		measure: async (name, workflowId) => {
			sandbox.requests.clear();
			forgetPeaks();
			const before = stored(database);
			const { own: milliseconds } = await caller.run(workflowId);
			const requests = sandbox.requests.count();
			const { bytes } = since(before, stored(database));
			costs.push({ run: name, 'stored kB': Math.round(bytes / 1000), 'peak MB': peakMegabytes() });
			return { milliseconds, requests };
		},
		expectSame: () => directory.expectSame(sandbox.workspace),
		showCosts: () => console.table(costs),
		stop: async () => {
			await host.stop();
			await server.close();
			await mail.close();
			await sandbox.close();
		},
	};
}

/** Publishes what the workflows call. @returns how a workflow is published that calls them */
async function publisher(
	host: N8nHost,
	credentials: Record<string, CredentialReference>,
): Promise<DirectoryStage['publish']> {
	const { client } = host;
	const alerts = await importAlerts(host);
	const source = await client.importWorkflow(sourceOfPeople(), { settings: 'keep' });
	await client.publish(source.id);
	return async (file) => {
		const subWorkflows = { 'Read the directory': source.id, ...raisedIn(file, alerts['Raise alert']) };
		const { id } = await client.importWorkflow(file, { credentials, subWorkflows, settings: 'keep' });
		await client.publish(id);
		return id;
	};
}

async function syncWithoutApproval(people: number): Promise<unknown> {
	const mail = { fromEmail: 'n8n@example.com', toEmail: 'it@example.com' };
	return filledIn(await workflowFile('directory-sync'), {
		'Tell the admins': mail,
		'Ask for approval': mail,
		// The clock would start a run of its own in between.
		EveryHour: { rule: { interval: [{ field: 'cronExpression', expression: '0 0 1 1 *' }] } },
		'Plan changes': {
			mode: 'apply',
			approval: 'never',
			syncAttributes: ['title'],
			managedGroups: 'team-*',
			groups: { adoptGroups: 'exact' },
			limits: { createLimit: people },
			removalLimit: people,
		},
	});
}

async function forgetSettings(client: N8nClient, workflowId: string): Promise<void> {
	const workflow = (await client.workflows()).find(({ id }) => id === workflowId);
	if (!workflow) throw new Error(`There is no workflow ${workflowId}`);
	await client.saveWorkflow({ ...workflow, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'DEFAULT' } });
	await client.publish(workflowId);
}
