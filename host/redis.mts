import { existsSync, globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keptSecret } from './keptSecret.mts';
import { type ServerProcess, startServerProcess } from './serverProcess.mts';

export interface Redis {
	process: ServerProcess;
	/** The settings with which n8n uses it. */
	environment: Record<string, string>;
}

/**
 * Starts a Redis for one n8n on 127.0.0.1, which loses all data when it ends.
 * @param folder for its settings; it must exist
 */
export async function startRedis(folder: string, port: number): Promise<Redis> {
	const password = await keptSecret(folder, 'redis-password');
	const settings = join(folder, 'redis.conf');
	const lines = [
		'bind 127.0.0.1',
		`port ${port}`,
		`requirepass ${password}`,
		'save ""',
		`dir "${folder}"`,
	];
	await writeFile(settings, lines.join('\n'), { mode: 0o600 });

	const unpacked = resolve('.runtime', 'redis', 'unpacked');
	const program = join(unpacked, 'usr', 'bin', 'redis-server');
	const libraries = ['lib', 'usr/lib'].flatMap((path) =>
		globSync(join(unpacked, path, '*-linux-gnu*')),
	);
	const server = await startServerProcess({
		name: 'Redis',
		command: existsSync(program) ? program : 'redis-server',
		args: [settings],
		environment: {
			PATH: process.env['PATH'] ?? '',
			...(libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {}),
		},
		isReady: (log) => log.includes('Ready to accept connections'),
	});
	return {
		process: server,
		environment: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			QUEUE_BULL_REDIS_PASSWORD: password,
		},
	};
}
