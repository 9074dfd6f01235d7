import { readFileSync } from 'node:fs';
import { z } from 'zod';

const DEEL = 'urn:ietf:params:scim:schemas:extension:2.0:User';

const node = z.object({ name: z.string(), parameters: z.object({ jsCode: z.string().optional() }) });
const itemsSchema = z.array(z.object({ json: z.record(z.string(), z.unknown()) }));

/** What the workflow answers about one person whom Deel describes in this way. */
function answered(about: object): Record<string, unknown> | undefined {
	const file: unknown = JSON.parse(readFileSync('workflows/sources/deel/deel.json', 'utf8'));
	const { nodes } = z.object({ nodes: z.array(node) }).parse(file);
	const code = nodes.find(({ name }) => name === 'Answer')?.parameters.jsCode ?? '';
	const steps: Record<string, object[]> = {
		WhenCalled: [{ ask: 'person', employeeId: 'w-1' }],
		Settings: [{ emailType: 'work', ownWords: {} }],
		Questions: [{ ask: 'person', employeeId: 'w-1', email: '' }],
		'By ID': [{ statusCode: 200, body: { id: 'w-1', active: false, [DEEL]: about } }],
	};
	const step = (name: string) => ({
		isExecuted: name in steps,
		all: () => (steps[name] ?? []).map((json) => ({ json })),
		first: () => ({ json: steps[name]?.[0] }),
	});
	const items = itemsSchema.parse(new Function('$', code)(step));
	return items[0]?.json;
}

describe('a day that Deel writes as an instant', () => {
	it.each([
		['in Manila', '2025-01-31T16:00:00.000Z', '2025-08-31T15:59:59.999Z'],
		['in New York', '2025-02-01T05:00:00.000Z', '2025-09-01T03:59:59.999Z'],
		['in Honolulu', '2025-02-01T10:00:00.000Z', '2025-09-01T09:59:59.999Z'],
		['in Auckland, in summer and in winter', '2025-01-31T11:00:00.000Z', '2025-08-31T11:59:59.999Z'],
		['in India', '2025-01-31T18:30:00.000Z', '2025-08-31T18:29:59.999Z'],
		['in Nepal', '2025-01-31T18:15:00.000Z', '2025-08-31T18:14:59.999Z'],
		['in Greenwich', '2025-02-01T00:00:00.000Z', '2025-08-31T23:59:59.999Z'],
		['nowhere, because it is a date', '2025-02-01', '2025-08-31'],
	])('is the day of the person %s', (_where, startDate, endDate) => {
		expect(answered({ hiringStatus: 'inactive', startDate, endDate })).toMatchObject({
			startDate: '2025-02-01',
			endDate: '2025-08-31',
			status: 'inactive',
		});
	});

	it.each(['', null, undefined, 'soon', '0000-00-00'])('is none where Deel says %j', (endDate) => {
		const answer = answered({ hiringStatus: 'inactive', startDate: '2025-02-01', endDate });
		expect(answer).toMatchObject({ status: 'unknown' });
		expect(answer).not.toHaveProperty('endDate');
	});
});
