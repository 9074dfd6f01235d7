import { z } from 'zod';

import { sweepFunctions } from './sweepCode.mts';

const call = sweepFunctions(
	['people', 'readings', 'rows', 'night'],
	[
		'dueRows',
		'stuckRows',
		'afterWork',
		'afterFailure',
		'hrisReading',
		'memberReading',
		'compare',
		'alarmsOfChecks',
		'openClaims',
	],
);

const NOW = Date.parse('2026-11-20T01:30:00Z');
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();

const idsSchema = z.array(z.object({ id: z.number() }));
const idsOf = (rows: unknown) => idsSchema.parse(rows).map(({ id }) => id);

describe('rows of scheduled_changes', () => {
	const rows = [
		{ id: 1, state: 'waiting', dueAt: iso(-1) },
		{ id: 2, state: 'waiting', dueAt: iso(1) },
		{ id: 3, state: 'waiting', dueAt: '2026-11-20T04:00:00+13:00' },
		{ id: 4, state: 'waiting', dueAt: null },
		{ id: 5, state: 'working', dueAt: iso(-60), updatedAt: iso(-16) },
		{ id: 6, state: 'working', dueAt: iso(-60), updatedAt: iso(-14) },
		{ id: 7, state: 'done', dueAt: iso(-60), updatedAt: iso(-60) },
	];

	it('are due from their instant on, whatever its zone, the oldest first; one without a date at once', () => {
		expect(idsOf(call('dueRows', rows, NOW))).toEqual([4, 3, 1]);
	});

	it('are stuck after a quarter of an hour', () => {
		expect(idsOf(call('stuckRows', rows, NOW))).toEqual([5]);
	});

	it.each([
		[0, 'waiting', 5],
		[1, 'waiting', 10],
		[2, 'waiting', 20],
		[3, 'waiting', 40],
	])('wait longer after failure %i', (attempts, state, minutes) => {
		expect(call('afterFailure', { id: 1, attempts }, 'Down.', NOW)).toEqual({
			id: 1,
			values: { state, dueAt: iso(minutes), attempts: attempts + 1, note: 'Down.' },
		});
	});

	it('need a person after the fifth failure', () => {
		expect(
			call('afterFailure', { id: 1, kind: 'hire', attempts: 4, dueAt: iso(-1) }, 'Down.', NOW),
		).toMatchObject({
			values: { state: 'needsPerson', attempts: 5 },
			alarm: { key: 'sweep: row 1', text: expect.stringContaining('tried 5 times. Down.') },
		});
	});
});

describe('the reading of the HRIS', () => {
	const manifest = { manifest: true, count: 1, complete: true };
	const record = { found: true, sourceId: '1' };

	it.each([
		['whole', [record, manifest], undefined],
		['unreadable', [{ error: '500' }], /could not be read: 500/],
		['without a statement', [record], /did not say/],
		['with two statements', [record, manifest, manifest], /did not say/],
		['not whole', [record, { ...manifest, complete: false }], /not whole/],
		['whole only as a text', [record, { ...manifest, complete: 'true' }], /not whole/],
		['short of a record', [manifest], /announced 1 leavers and gave 0/],
		['empty', [{}], /did not say/],
	])('that is %s', (_case, items, trouble) => {
		const reading = z.object({ trouble: z.string().optional() }).parse(call('hrisReading', items));
		if (trouble) expect(reading.trouble).toMatch(trouble);
		else expect(reading.trouble).toBeUndefined();
	});
});

describe("the reading of Notion's members", () => {
	it.each([
		['whole', [{ id: 'u', email: 'a@example.com' }], false],
		['an error', [{ error: 'list incomplete' }], true],
		['empty', [{}], true],
		['marked as having gaps', [{ id: 'u', email: 'a@example.com', listComplete: false }], true],
	])('that is %s', (_case, items, isTrouble) => {
		expect(
			'trouble' in Object(call('memberReading', items)) &&
				Boolean(Object(call('memberReading', items)).trouble),
		).toBe(isTrouble);
	});
});

