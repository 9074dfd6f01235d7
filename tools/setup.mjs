/**
 * Installs everything that has to exist before anything runs, each part once and into git-ignored folders of
 * the checkout. This file runs on any Node from 18 on; everything else runs on the Node found here.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from './process.mjs';
import { installQueueServices } from './queueServices.mjs';
import { ownTemporaryFolder } from './temporaryFolder.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const NODE_VERSION = '24.21.0';
const PNPM_VERSION = '10.34.9';
const CHROMIUM_VERSION = '153.0.0';

const runtime = join(root, '.runtime');

/** Installs n8n, the pinned version and others; the part `pnpm` brings it. */
export const PNPM = join(runtime, 'pnpm', 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');

const isWindows = process.platform === 'win32';

/** Caches are inside the checkout, and temporary files are removed, so that nothing remains outside it. */
const environment = {
	...process.env,
	...ownTemporaryFolder(),
	npm_config_cache: join(runtime, 'npm-cache'),
	npm_config_update_notifier: 'false',
	XDG_CACHE_HOME: join(runtime, 'cache'),
	XDG_STATE_HOME: join(runtime, 'state'),
	XDG_DATA_HOME: join(runtime, 'data'),
};

/**
 * The folder with the Node that n8n needs: version 24, for which isolated-vm, a part of n8n, has prebuilt
 * binaries. The running one is used if it matches.
 */
async function nodeFolder() {
	if (process.versions.node.startsWith('24.')) return dirname(process.execPath);
	const folder = join(runtime, 'node', 'node_modules', 'node', 'bin');
	await once('node', NODE_VERSION, join(folder, isWindows ? 'node.exe' : 'node'), async () => {
		const target = join(runtime, 'node');
		mkdirSync(target, { recursive: true });
		await npm(`Node ${NODE_VERSION}`, ['install', '--prefix', target, '--no-save', `node@${NODE_VERSION}`], environment);
	});
	return folder;
}

/**
 * Installs the named parts and returns the environment in which everything else has to run.
 * @param {Array<'root' | 'setup' | 'lint' | 'pnpm' | 'host' | 'browser' | 'queue'>} parts
 */
export async function setUp(parts) {
	const folder = await nodeFolder();
	const env = { ...environment, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` };
	const node = join(folder, isWindows ? 'node.exe' : 'node');
	const installers = {
		root: () =>
			once('root', lockOf('package-lock.json'), join(root, 'node_modules'), () =>
				npm('the packages of the project', ['ci'], env),
			),
		lint: () =>
			once('lint', lockOf('lint/package-lock.json'), join(root, 'lint', 'node_modules'), () =>
				npm('n8n\'s lint', ['ci'], env, join(root, 'lint')),
			),
		setup: () =>
			once('setup', lockOf('setup/package-lock.json'), join(root, 'setup', 'node_modules'), () =>
				npm('the packages of the set-up command', ['ci'], env, join(root, 'setup')),
			),
		pnpm: () => installPnpm(env),
		host: () =>
			once('host', lockOf('host/pnpm-lock.yaml'), join(root, 'host', 'node_modules'), () =>
				installHost(node, env),
			),
		browser: async () => {
			Object.assign(env, await browserEnvironment(node, env));
		},
		queue: () => installQueueServices({ runtime, env, once, npm }),
	};
	for (const part of parts) await installers[part]();
	return { node, env };
}

async function installPnpm(env) {
	await once('pnpm', PNPM_VERSION, PNPM, async () => {
		const target = join(runtime, 'pnpm');
		mkdirSync(target, { recursive: true });
		await npm('pnpm', ['install', '--prefix', target, '--no-save', `pnpm@${PNPM_VERSION}`], env);
	});
}

async function installHost(node, env) {
	await installPnpm(env);
	await run('Installing n8n itself (1.9 GB, a minute or two)', node, [PNPM, '--dir', 'host', 'install', '--frozen-lockfile', '--reporter=append-only'], {
		cwd: root,
		env,
		show: /^(Progress|Already)|install: (Done|Failed)/,
	});
}

/**
 * The browser of the tests: a Chromium of this machine if there is one, otherwise an npm package, with the
 * libraries it needs and without root.
 * @returns {Promise<NodeJS.ProcessEnv>} what the tests need to find and start it
 */
async function browserEnvironment(node, env) {
	const found = SYSTEM_BROWSERS.find((path) => path && existsSync(path));
	if (found) return { CHROMIUM_PATH: found };
	const target = join(runtime, 'chromium');
	const unpacked = join(target, 'unpacked');
	const browser = join(unpacked, 'chromium');
	await once('browser', CHROMIUM_VERSION, browser, async () => {
		mkdirSync(unpacked, { recursive: true });
		await npm('a browser', ['install', '--prefix', target, '--no-save', `@sparticuz/chromium@${CHROMIUM_VERSION}`], env);
		// The package unpacks itself into the temporary folder, and its libraries only if it takes the
		// machine for a cloud function.
		const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
		await run('Unpacking the browser', node, ['--input-type=module', '--eval', unpack], {
			cwd: target,
			env: { ...env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
		});
	});
	return { CHROMIUM_PATH: browser, LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib') };
}

/** `CHROMIUM_PATH` names a browser in another place. */
const SYSTEM_BROWSERS = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

/** Installs unless the same version was installed completely before and still exists. */
async function once(name, version, product, install) {
	const stamp = join(runtime, 'stamps', name);
	const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === version && existsSync(product);
	if (done) return;
	await install();
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, version);
}

function lockOf(file) {
	return createHash('sha256').update(readFileSync(join(root, file))).digest('hex');
}

async function npm(what, args, env, cwd = root) {
	await run(`Installing ${what}`, isWindows ? 'npm.cmd' : 'npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd,
		env,
		show: /^(added|changed|up to date)/,
	});
}
