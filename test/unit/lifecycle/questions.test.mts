import { questionsAbout } from '../../../lib/lifecycle/leavers/questions.ts';
import { journalRow, link } from './leaverKit.mts';

const asked = (employeeId: string, email = '', companyId = '') => ({ ask: 'person', employeeId, companyId, email });

describe('whom the HRIS is asked about', () => {
	it.each([
		['the employee', [journalRow(1)], [], [asked('7')]],
		['the address, where there is no ID', [journalRow(1, { employeeId: '', email: 'ada@example.com' })], [], [asked('', 'ada@example.com')]],
		['everyone once, of several events', [journalRow(1), journalRow(2), journalRow(3, { employeeId: '8' })], [], [asked('7'), asked('8')]],
		['no one, where the event names no one', [journalRow(1, { employeeId: '' })], [], []],
		[
			'the others who are linked to the same account',
			[journalRow(1)],
			[link({ employeeId: '7', userId: 'u-1' }), link({ employeeId: '12', email: 'other@example.com', userId: 'u-1' })],
			[asked('7'), asked('12')],
		],
		[
			'none of another account, another HRIS or another company',
			[journalRow(1, { companyId: 'A' })],
			[
				link({ employeeId: '7', userId: 'u-1' }),
				link({ employeeId: '12', userId: 'u-2' }),
				link({ employeeId: '13', userId: 'u-1', source: 'deel' }),
				link({ employeeId: '14', userId: 'u-1', companyId: 'B' }),
			],
			[asked('7', '', 'A')],
		],
		['no one, for a look or a reminder', [journalRow(1, { kind: 'watch' }), journalRow(2, { kind: 'remind' })], [], []],
	])('is %s', (_case, rows, links, expected) => {
		expect(questionsAbout(rows, links)).toEqual(expected);
	});
});