describe('the comparison', () => {
	const found = z.object({
		missed: z.array(z.object({ record: z.object({ sourceId: z.string() }) })),
		held: z.array(z.unknown()),
		pending: z.array(z.unknown()),
		unmatched: z.array(z.unknown()),
		unclear: z.array(z.unknown()),
		ended: z.array(z.unknown()),
		unfinished: z.array(z.unknown()),
		trouble: z.array(z.string()),
	});
	const record = (more: object = {}) => ({
		found: true,
		source: 'bamboohr',
		sourceId: '1',
		status: 'inactive',
		active: false,
		email: 'ada@example.com',
		displayName: 'Ada',
		endDate: '2026-11-10',
		...more,
	});
	const ada = { id: 'u1', email: 'ada@example.com', displayName: 'Ada' };
	const compare = (records: object[], more: object = {}) =>
		found.parse(
			call('compare', {
				reading: { records, trouble: undefined },
				members: { members: [ada], trouble: undefined },
				links: [],
				audit: [],
				rows: [],
				settings: { timeZone: 'UTC' },
				now: NOW,
				...more,
			}),
		);
	const counts = (result: z.infer<typeof found>) =>
		Object.fromEntries(
			Object.entries(result).flatMap(([name, list]) =>
				name !== 'trouble' && list.length > 0 ? [[name, list.length]] : [],
			),
		);

	it('misses nobody whose last day is over and who is still a member, in any capitals', () => {
		expect(counts(compare([record({ email: 'Ada@Example.com' })]))).toEqual({ missed: 1 });
	});

	it.each([
		['in Auckland the day is over', 'Pacific/Auckland', { missed: 1 }],
		['in Honolulu it is not', 'Pacific/Honolulu', {}],
	])('goes by the zone of the person: %s', (_case, timeZone, expected) => {
		expect(counts(compare([record({ endDate: '2026-11-19', timeZone })]))).toEqual(expected);
	});

	it('does not take two different letters for the same, nor a secondary address for a person', () => {
		expect(
			counts(
				compare([record({ email: 'mar\u212A@example.com', displayName: 'Mark' })], {
					members: { members: [{ id: 'u', email: 'mark@example.com' }] },
				}),
			),
		).toEqual({ unmatched: 1 });
	});

	it('takes two spellings of one domain for the same', () => {
		expect(
			counts(
				compare([record({ email: 'ada@bücher.example' })], {
					members: { members: [{ id: 'u', email: 'Ada@xn--bcher-kva.example' }] },
				}),
			),
		).toEqual({ missed: 1 });
	});

	it('goes by the link before the address', () => {
		const links = [{ source: 'bamboohr', employeeId: '1', userId: 'u1', email: 'ada@example.com' }];
		expect(counts(compare([record({ email: undefined })], { links }))).toEqual({ missed: 1 });
		expect(counts(compare([record({ email: undefined, sourceId: '2' })], { links }))).toEqual({
			unmatched: 1,
		});
		expect(counts(compare([record({ email: undefined, source: 'hibob' })], { links }))).toEqual({
			unmatched: 1,
		});
	});

	it('touches nobody on a list that is not whole', () => {
		expect(
			counts(compare([record()], { reading: { records: [record()], trouble: 'No.' } })),
		).toEqual({});
		expect(counts(compare([record()], { members: { members: [ada], trouble: 'No.' } }))).toEqual(
			{},
		);
	});

	it.each([
		['', 'it is empty'],
		['Berlin', '"Berlin" is no time zone'],
	])('touches nobody while the time zone is "%s"', (timeZone, why) => {
		const result = compare([record()], { settings: { timeZone } });
		expect(counts(result)).toEqual({});
		expect(result.trouble).toEqual([expect.stringContaining(why)]);
	});

	it('asks where there is no last day or no clear status', () => {
		expect(counts(compare([record({ endDate: undefined })]))).toEqual({ unclear: 1 });
		expect(counts(compare([record({ status: 'unknown' })]))).toEqual({ unclear: 1 });
	});

	it('leaves alone who is held, and who is just being worked on', () => {
		const own = { source: 'bamboohr', employeeId: '1' };
		const held = { id: 1, ...own, outcome: 'held', needsPerson: true };
		expect(counts(compare([record()], { audit: [held] }))).toEqual({ held: 1 });
		expect(
			counts(
				compare([record()], {
					audit: [held, { id: 2, ...own, outcome: 'failed' }],
				}),
			),
		).toEqual({ missed: 1 });
		expect(
			counts(compare([record()], { rows: [{ ...own, kind: 'leave', state: 'working' }] })),
		).toEqual({ pending: 1 });
		expect(
			counts(
				compare([record()], {
					rows: [{ ...own, kind: 'leave', state: 'waiting', dueAt: iso(-20) }],
				}),
			),
		).toEqual({ missed: 1 });
		expect(
			counts(
				compare([record()], {
					rows: [{ ...own, kind: 'leave', state: 'waiting', dueAt: iso(30) }],
				}),
			),
		).toEqual({ pending: 1 });
		expect(
			counts(
				compare([record()], { rows: [{ ...own, kind: 'watch', state: 'waiting', dueAt: iso(5) }] }),
			),
		).toEqual({ missed: 1 });
	});

	it('misses whom a released approval left lying: nobody has to decide any more', () => {
		const own = { source: 'bamboohr', employeeId: '1' };
		const audit = [{ id: 1, ...own, outcome: 'held', needsPerson: false }];
		expect(counts(compare([record()], { audit }))).toEqual({ missed: 1 });
	});

	it('misses whose last day HR has moved to an earlier one, where a row waits for the later one', () => {
		const rows = [
			{
				source: 'bamboohr',
				employeeId: '1',
				kind: 'leave',
				state: 'waiting',
				dueAt: iso(40 * 1440),
			},
		];
		expect(counts(compare([record()], { rows }))).toEqual({ missed: 1 });
	});
});

