import fc from 'fast-check';

import { CHANGE_STATES } from '../../../lib/lifecycle/journal.ts';
import type { Decided, Fields, Known } from './joinersKit.mts';
import { decide, EVENT_ROW, LINK, RECORD, stored } from './joinersKit.mts';

const NOW = '2026-06-01T12:00:00Z';
const OVER = ['done', 'withdrawn', 'refused'];
const WAITING = ['scheduled', 'retry', 'needsPerson'];

const date = fc.constantFrom('', '2026-05-04', '2026-05-31', '2026-06-01', '2026-06-02', '2027-01-01', '31.05.2026');

const record = fc.record({
	sourceId: fc.constantFrom('7', '6'),
	status: fc.constantFrom('active', 'onLeave', 'notStarted', 'inactive', 'unknown', 'suspended', 'Sabbatical', ''),
	email: fc.constantFrom('', 'ada@example.com', 'ADA@example.com', 'maiden@example.com', 'x@@y', 'mailto:ada@example.com'),
	department: fc.constantFrom('', 'Sales', 'Astrology'),
	startDate: date,
	endDate: date,
	timeZone: fc.constantFrom('', 'Pacific/Auckland', 'Moon/Base'),
});

const row = (id: number) =>
	fc
		.record({
			kind: fc.constantFrom('hire', 'change', 'leave', 'watch'),
			state: fc.constantFrom(...CHANGE_STATES),
			event: fc.constantFrom('', 'hired', 'rehired', 'hireCancelled', 'changed', 'left'),
			employeeId: fc.constantFrom('7', '6', ''),
			email: fc.constantFrom('', 'ada@example.com'),
			source: fc.constantFrom('bamboohr', 'personio', ''),
			outcome: fc.constantFrom('', 'removed', 'created'),
			dueAt: fc.constantFrom('', '2026-05-03T22:00:00.000Z'),
			attempts: fc.nat(5),
		} as const)
		.map((values) => stored({ ...values, id, key: `other-${id}`, updatedAt: Date.parse(NOW) }));

const known = fc.record({
	event: fc.record({
		event: fc.constantFrom('hired', 'rehired', 'hireCancelled', 'changed', 'left', 'other'),
		employeeId: fc.constantFrom('7', ''),
		email: fc.constantFrom('', 'ada@example.com'),
		dueAt: fc.constantFrom('', '2026-06-01T11:00:00.000Z'),
	} as const),
	record: fc.option(record, { nil: null }),
	others: fc.array(record.map((values): Fields => ({ ...RECORD, ...values })), { maxLength: 1 }),
	rows: fc.tuple(fc.option(row(3)), fc.option(row(4)), fc.option(row(60))).map((rows) => rows.flatMap((one) => one ?? [])),
	links: fc.array(fc.constantFrom(LINK, { ...LINK, employeeId: '6' }, { ...LINK, email: 'maiden@example.com' }), { maxLength: 2 }),
	unreadable: fc.option(fc.constant('down'), { nil: undefined, freq: 8 }),
	settings: fc.record({ timeZone: fc.constantFrom('Europe/Berlin', 'Europe/Berlin', '') }),
	member: fc.option(
		fc.record({ email: fc.constantFrom('ada@example.com', 'maiden@example.com'), role: fc.constantFrom('member', 'owner') }),
		{ nil: undefined },
	),
	failure: fc.option(fc.constantFrom({ kind: 'network', text: 'Down.' }, { kind: 'ambiguous', text: 'Two.' }), { nil: undefined, freq: 8 }),
});

async function always(holds: (decided: Decided, facts: Known) => void): Promise<void> {
	await fc.assert(
		fc.asyncProperty(known, async ({ unreadable, member, failure, ...rest }) => {
			const facts: Known = {
				...rest,
				now: NOW,
				...(unreadable === undefined ? {} : { unreadable }),
				...(member === undefined ? {} : { member }),
				...(failure === undefined ? {} : { failure }),
			};
			holds(await decide(facts), facts);
		}),
		{ numRuns: 300 },
	);
}

