import { desiredPeople } from '../../../lib/directory/desired/desiredPeople.ts';
import type { Entry } from '../../../lib/directory/desired/entry.ts';
import { checkedGroupRules, groupsByRules } from '../../../lib/directory/desired/groupRules.ts';
import type { WrittenRule } from '../../../lib/directory/desired/groupRules.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

const rule = (when: Record<string, string | string[]>, ...groups: string[]): WrittenRule => ({
	when: Object.entries(when).map(([attribute, values]) => ({ attribute, values: [values].flat() })),
	groups,
});

const groupsOf = (person: Entry, rules: WrittenRule[], keepOthers = false) =>
	groupsByRules(person, checkedGroupRules(rules), { keepOthers });

const ada = {
	email: 'ada@example.com',
	department: 'Engineering',
	title: 'Head of Engines',
	groups: ['okta-eng', 'Everyone', 'Chess'],
};

describe('rules for groups', () => {
	it.each<[string, Entry, string[]]>([
		['the attribute has the value', { department: 'Engineering' }, ['Given']],
		['it has the value in other capitals', { department: 'engineering' }, ['Given']],
		['it has another value', { department: 'Engineering and more' }, []],
		['it has nothing', {}, []],
		['it is empty', { department: '' }, []],
		['it is no text', { department: 7 }, []],
	])('give the group where %s, and only there', (_case, person, expected) => {
		expect(groupsOf(person, [rule({ department: 'Engineering' }, 'Given')])).toEqual(expected);
	});

	it('need all conditions of a rule', () => {
		const rules = [
			rule({ department: 'Engineering', title: 'Head of *' }, 'Leads'),
			rule({ department: 'Engineering', title: 'Engineer' }, 'Engineers'),
		];
		expect(groupsOf(ada, rules)).toEqual(['Leads']);
		expect(groupsOf({ ...ada, department: 'Sales' }, rules)).toEqual([]);
	});

	it('need one value of a list', () => {
		const rules = [rule({ department: ['Sales', 'Engin*'] }, 'Both')];
		expect(groupsOf(ada, rules)).toEqual(['Both']);
		expect(groupsOf({ department: 'Legal' }, rules)).toEqual([]);
	});

	it('take a star for any ending, also none, and a star alone for any value', () => {
		const head = [rule({ title: 'Head of *' }, 'Heads')];
		expect(groupsOf({ title: 'Head of Sales' }, head)).toEqual(['Heads']);
		expect(groupsOf({ title: 'Header' }, head)).toEqual([]);
		expect(groupsOf({ title: 'Deputy Head of Sales' }, head)).toEqual([]);
		expect(groupsOf({ title: 'Engineer' }, [rule({ title: 'Engineer*' }, 'E')])).toEqual(['E']);
		expect(groupsOf({ email: 'x@example.com' }, [rule({ email: '*' }, 'All')])).toEqual(['All']);
		expect(groupsOf({}, [rule({ email: '*' }, 'All')])).toEqual([]);
	});

	it('know the same letters in either Unicode form', () => {
		expect(groupsOf({ department: 'De\u0301veloppement' }, [rule({ department: 'Développement' }, 'Dév')])).toEqual(['Dév']);
	});

	it('go by groups of the directory', () => {
		const rules = [rule({ group: 'okta-*' }, 'Engineering')];
		expect(groupsOf(ada, rules)).toEqual(['Engineering']);
		expect(groupsOf({ ...ada, groups: ['Everyone'] }, rules)).toEqual([]);
	});

	it('give a group once, in the order of the rules', () => {
		const rules = [rule({ department: 'Engineering' }, 'B', 'A'), rule({ title: '*' }, 'A', 'C')];
		expect(groupsOf(ada, rules)).toEqual(['B', 'A', 'C']);
	});

	it('keep groups that no rule names where that is wanted', () => {
		const rules = [rule({ group: 'okta-eng' }, 'Engineering'), rule({ department: 'Legal' }, 'Chess')];
		// The rules alone decide who is in a group that they name.
		expect(groupsOf(ada, rules, true)).toEqual(['Engineering', 'Everyone']);
		expect(groupsOf(ada, rules)).toEqual(['Engineering']);
	});

	it('do not take unknown groups for none', () => {
		const { groups: _unread, ...person } = ada;
		expect(groupsOf(person, [rule({ group: 'okta-eng' }, 'Engineering')])).toBeUndefined();
		expect(groupsOf(person, [rule({ department: 'Engineering' }, 'Engineering')], true)).toBeUndefined();
		expect(groupsOf(person, [rule({ department: 'Engineering' }, 'Engineering')])).toEqual(['Engineering']);
	});

	it.each<[string, WrittenRule, RegExp]>([
		['without a condition', rule({}, 'A'), /Rule 1 .* no condition/],
		['with an attribute that no one has', rule({ departement: 'A' }, 'A'), /"departement"/],
		['without a value', rule({ title: '' }, 'A'), /for "title"/],
		['with an empty list of values', rule({ title: [] }, 'A'), /for "title"/],
		['with a star inside', rule({ title: 'A*B' }, 'A'), /only stand at the end/],
		['with two stars', rule({ title: 'A**' }, 'A'), /only stand at the end/],
		['without a group', rule({ title: 'A' }), /no group/],
		['with an empty group', rule({ title: 'A' }, ' '), /no group/],
	])('are refused %s', (_case, written, why) => {
		expect(() => checkedGroupRules([written])).toThrow(why);
	});
});

