import { z } from 'zod';

import { askWithoutHost } from './readWithoutHost.mts';

const bodySchema = z.object({ filters: z.array(z.object({ fieldPath: z.string(), values: z.array(z.string()) })) });

const EMPLOYEE = {
	'/root/id': { value: '7' },
	'/root/email': { value: 'ada@example.com' },
	'/personal/otherEmail': { value: 'other@example.com' },
	'/internal/status': { value: 'Active' },
};

it('goes by the field that holds the address, and that is the one that Bob can search', () => {
	const searches: unknown[] = [];
	// Settings name a field that Bob cannot search.
	const settings = { emailField: 'personal.otherEmail' };

	askWithoutHost('hibob', [{ ask: 'person', email: 'Ada@example.com' }], settings, (_url, body) => {
		searches.push(...bodySchema.parse(body).filters);
		return { body: { employees: [EMPLOYEE] } };
	});

	expect(searches).toEqual([
		expect.objectContaining({ fieldPath: 'root.email', values: ['Ada@example.com'] }),
		expect.objectContaining({ fieldPath: 'root.email', values: ['Ada@example.com', 'ada@example.com'] }),
	]);
});