describe('whatever the HRIS, the journal and the links say', () => {
	it('the row of the event is decided, and every sentence is there', async () => {
		await always(({ own, rows, why, alert, operation }) => {
			expect(own.state).not.toBe('received');
			for (const { reason } of rows.values()) expect(reason).not.toBe('');
			expect(why).toMatch(/\.$/);
			if (operation === 'askPerson') expect(alert?.text).toContain(why);
		});
	});

	it('only an employee the HRIS knows, on the day, with an address and a department, is provisioned', async () => {
		await always(({ operation, main }, { record: read, others = [], event, settings, unreadable }) => {
			if (operation !== 'provision') return;
			expect(['hired', 'rehired']).toContain(event?.event);
			expect([settings?.timeZone, unreadable]).toEqual(['Europe/Berlin', undefined]);
			expect(main).toMatchObject({ state: 'intended', kind: 'hire' });
			expect(main.email).toMatch(/^(ada|ADA|maiden)@example\.com$/);
			const ofEmployee = [read ?? {}, ...others].filter((one) => one['sourceId'] === main.employeeId);
			const living = ofEmployee.filter((one) => ['active', 'onLeave', 'notStarted'].includes(String(one['status'])));
			expect(living).not.toEqual([]);
			if (main.effectiveAt !== '') expect(Date.parse(main.effectiveAt)).toBeLessThanOrEqual(Date.parse(NOW));
		});
	});

	it('a change provisions no one, and updates no one who manages the workspace', async () => {
		await always(({ operation, main }, { event, member }) => {
			if (event?.event === 'changed') expect(operation).not.toBe('provision');
			if (operation !== 'update') return;
			expect([main.kind, main.state]).toEqual(['change', 'intended']);
			expect(member?.role).toBe('member');
		});
	});

	it('rows that are over, under way, or of leavers stay as they are', async () => {
		await always(({ rows }, { rows: before = [] }) => {
			for (const { id, state, kind } of before) {
				const isOthers = ['leave', 'watch'].includes(kind) || !WAITING.includes(state);
				if (isOthers) expect(rows.has(id)).toBe(false);
			}
		});
	});

	it('no hire that waits is lost: it waits on, is acted on, or is over with a reason', async () => {
		await always(({ rows, operation }, { rows: before = [], event }) => {
			const touched = before.filter(({ id, kind }) => kind === 'hire' && rows.has(id));
			const after = touched.map(({ id }) => rows.get(id)?.state ?? '');
			if (!after.some((state) => OVER.includes(state))) return;
			// What ends is withdrawn, or another row of the same employee stands for it.
			const stands = [...rows.values()].some(({ state, kind }) => kind === 'hire' && [...WAITING, 'intended'].includes(state));
			const isOverAltogether = ['withdraw', 'ignore', 'askPerson'].includes(operation);
			expect(stands || isOverAltogether || event?.event === 'hireCancelled').toBe(true);
		});
	});

	it('at most one row of those that were decided on waits, or is acted on', async () => {
		await always(({ rows }) => {
			const active = [...rows.values()].filter(({ state }) => [...WAITING, 'intended'].includes(state));
			expect(active.length).toBeLessThanOrEqual(1);
		});
	});

	it('the same facts lead to the same decision, in whatever order the rows come', async () => {
		await fc.assert(
			fc.asyncProperty(known, async ({ unreadable: _u, member: _m, failure: _f, ...rest }) => {
				const one = await decide({ ...rest, now: NOW });
				const other = await decide({ ...rest, rows: [...rest.rows].reverse(), now: NOW });
				expect([...other.rows].sort()).toEqual([...one.rows].sort());
				expect(other.own.id).toBe(EVENT_ROW);
			}),
			{ numRuns: 150 },
		);
	});
});
