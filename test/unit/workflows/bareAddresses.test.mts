import { sweepFunctions } from './sweepCode.mts';

/** How systems write ada@example.com. */
const WRITTEN = ['Ada Lovelace <ada@example.com>', 'mailto:ada@example.com', '<ada@example.com>', ' "ada@example.com" '];

const record = (email: string) => ({
	found: true,
	source: 'bamboohr',
	sourceId: '7',
	status: 'active',
	displayName: 'Ada Lovelace',
	department: 'Sales',
	startDate: '2026-01-05',
	email,
	managerEmail: email,
});

describe.each(WRITTEN)('an address that the HRIS writes as %s', (written) => {
	it('is compared with members at night as the bare one', () => {
		const call = sweepFunctions(['people', 'readings'], ['hrisReading']);
		expect(call('hrisReading', [record(written), { manifest: true, complete: true, count: 1 }])).toMatchObject({
			records: [{ email: 'ada@example.com' }],
		});
	});
});

it('what is no address stays as it is written, so that the decision can name it', () => {
	const call = sweepFunctions(['people', 'readings'], ['hrisReading']);
	expect(call('hrisReading', [record('x@@example.com'), { manifest: true, complete: true, count: 1 }])).toMatchObject({
		records: [{ email: 'x@@example.com' }],
	});
});
