import fc from 'fast-check';

import type { Person } from '../../../lib/directory/person/person.ts';
import type { AccessRow } from '../../../lib/review/accessSnapshot.ts';
import { reviewRows } from '../../../lib/review/reviewers.ts';
import { newRowCells, readRows } from '../../../lib/review/rows.ts';
import { alertsAtStart, assertMayStart } from '../../../lib/review/start.ts';
import { REVIEW_COLUMNS } from '../../../lib/lifecycle/tables.ts';
import { emailKey } from '../../../lib/scim/emailKey.ts';
import { access, ago, person, review } from './reviewKit.mts';

const named = { fallbackReviewer: 'fall@x.example', securityReviewer: 'sec@x.example' };
const rowsOf = (rows: AccessRow[], persons: Person[], own = named) => reviewRows(rows, persons, { named: own, reviewId: 'r1', now: ago(0) });
const reviewed = (more: Partial<AccessRow>, persons: Person[], own = named) => rowsOf([access(more)], persons, own)[0];
const left = { active: false, status: 'inactive' };

describe('who reviews whom', () => {
	it.each<[string, Partial<AccessRow>, Person[], string, string]>([
		['the manager', {}, [person('Mia@X.example')], 'mia@x.example', 'manager'],
		['the manager of a manager who has left', {}, [person('mia@x.example', 'max@x.example', left), person('max@x.example')], 'max@x.example', "manager's manager"],
		['the manager of a manager on leave', {}, [person('mia@x.example', 'max@x.example', { status: 'onLeave' }), person('max@x.example')], 'max@x.example', "manager's manager"],
		['the fallback for a manager who is not in the directory', {}, [], 'fall@x.example', 'fallback'],
		['the fallback without a manager', { managerEmail: null }, [], 'fall@x.example', 'fallback'],
		['the owner of the group without a manager', { managerEmail: null, groupOwner: 'own@x.example' }, [person('own@x.example')], 'own@x.example', 'owner of the group'],
		['not an owner of the group who has left', { managerEmail: null, groupOwner: 'own@x.example' }, [person('own@x.example', undefined, left)], 'fall@x.example', 'fallback'],
		['not the person, as their own manager', { managerEmail: 'ANN@x.example' }, [person('ann@x.example', 'ann@x.example')], 'fall@x.example', 'fallback'],
		['not the person under another address', { managerEmail: 'boss@x.example', otherEmails: ['boss@x.example'] }, [person('boss@x.example')], 'fall@x.example', 'fallback'],
		['not the person as an alias of the manager', {}, [person('mia@x.example', undefined, { secondaryEmails: 'a@x.example, ann@x.example' })], 'fall@x.example', 'fallback'],
		['the security reviewer for who is privileged', { privileged: true }, [person('mia@x.example')], 'sec@x.example', 'security reviewer'],
		['the fallback where the security reviewer is privileged', { privileged: true, email: 'sec@x.example' }, [], 'fall@x.example', 'fallback'],
		['the security reviewer where the fallback has no manager', { email: 'fall@x.example', managerEmail: null }, [], 'sec@x.example', 'security reviewer'],
		['the active one of two entries', {}, [person('mia@x.example', undefined, left), person('mia@x.example')], 'mia@x.example', 'manager'],
	])('%s', (_case, more, persons, reviewer, reviewerAs) => {
		expect(reviewed(more, persons)).toMatchObject({ reviewer, reviewerAs, decision: '' });
	});

	it('says that there is no one, and never asks the person', () => {
		const alone = { fallbackReviewer: 'ann@x.example', securityReviewer: 'ANN@x.example' };
		const rows = rowsOf([access()], [], alone);
		expect(rows).toMatchObject([{ reviewer: '', decision: 'withoutReviewer', passedOver: expect.stringContaining('would review themselves') }]);
		expect(alertsAtStart(rows)).toMatchObject([{ key: 'access review: no one to ask', text: expect.stringContaining('ann@x.example (Staff)') }]);
	});

	it('tells that a directory without managers leaves nearly everything to the fallback', () => {
		const rows = rowsOf([access({ managerEmail: null }), access({ managerEmail: null }), access()], [person('mia@x.example')]);
		expect(alertsAtStart(rows)).toMatchObject([{ key: 'access review: managers missing', text: expect.stringMatching(/^For 2 of 3 rows/) }]);
	});

	const address = fc.constantFrom(...'abcdef'.split('').flatMap((name) => [`${name}@x.example`, `${name.toUpperCase()}@x.example`]));
	const optional = fc.option(address, { nil: undefined });
	const status = fc.constantFrom('active', 'inactive', 'onLeave', 'notStarted', 'suspended', 'unknown');
	const persons = fc.array(
		fc.tuple(optional, optional, optional, status).map(([email, managerEmail, secondaryEmails, word]) =>
			person(email, managerEmail, { secondaryEmails, status: word, active: word !== 'inactive' }),
		),
		{ maxLength: 8 },
	);
	const rows = fc.array(
		fc.record({
			userId: fc.constantFrom('1', '2', '3', '4'),
			email: address,
			otherEmails: fc.array(address, { maxLength: 2 }),
			managerEmail: fc.option(address),
			groupOwner: fc.option(address),
			group: fc.option(fc.constantFrom('One', 'Two')),
			privileged: fc.boolean(),
		}).map(access),
		{ maxLength: 12 },
	);

	it('gives everyone exactly one reviewer, or lists them; and no one to themselves, now or later', () => {
		fc.assert(
			fc.property(rows, persons, address, address, (population, directory, fallbackReviewer, securityReviewer) => {
				const found = rowsOf(population, directory, { fallbackReviewer, securityReviewer });
				expect(found).toHaveLength(population.length);
				found.forEach((one, index) => {
					expect(one.reviewer === '').toBe(one.decision === 'withoutReviewer');
					expect(one.reviewer).toBe(one.reviewers[0]?.email ?? '');
					expect(new Set(one.reviewers.map(({ email }) => email)).size).toBe(one.reviewers.length);
					const own = [one.email, ...(population[index]?.otherEmails ?? [])].map(emailKey);
					for (const { email } of one.reviewers) expect(own).not.toContain(emailKey(email));
				});
			}),
		);
	});

	it('does not depend on the order of the directory', () => {
		fc.assert(
			fc.property(rows, fc.uniqueArray(address, { selector: (email) => email.toLowerCase() }), (population, addresses) => {
				const directory = addresses.map((email, index) => person(email, addresses[(index + 1) % addresses.length]));
				expect(rowsOf(population, [...directory].reverse())).toEqual(rowsOf(population, directory));
			}),
		);
	});

	it('gives rows whose cells the table has, and that are read as they were', () => {
		const [one] = rowsOf([access({ otherEmails: ['b@x.example'], teamspace: 'T', privileged: true })], []);
		if (!one) throw new Error('There is no row');
		const cells = newRowCells(one);
		for (const name of Object.keys(cells)) expect(Object.keys(REVIEW_COLUMNS)).toContain(name);
		expect(readRows([{ ...cells, id: 4, comment: null, decidedBy: null }])).toEqual([{ ...one, id: 4 }]);
	});
});

describe('a start', () => {
	const settings = { ...named, dueInDays: 21, remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7 };

	it.each<[string, Partial<typeof settings>, boolean, RegExp]>([
		['without a fallback reviewer', { fallbackReviewer: 'someone' }, false, /Fallback Reviewer must be an email address/],
		['without a security reviewer', { securityReviewer: '' }, false, /Security Reviewer must be an email address/],
		['where no one would be asked instead', { escalateAfterDays: 21 }, false, /Ask the Next After must be less than Due In/],
		['while another one is open', {}, true, /r1 is still open, until 2026-11-30/],
	])('is refused %s', (_case, more, isOpen, why) => {
		expect(() => assertMayStart({ ...settings, ...more }, isOpen ? review() : undefined)).toThrow(why);
	});

	it('is good with everything set', () => {
		expect(() => assertMayStart(settings, undefined)).not.toThrow();
	});
});
