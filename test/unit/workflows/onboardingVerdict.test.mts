import { DateTime } from 'luxon';

import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

type Fields = Record<string, unknown>;

interface Verdict {
	act: string;
	outcome: string;
	note: string;
	look?: string;
	groups?: string[];
	kept: Fields[];
	link?: Fields;
	row?: { state: string; dueAt?: string; attempts?: number; timeZone?: string };
	alarm?: { key: string; text: string };
}

interface Facts {
	event?: Fields;
	record?: Fields | null;
	others?: Fields[];
	unreadable?: string;
	rows?: Fields[];
	links?: Fields[];
	leavers?: Fields[];
	settings?: Fields;
	now?: string;
}

const FILES = [
	...ADDRESSES,
	'canvas/code/dates.js',
	'workflows/onboarding/code/verdict.js',
];

const { verdictOn, personFrom } = new Function(
	'DateTime',
	usedCode([...FILES.map(scriptIn), 'return { verdictOn, personFrom };']),
)(DateTime);

const SETTINGS = { timeZone: 'Europe/Berlin', source: 'bamboohr', leadHours: 0, departmentGroups: { Sales: ['All Staff', 'Sales', 'Sales'] } };
const RECORD = {
	found: true,
	source: 'bamboohr',
	sourceId: '7',
	status: 'active',
	email: 'ada@example.com',
	displayName: 'Ada Lovelace',
	department: 'Sales',
	startDate: '2026-05-04',
};
const LINK = { id: 1, source: 'bamboohr', employeeId: '7', email: 'ada@example.com', userId: 'u-7' };

function verdict(facts: Facts = {}): Verdict {
	const { record = {}, now = '2026-06-01T12:00:00Z', others = [], rows = [], links = [], leavers = [] } = facts;
	return verdictOn({
		event: { kind: 'hired', source: 'bamboohr', employeeId: '7', email: '', ...facts.event },
		records: [...(record === null ? [] : [{ ...RECORD, ...record }]), ...others],
		unreadable: facts.unreadable,
		rows,
		links,
		leavers,
		settings: { ...SETTINGS, ...facts.settings },
		now: new Date(now).getTime(),
	});
}

const waiting = (more: Fields = {}): Fields => ({
	id: 3,
	kind: 'hire',
	state: 'waiting',
	source: 'bamboohr',
	employeeId: '7',
	dueAt: '2026-05-03T22:00:00.000Z',
	effectiveDate: '2026-05-04',
	attempts: 0,
	about: '{"event":"hired"}',
	...more,
});

