import { DateTime } from 'luxon';
import { z } from 'zod';

import { scriptIn } from '../../../canvas/workflow.mts';
import { SHARED_FILES } from './sourceCode.mts';

const FILES = [
	...SHARED_FILES,
	'workflows/sources/hibob/code/status.js',
	'workflows/sources/hibob/code/search.js',
];

const bodySchema = z.array(
	z.object({
		json: z.object({
			body: z.object({ filters: z.array(z.object({ fieldPath: z.string(), values: z.array(z.string()) })) }),
		}),
	}),
);

const EMPLOYEE = {
	'/root/id': { value: '7' },
	'/root/email': { value: 'ada@example.com' },
	'/personal/otherEmail': { value: 'other@example.com' },
	'/internal/status': { value: 'Active' },
};

/** What the steps of the workflow gave out, for one question; Settings name a field that Bob cannot search. */
const STEPS: Record<string, object[]> = {
	Settings: [{ emailField: 'personal.otherEmail', ownWords: {} }],
	Questions: [{ ask: 'person', employeeId: '', email: 'ada@example.com' }],
	'First search': [{ statusCode: 200, body: { employees: [EMPLOYEE] } }],
};

function run(file: string): unknown {
	const items = (name: string) => (STEPS[name] ?? []).map((json) => ({ json }));
	const step = (name: string) => ({ all: () => items(name), first: () => items(name)[0] });
	const text = [...FILES, file].map((name) => scriptIn(name).replace(/^import .*$/gm, '')).join('\n');
	return new Function('$', 'DateTime', text)(step, DateTime);
}

it.each(['firstSearch', 'secondSearch'])(
	'%s goes by the field that holds the address, and that is the one that Bob can search',
	(file) => {
		const [item] = bodySchema.parse(run(`workflows/sources/hibob/code/${file}.js`));
		expect(item?.json.body.filters).toEqual([
			expect.objectContaining({ fieldPath: 'root.email', values: ['ada@example.com'] }),
		]);
	},
);
