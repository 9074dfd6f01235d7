import { z } from 'zod';

import { listedEmploymentState as employmentState } from '../../../workflows/sources/bamboohr/mapping.js';

type Fields = Record<string, unknown>;

const listedEmploymentState = (row: Fields, ownWords?: Fields): Fields => z.record(z.unknown()).parse(employmentState(row, ownWords));

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const about = (fields: Fields, ownWords?: Fields) =>
	listedEmploymentState(
		{ status: 'Active', hireDate: '2024-01-15', terminationDate: null, employmentStatusName: 'Full-Time', ...fields },
		ownWords,
	);

describe('an employee in the list of BambooHR', () => {
	it.each([
		[{}, 'active'],
		[{ employmentStatusName: 'Contractor' }, 'active'],
		[{ employmentStatusName: null }, 'active'],
		[{ employmentStatusName: 'Furloughed' }, 'onLeave'],
		[{ status: 'Inactive', employmentStatusName: 'Parental leave' }, 'onLeave'],
		[{ status: 'Inactive', terminationDate: day(-2), employmentStatusName: 'Terminated' }, 'inactive'],
		[{ status: 'Inactive', terminationDate: day(-2), employmentStatusName: 'Furloughed' }, 'inactive'],
		[{ status: 'Inactive', terminationDate: day(-1) }, 'active'],
		[{ status: 'Inactive', terminationDate: day(0) }, 'active'],
		[{ status: 'Inactive', terminationDate: '0000-00-00' }, 'unknown'],
		[{ status: 'Inactive' }, 'unknown'],
		[{ status: 'Inactive', terminationDate: '2020-05-31' }, 'unknown'],
		[{ status: 'Inactive', terminationDate: '2020-05-31', hireDate: day(20) }, 'notStarted'],
		[{ status: 'Suspended' }, 'unknown'],
		[{ status: '' }, 'unknown'],
		[{ status: null, _restrictedFields: ['status'] }, 'unknown'],
	])('with %j is %s', (fields, status) => {
		const found = about(fields);

		expect(found).toMatchObject({ status, active: status !== 'inactive' });
		if (status === 'unknown') expect(found['explanation']).toMatch(/person must look/);
	});

	it('who works the last day is told of', () => {
		expect(about({ status: 'Inactive', terminationDate: day(0) })).toMatchObject({
			endDate: day(0),
			explanation: `The last day is ${day(0)}.`,
		});
	});

	it('who is active has no last day of an earlier employment', () => {
		expect(about({ terminationDate: '2025-05-31' })['endDate']).toBeUndefined();
		expect(about({ terminationDate: day(9) })['endDate']).toBe(day(9));
	});

	it("is understood by the company's own words", () => {
		expect(about({ employmentStatusName: 'Career break' }, { 'career break': 'onLeave' })['status']).toBe('onLeave');
	});
});