describe('the people of a directory', () => {
	const eve = { sourceId: '1', status: 'active', active: true, groups: ['eng', 'Pilot'], department: 'R&D' };
	const kenji = { sourceId: '2', status: 'active', active: true, groups: ['eng'] };
	const left = { sourceId: '3', status: 'inactive', active: false, groups: [] };
	const manifest = { manifest: true, source: 'test', complete: true, count: 3 };
	const desired = (items: Entry[], rules: Partial<Parameters<typeof desiredPeople>[1]> = {}) =>
		desiredPeople(items, { pilotGroup: '', groupRules: [], keepOtherGroups: true, ...rules }, NOW);

	it('come through as they are without rules', () => {
		expect(desired([eve, kenji, left, manifest, {}])).toEqual([eve, kenji, left, manifest]);
	});

	it('are in scope in the pilot group only, and no one outside it has left', () => {
		expect(desired([eve, kenji, left, manifest], { pilotGroup: ' pilot' })).toEqual([
			eve,
			{ ...kenji, inScope: false, scopeNote: expect.stringContaining('pilot group') },
			expect.objectContaining({ active: true, status: 'unknown', inScope: false }),
			manifest,
		]);
		const { groups: _groups, ...unknown } = eve;
		expect(desired([unknown], { pilotGroup: 'Pilot' })).toEqual([
			expect.objectContaining({ inScope: false, scopeNote: expect.stringContaining('could not be read') }),
		]);
	});

	it('get their groups by rules, and none at all where they cannot be told', () => {
		const groupRules = [rule({ group: 'eng' }, 'Engineering')];
		expect(desired([eve], { groupRules, keepOtherGroups: false })).toEqual([{ ...eve, groups: ['Engineering'] }]);
		const { groups: _groups, ...unknown } = eve;
		expect(desired([unknown], { groupRules })).toEqual([unknown]);
	});

	it('are looked for in the pilot group before rules replace their groups', () => {
		const groupRules = [rule({ group: 'eng' }, 'Engineering')];
		expect(desired([eve], { groupRules, keepOtherGroups: false, pilotGroup: 'Pilot' })).toEqual([
			{ ...eve, groups: ['Engineering'] },
		]);
	});

	it('keep their groups where no one has what a rule asks for', () => {
		const groupRules = [rule({ department: 'Sales' }, 'Sales')];
		expect(desired([kenji, manifest], { groupRules })).toEqual([
			{ sourceId: '2', status: 'active', active: true },
			{ ...manifest, groupsComplete: false, explanation: expect.stringContaining('ask for department') },
		]);
		expect(desired([{ ...kenji, department: 'Sales' }, eve], { groupRules, keepOtherGroups: false })).toEqual([
			expect.objectContaining({ groups: ['Sales'] }),
			expect.objectContaining({ groups: [] }),
		]);
	});

	it.each([
		['the source failed', [{ error: 'No such table' }], 'No such table', {}],
		['the source failed with an object', [{ error: { message: 'No such table' } }], 'No such table', {}],
		['a rule has a mistake', [eve, manifest], 'Rule 1', { groupRules: [rule({}, 'A')] }],
	])('are an incomplete reading where %s', (_case, items, said, rules) => {
		expect(desired(items, rules)).toEqual([
			expect.objectContaining({
				manifest: true,
				complete: false,
				count: 0,
				explanation: expect.stringContaining(said),
			}),
		]);
	});
});
