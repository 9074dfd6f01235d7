import type { EmergencySettings } from '../../../lib/lifecycle/emergency/emergencyRules.ts';
import { planEmergencies } from '../../../lib/lifecycle/emergency/planEmergencies.ts';
import { protectedList } from '../../../lib/lifecycle/emergency/protectedList.ts';
import type { StoredChange, UnreadableRow } from '../../../lib/lifecycle/journal.ts';
import { emergencyRow as row, emergencySettings, minutesAgo, NOW } from './emergencyKit.mts';

const HOUR = 60 * 60_000;

/** @param rows those that are `received` are of this execution */
function plan(rows: StoredChange[], settings: Partial<EmergencySettings> = {}, unreadable: UnreadableRow[] = []) {
	const events = { rows: rows.filter(({ state }) => state === 'received'), unreadable: [] };
	const window = { rows, unreadable };
	return planEmergencies({ events, window, execution: '9', now: NOW }, emergencySettings(settings));
}

const outcomes = ({ changes }: ReturnType<typeof plan>) =>
	changes.map(({ email, state, outcome }) => `${email} ${outcome || state}`);

const other = (id: number, person: string, more: Partial<StoredChange> = {}) =>
	row(id, person, { call: 'o|o', state: 'done', outcome: 'lockedDown', createdAt: minutesAgo(1), ...more });

describe('the limit', () => {
	it.each<[string, StoredChange[], number, string[]]>([
		['takes the first', [row(1, 'a'), row(2, 'b'), row(3, 'c')], 2, ['a intended', 'b intended', 'c held']],
		['counts a person once, in however many apps', [row(1, 'a'), row(2, 'a', { app: 'okta' }), row(3, 'b')], 2, ['a intended', 'a intended', 'b intended']],
		['counts whom other calls locked out before', [other(1, 'x'), row(2, 'a'), row(3, 'b')], 2, ['a intended', 'b held']],
		['counts calls at the same time that were stored first', [other(1, 'x', { state: 'intended', outcome: '' }), other(2, 'y', { state: 'intended', outcome: '' }), row(3, 'a')], 2, ['a held']],
		['does not count whom a later call names', [row(1, 'a'), other(2, 'x'), other(3, 'y')], 1, ['a intended']],
		['lets a person pass who counts already', [other(1, 'a', { outcome: 'failed' }), other(2, 'x'), row(3, 'a')], 2, ['a intended']],
		['does not count who waits, is protected or was confirmed', [other(1, 'x', { state: 'held', outcome: 'held' }), other(2, 'y', { outcome: 'protected' }), other(3, 'z', { approvedBy: 'ada' }), row(4, 'a')], 1, ['a intended']],
		['does not count who was locked out before the window', [other(1, 'x', { createdAt: NOW - HOUR }), row(2, 'a')], 1, ['a intended']],
		['lets no one pass at zero', [row(1, 'a')], 0, ['a held']],
		['lets the confirmed pass', [other(1, 'x'), row(2, 'a', { approvedBy: 'cso@example.com', outcome: 'held' })], 1, ['a intended']],
		['counts a row that waited for the clock as its own', [row(1, 'a', { createdAt: NOW - 3 * HOUR, attempts: 1 }), row(2, 'b', { createdAt: NOW - 3 * HOUR })], 1, ['a intended', 'b held']],
	])('%s', (_case, rows, limitPeople, expected) => {
		expect(outcomes(plan(rows, { limitPeople }))).toEqual(expected);
	});

	it('lets everyone wait while a row of the window cannot be read', () => {
		const unreadable = { id: '7', key: '', employeeId: '', email: '', why: 'Row 7 cannot be read.' };
		const planned = plan([row(1, 'a')], {}, [unreadable]);
		expect(outcomes(planned)).toEqual(['a held']);
		expect(planned.alerts.map(({ text }) => text)).toContainEqual(expect.stringContaining('Row 7'));
	});

	it('locks out no more people than the limit, however many are named, and tells of the others once', () => {
		const people = Array.from({ length: 500 }, (_, index) => `person${index}@example.com`);
		const rows = people.flatMap((person, index) => [row(2 * index + 1, person), row(2 * index + 2, person, { app: 'okta' })]);

		const { changes, alerts } = plan(rows);

		const those = (state: string) => [...new Set(changes.filter((one) => one.state === state).map(({ email }) => email))];
		expect(those('intended')).toEqual(people.slice(0, 5));
		expect(those('held')).toEqual(people.slice(5));
		expect(alerts).toEqual([{ key: 'emergency-lockdown: execution 9 waits', text: expect.stringContaining('These 495 wait') }]);
		expect(alerts[0]?.text).toMatch(/And \d+ more: see the Data Table/);
		expect(alerts[0]?.text.length).toBeLessThan(4_000);
	});

	it('says until when a person may confirm', () => {
		const [held] = plan([row(1, 'a')], { limitPeople: 0, confirmWithinHours: 2 }).changes;
		expect(held).toMatchObject({ state: 'held', dueAt: '2026-02-03T12:00:00.000Z', reason: expect.stringContaining('More than 0 people') });
	});
});

