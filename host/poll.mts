import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats a question until there is an answer.
 * @param ask returns undefined while there is no answer yet
 * @param waitedFor what the time-out error names, such as "n8n to be ready"
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
