import fc from 'fast-check';

import { changeRow, newChange, readChanges } from '../../../lib/lifecycle/journal.ts';
import type { Change } from '../../../lib/lifecycle/journal.ts';
import { findOutOfBand } from '../../../lib/lifecycle/outOfBand.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const HOUR = 3_600_000;
const settings = { explainedWithinHours: 24, confirmWithinHours: 8 };

const added = (more: object = {}) => ({
	event: 'personAdded',
	eventId: 'e1',
	detectedAt: new Date(NOW).toISOString(),
	id: 'eve-id',
	email: 'eve@example.com',
	displayName: 'Eve',
	before: null,
	after: { role: 'member', email: 'eve@example.com' },
	...more,
});

const madeOwner = added({ event: 'roleRaised', eventId: 'e2', before: { role: 'member' }, after: { role: 'owner' } });

const rowOf = (values: Partial<Change> & Pick<Change, 'kind' | 'state'>, hoursAgo = 1) => ({
	...changeRow(newChange({ email: 'Eve@example.com', ...values })),
	id: 1,
	createdAt: new Date(NOW - hoursAgo * HOUR).toISOString(),
	updatedAt: new Date(NOW - hoursAgo * HOUR).toISOString(),
});

const find = (events: unknown[], { journal = [], directory = [] }: { journal?: unknown[]; directory?: unknown[] } = {}) =>
	findOutOfBand({ events, journal: readChanges(journal), directory, execution: '7', now: NOW }, settings);

test('access that nothing explains is an alert, and a lockdown that waits for a person', () => {
	const { held, alerts } = find([added()]);

	expect(held).toMatchObject([
		{ kind: 'emergency', state: 'held', email: 'eve@example.com', userId: 'eve-id', dueAt: '2026-06-01T20:00:00.000Z', details: { app: 'notion' } },
	]);
	expect(held[0]?.key).toMatch(/^emergency\|.*\|notion$/);
	expect(alerts).toMatchObject([{ key: 'out-of-band-alert: eve@example.com' }]);
	expect(alerts[0]?.text).toContain('was added to the workspace');
});

test('both facts about one person are one alert and one lockdown, and an owner is said to need a hand', () => {
	const { held, alerts } = find([madeOwner, added()]);

	expect(held).toHaveLength(1);
	expect(alerts).toHaveLength(1);
	expect(alerts[0]?.text).toMatch(/role owner now \(before: member\).*was added.*lower the role in Notion/);
});

test.each<[string, unknown[], object]>([
	['a hire of the journal', [added()], { journal: [rowOf({ kind: 'hire', state: 'done', outcome: 'created' })] }],
	['a hire at work', [added()], { journal: [rowOf({ kind: 'hire', state: 'intended' })] }],
	['a created member of a sync', [added()], { journal: [rowOf({ kind: 'sync', state: 'done', outcome: 'done', details: { action: 'user.create' } })] }],
	['the same ID', [added()], { journal: [rowOf({ kind: 'hire', state: 'done', email: '', userId: 'EVE-ID'.toLowerCase() })] }],
	['an active entry of the directory', [added()], { directory: [{ email: 'EVE@example.com', status: 'Active' }] }],
	['a hire with that very role', [madeOwner], { journal: [rowOf({ kind: 'hire', state: 'done', details: { role: 'owner' } })] }],
	['a sync that gives that very role', [madeOwner], { journal: [rowOf({ kind: 'sync', state: 'done', outcome: 'done', details: { action: 'user.update', role: 'owner' } })] }],
	['a sync that is giving it', [madeOwner], { journal: [rowOf({ kind: 'sync', state: 'intended', details: { action: 'user.update', role: 'owner' } })] }],
	['another event', [added({ event: 'personRemoved' }), added({ event: 'watchStarted', id: null, email: null })], {}],
])('quiet: %s', (_name, events, known) => {
	expect(find(events, known)).toEqual({ held: [], alerts: [] });
});

test.each<[string, unknown[], object]>([
	['a hire of an earlier time', [added()], { journal: [rowOf({ kind: 'hire', state: 'done' }, 25)] }],
	['a hire that was refused', [added()], { journal: [rowOf({ kind: 'hire', state: 'refused' })] }],
	['a hire that waits', [added()], { journal: [rowOf({ kind: 'hire', state: 'held' })] }],
	['another person', [added()], { journal: [rowOf({ kind: 'hire', state: 'done', email: 'ada@example.com' })] }],
	['a changed title', [added()], { journal: [rowOf({ kind: 'sync', state: 'done', details: { action: 'user.update' } })] }],
	['a leaver', [added()], { journal: [rowOf({ kind: 'leave', state: 'done' })] }],
	['an entry of someone who left', [added()], { directory: [{ email: 'eve@example.com', status: 'left' }] }],
	['an entry of the directory, for a role', [madeOwner], { directory: [{ email: 'eve@example.com', status: 'active' }] }],
	[
		'a sync that gave the role, and took it since',
		[madeOwner],
		{
			journal: ['owner', 'member'].map((role, at) => ({
				...rowOf({ kind: 'sync', state: 'done', outcome: 'done', details: { action: 'user.update', role } }, 2 - at),
				id: at + 1,
			})),
		},
	],
	['a sync that was refused', [madeOwner], { journal: [rowOf({ kind: 'sync', state: 'refused', details: { action: 'user.update', role: 'owner' } })] }],
	['a hire with another role', [madeOwner], { journal: [rowOf({ kind: 'hire', state: 'done', details: { role: 'member' } })] }],
])('an alert in spite of %s', (_name, events, known) => {
	expect(find(events, known).held).toHaveLength(1);
});

test('what a person has decided on is not raised again for the same event, and is for the next', () => {
	const [row = newChange({ kind: 'emergency', state: 'held' })] = find([added()]).held;
	const stored = (state: Change['state']) => ({ journal: [rowOf({ ...row, state, outcome: state === 'held' ? 'held' : 'declined' })] });

	expect(find([added()], stored('done'))).toEqual({ held: [], alerts: [] });
	expect(find([added()], stored('held'))).toMatchObject({ held: [{ key: row.key }], alerts: [{}] });
	expect(find([added({ eventId: 'e9' })], stored('done')).held).toHaveLength(1);
});

test('what cannot be read explains nothing, and is told', () => {
	const { held, alerts } = find([{ event: 'personAdded' }, added()], { journal: [{ id: 3, email: 'eve@example.com', kind: 'hire', state: 'dome' }] });

	expect(held).toHaveLength(1);
	expect(alerts.map(({ text }) => text).join(' ')).toMatch(/1 of the items[\s\S]*Row 3/);
});

test('no item of any form is lost in silence', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (event) => {
			const isOther = typeof event === 'object' && event !== null && 'event' in event;
			expect(isOther || find([event]).alerts.length === 1).toBe(true);
		}),
	);
});