describe('when access begins', () => {
	// Instants taken from the tz database with `date`, not from the code under test.
	it.each([
		['Europe/Berlin', '2026-05-04', 0, '2026-05-03T22:00:00.000Z'],
		['Pacific/Auckland', '2026-05-04', 0, '2026-05-03T12:00:00.000Z'],
		['Pacific/Honolulu', '2026-05-04', 0, '2026-05-04T10:00:00.000Z'],
		['Pacific/Auckland', '2026-05-04', 12, '2026-05-03T00:00:00.000Z'],
		// The days on which clocks go forward and back.
		['Europe/Berlin', '2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
		['Europe/Berlin', '2026-03-30', 0, '2026-03-29T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-26', 0, '2026-10-25T23:00:00.000Z'],
		['Pacific/Auckland', '2026-09-27', 0, '2026-09-26T12:00:00.000Z'],
		['Pacific/Auckland', '2026-09-28', 0, '2026-09-27T11:00:00.000Z'],
		// Where midnight is skipped, the day begins with its first hour.
		['America/Santiago', '2026-09-06', 0, '2026-09-06T04:00:00.000Z'],
		['Pacific/Honolulu', '2028-02-29', 0, '2028-02-29T10:00:00.000Z'],
		['Asia/Kolkata', '2028-02-29', 1.5, '2028-02-28T17:00:00.000Z'],
	])('in %s on %s less %d hours, it is %s', (timeZone, startDate, leadHours, instant) => {
		const at = (now: string) =>
			verdict({ record: { startDate, timeZone, status: 'notStarted' }, settings: { leadHours }, now });
		const before = at(new Date(new Date(instant).getTime() - 1).toISOString());

		expect(before).toMatchObject({ act: 'none', outcome: 'scheduled' });
		expect(before.row).toMatchObject({ state: 'waiting', dueAt: instant, timeZone });
		expect(at(instant)).toMatchObject({ act: 'create', groups: ['All Staff', 'Sales'] });
	});

	it('goes by the zone of the person, then of the event, then of Settings, and never the server\'s', () => {
		const zoneOf = (record: Fields, event: Fields) =>
			verdict({ record: { startDate: '2027-01-04', ...record }, event }).row?.timeZone;

		expect(zoneOf({ timeZone: 'Asia/Tokyo' }, { timeZone: 'Asia/Dubai' })).toBe('Asia/Tokyo');
		expect(zoneOf({}, { timeZone: 'Asia/Dubai' })).toBe('Asia/Dubai');
		expect(zoneOf({ timeZone: 'Moon/Base' }, { timeZone: '+02:00' })).toBe('Europe/Berlin');
	});

	it.each(['', 'local', 'Moon/Base', '+02:00', 'UTC+2'])('is not known where Settings have "%s"', (timeZone) => {
		expect(verdict({ settings: { timeZone } })).toMatchObject({
			act: 'none',
			row: { state: 'waiting', attempts: 1 },
			alarm: { text: expect.stringContaining('timeZone') },
		});
	});
});

describe('a hire', () => {
	it('without a day counts from now for whoever is active, and is a person\'s otherwise', () => {
		expect(verdict({ record: { startDate: undefined } }).act).toBe('create');
		expect(verdict({ record: { startDate: undefined, status: 'notStarted' } })).toMatchObject({
			act: 'none',
			row: { state: 'needsPerson' },
			alarm: { text: expect.stringContaining('no day') },
		});
	});

	it('of somebody back after an earlier employment has not left', () => {
		expect(verdict({ record: { startDate: '2026-05-04', endDate: '2025-12-31' } }).act).toBe('create');
	});

	it('of somebody whose last day is over is none', () => {
		const record = { status: 'active', endDate: '2026-05-31', timeZone: 'Pacific/Honolulu' };
		expect(verdict({ record, now: '2026-06-01T09:59:00Z' }).act).toBe('create');
		expect(verdict({ record, now: '2026-06-01T10:00:00Z' })).toMatchObject({ act: 'none', look: 'member' });
	});

	it('in one company who left another is a hire, and the old record is no trouble', () => {
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		expect(verdict({ others: [old] }).act).toBe('create');
		const about = verdict({ event: { employeeId: '6' }, others: [old] });
		expect(about).toMatchObject({ act: 'none', outcome: 'ignored' });
		expect(about.look).toBeUndefined();
	});

	it('without an id is the living record of the address', () => {
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		const event = { employeeId: '', email: 'ada@example.com' };
		expect(verdict({ event, others: [old] }).act).toBe('create');
	});

	it('moves the row that waits instead of adding one', () => {
		const { kept, row } = verdict({ record: { startDate: '2026-07-01' }, rows: [waiting()] });
		expect(kept.map(({ id }) => id)).toEqual([3]);
		expect(row).toMatchObject({ state: 'waiting', dueAt: '2026-06-30T22:00:00.000Z' });
	});

	it('leaves rows alone that are done, withdrawn, or about other things', () => {
		const rows = [waiting({ state: 'done' }), waiting({ state: 'withdrawn' }), waiting({ kind: 'leave' })];
		expect(verdict({ record: { startDate: '2026-07-01' }, rows }).kept).toEqual([]);
	});

	describe('whose address was that of another employee', () => {
		const link = { ...LINK, employeeId: '6', updatedAt: '2026-02-01T00:00:00.000Z' };
		const left = { id: 4, source: 'bamboohr', employeeId: '6', email: 'ADA@example.com', createdAt: '2026-02-01T00:00:00.000Z' };
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		const blocked = { act: 'none', outcome: 'refused', alarm: { text: expect.stringContaining('employee 6 in bamboohr') } };

		it.each([
			['a link', { links: [link] }],
			['the removal of a leaver', { leavers: [left] }],
		])('by %s, is a person\'s, unless the HRIS shows that both are one', (_by, facts) => {
			expect(verdict(facts)).toMatchObject(blocked);
			expect(verdict({ ...facts, others: [old] }).act).toBe('create');
			// An address that was given out again: an old record of it says nothing about who it is.
			expect(verdict({ ...facts, others: [{ ...old, displayName: 'Adam Love' }] })).toMatchObject(blocked);
			expect(verdict({ ...facts, others: [{ ...old, endDate: '2024-04-30' }] })).toMatchObject(blocked);
			expect(verdict({ ...facts, others: [{ ...old, endDate: undefined }] })).toMatchObject(blocked);
			const numbered = { endDate: '2024-04-30', employeeNumber: 'E-7' };
			expect(verdict({ ...facts, record: { employeeNumber: 'E-7' }, others: [{ ...old, ...numbered }] }).act).toBe('create');
			expect(verdict({ ...facts, record: { employeeNumber: 'E-8' }, others: [{ ...old, ...numbered }] })).toMatchObject(blocked);
		});

		it('in another HRIS or company, or without an ID, is a person\'s, too', () => {
			expect(verdict({ links: [{ ...link, employeeId: '7', source: 'personio' }] }).act).toBe('none');
			expect(verdict({ event: { companyId: 'B' }, links: [{ ...link, employeeId: '7', companyId: 'A' }] }).act).toBe('none');
			expect(verdict({ leavers: [{ ...left, employeeId: '' }] })).toMatchObject({
				act: 'none',
				alarm: { text: expect.stringContaining('somebody who left') },
			});
		});

		it('is the employee\'s own after an own removal, also by the name that another door gave to the HRIS', () => {
			expect(verdict({ leavers: [{ ...left, employeeId: '7' }] }).act).toBe('create');
			const event = { source: 'headerToken' };
			expect(verdict({ event, leavers: [{ ...left, employeeId: '7', source: 'headerToken' }] }).act).toBe('create');
		});

		it('is cleared up by a link of this employee that is newer', () => {
			const own = (updatedAt: string) => ({ ...LINK, id: 9, userId: '', updatedAt });
			expect(verdict({ links: [link, own('2026-05-01T00:00:00.000Z')], leavers: [left] }).act).toBe('create');
			expect(verdict({ links: [link, own('2026-01-01T00:00:00.000Z')] })).toMatchObject(blocked);
		});
	});

	it('is linked to the account of the own company, where two number their employees alike', () => {
		const linkOf = (companyId: string, companies: string[]) =>
			verdict({
				event: { companyId },
				links: companies.map((company) => ({ ...LINK, email: `${company}@example.com`, companyId: company, userId: `u-${company}` })),
			}).link?.['userId'];
		expect(linkOf('B', ['A', 'B'])).toBe('u-B');
		expect(linkOf('B', ['A'])).toBeUndefined();
		expect(linkOf('B', [''])).toBe('u-');
		expect(linkOf('', ['A'])).toBe('u-A');
		expect(linkOf('', ['A', 'B'])).toBeUndefined();
	});

	it('whose link has another address is looked up first', () => {
		expect(verdict({ links: [LINK] }).look).toBeUndefined();
		expect(verdict({ links: [{ ...LINK, email: 'ADA@Example.com' }] }).look).toBeUndefined();
		expect(verdict({ links: [{ ...LINK, email: 'maiden@example.com' }] })).toMatchObject({ look: 'renamed' });
		const spelt = { record: { email: 'ada@bücher.example' }, links: [{ ...LINK, email: 'ada@xn--bcher-kva.example' }] };
		expect(verdict(spelt).look).toBeUndefined();
		// The sign for kelvin is no k.
		expect(verdict({ record: { email: 'mark@example.com' }, links: [{ ...LINK, email: 'mar\u212a@example.com' }] }).look).toBe('renamed');
	});

	it('comes back in five minutes while the HRIS is not read, in an hour later on', () => {
		const dueAt = (attempts: number) => verdict({ unreadable: 'down', rows: [waiting({ attempts })] });
		expect(dueAt(0)).toMatchObject({ row: { dueAt: '2026-06-01T12:05:00.000Z', attempts: 1 } });
		expect(dueAt(0).alarm).toBeUndefined();
		expect(dueAt(1).alarm).toBeUndefined();
		expect(dueAt(2)).toMatchObject({ row: { attempts: 3 }, alarm: { text: expect.stringContaining('3 times') } });
		expect(dueAt(3)).toMatchObject({ row: { dueAt: '2026-06-01T13:00:00.000Z', attempts: 4 } });
	});
});

describe('a change', () => {
	const event = { kind: 'changed' };

	it.each(['active', 'notStarted', 'onLeave', 'inactive', 'unknown'])('never creates somebody %s', (status) => {
		for (const rows of [[], [waiting()], [waiting({ state: 'needsPerson' })]]) {
			expect(verdict({ event, record: { status }, rows }).act).not.toBe('create');
		}
		expect(verdict({ event, record: null }).act).toBe('none');
	});

	it('does not create when it comes back from a row either', () => {
		const own = waiting({ about: '{"event":"changed"}' });
		expect(verdict({ event: { kind: 'hired', rowId: 3 }, rows: [own] })).toMatchObject({ act: 'update' });
	});

	it('leaves a row alone that waits for the right day', () => {
		const record = { startDate: '2026-07-01', status: 'notStarted' };
		const rows = [waiting({ dueAt: '2026-06-30T22:00:00.000Z', effectiveDate: '2026-07-01' })];
		expect(verdict({ event, record, rows }).row).toBeUndefined();
	});

	it('withdraws the row of somebody who does not come', () => {
		const verdictOnLeaver = verdict({ event, record: { status: 'inactive' }, rows: [waiting()] });
		expect(verdictOnLeaver).toMatchObject({ outcome: 'withdrawn', row: { state: 'withdrawn' } });
		expect(verdictOnLeaver.look).toBeUndefined();
	});
});

it('keeps the row of a cancelled hire that the HRIS still has, and tells a person', () => {
	const cancelled = verdict({ event: { kind: 'hireCancelled' }, record: { startDate: '2026-07-01' }, rows: [waiting()] });
	expect(cancelled).toMatchObject({ act: 'none', alarm: { text: expect.stringContaining('still has') } });
	expect(cancelled.row).toBeUndefined();
});

it('does nothing about what is not a joiner\'s', () => {
	for (const kind of ['left', 'leaverScheduled', 'accessRevoked', 'onLeave', 'other', '']) {
		expect(verdict({ event: { kind } })).toMatchObject({ act: 'none', outcome: 'ignored' });
	}
});

it('takes facts of an event only where the HRIS has none and the event is signed, and never an address', () => {
	const person = { displayName: 'Eve', title: 'Chief', email: 'eve@example.com', role: 'owner' };
	expect(personFrom(RECORD, { authenticity: 'signed', person })).toEqual({
		displayName: 'Ada Lovelace',
		department: 'Sales',
		title: 'Chief',
	});
	expect(personFrom(RECORD, { authenticity: 'token', person })).toEqual({
		displayName: 'Ada Lovelace',
		department: 'Sales',
	});
});
