import { join } from 'node:path';
import { n8nFolder } from './n8nFolder.mts';
import { type ServerProcess, startServerProcess } from './serverProcess.mts';

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
): Promise<ServerProcess> {
	return await start('n8n', 'start', environment, async () => await answers(url));
}

/**
 * Starts a worker of the pinned n8n and waits until it takes jobs from the queue.
 *
 * @param url where it will answer whether it is ready
 * @throws Error with the end of its log if it ends or stays silent
 */
export async function startN8nWorker(
	environment: Record<string, string>,
	url: string,
): Promise<ServerProcess> {
	return await start('the worker', 'worker', environment, async () => await isReady(url));
}

async function start(
	name: string,
	n8nCommand: 'start' | 'worker',
	environment: Record<string, string>,
	ready: () => Promise<boolean>,
): Promise<ServerProcess> {
	return await startServerProcess({
		name,
		command: process.execPath,
		args: [join(n8nFolder(), 'bin', 'n8n'), n8nCommand],
		environment,
		isReady: ready,
	});
}

/** n8n reports readiness before its REST interface is up; until then it answers with a page of text. */
async function answers(url: string): Promise<boolean> {
	if (!(await isReady(url))) return false;
	try {
		const whoAmI = await fetch(`${url}/rest/login`);
		return whoAmI.headers.get('content-type')?.includes('json') ?? false;
	} catch {
		return false;
	}
}

async function isReady(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}
