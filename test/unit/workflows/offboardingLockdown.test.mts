import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { MOST_ROWS_OF_DAY } from '../../../lib/lifecycle/rollingDay.ts';

it('reads as many rows of the day as Apply Changes takes for a day that is full', () => {
	const file: unknown = JSON.parse(readFileSync('workflows/offboarding-lockdown/offboarding-lockdown.json', 'utf8'));
	const node = z.object({ name: z.string(), parameters: z.record(z.unknown()) });
	const { nodes } = z.object({ nodes: z.array(node) }).parse(file);
	const parameters = nodes.find(({ name }) => name === 'Read day')?.parameters;
	expect(parameters).toMatchObject({ returnAll: false, limit: MOST_ROWS_OF_DAY });
});
