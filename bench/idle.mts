/**
 * `npm run bench idle [--minutes 20] [--settings drop]`: every workflow is published and nothing happens.
 * How many executions n8n starts by itself, and how many bytes it stores of them. See README.md.
 */
import { globSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { showEveryWorkflow } from '../demo/everyWorkflow.mts';
import { startStage } from '../demo/world.mts';
import type { N8nHost } from '../host/startHost.mts';
import { startMailServer } from '../vendors/mailServer.mts';
import { perDay } from './schedules.mts';
import { since, stored } from './storedExecutions.mts';

const MINUTES_OF_A_DAY = 24 * 60;

export interface IdleOptions {
	minutes: number;
	/** Whether the settings of the files are kept, or lost as by importing in the editor. */
	settings: 'keep' | 'drop';
}

/** What n8n starts and stores by itself. */
export async function idle(folder: string, { minutes, settings }: IdleOptions): Promise<void> {
	await mkdir(folder, { recursive: true });
	const mail = await startMailServer();
	const stage = await startStage({ folder, progress: (step) => console.log(`▸ ${step} …`) });
	try {
		const { client } = stage.host;
		const credential = async (type: string, data: Record<string, unknown>) =>
			await client.createCredential({ type, name: type, data });
		console.log('▸ Importing and publishing every workflow …');
		const { shown } = await showEveryWorkflow(
			stage.host,
			{
				...stage.credentials,
				notionAdminApi: await credential('notionAdminApi', { token: stage.sandbox.adminToken }),
				openAiApi: await credential('openAiApi', { apiKey: 'none', url: 'http://127.0.0.1:11434/v1' }),
				smtp: await credential('smtp', mail.credential),
			},
			settings,
		);
		for (const { name, problem } of shown) if (problem) console.log(`  not published: ${name}: ${problem}`);
		const database = join(folder, 'n8n', '.n8n', 'database.sqlite');
		// What begins with the publishing, and what made the tables, is not idle.
		await sleep(5_000);
		const before = stored(database);
		console.log(`▸ ${minutes} minutes in which nothing happens, from ${new Date().toISOString()} …`);
		await sleep(minutes * 60_000);
		const counted = since(before, stored(database));
		show('In this time, times what a day is longer', counted.started, counted.bytes, MINUTES_OF_A_DAY / minutes);
		for (const { workflow, executions, bytes } of counted.kept) {
			console.log(`  kept of ${workflow}: ${executions} executions, ${kilobytes(bytes)} kB`);
		}

		console.log('\n▸ Each schedule once by hand, for what does not come in this time …');
		await showSchedules(stage.host, database, settings);
	} finally {
		await stage.stop();
		await mail.close();
	}
}

/** What a day of each schedule starts, and stores if it stores as much as this once. */
async function showSchedules({ client }: N8nHost, database: string, settings: 'keep' | 'drop'): Promise<void> {
	const published = new Map((await client.workflows()).map(({ name, id }) => [name, id]));
	let [executions, bytes] = [0, 0];
	for (const file of globSync('workflows/**/*.json').sort()) {
		const workflow: unknown = JSON.parse(readFileSync(file, 'utf8'));
		const { name, keeps, schedules } = perDay(workflow);
		const id = published.get(name);
		if (id === undefined) continue;
		for (const { trigger, times } of schedules) {
			const before = stored(database);
			const execution = await client.runManually(id, trigger);
			await client.waitForExecution((one) => one.id === execution, { workflowId: id, within: 120_000 });
			// What it has called is over as well, or stores nothing.
			await sleep(500);
			const once = since(before, stored(database));
			const kept = settings === 'keep' && !keeps ? 0 : once.bytes;
			executions += once.started * times;
			bytes += kept * times;
			console.log(
				`  ${name}, ${trigger}: ${rounded(times)} times a day, ${once.started} executions, ${kilobytes(kept)} kB each time`,
			);
		}
	}
	show('By the schedules', executions, bytes, 1);
}

function show(what: string, executions: number, bytes: number, times: number): void {
	console.log(`${what}: ${rounded(executions * times)} executions and ${((bytes * times) / 1e6).toFixed(2)} MB a day`);
}

function kilobytes(bytes: number): string {
	return (bytes / 1000).toFixed(1);
}

function rounded(count: number): string {
	return count >= 10 ? count.toFixed(0) : count.toFixed(2);
}
