import type { PlannedChange } from '../../../../lib/directory/plan/plannedChange.ts';
import { blockedSince } from '../../../../lib/directory/apply/blockedSince.ts';
import { heldRow, intendedRow, plannedKey } from '../../../../lib/lifecycle/directoryChanges.ts';
import type { StoredChange } from '../../../../lib/lifecycle/journal.ts';
import { decide, roomOfDay } from '../../../../lib/lifecycle/sync/decide.ts';
import type { DecideInputs } from '../../../../lib/lifecycle/sync/decide.ts';
import { linksAfter, linksFound, linksOfLostGroups } from '../../../../lib/lifecycle/sync/links.ts';
import { toldOfPlan, toldOfResults } from '../../../../lib/lifecycle/sync/told.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const item = (more: Partial<PlannedChange> = {}): PlannedChange => ({
	action: 'user.remove',
	target: { type: 'user', id: 'u1', email: 'ada@example.com', displayName: 'Ada', source: 'test', sourceId: '1' },
	member: null,
	changes: [],
	reason: 'inactive',
	explanation: 'Ada has left.',
	guard: 'ok',
	impact: 1,
	precondition: {},
	planDigest: 'digest',
	workspace: 'w',
	policyDigest: 'p',
	plannedAt: ago(0),
	expiresAt: ago(-24 * 60),
	signature: 's',
	...more,
});

const joiner = (email: string): PlannedChange =>
	item({
		action: 'user.create',
		impact: 0,
		reason: 'joiner',
		explanation: `${email} joins.`,
		target: { type: 'user', id: null, email, displayName: email, source: 'test', sourceId: email },
	});

const joins = (email: string, id: string | null = null): PlannedChange =>
	item({
		action: 'group.addMembers',
		impact: 0,
		reason: 'groupMembership',
		target: { type: 'group', id: 'g', displayName: 'Sales' },
		member: { id, email, displayName: null },
	});

const origin = { kind: 'sync', workflow: 'Sync', execution: '7', requestedBy: '', approvedBy: '', now: NOW } as const;

let nextId = 1;
const held = (planned: PlannedChange, more: Partial<StoredChange> = {}): StoredChange => ({
	...heldRow(planned, origin),
	id: nextId++,
	createdAt: NOW - 60_000,
	updatedAt: NOW - 60_000,
	...more,
});
const begun = (planned: PlannedChange, more: Partial<StoredChange> = {}): StoredChange => ({
	...intendedRow(planned, origin),
	id: nextId++,
	createdAt: NOW - 60_000,
	updatedAt: NOW - 60_000,
	...more,
});

const decided = (items: PlannedChange[], more: Partial<DecideInputs> = {}) =>
	decide(items, {
		mode: 'apply',
		approval: 'never',
		room: { removals: 100, creations: 100 },
		rows: [],
		isWhole: true,
		now: NOW,
		...more,
	});