describe('a copy of what', () => {
	const earlier = (more: Partial<StoredChange>) => [row(1, 'a', { state: 'done', createdAt: minutesAgo(9), updatedAt: minutesAgo(8), ...more }), row(2, 'a')];

	it.each<[string, Partial<StoredChange>, boolean]>([
		['is being done', { state: 'intended', updatedAt: minutesAgo(1) }, true],
		['was just stored', { state: 'received', execution: 'other', updatedAt: minutesAgo(1) }, true],
		['is done', { outcome: 'lockedDown' }, true],
		['waits for a person', { state: 'held', outcome: 'held' }, true],
		['was a protected responder', { state: 'refused', outcome: 'protected' }, true],
		['failed', { state: 'refused', outcome: 'failed' }, false],
		['is not certain', { state: 'needsPerson', outcome: 'notVerified' }, false],
		['is tried again later', { state: 'retry', outcome: 'failed' }, false],
		['no one confirmed in time', { outcome: 'expired' }, false],
		['seems to have died', { state: 'intended', updatedAt: minutesAgo(3) }, false],
		['is of another call', { outcome: 'lockedDown', key: 'emergency|o|o|a|notion' }, false],
	])('%s', (_case, more, isCopy) => {
		const [first, second] = earlier(more);
		const events = { rows: second ? [second] : [], unreadable: [] };
		const window = { rows: first && second ? [first, second] : [], unreadable: [] };
		const planned = planEmergencies({ events, window, execution: '9', now: NOW }, emergencySettings());
		expect(outcomes(planned)).toEqual([isCopy ? 'a copy' : 'a intended']);
	});

	it('died, and is done once more: of several that died, only the first acts', () => {
		const died = { attempts: 1, createdAt: minutesAgo(30), updatedAt: minutesAgo(20) };
		expect(outcomes(plan([row(1, 'a', died), row(2, 'a', died)]))).toEqual(['a intended', 'a copy']);
	});
});

