import { z } from 'zod';

import { employmentStateOf as ofSource } from './sourceCode.mts';

type EmploymentState = Record<string, unknown>;
type EmploymentStateOf = (about: Record<string, unknown>) => EmploymentState;

function employmentStateOf(source: string): EmploymentStateOf {
	const made = ofSource(source);
	return (about) => z.record(z.unknown()).parse(made(about));
}

const day = (days: number): string =>
	new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('BambooHR', () => {
	const employmentState = employmentStateOf('bamboohr');
	const about = (fields: Record<string, unknown>) =>
		employmentState({
			status: 'Active',
			rows: [],
			hireDate: '2020-01-01',
			terminationDate: null,
			today: day(0),
			...fields,
		});
	const rows = (...entries: Array<[date: string, word: string]>) =>
		entries.map(([date, employmentStatus], index) => ({
			id: String(index),
			date,
			employmentStatus,
		}));
	const hired = ['2020-01-01', 'Full-Time'] satisfies [string, string];

	it.each([
		['Active', 'active'],
		['active', 'active'],
		['Inactive', 'unknown'],
		['Suspended', 'unknown'],
		['', 'unknown'],
		[null, 'unknown'],
	])('the status %p means %s', (status, meaning) => {
		expect(about({ status }).status).toBe(meaning);
	});

	it.each([
		['Terminated', 'inactive'],
		['Furloughed', 'onLeave'],
		['Furlough', 'onLeave'],
		['On Leave', 'onLeave'],
		['Leave of Absence', 'onLeave'],
		['Parental Leave', 'onLeave'],
		['Maternity leave', 'onLeave'],
		['Paternity leave', 'onLeave'],
		['Medical Leave', 'onLeave'],
		['Military Leave', 'onLeave'],
		['Unpaid leave', 'onLeave'],
		['Sabbatical', 'onLeave'],
		['Contractor', 'unknown'],
		['Full-Time', 'unknown'],
		['Anything else', 'unknown'],
	])('inactive with the employment status %p means %s', (word, meaning) => {
		expect(about({ status: 'Inactive', rows: rows(hired, [day(-9), word]) }).status).toBe(meaning);
	});

	it.each([
		['no date', {}, undefined],
		['a date that is unset', { terminationDate: '0000-00-00', hireDate: null }, undefined],
		['a date', { terminationDate: '2025-05-31' }, '2025-05-31'],
		[
			'a date before a rehire',
			{ terminationDate: '2025-05-31', hireDate: '2025-09-01' },
			undefined,
		],
	])('inactive with %s in the list', (_case, fields, endDate) => {
		const found = about({ status: 'Inactive', ...fields });

		expect(found.endDate).toBe(endDate);
		expect(found.status).toBe(endDate === undefined ? 'unknown' : 'inactive');
	});

	it('goes by the rows where they say more than the fields', () => {
		const leaving = about({ rows: rows([day(30), 'Terminated'], hired) });
		const back = about({
			rows: rows(hired, ['2025-01-31', 'Terminated'], ['2025-06-01', 'Contractor']),
			terminationDate: '2025-01-31',
		});
		const sameDay = about({
			status: 'Inactive',
			rows: rows(hired, [day(-2), 'Part-Time'], [day(-2), 'Terminated']).reverse(),
		});

		expect(leaving).toMatchObject({ status: 'active', endDate: day(30) });
		expect(back).toMatchObject({ status: 'active', endDate: undefined });
		expect(sameDay).toMatchObject({ status: 'inactive', endDate: day(-2) });
	});

	it("knows a company's own words, and refuses a meaning that there is not", () => {
		const rowsOfLeave = rows(hired, [day(-9), 'Career break']);

		expect(
			about({ status: 'Inactive', rows: rowsOfLeave, ownWords: { 'career break': 'onLeave' } })
				.status,
		).toBe('onLeave');
		expect(
			about({ status: 'Garden', ownWords: { garden: 'inactive' }, terminationDate: day(-1) })
				.status,
		).toBe('inactive');
		expect(() => about({ status: 'Garden', ownWords: { garden: 'gone' } })).toThrow(
			/"gone" in ownWords/,
		);
	});
});

