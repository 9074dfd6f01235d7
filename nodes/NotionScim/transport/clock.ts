import { sleep } from 'n8n-workflow';

import type { Clock } from '../../../lib/scim/clock';

/** The machine's time and chance. n8n's own `sleep` cannot be cut short, so a signal races it. */
export const systemClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (milliseconds, signal) => {
		if (!signal) return await sleep(milliseconds);
		signal.throwIfAborted();
		let stopListening = (): void => {};
		const aborted = new Promise<never>((_resolve, reject) => {
			const onAbort = (): void => reject(signal.reason);
			signal.addEventListener('abort', onAbort, { once: true });
			stopListening = () => signal.removeEventListener('abort', onAbort);
		});
		try {
			await Promise.race([sleep(milliseconds), aborted]);
		} finally {
			stopListening();
		}
	},
};
