/**
 * `npm run dev`: an n8n that shows every workflow of workflows/, with the sandbox, an HRIS and a mail server.
 * It builds, packs and loads the package again whenever one of its sources changes, and `npm run
 * workflows:pull` writes changed workflows back into their files.
 */
import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import Table from 'cli-table3';

import { installPackage } from '../host/installPackage.mts';
import { startMailServer } from '../vendors/mailServer.mts';
import { showEveryWorkflow, type ShownWorkflow } from './everyWorkflow.mts';
import { enterStaff } from './hires.mts';
import { packPackage } from './packPackage.mts';
import { RUNNING, runningSchema } from './running.mts';
import { type Stage, startStage } from './world.mts';

const SOURCES = ['nodes', 'credentials', 'lib'];

/** Editors save in several steps; changes within this many milliseconds count as one. */
const SETTLED = 300;

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'dev-'));
const execute = promisify(execFile);

await execute(process.execPath, ['node_modules/gulp/bin/gulp.js']);
const mail = await startMailServer();
const stage = await startStage({ folder, progress: (step) => console.log(`▸ ${step} …`) });
await enterStaff(stage);
console.log('▸ Importing every workflow, and publishing those that can be …');
const { client, owner, url } = stage.host;
const credentials = {
	...stage.credentials,
	notionAdminApi: await client.createCredential({
		type: 'notionAdminApi',
		name: 'Notion Admin API',
		data: { token: stage.sandbox.adminToken },
	}),
	// Ollama's address: a local model answers the helpdesk, if one runs.
	openAiApi: await client.createCredential({
		type: 'openAiApi',
		name: 'Local model',
		data: { apiKey: 'none', url: 'http://127.0.0.1:11434/v1' },
	}),
	smtp: await client.createCredential({ type: 'smtp', name: 'Mail', data: mail.credential }),
};
const { shown, filled } = await showEveryWorkflow(stage.host, credentials);
show(stage, shown);
// `npm run workflows:pull` finds this n8n by it; it contains the password of its owner.
await writeFile(RUNNING, JSON.stringify(runningSchema.parse({ url, owner, filled })), { mode: 0o600 });

let timer: NodeJS.Timeout | undefined;
let reloading = Promise.resolve();
const watchers = SOURCES.map((source) =>
	watch(source, { recursive: true }, () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			reloading = reloading.then(reload);
		}, SETTLED);
	}),
);
await new Promise<void>((stop) => {
	process.once('SIGINT', () => stop());
	process.once('SIGTERM', () => stop());
});
console.log('\n▸ Stopping …');
for (const watcher of watchers) watcher.close();
clearTimeout(timer);
await reloading;
await rm(RUNNING, { force: true });
await stage.stop();
await mail.close();
await rm(folder, { recursive: true, force: true });

/** If a change does not compile, the error is shown, and n8n keeps its current package. */
async function reload(): Promise<void> {
	try {
		await execute(process.execPath, ['node_modules/gulp/bin/gulp.js']);
		await installPackage(await packPackage(join(folder, 'package')), join(folder, 'n8n'));
		await stage.host.restart();
		console.log(`▸ Loaded again at ${new Date().toLocaleTimeString()}. Reload the editor's page.`);
	} catch (error) {
		const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
		console.error(output);
	}
}

function show({ sandbox, host }: Stage, workflows: ShownWorkflow[]): void {
	const table = new Table({ style: { head: [], border: [] }, head: ['workflow', 'published'], colWidths: [52, 60], wordWrap: true });
	for (const { name, problem } of workflows) table.push([name, problem === undefined ? 'yes' : `no: ${problem}`]);
	console.log(`${table.toString()}

  n8n editor        ${host.url}
    sign in with    ${host.owner.email}
    password        ${host.owner.password}
  Notion workspace  ${sandbox.url}

Change a workflow in the editor, save it, and write it back with: npm run workflows:pull
Ctrl-C stops it.`);
}
