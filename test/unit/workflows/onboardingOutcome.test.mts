import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';

const CODE = [
	'canvas/code/emailKey.js',
	'canvas/code/dates.js',
	'workflows/onboarding/code/verdict.js',
	'workflows/onboarding/code/outcome.js',
]
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n');

/** What the node gives out for one hire whose creation failed in this way. */
const outcomeOf = (kind: string | undefined): Record<string, unknown> => {
	const json = {
		record: { id: 'r1' },
		decision: {
			act: 'create', email: 'new@example.com', employeeId: '7', source: 'bamboohr', companyId: '', groups: [],
			kept: [], attempts: 0, who: 'new@example.com', event: { kind: 'hired', door: 'hris', rowId: 0, claimKey: 'k' },
		},
	};
	const nodes = { all: () => [{ json }], itemMatching: () => ({ json }) };
	const failed = { json: { error: 'Why.' }, ...(kind ? { error: { context: { kind } } } : {}) };
	const run = new Function('DateTime', '$', '$input', CODE);
	return run(DateTime, () => nodes, { all: () => [failed] })[0].json;
};

describe('a hire that failed', () => {
	test.each([
		'network', 'rateLimited', 'conflict', 'serverError', 'unexpectedAnswer', 'notVerified', 'listIncomplete',
		'tokenRejected', undefined,
	])('with %s is tried again', (kind) => {
		expect(outcomeOf(kind)).toMatchObject({ repeat: true, needsPerson: false, rows: [{ state: 'waiting' }] });
	});

	test.each(['refused', 'ambiguous', 'protectedPerson', 'accessDenied', 'alreadyExists'])(
		'with %s is for a person to decide',
		(kind) => {
			expect(outcomeOf(kind)).toMatchObject({ repeat: false, needsPerson: true });
		},
	);
});