describe('what becomes of a plan', () => {
	const removal = item();
	const creation = joiner('new@example.com');
	const plan = [removal, creation, item({ guard: 'blocked: An owner.' }), item({ action: 'none', reason: 'skipped', impact: 0 })];

	it.each([
		['never', [removal, creation], []],
		['removals', [creation], [removal]],
		['always', [], [removal, creation]],
	] as const)('with approval %s', (approval, free, asking) => {
		expect(decided(plan, { approval })).toMatchObject({ free, asking, declined: [] });
	});

	it.each(['dryRun', 'readOnly'] as const)('in mode %s nothing is done and no one is asked', (mode) => {
		expect(decided(plan, { mode })).toMatchObject({ free: [], asking: [], released: [], expired: [], unwanted: [] });
	});

	it('waits on where it waits, and is carried out once it is released', () => {
		const older = item({ planDigest: 'older', explanation: 'Other words.' });
		const waits = held(older);
		expect(decided(plan, { rows: [waits] })).toMatchObject({ free: [creation], asking: [], waiting: [{ item: removal, row: waits }] });
		const released = held(older, { state: 'retry', dueAt: ago(1) });
		expect(decided(plan, { rows: [released] })).toMatchObject({ free: [creation], released: [{ item: removal, row: released }] });
	});

	it('does not let what was held or never answered trickle through on another day', () => {
		const expired = { state: 'withdrawn', outcome: 'expired' } as const;
		for (const row of [held(removal, expired), held(removal, { dueAt: ago(1), details: {} })]) {
			expect(decided(plan, { rows: [row] })).toMatchObject({ free: [creation], asking: [removal] });
		}
	});

	it('does not ask again for a day after a no, and then does', () => {
		const no = (minutes: number) => held(removal, { state: 'done', outcome: 'declined', updatedAt: NOW - minutes * 60_000 });
		expect(decided(plan, { rows: [no(23 * 60)] })).toMatchObject({ free: [creation], asking: [], declined: [removal] });
		expect(decided(plan, { rows: [no(25 * 60)] })).toMatchObject({ free: [creation], asking: [removal], declined: [] });
	});

	it('ends what is not wanted any more, but not after half a reading', () => {
		const rows = [held(item({ changes: [{ attribute: 'role', from: 'member', to: 'owner' }] })), held(joiner('x@example.com'), { state: 'retry' })];
		expect(decided(plan, { rows }).unwanted).toEqual(rows);
		expect(decided(plan, { rows, isWhole: false }).unwanted).toEqual([]);
		const late = held(removal, { dueAt: ago(1), details: {} });
		expect(decided(plan, { rows: [late], isWhole: false }).expired).toEqual([late]);
		const tooLate = held(item({ expiresAt: ago(1) }), { state: 'retry' });
		expect(decided(plan, { rows: [tooLate] })).toMatchObject({ released: [], expired: [tooLate] });
	});

	it('asks about what is beyond the limits of the day, and lets leavers go first', () => {
		const rename = item({ action: 'user.rename', reason: 'renamed' });
		const [a, b] = [joiner('a@example.com'), joiner('b@example.com')];
		const [joinsA, joinsB] = [joins('a@example.com'), joins('B@example.com')];
		const items = [rename, removal, a, b, joinsA, joinsB];
		const room = { removals: 1, creations: 1 };
		const found = decided(items, { room });
		expect(found).toMatchObject({ free: [removal, a, joinsA], asking: [rename, b, joinsB] });
		expect([...found.beyond]).toEqual([rename, b, joinsB]);
		expect([...decided(items, { room, mode: 'dryRun' }).beyond]).toEqual([rename, b, joinsB]);
		expect(decided(items, { room: { removals: -3, creations: 0 } }).free).toEqual([]);
	});

	it('counts what was released before what needs no approval', () => {
		const other = item({ target: { ...removal.target, id: 'u2' } as PlannedChange['target'] });
		const released = held(removal, { state: 'retry' });
		expect(decided([removal, other], { rows: [released], room: { removals: 1, creations: 0 } })).toMatchObject({
			released: [{ item: removal }],
			free: [],
			asking: [other],
		});
	});

	it('has no room where the day cannot be counted', () => {
		const limits = { removalLimit: 30, createLimit: 50 };
		expect(roomOfDay(limits, { removals: 1, creations: 3 })).toEqual({ removals: 29, creations: 47 });
		expect(roomOfDay(limits, undefined)).toEqual({ removals: 0, creations: 0 });
	});

	it('is told with the reason, each change once', () => {
		const found = decided(plan, { approval: 'removals' });
		expect(toldOfPlan(plan, found, 'apply').map(({ kind, who }) => [kind, who])).toEqual([
			['waiting', 'Ada <ada@example.com>'],
			['blocked', 'Ada <ada@example.com>'],
			['skipped', 'Ada <ada@example.com>'],
		]);
		expect(toldOfPlan(plan, decided(plan, { mode: 'dryRun' }), 'dryRun').map(({ kind }) => kind)).toEqual([
			'planned',
			'planned',
			'blocked',
			'skipped',
		]);
	});

	it('is told after it was carried out; what needs a held change shares its lot', () => {
		const creationRow = begun(creation, { outcome: 'held' });
		const joinRow = begun(joins('new@example.com'), { outcome: 'notTried' });
		expect(toldOfResults([creationRow, joinRow]).map(({ kind }) => kind)).toEqual(['held', 'held']);
		expect(toldOfResults([begun(removal, { outcome: 'unchanged' })])).toEqual([]);
		expect(toldOfResults([begun(removal, { outcome: 'stale' })])).toMatchObject([{ kind: 'failed' }]);
	});
});

