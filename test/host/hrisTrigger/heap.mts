import { once } from 'node:events';
import { z } from 'zod';

/** With it in NODE_OPTIONS, a process can be asked for its heap. On loopback only, at any free port. */
export const ASKED_FOR_HEAP = '--inspect=127.0.0.1:0';

const answerSchema = z.object({ id: z.number(), result: z.object({ usedSize: z.number().optional() }) });

/**
 * Bytes on a process's heap that are still in use, right after everything else was collected (Chrome
 * DevTools Protocol, domains HeapProfiler and Runtime).
 *
 * @param log of the process, whose first line about a debugger is its own
 */
export async function heapInUse(log: string): Promise<number> {
	const address = /Debugger listening on (ws:\S+)/.exec(log)?.[1];
	if (!address) throw new Error('The process has no debugger to be asked');
	const socket = new WebSocket(address);
	await once(socket, 'open');
	try {
		await ask(socket, 1, 'HeapProfiler.collectGarbage');
		return (await ask(socket, 2, 'Runtime.getHeapUsage')) ?? Number.NaN;
	} finally {
		socket.close();
	}
}

async function ask(socket: WebSocket, id: number, method: string): Promise<number | undefined> {
	socket.send(JSON.stringify({ id, method }));
	for (;;) {
		const [event] = z.tuple([z.object({ data: z.string() })]).parse(await once(socket, 'message'));
		const answer = answerSchema.safeParse(JSON.parse(event.data));
		if (answer.success && answer.data.id === id) return answer.data.result.usedSize;
	}
}
