import { readFileSync } from 'node:fs';

import { z } from 'zod';

const workflow = z.object({ nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) })) });

const schedule = z.object({
	rule: z.object({ interval: z.tuple([z.object({ field: z.literal('hours'), hoursInterval: z.number() })]) }),
});

function parametersOf(job: string, node: string): unknown {
	const file: unknown = JSON.parse(readFileSync(`workflows/${job}/${job}.json`, 'utf8'));
	return workflow.parse(file).nodes.find(({ name }) => name === node)?.parameters;
}

it('expects the next run when the sync is scheduled, so that no run looks overdue', () => {
	const { rule } = schedule.parse(parametersOf('directory-sync', 'EveryHour'));
	expect(parametersOf('directory-sync-status', 'Show status')).toMatchObject({
		everyMinutes: 60 * rule.interval[0].hoursInterval,
	});
});