describe('who was blocked since a plan was made', () => {
	const block = { email: 'new@example.com', userId: undefined, until: NOW + 60_000, at: NOW - 60_000, why: 'Locked out.' };
	const creation = joiner('NEW@example.com');

	it.each([
		['a new account', creation, block, 'Locked out.'],
		['a new address', item({ action: 'user.rename', changes: [{ attribute: 'email', from: 'old@example.com', to: 'new@example.com' }] }), block, 'Locked out.'],
		['a group, by Notion\'s ID', joins('other@example.com', 'u9'), { ...block, email: undefined, userId: 'u9' }, 'Locked out.'],
		['someone else', joiner('other@example.com'), block, undefined],
		['a removal', item({ target: { ...creation.target } }), block, undefined],
		['what the plan knew', creation, { ...block, at: NOW - 16 * 60_000 }, undefined],
		['a block that is over', creation, { ...block, until: NOW }, undefined],
	])('%s', (_case, planned, one, why) => {
		expect(blockedSince(planned, [one], NOW)).toBe(why);
	});
});

describe('links', () => {
	const done = (planned: PlannedChange, more: Partial<StoredChange> = {}) => {
		const before = begun(planned);
		return linksAfter([{ ...before, outcome: 'done', ...more }], [before]);
	};

	it('follow from a new account and a new address, and from nothing else', () => {
		expect(done(joiner('new@example.com'), { userId: 'u9' })).toMatchObject([{ source: 'test', employeeId: 'new@example.com', email: 'new@example.com', userId: 'u9' }]);
		const rename = item({ action: 'user.rename', changes: [{ attribute: 'email', from: 'ada@example.com', to: 'eve@example.com' }] });
		expect(done(rename)).toMatchObject([{ email: 'eve@example.com', userId: 'u1' }]);
		const update = item({ action: 'user.update', changes: [{ attribute: 'title', from: null, to: 'CEO' }] });
		expect(done(update)).toMatchObject([{ email: 'ada@example.com', userId: 'u1' }]);
		const both = [begun(rename, { outcome: 'done' }), begun(update, { outcome: 'done' })];
		expect(linksAfter(both, both)).toMatchObject([{ email: 'eve@example.com' }]);
		expect(done(item())).toEqual([]);
		expect(done(joiner('new@example.com'), { outcome: 'failed', userId: 'u9' })).toEqual([]);
	});

	it('of groups have their name, and none once they are deleted', () => {
		const group = (action: PlannedChange['action'], more: Partial<PlannedChange> = {}) =>
			item({ action, target: { type: 'group', id: 'g1', displayName: 'Sales' }, ...more });
		expect(done(group('group.create'))).toMatchObject([{ groupId: 'g1', groupName: 'Sales', adoptedAt: '' }]);
		expect(done(group('group.adopt'))).toMatchObject([{ groupName: 'Sales', adoptedAt: expect.stringMatching(/^2026/) }]);
		expect(done(group('group.delete'))).toMatchObject([{ groupId: 'g1', groupName: '' }]);
		const [renamed] = done(group('group.rename', { changes: [{ attribute: 'displayName', from: 'Sales', to: 'Field' }] }));
		expect(renamed).toMatchObject({ groupName: 'Field' });
		expect(renamed).not.toHaveProperty('adoptedAt');
	});

	it('know a group again that a run had made when it died, as long as no one else is in it', () => {
		const create = item({ action: 'group.create', target: { type: 'group', id: null, displayName: 'Sales' } });
		const lost = [
			begun(create, { state: 'done', outcome: 'lost' }),
			begun(joins('ada@example.com', 'u1'), { state: 'done', outcome: 'lost' }),
		];
		const adopt = (memberIds: string[]) =>
			item({ action: 'group.adopt', guard: 'blocked: It exists.', target: { type: 'group', id: 'g1', displayName: 'Sales' }, precondition: { memberIds } });
		expect(linksOfLostGroups([adopt(['u1'])], lost)).toMatchObject([{ groupId: 'g1', adoptedAt: '' }]);
		expect(linksOfLostGroups([adopt(['u1', 'u2'])], lost)).toEqual([]);
		expect(linksOfLostGroups([adopt(['u1'])], [])).toEqual([]);
	});

	it('are written for everyone who is as they should be, and once', () => {
		const unchanged = item({ action: 'none', reason: 'unchanged', impact: 0 });
		const row = { source: 'test', employeeId: '1', companyId: null, email: 'ada@example.com', userId: 'u1' };
		expect(linksFound([unchanged, item()], [])).toMatchObject([{ source: 'test', employeeId: '1', userId: 'u1' }]);
		expect(linksFound([unchanged], [row, {}])).toEqual([]);
		expect(linksFound([unchanged], [{ ...row, email: 'old@example.com' }])).toHaveLength(1);
	});
});

it('one wish has one key', () => {
	expect(plannedKey('sync', item())).toBe(plannedKey('sync', item({ planDigest: 'x', signature: 'y', plannedAt: ago(9) })));
});
