import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { poll } from './poll.mts';

const READY_WITHIN = 90_000;
const STOPPED_WITHIN = 20_000;
const LOG_TAIL = 4_000;

export interface ServerProgram {
	/** The name in error messages. */
	name: string;
	command: string;
	args: string[];
	/** The complete environment; nothing else is inherited. */
	environment: Record<string, string>;
	/** Whether it is ready. */
	isReady: (log: string) => boolean | Promise<boolean>;
	/** The signal that asks it to end. Default: SIGTERM. */
	stopSignal?: 'SIGTERM' | 'SIGINT';
}

/** One run of a program, from its start to its end. */
export interface ServerProcess {
	/** What it printed so far. */
	log(): string;
	/** Asks it to end, and kills it if it does not. */
	stop(): Promise<void>;
	/** Kills it and its helper processes at once, like a crash. */
	kill(): Promise<void>;
}

/**
 * Starts a program that runs until it is stopped, and waits until it is ready.
 * @throws Error with the end of its log if it ends or stays silent
 */
export async function startServerProcess(program: ServerProgram): Promise<ServerProcess> {
	const { name, stopSignal = 'SIGTERM' } = program;
	// Its own process group, because it may start helper processes that must end with it.
	const child = spawn(program.command, program.args, {
		env: program.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const printed: string[] = [];
	child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
	child.once('error', ({ message }) => printed.push(message));
	const log = () => printed.join('');

	const endWithParent = () => signalGroup(child, 'SIGKILL');
	process.once('exit', endWithParent);
	child.once('exit', () => process.removeListener('exit', endWithParent));

	const end = async (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => {
		if (!isRunning(child)) return;
		const exited = once(child, 'exit');
		const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOPPED_WITHIN);
		// A program that is asked to end stops its helper processes itself, once the work in flight is done.
		if (signal === 'SIGKILL') signalGroup(child, signal);
		else child.kill(signal);
		await exited;
		clearTimeout(force);
	};

	try {
		await poll(
			async () => {
				if (!isRunning(child)) throw new Error(`${name} ended while it was starting`);
				return (await program.isReady(log())) ? true : undefined;
			},
			`${name} to answer`,
			READY_WITHIN,
		);
	} catch (error) {
		await end('SIGKILL');
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}. The end of its log:\n${log().slice(-LOG_TAIL)}`);
	}
	return {
		log,
		stop: async () => await end(stopSignal),
		kill: async () => await end('SIGKILL'),
	};
}

function isRunning(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

function signalGroup(child: ChildProcess, signal: 'SIGKILL') {
	if (!isRunning(child) || child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group ended between the check and the signal.
	}
}
