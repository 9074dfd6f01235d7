/**
 * `npm run dev`: the demo's n8n and sandbox, with the package built, packed and loaded again whenever
 * one of its sources changes.
 */
import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { installPackage } from '../host/installPackage.mts';
import { enterStaff } from './hires.mts';
import { packPackage } from './packPackage.mts';
import { showAddresses, startWorld } from './world.mts';

const SOURCES = ['nodes', 'credentials', 'lib'];

/** Editors save in several steps; what comes within this many milliseconds is one change. */
const SETTLED = 300;

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'dev-'));
const execute = promisify(execFile);

await execute(process.execPath, ['node_modules/gulp/bin/gulp.js']);
const world = await startWorld({ folder, progress: (step) => console.log(`▸ ${step} …`) });
await enterStaff(world);
showAddresses(world);
console.log('\nCtrl-C stops it.');

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
await world.stop();
await rm(folder, { recursive: true, force: true });

/** A change that does not compile is shown, and n8n keeps the package that it has. */
async function reload(): Promise<void> {
	try {
		await execute(process.execPath, ['node_modules/gulp/bin/gulp.js']);
		await installPackage(await packPackage(join(folder, 'package')), join(folder, 'n8n'));
		await world.host.restart();
		console.log(`▸ Loaded again at ${new Date().toLocaleTimeString()}. Reload the editor's page.`);
	} catch (error) {
		const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
		console.error(output);
	}
}
