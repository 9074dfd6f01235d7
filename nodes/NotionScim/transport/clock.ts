import { sleep } from 'n8n-workflow';

import { onAbort } from '../../../lib/scim/abort';
import type { Clock } from '../../../lib/scim/clock';

/** n8n's own `sleep` cannot be interrupted, so a timer that outlives an abort lasts this long at most. */
const LONGEST_SLICE = 1_000;

/** The machine's time and randomness. */
export const systemClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (milliseconds, signal) => {
		const end = Date.now() + milliseconds;
		for (let left = milliseconds; left > 0; left = end - Date.now()) {
			await sleepUnlessAborted(Math.min(left, LONGEST_SLICE), signal);
		}
	},
};

async function sleepUnlessAborted(milliseconds: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	let stopListening = (): void => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stopListening = onAbort(signal, () => reject(signal?.reason));
	});
	try {
		await Promise.race([sleep(milliseconds), aborted]);
	} finally {
		stopListening();
	}
}
