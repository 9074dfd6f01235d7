import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';

const resultSchema = z.object({
	verdict: z.string(),
	why: z.string(),
	person: z.object({ email: z.string(), userId: z.string() }),
	effectiveAt: z.string().optional(),
	effectiveDate: z.string().optional(),
	rows: z.array(z.object({ id: z.number().optional(), values: z.record(z.unknown()) })),
	alarm: z.object({ key: z.string(), text: z.string() }).optional(),
});

const files = ['canvas/code/emailKey.js', 'canvas/code/dates.js', 'links', 'verdict'].map((file) =>
	readFileSync(
		file.endsWith('.js') ? file : `workflows/offboarding-lockdown/code/${file}.js`,
		'utf8',
	),
);
const verdictOn: unknown = new Function('DateTime', `${files.join('\n')}\nreturn verdictOn;`)(
	DateTime,
);

const NOW = '2026-03-10T12:00:00Z';
const event = {
	kind: 'changed',
	source: 'bamboohr',
	eventId: 'e-1',
	employeeId: '7',
	companyId: '',
	email: '',
	timeZone: '',
	trouble: '',
};

interface Given {
	event?: Record<string, unknown>;
	records?: Record<string, unknown>[];
	isRead?: boolean;
	userIds?: string[];
	foreignLinks?: Record<string, unknown>[];
	rows?: Record<string, unknown>[];
	settings?: Record<string, unknown>;
	now?: string;
}

function decide(given: Given) {
	if (typeof verdictOn !== 'function') throw new Error('The code has no verdictOn');
	const result: unknown = verdictOn({
		isRead: true,
		userIds: ['u-1'],
		linkedEmail: 'linked@example.com',
		foreignLinks: [],
		rows: [],
		...given,
		event: { ...event, ...given.event },
		records: (given.records ?? []).map((one) => ({
			found: true,
			source: 'bamboohr',
			sourceId: '7',
			...one,
		})),
		settings: { timeZone: 'UTC', onLeave: 'keep', ...given.settings },
		now: Date.parse(given.now ?? NOW),
	});
	return resultSchema.parse(result);
}

const active = {
	status: 'active',
	email: 'ada@example.com',
	displayName: 'Ada',
	startDate: '2024-01-01',
};
const gone = { ...active, status: 'inactive', endDate: '2026-03-09' };
const waitingRow = {
	id: 5,
	state: 'waiting',
	effectiveDate: '2026-03-09',
	createdAt: '2026-03-01T00:00:00Z',
	about: '{"kind":"left"}',
	dueAt: '2026-03-10T00:00:00.000Z',
};

