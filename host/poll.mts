import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until there is an answer.
 *
 * @param ask returns undefined while the answer is not there yet
 * @param waitedFor what the error names when the time is over, such as "n8n to be ready"
 * @param milliseconds time until the error
 */
export async function poll<Answer>(
	ask: () => Promise<Answer | undefined>,
	waitedFor: string,
	milliseconds: number,
): Promise<Answer> {
	const deadline = performance.now() + milliseconds;
	while (performance.now() < deadline) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		await sleep(50);
	}
	throw new Error(`Waited ${milliseconds / 1000} s for ${waitedFor}, in vain`);
}
