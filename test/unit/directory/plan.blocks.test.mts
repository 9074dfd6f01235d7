import type { BlockedPerson, PersonLink } from '../../../lib/directory/plan/policy.ts';
import { context, HOUR, inShort, link, NOW, person, planned, theChange, user } from './planKit.mts';

describe('a person whose last day has come', () => {
	// It is 09:00 UTC on 2 March: on Kiritimati (UTC+14) it is the 2nd as well, and the 3rd from 10:00 on.
	it.each([
		['2026-02-28', 'their last day was 2026-02-28'],
		['2026-03-01', 'their last day is 2026-03-01'],
		['2026-03-02', 'their last day is 2026-03-02'],
	])('gets no account: %s', (endDate, words) => {
		const plan = planned({ persons: [person('ada', { endDate })] });
		expect(inShort(plan)).toEqual(['none ada@example.com: skipped']);
		expect(theChange(plan, 'skipped').explanation).toContain(words);
	});

	it('gets one while it is the day before everywhere', () => {
		const persons = [person('ada', { endDate: '2026-03-03' })];
		expect(inShort(planned({ persons }))).toEqual(['user.create ada@example.com: ok']);
		const anHourLater = context({ now: NOW + HOUR });
		expect(inShort(planned({ persons, context: anHourLater }))).toEqual(['none ada@example.com: skipped']);
	});

	it('stays a member until the source says that they have left', () => {
		const persons = [person('ada', { endDate: '2026-02-01' })];
		expect(inShort(planned({ persons, users: [user('ada')] }))).toEqual([]);
	});

	it('gets one where another entry goes on', () => {
		const other = person('o1', {
			source: 'okta',
			email: 'ada@example.com',
			attributes: { displayName: 'Ada' },
		});
		expect(inShort(planned({ persons: [person('ada', { endDate: '2026-02-01' }), other] }))).toEqual([
			'user.create ada@example.com: ok',
		]);
	});
});

describe('a person who was locked out', () => {
	const lockedOut = (settings: Partial<BlockedPerson>): BlockedPerson => ({
		email: undefined,
		userId: undefined,
		until: undefined,
		why: 'Locked out by a person.',
		...settings,
	});
	const outcome = (kept: Partial<BlockedPerson>, links: PersonLink[] = [], users = [user('zoe')]) =>
		inShort(
			planned({
				persons: [person('ada'), person('zoe')],
				users,
				policy: { blocks: [lockedOut(kept)] },
				context: { links: { people: links, groups: [] } },
			}),
		);
	const blocked = ['user.create ada@example.com: blocked'];
	const joins = ['user.create ada@example.com: ok'];

	it('is not created again, and the change says why', () => {
		const plan = planned({
			persons: [person('ada')],
			policy: { blocks: [lockedOut({ email: 'ADA@Example.com' })] },
		});
		expect(inShort(plan)).toEqual(blocked);
		expect(theChange(plan, 'user.create').guard).toBe('blocked: Locked out by a person.');
	});

	it.each([
		['for ever', undefined, blocked],
		['until later', NOW + 1, blocked],
		['until now', NOW, joins],
	])('is blocked %s', (_, until, changes) => {
		expect(outcome({ email: 'ada@example.com', until })).toEqual(changes);
	});

	it('is known by the account, with its links and where Notion still shows it', () => {
		expect(outcome({ userId: 'u-ada' })).toEqual(joins);
		expect(outcome({ userId: 'u-ada' }, [link('ada')])).toEqual(blocked);
		const gone = user('ada', { active: false });
		expect(outcome({ userId: 'u-ada' }, [], [user('zoe'), gone])).toEqual(blocked);
	});

	it("gets no one's account by a new address", () => {
		const plan = planned({
			persons: [person('x', { email: 'ada@example.com' })],
			users: [user('x')],
			policy: { blocks: [lockedOut({ email: 'ada@example.com' })] },
			context: { links: { people: [link('x')], groups: [] } },
		});
		expect(inShort(plan)).toEqual(['user.rename x@example.com: blocked']);
	});
});
