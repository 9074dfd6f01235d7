/**
 * Installs another version of n8n than the pinned one, into a folder of its own that git ignores. Each is kept for
 * the next time.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { run } from './process.mjs';
import { PNPM, root } from './setup.mjs';

const execute = promisify(execFile);

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/**
 * What n8n 1 would not start with, or get, if pnpm chose: newer ones need another @langchain/core than it has, and
 * xlsx comes from a site of its maker.
 */
const FOR_N8N_1 = { '@langchain/langgraph': '1.0.2', '@langchain/langgraph-checkpoint': '1.0.0', xlsx: '0.18.5' };

/** n8n's own parts of one release are some 25. */
const MOST_REPLACED = 60;

/**
 * @param {string} wanted a version, the beginning of one, or a tag of npm
 * @returns {Promise<string>} the newest version of n8n that this means
 */
export async function newestN8n(wanted) {
	const found = [await npmView(`n8n@${wanted}`, 'version')].flat();
	const newest = found.sort(byVersion).at(-1);
	if (newest === undefined) throw new Error(`The registry has no n8n ${wanted}.`);
	return newest;
}

/** @returns {Promise<string>} the folder in whose node_modules n8n is */
export async function installN8n(version) {
	const folder = join(root, '.runtime', 'versions', version);
	const stamp = join(folder, 'installed');
	if (existsSync(stamp)) return folder;
	mkdirSync(folder, { recursive: true });
	const manifest = { name: 'another-n8n', version: '0.0.0', private: true, dependencies: { n8n: version } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	const overrides = await resolveVersions(folder, version.startsWith('1.') ? FOR_N8N_1 : {});
	await run(`Installing n8n ${version} (1.9 GB)`, process.execPath, [...pnpmIn(folder), '--frozen-lockfile'], {
		cwd: root,
		env: process.env,
		show: /^Progress|install: (Done|Failed)/,
	});
	writeFileSync(stamp, JSON.stringify(overrides));
	return folder;
}

/**
 * Writes the lock file. Where a mirror of the registry lacks a version, the nearest older one is taken, and named.
 * @param {Record<string, string>} pinned versions that are taken in any case
 * @returns {Promise<Record<string, string>>} these, and what was taken instead of others
 */
async function resolveVersions(folder, pinned) {
	const overrides = { ...pinned };
	for (let tries = 0; tries <= MOST_REPLACED; tries++) {
		// JSON is YAML as well.
		writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(workspace(overrides)));
		const missing = await missingVersion(folder);
		if (missing === undefined) return overrides;
		overrides[missing.name] = await nearest(missing);
		console.log(`  The registry lacks ${missing.name} ${missing.version}: ${overrides[missing.name]} instead.`);
	}
	throw new Error(`The registry lacks more than ${MOST_REPLACED} packages of this n8n.`);
}

/** What pnpm-workspace.yaml of host/ says, for a folder that lies deeper. */
function workspace(overrides) {
	return {
		packages: ['.'],
		storeDir: '../../pnpm-store',
		cacheDir: '../../pnpm-cache',
		stateDir: '../../pnpm-state',
		updateNotifier: false,
		overrides,
		onlyBuiltDependencies: ['isolated-vm', 'sqlite3'],
	};
}

/** @returns {Promise<{ name: string, version: string } | undefined>} the first package that cannot be had */
async function missingVersion(folder) {
	try {
		await execute(process.execPath, [...pnpmIn(folder), '--lockfile-only'], { maxBuffer: 2 ** 26 });
		return undefined;
	} catch (error) {
		const said = `${error.stdout}${error.stderr}`;
		const { name, version } = /No matching version found for (?<name>@?[^@\s]+)@(?<version>\S+)/.exec(said)?.groups ?? {};
		if (name === undefined || version === undefined) throw new Error(`pnpm could not resolve n8n:\n${said.slice(-2_000)}`);
		return { name, version };
	}
}

async function nearest({ name, version }) {
	const published = [await npmView(name, 'versions')].flat().filter((one) => !one.includes('-')).sort(byVersion);
	const wanted = version.replace(/^\D+/, '');
	const older = published.filter((one) => byVersion(one, wanted) < 0 && one.split('.')[0] === wanted.split('.')[0]).at(-1);
	if (older === undefined) throw new Error(`The registry has neither ${name} ${version} nor an older one of that line.`);
	return older;
}

async function npmView(wanted, field) {
	const { stdout } = await execute(npm, ['view', wanted, field, '--json'], { maxBuffer: 2 ** 24 });
	return JSON.parse(stdout || '[]');
}

const pnpmIn = (folder) => [PNPM, '--dir', folder, 'install', '--reporter=append-only'];

const byVersion = (one, other) => one.localeCompare(other, 'en', { numeric: true });