describe('Bob', () => {
	const employmentState = employmentStateOf('hibob');
	const about = (fields: Record<string, unknown>) =>
		employmentState({
			lifecycle: [undefined, undefined],
			access: 'Active',
			startDate: '2020-01-01',
			...fields,
		});

	it.each([
		['Hired', 'notStarted'],
		['Employed', 'active'],
		['Leave', 'onLeave'],
		['Temporary leave', 'onLeave'],
		['Parental leave', 'onLeave'],
		['Garden leave', 'inactive'],
		['Terminated', 'inactive'],
		['Sabbatical', 'unknown'],
	])('the lifecycle status %p means %s', (word, meaning) => {
		const machine = word.toLowerCase().replace(' ', '');
		const dates = { terminationDate: day(9) };

		expect(about({ lifecycle: [word, machine], ...dates })).toMatchObject({
			status: meaning,
			statusWord: word,
		});
		expect(about({ lifecycle: [undefined, machine], ...dates }).status).toBe(meaning);
	});

	it.each([
		['Active', undefined, 'active'],
		['Inactive', '2025-05-31', 'inactive'],
		['Inactive', undefined, 'unknown'],
	])(
		'without a lifecycle status, the access %p with the date %p means %s',
		(access, terminationDate, meaning) => {
			expect(about({ access, terminationDate }).status).toBe(meaning);
		},
	);

	it.each([
		['Terminated', {}, { status: 'unknown', endDate: undefined }],
		[
			'Terminated',
			{ terminationDate: '2025-05-31', lastDayOfWork: '2025-05-15' },
			{ status: 'inactive', endDate: '2025-05-15' },
		],
		['Employed', { terminationDate: '2019-05-31' }, { status: 'active', endDate: undefined }],
	])('%s with %j', (word, dates, expected) => {
		expect(about({ lifecycle: [word, word], ...dates })).toMatchObject(expected);
	});
});

describe('Deel', () => {
	const employmentState = employmentStateOf('deel');
	const about = (fields: Record<string, unknown>) =>
		employmentState({ hiringStatus: 'active', active: true, startDate: day(-99), endDate: '', ...fields });

	it.each([
		['draft', 'notStarted'],
		['pending_invite', 'notStarted'],
		['invited', 'notStarted'],
		['onboarding', 'notStarted'],
		['onboarding_at_risk', 'notStarted'],
		['onboarding_overdue', 'notStarted'],
		['ready_to_start', 'notStarted'],
		['active', 'active'],
		['offboarding', 'active'],
		['inactive', 'inactive'],
		['no_active_contracts', 'inactive'],
		['paused', 'unknown'],
	])('the hiring status %p means %s', (hiringStatus, meaning) => {
		const dates = meaning === 'notStarted' ? { startDate: day(20) } : { endDate: day(20) };

		expect(about({ hiringStatus, ...dates })).toMatchObject({
			status: meaning,
			statusWord: hiringStatus,
		});
	});

	it.each([
		[{ hiringStatus: 'onboarding_overdue' }, 'active', undefined],
		[{ hiringStatus: 'active', active: false }, 'unknown', undefined],
		[{ hiringStatus: '', active: true }, 'active', undefined],
		[{ hiringStatus: '', active: false }, 'unknown', undefined],
		[{ hiringStatus: '', active: false, endDate: day(-1) }, 'inactive', day(-1)],
		[{ hiringStatus: '', active: undefined }, 'unknown', undefined],
		[{ endDate: day(-200) }, 'active', undefined],
	])('%j means %s', (fields, status, endDate) => {
		expect(about(fields)).toMatchObject({ status, endDate });
	});
});