describe('a removal of which nothing was heard', () => {
	const row = (id: number, outcome: string, created: number, more: object = {}) => ({
		id,
		source: 'bamboohr',
		employeeId: '7',
		email: 'ada@example.com',
		displayName: 'Ada',
		userId: '',
		outcome,
		createdAt: iso(created),
		...more,
	});
	const ada = { id: 'u1', email: 'ada@example.com', displayName: 'Ada' };
	const bob = { id: 'u2', email: 'bob@example.com', displayName: 'Bob' };
	const endedSchema = z.object({ ended: z.array(z.unknown()) });
	const endedOf = (audit: object[], members: object[], more: object = {}) =>
		idsOf(
			endedSchema.parse(
				call('compare', {
					reading: { records: [] },
					members: { members },
					links: [],
					audit,
					rows: [],
					settings: { timeZone: 'UTC' },
					now: NOW,
					...more,
				}),
			).ended,
		);
	const alarmOf = (audit: object[], ended: object[] = []) =>
		z
			.array(z.object({ key: z.string(), text: z.string() }))
			.parse(
				call('alarmsOfChecks', {
					audit,
					ended,
					claims: [],
					rows: [],
					settings: { silentAfterDays: 14 },
					now: NOW,
				}),
			)
			.find(({ key }) => key === 'sweep: orphans');

	it('is ended where the person is gone, and told of no more', () => {
		const orphan = row(1, 'intended', -60);
		expect(endedOf([orphan], [bob])).toEqual([1]);
		expect(alarmOf([orphan], [orphan])).toBeUndefined();
	});

	it.each([
		['by address', {}, {}],
		['by the ID in the row', { email: '', userId: 'u1' }, {}],
		[
			'by link',
			{ email: '' },
			{ links: [{ source: 'bamboohr', employeeId: '7', userId: 'u1', email: '' }] },
		],
	])('is not ended where the person is a member %s', (_case, more, parts) => {
		const orphan = row(1, 'intended', -60, more);
		expect(endedOf([orphan], [ada, bob], parts)).toEqual([]);
		expect(alarmOf([orphan])?.text).toContain('Ada');
	});

	it('is finished, and not ended, where the HRIS still lists the person', () => {
		const record = { source: 'bamboohr', sourceId: '7', status: 'inactive', endDate: '2026-11-10' };
		const resultOf = (audit: object[], members: object[]) =>
			z
				.object({
					missed: z.array(z.unknown()),
					unfinished: z.array(z.unknown()),
					ended: z.array(z.unknown()),
				})
				.parse(
					call('compare', {
						reading: { records: [{ ...record, active: false, email: 'ada@example.com' }] },
						members: { members },
						links: [],
						audit,
						rows: [],
						settings: { timeZone: 'UTC' },
						now: NOW,
					}),
				);
		const orphan = row(1, 'intended', -60);
		expect(resultOf([orphan], [bob])).toMatchObject({ unfinished: [{ record }], ended: [] });
		expect(resultOf([orphan], [ada])).toMatchObject({ missed: [{ record }], unfinished: [] });
		expect(resultOf([orphan, row(2, 'removed', -30)], [bob])).toEqual({
			missed: [],
			unfinished: [],
			ended: [],
		});
		expect(resultOf([row(1, 'intended', -31 * 1440)], [bob])).toMatchObject({
			unfinished: [],
			ended: [{ id: 1 }],
		});
	});

	it('is not ended on a list that is not whole, nor while it is young', () => {
		expect(
			endedOf([row(1, 'intended', -60)], [], { members: { members: [bob], trouble: 'No.' } }),
		).toEqual([]);
		expect(endedOf([row(1, 'intended', -14)], [bob])).toEqual([]);
	});

	it('is no matter any more after a later try, whatever that came to', () => {
		expect(alarmOf([row(1, 'intended', -60), row(2, 'stays', -30)])).toBeUndefined();
	});
});

