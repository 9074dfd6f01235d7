import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { poll } from './poll.mts';

const READY_WITHIN = 90_000;
const STOPPED_WITHIN = 20_000;
const LOG_TAIL = 4_000;

/** One run of n8n, from its start to its end. */
export interface N8nProcess {
	/** What it printed so far. */
	log(): string;
	/** Asks it to end, and ends it if it does not. */
	stop(): Promise<void>;
	/** Ends it and its helpers at once, as a crash would. */
	kill(): Promise<void>;
}

/**
 * Starts the pinned n8n and waits until it answers.
 *
 * @param environment the whole environment, see {@link hostEnvironment}
 * @param url where it will answer
 * @throws Error with the end of its log if it ends or stays silent
 */
export async function startN8nProcess(
	environment: Record<string, string>,
	url: string,
): Promise<N8nProcess> {
	// Found from the working folder: npm scripts and jest both run at the root of the checkout.
	const n8n = resolve('host', 'node_modules', 'n8n', 'bin', 'n8n');
	// A process group of its own, because n8n starts task runners that must end with it.
	const child = spawn(process.execPath, [n8n, 'start'], {
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const printed: string[] = [];
	child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
	const log = () => printed.join('');

	const endWithParent = () => signalGroup(child, 'SIGKILL');
	process.once('exit', endWithParent);
	child.once('exit', () => process.removeListener('exit', endWithParent));

	const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
		if (!isRunning(child)) return;
		const exited = once(child, 'exit');
		const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOPPED_WITHIN);
		// Asked to end, n8n itself ends its task runners, once the work in flight is done.
		if (signal === 'SIGTERM') child.kill(signal);
		else signalGroup(child, signal);
		await exited;
		clearTimeout(force);
	};

	try {
		await poll(
			async () => {
				if (!isRunning(child)) throw new Error('n8n ended while it was starting');
				return (await answers(url)) ? true : undefined;
			},
			'n8n to answer',
			READY_WITHIN,
		);
	} catch (error) {
		await end('SIGKILL');
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}. The end of its log:\n${log().slice(-LOG_TAIL)}`);
	}
	return { log, stop: async () => await end('SIGTERM'), kill: async () => await end('SIGKILL') };
}

function isRunning(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

function signalGroup(child: ChildProcess, signal: 'SIGKILL') {
	if (!isRunning(child) || child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group ended between the look and the signal.
	}
}

/** Readiness alone comes before the REST interface: until then n8n answers it with a page of text. */
async function answers(url: string): Promise<boolean> {
	try {
		const readiness = await fetch(`${url}/healthz/readiness`);
		if (!readiness.ok) return false;
		const settings = await fetch(`${url}/rest/settings`);
		return settings.headers.get('content-type')?.includes('json') ?? false;
	} catch {
		return false;
	}
}