describe('Personio', () => {
	const employmentState = employmentStateOf('personio');
	const employment = (
		status: unknown,
		employment_start_date: string,
		termination_date?: string,
	) => ({
		status,
		employment_start_date,
		...(termination_date === undefined
			? {}
			: { termination: { termination_date, last_working_day: '2025-05-15' } }),
	});
	const about = (employments: unknown[], lastDay = 'employment') =>
		employmentState({ employments, lastDay });

	it.each([
		['ACTIVE', 'active'],
		['ONBOARDING', 'notStarted'],
		['LEAVE', 'onLeave'],
		['INACTIVE', 'inactive'],
		['UNSPECIFIED', 'unknown'],
		[undefined, 'unknown'],
	])('the status %p means %s', (word, meaning) => {
		expect(about([employment(word, '2020-01-01', day(9))]).status).toBe(meaning);
	});

	it.each([
		['no employment', [], { status: 'unknown' }],
		['no last day', [employment('INACTIVE', '2020-01-01')], { status: 'unknown' }],
		[
			'an old and a present one',
			[employment('INACTIVE', '2020-01-01', '2024-12-31'), employment('ACTIVE', '2025-02-01')],
			{ status: 'active', startDate: '2025-02-01', endDate: undefined },
		],
		[
			'two that ended',
			[
				employment('INACTIVE', '2020-01-01', '2022-12-31'),
				employment('INACTIVE', '2023-02-01', '2025-05-31'),
			],
			{ status: 'inactive', endDate: '2025-05-31' },
		],
		[
			'one that ended and one to come',
			[employment('ONBOARDING', '2030-01-01'), employment('INACTIVE', '2020-01-01', '2025-05-31')],
			{ status: 'notStarted', startDate: '2030-01-01', endDate: '2025-05-31' },
		],
		[
			'one that no one understands beside one that ended',
			[employment('PAUSED', '2024-01-01'), employment('INACTIVE', '2020-01-01', '2022-12-31')],
			{ status: 'unknown' },
		],
	])('tells where a person stands with %s', (_case, employments, expected) => {
		expect(about(employments)).toMatchObject(expected);
	});

	it('takes the last working day where Settings say so', () => {
		const employments = [employment('INACTIVE', '2020-01-01', '2025-05-31')];

		expect(about(employments).endDate).toBe('2025-05-31');
		expect(about(employments, 'work').endDate).toBe('2025-05-15');
	});
});

const LAST_DAYS: Array<[source: string, about: (written: string) => Record<string, unknown>]> = [
	['bamboohr', (terminationDate) => ({ status: 'Active', rows: [], hireDate: '2020-01-01', terminationDate, today: day(0) })],
	[
		'bamboohr',
		(date) => ({ status: 'Active', rows: [{ date, employmentStatus: 'Terminated' }], hireDate: '2020-01-01', today: day(0) }),
	],
	['deel', (endDate) => ({ hiringStatus: 'active', active: true, startDate: '2020-01-01', endDate })],
	['hibob', (lastDayOfWork) => ({ lifecycle: ['Employed', 'employed'], startDate: '2020-01-01', lastDayOfWork })],
	[
		'personio',
		(termination_date) => ({
			employments: [{ status: 'ACTIVE', employment_start_date: '2020-01-01', termination: { termination_date } }],
		}),
	],
];

describe.each(LAST_DAYS)('a last day in %s', (source, about) => {
	it.each(['31.03.2026', '03/31/2026', '2026-02-30', 'soon'])('written %j is not taken for none', (written) => {
		expect(employmentStateOf(source)(about(written))).toMatchObject({
			status: 'unknown',
			explanation: expect.stringContaining(`The last day is "${written}"`),
		});
	});

	it.each(['', '0000-00-00', '0000-00-00 00:00:00'])('written %j is none', (written) => {
		expect(employmentStateOf(source)(about(written))).toMatchObject({ status: 'active' });
	});

	it('is read in every form in which systems write a date', () => {
		const written = day(9).replaceAll('-', '');

		expect(employmentStateOf(source)(about(written))).toMatchObject({ status: 'active', endDate: day(9) });
	});
});

describe.each([
	[
		'bamboohr',
		(endDate: string) => ({
			status: 'Active',
			hireDate: '2020-01-01',
			today: day(0),
			rows: [
				{ id: '1', date: '2020-01-01', employmentStatus: 'Full-Time' },
				{ id: '2', date: endDate, employmentStatus: 'Terminated' },
			],
		}),
	],
	[
		'hibob',
		(endDate: string) => ({
			lifecycle: ['Employed', 'employed'],
			startDate: '2020-01-01',
			terminationDate: endDate,
		}),
	],
	[
		'deel',
		(endDate: string) => ({
			hiringStatus: 'active',
			active: true,
			startDate: '2020-01-01',
			endDate,
		}),
	],
	[
		'personio',
		(endDate: string) => ({
			employments: [
				{
					status: 'LEAVE',
					employment_start_date: '2020-01-01',
					termination: { termination_date: endDate },
				},
			],
		}),
	],
])('%s', (source, about) => {
	const employmentState = employmentStateOf(source);

	it('believes that a person is active shortly after the last day, and not for long', () => {
		expect(['active', 'onLeave']).toContain(employmentState(about(day(-1))).status);
		expect(employmentState(about(day(-5)))).toMatchObject({
			status: 'unknown',
			endDate: day(-5),
			explanation: expect.stringContaining('although the last day was'),
		});
	});
});