describe('dead claims', () => {
	const alarmsOf = (claims: object[]) =>
		z
			.array(z.object({ key: z.string(), text: z.string() }))
			.parse(
				call('alarmsOfChecks', {
					audit: [],
					claims,
					rows: [],
					settings: { silentAfterDays: 14 },
					now: NOW,
				}),
			)
			.filter(({ key }) => key === 'sweep: dead claims');
	const claim = (id: number, state: string, created: number, updated = created) => ({
		id,
		key: 'Onboarding|bamboohr||e1|1',
		execution: String(id),
		state,
		createdAt: iso(created),
		updatedAt: iso(updated),
	});

	it('are told of, and a copy beside them is not', () => {
		const [alarm, ...more] = alarmsOf([claim(1, 'working', -60), claim(2, 'working', -59)]);
		expect(alarm?.text).toContain('(execution 1)');
		expect(alarm?.text).not.toContain('(execution 2)');
		expect(more).toEqual([]);
	});

	it.each([
		['a late copy of what was done', [claim(1, 'done', -60), claim(2, 'working', -30)]],
		['a death after which a retry did it', [claim(1, 'working', -60), claim(2, 'done', -30)]],
		['a copy beside a failure', [claim(1, 'released', -60, -58), claim(2, 'working', -59)]],
		['what is still being worked on', [claim(1, 'working', -14)]],
	])('are not: %s', (_case, claims) => {
		expect(alarmsOf(claims)).toEqual([]);
	});

	it('are released, and with them the copies that had nothing to do', () => {
		expect(
			idsOf(call('openClaims', [claim(1, 'done', -60), claim(2, 'working', -30)], NOW)),
		).toEqual([2]);
	});
});

describe('silence', () => {
	const settings = { silentAfterDays: 14 };
	const keysFor = (claims: object[]) =>
		z
			.array(z.object({ key: z.string() }))
			.parse(call('alarmsOfChecks', { audit: [], claims, rows: [], settings, now: NOW }))
			.map(({ key }) => key);

	it.each([
		[
			'an event of yesterday',
			[{ key: 'Onboarding|bamboohr||e1|1', state: 'done', createdAt: iso(-1440) }],
			[],
		],
		[
			'an event of 15 days ago',
			[{ key: 'Onboarding|bamboohr||e1|1', state: 'done', createdAt: iso(-15 * 1440) }],
			['sweep: silence'],
		],
		['no event at all', [], ['sweep: silence']],
		[
			'only what the sweep did itself',
			[
				{ key: 'Offboarding|bamboohr||nightly:2026-11-19|1', state: 'done', createdAt: iso(-60) },
				{ key: 'Sweep|||scheduled:4|x', state: 'done', createdAt: iso(-60) },
			],
			['sweep: silence'],
		],
		[
			'only mails to people',
			[{ key: 'tell|3|0', state: 'done', createdAt: iso(-60) }],
			['sweep: silence'],
		],
	])('after %s', (_case, claims, expected) => {
		expect(keysFor(claims)).toEqual(expected);
	});
});