describe('who is not locked out', () => {
	it('a protected responder, in whatever spelling, and the others are', () => {
		for (const written of ['soc@example.com ', 'Soc <SOC@example.com>', ['mailto:soc@example.com'], 'x@example.com; soc@example.com']) {
			const planned = plan([row(1, 'soc@example.com'), row(2, 'a')], { protectedResponders: protectedList(written) });
			expect(outcomes(planned)).toEqual(['soc@example.com protected', 'a intended']);
			expect(planned.alerts).toEqual([expect.objectContaining({ text: expect.stringContaining('soc@example.com: A protected responder') })]);
		}
	});

	it('a protected responder a person has confirmed', () => {
		const protectedResponders = protectedList('soc@example.com');
		expect(outcomes(plan([row(1, 'soc@example.com', { approvedBy: 'cso' })], { protectedResponders }))).toEqual(['soc@example.com protected']);
	});

	it.each([
		['a name', ['Soc']],
		['an address with two at signs', ['soc@@example.com']],
		['a domain', '@example.com'],
		['no text', [{ email: 'soc@example.com' }]],
		['a letter that no one sees', ['soc@example.com\u200b']],
	])('anyone, while %s stands among the protected responders', (_case, written) => {
		const planned = plan([row(1, 'soc@example.com'), row(2, 'a')], { protectedResponders: protectedList(written) });
		expect(outcomes(planned)).toEqual(['soc@example.com failed', 'a failed']);
		expect(planned.alerts).toEqual([expect.objectContaining({ text: expect.stringMatching(/in Protected Responders is no email address/) })]);
	});

	it('anyone in an app that the company does not have', () => {
		const rows = [row(1, 'a'), row(2, 'a', { app: 'okta' })];
		expect(outcomes(plan(rows, { apps: ['notion'] }))).toEqual(['a intended', 'a notSetUp']);
	});

	it('a person of a call that cannot be followed, which is told', () => {
		const planned = plan([row(1, 'everybody', { app: 'none', details: { app: 'none', trouble: 'No address.' } })]);
		expect(planned.changes).toEqual([expect.objectContaining({ state: 'refused', outcome: 'failed', reason: 'No address.' })]);
		expect(planned.alerts).toEqual([
			{ key: 'emergency-lockdown: edr|msg_1 refused', text: expect.stringContaining('everybody: No address.') },
		]);
	});
});

describe('what comes back', () => {
	it('a person about whom no one decided in time is left alone, and all of them are named once', () => {
		const held = { outcome: 'held', dueAt: '2026-02-03T10:00:00.000Z' };
		const planned = plan([row(1, 'ada', held), row(2, 'bo', held)]);
		expect(outcomes(planned)).toEqual(['ada expired', 'bo expired']);
		expect(planned.alerts).toEqual([expect.objectContaining({ text: expect.stringMatching(/No one decided.*ada, bo/s) })]);
	});

	it('a person whose time still runs waits on, no longer than before', () => {
		const dueAt = '2026-02-03T10:30:00.000Z';
		const planned = plan([row(1, 'ada', { outcome: 'held', dueAt })], { limitPeople: 0 });
		expect(planned.changes).toEqual([expect.objectContaining({ state: 'held', dueAt })]);
	});

	it('what was begun once is begun once more', () => {
		const planned = plan([row(1, 'ada', { attempts: 1, createdAt: minutesAgo(30) })]);
		expect(planned.changes).toEqual([expect.objectContaining({ state: 'intended', attempts: 2 })]);
	});

	it('what was begun twice is given up, and told once for all', () => {
		const planned = plan([row(1, 'ada', { attempts: 2 }), row(2, 'bo', { attempts: 2, app: 'okta' })]);
		expect(planned.changes.map(({ state, outcome }) => [state, outcome])).toEqual([
			['needsPerson', 'notVerified'],
			['needsPerson', 'notVerified'],
		]);
		expect(planned.alerts).toEqual([expect.objectContaining({ text: expect.stringMatching(/by hand.*ada in Notion\nbo in Okta/s) })]);
	});
});

describe('what an app is handed', () => {
	const okta = (settings: Partial<EmergencySettings>) =>
		plan([row(1, 'ada', { app: 'okta', details: { app: 'okta', callReason: 'Stolen' } })], settings).changes[0];

	it('the reason of the call, and whom not to touch', () => {
		expect(okta({ protectedResponders: protectedList('soc@example.com') })).toMatchObject({
			reason: 'Stolen',
			details: { app: 'okta', callReason: 'Stolen', protectedEmails: ['soc@example.com'] },
		});
	});

	it('that no one need be told of a person it does not have, where that is usual', () => {
		expect(okta({ alertIfNotFound: false })?.details.quietNotFound).toBe(true);
		expect(okta({})?.details).toEqual({ app: 'okta', callReason: 'Stolen' });
	});
});
