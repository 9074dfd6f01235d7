import { z } from 'zod';

import { groupsByRules } from '../../../workflows/sources/shared/groupRules.js';

type Person = Record<string, unknown>;

const groupsOf = (person: Person, rules: unknown, options?: { keepOthers: boolean }) =>
	z.array(z.string()).optional().parse(groupsByRules(person, rules, options));

const ada = {
	email: 'ada@example.com',
	department: 'Engineering',
	title: 'Head of Engines',
	groups: ['okta-eng', 'Everyone', 'Chess'],
};

describe('rules for groups', () => {
	it.each<[string, Person, string[]]>([
		['the attribute has the value', { department: 'Engineering' }, ['Given']],
		['it has the value in other capitals', { department: 'engineering' }, ['Given']],
		['it has another value', { department: 'Engineering and more' }, []],
		['it has nothing', {}, []],
		['it is empty', { department: '' }, []],
		['it is no text', { department: 7 }, []],
	])('gives the group where %s, and only there', (_case, person, expected) => {
		expect(groupsOf(person, [{ when: { department: 'Engineering' }, groups: ['Given'] }])).toEqual(
			expected,
		);
	});

	it('needs all conditions of a rule', () => {
		const rules = [
			{ when: { department: 'Engineering', title: 'Head of *' }, groups: ['Leads'] },
			{ when: { department: 'Engineering', title: 'Engineer' }, groups: ['Engineers'] },
		];

		expect(groupsOf(ada, rules)).toEqual(['Leads']);
		expect(groupsOf({ ...ada, department: 'Sales' }, rules)).toEqual([]);
	});

	it('needs one value of a list', () => {
		const rules = [{ when: { department: ['Sales', 'Engin*'] }, groups: ['Both'] }];

		expect(groupsOf(ada, rules)).toEqual(['Both']);
		expect(groupsOf({ department: 'Legal' }, rules)).toEqual([]);
	});

	it('takes a star for any ending, also none, and a star alone for any value', () => {
		const head = [{ when: { title: 'Head of *' }, groups: ['Heads'] }];
		const anybody = [{ when: { email: '*' }, groups: ['All'] }];

		expect(groupsOf({ title: 'Head of Sales' }, head)).toEqual(['Heads']);
		expect(groupsOf({ title: 'Header' }, head)).toEqual([]);
		expect(groupsOf({ title: 'Deputy Head of Sales' }, head)).toEqual([]);
		expect(groupsOf({ title: 'Engineer' }, [{ when: { title: 'Engineer*' }, groups: ['E'] }])).toEqual(['E']);
		expect(groupsOf({ email: 'x@example.com' }, anybody)).toEqual(['All']);
		expect(groupsOf({}, anybody)).toEqual([]);
	});

	it('knows the same letters in either Unicode form', () => {
		const rules = [{ when: { department: 'Développement' }, groups: ['Dév'] }];

		expect(groupsOf({ department: 'De\u0301veloppement' }, rules)).toEqual(['Dév']);
	});

	it('goes by groups of the directory', () => {
		const rules = [{ when: { group: 'okta-*' }, groups: ['Engineering'] }];

		expect(groupsOf(ada, rules)).toEqual(['Engineering']);
		expect(groupsOf({ ...ada, groups: ['Everyone'] }, rules)).toEqual([]);
		expect(groupsOf({ ...ada, groups: [] }, rules)).toEqual([]);
	});

	it('gives a group once, in the order of the rules', () => {
		const rules = [
			{ when: { department: 'Engineering' }, groups: ['B', 'A'] },
			{ when: { title: '*' }, groups: ['A', 'C'] },
		];

		expect(groupsOf(ada, rules)).toEqual(['B', 'A', 'C']);
	});

	it('keeps groups that no rule names where that is wanted', () => {
		const rules = [
			{ when: { group: 'okta-eng' }, groups: ['Engineering'] },
			{ when: { department: 'Legal' }, groups: ['Chess'] },
		];

		// The rules alone decide who is in a group that they name.
		expect(groupsOf(ada, rules, { keepOthers: true })).toEqual(['Engineering', 'Everyone']);
		expect(groupsOf(ada, rules)).toEqual(['Engineering']);
		expect(groupsOf(ada, [], { keepOthers: true })).toEqual(ada.groups);
		expect(groupsOf(ada, [])).toEqual([]);
	});

	it('does not take unknown groups for none', () => {
		const { groups: _unread, ...person } = ada;
		const byGroup = [{ when: { group: 'okta-eng' }, groups: ['Engineering'] }];
		const byDepartment = [{ when: { department: 'Engineering' }, groups: ['Engineering'] }];

		expect(groupsOf(person, byGroup)).toBeUndefined();
		expect(groupsOf(person, byDepartment, { keepOthers: true })).toBeUndefined();
		expect(groupsOf(person, byDepartment)).toEqual(['Engineering']);
	});

	it.each<[string, unknown, RegExp]>([
		['no list', { when: {} }, /must be a list/],
		['a rule for everyone by mistake', [{ when: {}, groups: ['A'] }], /rule 1 .* nothing in "when"/],
		['a rule without conditions', [{ groups: ['A'] }], /nothing in "when"/],
		['an attribute that no one has', [{ when: { departement: 'A' }, groups: ['A'] }], /"departement"/],
		['a misspelt part', [{ when: { title: 'A' }, group: ['A'] }], /can only have "when" and "groups"/],
		['no value', [{ when: { title: '' }, groups: ['A'] }], /for "title"/],
		['an empty list of values', [{ when: { title: [] }, groups: ['A'] }], /for "title"/],
		['a star inside', [{ when: { title: 'A*B' }, groups: ['A'] }], /only stand at the end/],
		['two stars', [{ when: { title: 'A**' }, groups: ['A'] }], /only stand at the end/],
		['no group', [{ when: { title: 'A' }, groups: [] }], /the groups that it gives/],
		['null', [null], /rule 1/],
		[
			'a mistake in the second rule',
			[{ when: { title: 'A' }, groups: ['A'] }, { when: { title: 'A' }, groups: [''] }],
			/rule 2/,
		],
	])('refuses %s', (_case, rules, sentence) => {
		expect(() => groupsOf(ada, rules)).toThrow(sentence);
	});
});