describe('the last day, in the zone of the person', () => {
	it.each([
		['Pacific/Auckland', '2026-03-10', '2026-03-10T11:00:00.000Z'],
		['Pacific/Honolulu', '2026-03-10', '2026-03-11T10:00:00.000Z'],
		['UTC', '2028-02-29', '2028-03-01T00:00:00.000Z'],
		['UTC', '2028-02-28', '2028-02-29T00:00:00.000Z'],
		// The clocks go forward on the last day, and back on another one.
		['Europe/Berlin', '2026-03-29', '2026-03-29T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00.000Z'],
		['America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
		['America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
		// Midnight itself is skipped on the day after.
		['America/Santiago', '2026-09-05', '2026-09-06T04:00:00.000Z'],
	])('in %s, %s is over at %s', (timeZone, endDate, over) => {
		const records = [{ ...gone, endDate, timeZone }];
		const before = new Date(Date.parse(over) - 1).toISOString();

		expect(decide({ records, now: before })).toMatchObject({
			verdict: 'schedule',
			effectiveAt: over,
			rows: [
				{
					values: {
						kind: 'leave',
						state: 'waiting',
						dueAt: over,
						effectiveDate: endDate,
						timeZone,
					},
				},
			],
		});
		expect(decide({ records, now: over })).toMatchObject({
			verdict: 'removeNow',
			effectiveAt: over,
			rows: [],
		});
	});

	it('takes the zone of the record, then that of the event, then that of Settings', () => {
		const dueAt = (zones: { record?: string; event?: string; settings?: string }) =>
			decide({
				records: [
					{ ...active, endDate: '2026-06-30', ...(zones.record ? { timeZone: zones.record } : {}) },
				],
				event: { timeZone: zones.event ?? '' },
				settings: { timeZone: zones.settings ?? '' },
			}).rows[0]?.values['dueAt'];
		const three = { record: 'Asia/Tokyo', event: 'Europe/Berlin', settings: 'UTC' };

		expect(dueAt(three)).toBe('2026-06-30T15:00:00.000Z');
		expect(dueAt({ ...three, record: '' })).toBe('2026-06-30T22:00:00.000Z');
		expect(dueAt({ settings: 'UTC' })).toBe('2026-07-01T00:00:00.000Z');
	});

	it.each(['', 'Mars/Olympus'])('decides nothing where Settings say "%s"', (timeZone) => {
		const records = [{ ...gone, timeZone: 'UTC' }];
		expect(decide({ records, settings: { timeZone } })).toMatchObject({
			verdict: 'unread',
			rows: [{ values: { state: 'waiting', dueAt: '2026-03-10T12:05:00.000Z' } }],
			alarm: { key: 'offboarding: Settings', text: expect.stringContaining('IANA') },
		});
	});
});

describe('active anywhere wins', () => {
	const other = { ...active, sourceId: '9' };

	it.each(['left', 'changed', 'leaverScheduled', 'accessRevoked', 'release'])(
		'also for an event "%s"',
		(kind) => {
			for (const records of [
				[gone, other],
				[other, gone],
			]) {
				expect(['stays', 'nothing']).toContain(decide({ event: { kind }, records }).verdict);
			}
		},
	);

	it('also while on leave, and where the other record has a last day of its own', () => {
		expect(decide({ records: [gone, { ...other, status: 'onLeave' }] }).verdict).toBe('nothing');
		expect(decide({ records: [gone, { ...other, endDate: '2026-12-31' }] })).toMatchObject({
			verdict: 'schedule',
			effectiveDate: '2026-12-31',
		});
	});

	it('asks where an HRIS that cannot be asked has the same account', () => {
		const foreignLinks = [{ source: 'hibob', employeeId: '77' }];
		const { verdict, alarm } = decide({ records: [gone], foreignLinks });
		expect(verdict).toBe('ask');
		expect(alarm?.text).toContain('hibob 77');
	});

	it('asks where only the other record has left', () => {
		expect(decide({ records: [{ ...gone, sourceId: '9' }] }).verdict).toBe('ask');
	});

	it('asks about somebody who left and begins elsewhere later', () => {
		expect(
			decide({ records: [gone, { ...other, status: 'notStarted', startDate: '2026-04-01' }] })
				.verdict,
		).toBe('ask');
	});
});

describe('an event that the HRIS does not confirm', () => {
	it.each([
		['left', 'stays', 'withdrawn'],
		['leaverScheduled', 'stays', 'withdrawn'],
		// Nothing else would tell that HR wants this access to end at once.
		['accessRevoked', 'ask', 'needsPerson'],
	])('is looked at again once in a minute: %s', (kind, verdict, state) => {
		const first = decide({ event: { kind }, records: [active] });
		expect(first).toMatchObject({
			verdict: 'lookAgain',
			rows: [
				{
					values: {
						kind: 'leave',
						state: 'waiting',
						dueAt: '2026-03-10T12:01:00.000Z',
						attempts: 1,
					},
				},
			],
		});
		const row = { id: 5, createdAt: NOW, ...first.rows[0]?.values };

		expect(
			decide({
				event: { kind: 'leave', eventId: 'scheduled:5' },
				records: [active],
				rows: [row],
			}),
		).toMatchObject({
			verdict,
			rows: [{ id: 5, values: { state } }],
		});
		expect(
			decide({ event: { kind: 'leave', eventId: 'scheduled:5' }, records: [gone], rows: [row] })
				.verdict,
		).toBe('removeNow');
	});

	it('does nothing at all for a change of somebody who works here', () => {
		expect(decide({ records: [active] })).toMatchObject({ verdict: 'nothing', rows: [] });
		expect(
			decide({ records: [{ ...active, status: 'onLeave' }], event: { kind: 'onLeave' } }),
		).toMatchObject({ verdict: 'nothing', rows: [] });
	});

	it('ends a look that a change without consequence had asked for, and says nothing', () => {
		const row = { id: 5, effectiveDate: '', about: '{"kind":"changed"}', createdAt: NOW };
		const event = { kind: 'leave', eventId: 'scheduled:5' };
		expect(decide({ event, records: [active], rows: [row] })).toMatchObject({
			verdict: 'nothing',
			rows: [{ id: 5, values: { state: 'withdrawn' } }],
		});
	});

	it('leaves a look that is still to come to itself', () => {
		const row = {
			id: 5,
			effectiveDate: '',
			about: '{"kind":"left","lookAgain":"active"}',
			createdAt: NOW,
		};
		expect(decide({ records: [active], rows: [row] })).toMatchObject({
			verdict: 'nothing',
			rows: [],
		});
	});

	it('asks about a leave of absence only where Settings say so', () => {
		const records = [{ ...active, status: 'onLeave' }];
		expect(
			decide({ records, event: { kind: 'onLeave' }, settings: { onLeave: 'ask' } }).verdict,
		).toBe('ask');
	});
});

describe('a last day to come', () => {
	const leaving = { ...active, endDate: '2026-03-31' };

	it('has one row for each employee, which a moved date moves', () => {
		const rows = [
			{ ...waitingRow, effectiveDate: '2026-03-20' },
			{ ...waitingRow, id: 6 },
		];
		expect(decide({ records: [leaving], rows }).rows).toEqual([
			{
				id: 5,
				values: expect.objectContaining({
					state: 'waiting',
					dueAt: '2026-04-01T00:00:00.000Z',
					effectiveDate: '2026-03-31',
				}),
			},
			{ id: 6, values: expect.objectContaining({ state: 'withdrawn' }) },
		]);
	});

	it.each(['changed', 'leaverCancelled', 'leave', 'returned'])(
		'is withdrawn by the HRIS: %s',
		(kind) => {
			const eventId = kind === 'leave' ? 'scheduled:5' : 'e-1';
			expect(
				decide({ event: { kind, eventId }, records: [active], rows: [waitingRow] }),
			).toMatchObject({
				verdict: 'stays',
				rows: [{ id: 5, values: { state: 'withdrawn', effectiveDate: '2026-03-09' } }],
			});
		},
	);

	it('is waited for during garden leave, unless HR has revoked access', () => {
		const garden = { ...leaving, status: 'inactive' };
		expect(decide({ event: { kind: 'left' }, records: [garden] }).verdict).toBe('schedule');
		expect(decide({ event: { kind: 'accessRevoked' }, records: [garden] })).toMatchObject({
			verdict: 'removeNow',
			effectiveAt: new Date(NOW).toISOString(),
		});
		const stillActive = decide({ event: { kind: 'accessRevoked' }, records: [leaving] });
		expect(stillActive.verdict).toBe('schedule');
		expect(stillActive.alarm?.text).toContain('HR has revoked access');
	});
});

describe('somebody who is called active after their last day', () => {
	const overdue = { ...active, endDate: '2026-03-09' };

	it('is removed where that day was scheduled', () => {
		expect(
			decide({
				event: { eventId: 'scheduled:5', kind: 'leave' },
				records: [overdue],
				rows: [waitingRow],
			}).verdict,
		).toBe('removeNow');
		expect(
			decide({ records: [overdue], rows: [{ ...waitingRow, effectiveDate: '2026-03-08' }] })
				.verdict,
		).toBe('lookAgain');
	});

	it('stays where they began again after that day', () => {
		expect(
			decide({ event: { kind: 'left' }, records: [{ ...overdue, startDate: '2026-03-10' }] })
				.verdict,
		).toBe('stays');
		expect(decide({ records: [{ ...overdue, startDate: '2026-03-10' }] }).verdict).toBe('nothing');
	});

	it('is looked at hourly for a day, and then a person is asked', () => {
		let now = Date.parse(NOW);
		let rows: Record<string, unknown>[] = [];
		let looks = 0;
		let result = decide({ records: [overdue] });
		while (result.verdict === 'lookAgain' && looks < 100) {
			looks += 1;
			rows = [{ id: 5, createdAt: NOW, ...result.rows[0]?.values }];
			expect(Date.parse(String(rows[0]?.['dueAt'])) - now).toBe(3_600_000);
			now += 3_600_000;
			result = decide({
				event: { kind: 'leave', eventId: 'scheduled:5' },
				records: [overdue],
				rows,
				now: new Date(now).toISOString(),
			});
		}
		expect(looks).toBe(24);
		expect(result).toMatchObject({
			verdict: 'ask',
			rows: [{ id: 5, values: { state: 'needsPerson' } }],
		});
	});
});

describe('what is never passed by', () => {
	it.each([
		['nobody is found', []],
		['the status is unknown', [{ status: 'unknown', explanation: 'A word that nobody knows.' }]],
		['inactive without a date', [{ status: 'inactive' }]],
		['a last day that is no date', [{ ...gone, endDate: '2026-02-30' }]],
	])('%s', (_case, records) => {
		for (const kind of ['left', 'changed']) {
			const { verdict, alarm } = decide({ event: { kind }, records });
			expect(verdict).toBe('ask');
			expect(alarm?.text).toContain('Nothing was removed');
		}
	});

	it('links to several accounts, and an event that names nobody', () => {
		expect(decide({ records: [gone], userIds: ['u-1', 'u-2'] }).verdict).toBe('ask');
		expect(decide({ event: { employeeId: '' }, records: [gone] }).verdict).toBe('ask');
	});

	it('an HRIS that does not answer', () => {
		expect(decide({ isRead: false, rows: [waitingRow] })).toMatchObject({
			verdict: 'unread',
			rows: [
				{
					id: 5,
					values: {
						state: 'waiting',
						dueAt: '2026-03-10T12:05:00.000Z',
						effectiveDate: '2026-03-09',
						attempts: 1,
					},
				},
			],
			alarm: { key: 'offboarding: HRIS unreadable' },
		});
	});
});

it('finds the person by the link where the HRIS has cleared the address', () => {
	expect(decide({ records: [{ ...gone, email: undefined }] })).toMatchObject({
		verdict: 'removeNow',
		person: { email: 'linked@example.com', userId: 'u-1' },
	});
});
