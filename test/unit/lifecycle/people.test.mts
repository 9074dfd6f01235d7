import { readAnswers, readingOf } from '../../../lib/lifecycle/answers.ts';
import { isAbout, nameOf } from '../../../lib/lifecycle/employees.ts';
import { accountLink, formerHolder, linksOf, readLinks } from '../../../lib/lifecycle/links.ts';

const ADA = { source: 'bamboohr', companyId: '', employeeId: '7', email: 'ada@example.com' };

describe('a row', () => {
	it.each([
		['the same ID', {}, true],
		['another ID and the same address', { employeeId: '8' }, false],
		['no ID and the same address, spelt otherwise', { employeeId: '', email: 'ADA@Example.com' }, true],
		['no ID and another address', { employeeId: '', email: 'grace@example.com' }, false],
		['neither ID nor address', { employeeId: '', email: '' }, false],
		['another HRIS', { source: 'personio' }, false],
		['the same HRIS, spelt otherwise', { source: 'BambooHR' }, true],
		['no HRIS', { source: '' }, true],
		['a company', { companyId: 'A' }, true],
	])('with %s', (_case, more, expected) => {
		expect(isAbout({ ...ADA, ...more }, ADA)).toBe(expected);
	});

	it('of another company is about another employee', () => {
		expect(isAbout({ ...ADA, companyId: 'A' }, { ...ADA, companyId: 'B' })).toBe(false);
	});
});

describe('links', () => {
	const link = (more: object) => ({ ...ADA, userId: 'u-7', updatedAt: '2026-01-01T00:00:00Z', ...more });

	it('are read as a Data Table gives them, oldest first, and empty items are none', () => {
		const links = readLinks([link({ updatedAt: '2026-02-01T00:00:00Z', userId: 'new' }), {}, link({ companyId: null })]);
		expect(links.map(({ userId, companyId }) => [userId, companyId])).toEqual([
			['u-7', ''],
			['new', ''],
		]);
	});

	it('tell the other employees of the same account', () => {
		const links = readLinks([link({}), link({ employeeId: '99', source: 'deel' }), link({ employeeId: '5', userId: 'u-5' })]);
		expect(linksOf(ADA, links)).toMatchObject({ userIds: ['u-7'], others: [{ employeeId: '99' }] });
	});

	it.each([
		['B', ['A', 'B'], 'u-B'],
		['B', ['A'], undefined],
		['B', [''], 'u-'],
		['', ['A'], 'u-A'],
		['', ['A', 'B'], undefined],
	])('of an employee of company "%s" among those of %j', (companyId, companies, userId) => {
		const links = readLinks(companies.map((company) => link({ companyId: company, userId: `u-${company}` })));
		expect(accountLink({ ...ADA, companyId }, links)?.userId).toBe(userId);
	});

	it('and removals tell whose address it was, unless an own link is newer', () => {
		const use = { ...ADA, employeeId: '6', at: 10 };
		const holder = (ownSince?: number, isSame = false) =>
			formerHolder(
				ADA,
				{ links: ownSince === undefined ? [] : readLinks([link({ updatedAt: ownSince })]), uses: [use] },
				() => isSame,
			);
		expect(holder()).toBe(use);
		expect(holder(9)).toBe(use);
		expect(holder(10)).toBeUndefined();
		expect(holder(undefined, true)).toBeUndefined();
		expect(formerHolder(ADA, { links: [], uses: [{ ...use, email: 'grace@example.com' }] }, () => false)).toBeUndefined();
	});
});

describe('answers of the HRIS', () => {
	const asked = { employeeId: '7', email: 'ada@example.com' };
	const found = { found: true, source: 'bamboohr', sourceId: '7', status: 'active', asked };

	it('belong to the question about the employee, and each record counts once', () => {
		const answers = readAnswers([
			{ ...found, sourceId: '6' },
			found,
			found,
			{ ...found, sourceId: '8', asked: { employeeId: '8', email: '' } },
		]);
		const { records, unreadable, source } = readingOf(answers, [asked]);
		expect(records.map(({ sourceId }) => sourceId)).toEqual(['7', '6']);
		expect([unreadable, source]).toEqual([undefined, 'bamboohr']);
	});

	it('about an address belong to the question about it, however it is spelt', () => {
		const answers = readAnswers([{ ...found, asked: { employeeId: '', email: 'ADA@example.com' } }]);
		expect(readingOf(answers, [{ employeeId: '', email: 'ada@example.com' }]).records).toHaveLength(1);
		expect(readingOf(answers, [asked]).unreadable).toBeDefined();
	});

	it('may be that there is no such employee, which is no failure', () => {
		const answers = readAnswers([{ found: false, source: 'bamboohr', asked }]);
		expect(readingOf(answers, [asked])).toEqual({ records: [], source: 'bamboohr' });
	});

	it.each([
		['none', [], 'The source gave no answer.'],
		['an error', [{ error: 'BambooHR answered 503.' }], 'BambooHR answered 503.'],
		['an error with fields', [{ error: { message: 'Timed out' } }], 'Timed out.'],
		['another person\'s', [{ ...found, asked: { employeeId: '8', email: '' } }], 'The source gave no answer.'],
		['no yes or no', [{ ...found, found: 'maybe' }], 'The source gave no answer.'],
		['a record without an ID', [{ ...found, sourceId: '' }], 'A record of the HRIS cannot be read: sourceId is missing.'],
	])('that are %s mean that the HRIS could not be read', (_case, items, unreadable) => {
		expect(readingOf(readAnswers(items), [asked])).toMatchObject({ records: [], unreadable });
	});

	it('must be there for every question', () => {
		const other = { employeeId: '8', email: '' };
		expect(readingOf(readAnswers([found]), [asked, other]).unreadable).toBeDefined();
	});
});

it('names a person by name and number', () => {
	expect(nameOf({ displayName: 'Ada', email: 'a@example.com', employeeId: '7' })).toBe('Ada (employee 7)');
	expect(nameOf({ displayName: '', email: 'a@example.com', employeeId: '' })).toBe('a@example.com');
	expect(nameOf({ displayName: '', email: '', employeeId: '7' })).toBe('Employee 7');
});

describe('what an HRIS source answers', () => {
	const question = (employeeId: string) => ({ employeeId, email: '' });
	const answer = (employeeId: string, more: object) => ({ asked: question(employeeId), source: 'bamboohr', ...more });

	it('about one employee says nothing about another one who cannot be read', () => {
		const answers = readAnswers([
			answer('7', { found: true, sourceId: '7', status: 'active', active: true, email: 'ada@example.com' }),
			answer('x', { found: false, unreadable: '"x" is not the ID of an employee.' }),
			answer('9', { found: false }),
		]);

		expect(readingOf(answers, [question('7')]).records).toHaveLength(1);
		expect(readingOf(answers, [question('x')])).toMatchObject({ records: [], unreadable: '"x" is not the ID of an employee.' });
		expect(readingOf(answers, [question('9')])).toEqual({ records: [], source: 'bamboohr' });
	});
});
