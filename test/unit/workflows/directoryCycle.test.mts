import { codeNode, cycleFunction } from './cycleCode.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const SETTINGS = { quarantineAfter: 3, mode: 'apply' };
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

let nextId = 1;
const cycle = (state: string, minutesAgo: number, more: object = {}) => ({
	id: nextId++,
	state,
	startedAt: ago(minutesAgo),
	mode: 'apply',
	note: `It was ${state}.`,
	memory: '',
	shown: '',
	...more,
});

const line = (more: object = {}) => ({
	action: 'user.remove',
	target: {
		type: 'user',
		id: 'u1',
		email: 'ada@example.com',
		displayName: 'Ada',
		source: 'test',
		sourceId: '1',
	},
	member: null,
	changes: [],
	reason: 'inactive',
	explanation: 'Ada has left.',
	guard: 'ok',
	impact: 1,
	planDigest: 'digest',
	plannedAt: ago(0),
	expiresAt: ago(-24 * 60),
	...more,
});
const joiner = (email: string) =>
	line({
		action: 'user.create',
		impact: 0,
		reason: 'joiner',
		target: { type: 'user', id: null, email, displayName: email, source: 'test', sourceId: email },
	});

describe('where a sync stands', () => {
	const standingOf = cycleFunction('standingOf');
	const modeOf = cycleFunction('modeOf');
	const cycleDue = cycleFunction('cycleDue');

	it('is the first cycle until one was good', () => {
		expect(standingOf([], SETTINGS, NOW)).toMatchObject({ isFirst: true, badInARow: 0 });
		const tried = [cycle('failed', 80), cycle('incomplete', 40)];
		expect(standingOf(tried, SETTINGS, NOW)).toMatchObject({ isFirst: true, badInARow: 2 });
		expect(modeOf(standingOf(tried, SETTINGS, NOW), SETTINGS)).toMatchObject({ mode: 'dryRun' });
		expect(modeOf(standingOf([cycle('good', 40)], SETTINGS, NOW), SETTINGS)).toEqual({
			mode: 'apply',
			modeNote: '',
		});
		expect(modeOf(standingOf([cycle('good', 40)], SETTINGS, NOW), { mode: 'aply' })).toMatchObject({
			mode: 'dryRun',
		});
	});

	it.each([
		['three bad cycles in a row', ['good', 'failed', 'incomplete', 'failed'], true],
		['a good one in between', ['failed', 'incomplete', 'good', 'failed'], false],
		['a good reading in quarantine does not end it', ['failed', 'failed', 'failed', 'good'], true],
		['a person ends it', ['failed', 'failed', 'failed', 'acknowledged'], false],
		[
			'one bad cycle after that is not enough',
			['failed', 'failed', 'failed', 'acknowledged', 'failed'],
			false,
		],
		['lines that were approved are no cycle', ['failed', 'failed', 'approved', 'failed'], true],
	])('quarantine: %s', (_case, states, isQuarantined) => {
		const rows = states.map((state, index) => cycle(state, (states.length - index) * 40));
		const { quarantinedSince } = Object(standingOf(rows, SETTINGS, NOW));
		expect(quarantinedSince !== undefined).toBe(isQuarantined);
	});

	it('goes on with the quarantine when the rows that began it are gone', () => {
		const rows = [cycle('good', 100, { mode: 'readOnly' })];
		expect(standingOf(rows, SETTINGS, NOW)).toMatchObject({ quarantinedSince: ago(100) });
	});

	it('takes a cycle that runs for more than an hour for a bad one that died', () => {
		expect(standingOf([cycle('running', 59)], SETTINGS, NOW)).toMatchObject({
			running: { state: 'running' },
			badInARow: 0,
		});
		expect(standingOf([cycle('running', 61)], SETTINGS, NOW)).toMatchObject({
			running: undefined,
			badInARow: 1,
		});
	});

	it('remembers what the newest row with a memory left', () => {
		const rows = [
			cycle('good', 90, { memory: '{"sources":{"a":1}}' }),
			cycle('good', 50, { memory: '{"sources":{"a":2}}' }),
			cycle('incomplete', 10),
		];
		expect(standingOf(rows, SETTINGS, NOW)).toMatchObject({ memory: { sources: { a: 2 } } });
	});

	it('leaves what a good reading saw, and of others only the first measure of a source', () => {
		const memoryToKeep = cycleFunction('memoryToKeep');
		const summary = { memory: { sources: { a: { count: 2 } }, absentSince: {} } };
		const text = JSON.stringify(summary.memory);
		const known = { memory: { sources: { a: { count: 1 } } } };
		expect(memoryToKeep(summary, 'good', known)).toBe(text);
		expect(memoryToKeep(summary, 'incomplete', known)).toBe('');
		// Where the memory is lost, nothing is taken away, and the next plan would lack it again.
		expect(memoryToKeep(summary, 'incomplete', { memory: undefined })).toBe(text);
		expect(memoryToKeep(undefined, 'good', known)).toBe('');
	});

	it.each([
		['clock', [cycle('good', 1)], true],
		['clock', [cycle('running', 5)], false],
		['person', [cycle('running', 5)], false],
		['hint', [cycle('good', 1)], false],
		['hint', [cycle('good', 3)], true],
		['clock', [cycle('good', 60 * 23, { mode: 'readOnly' })], false],
		['clock', [cycle('good', 60 * 25, { mode: 'readOnly' })], true],
		['person', [cycle('good', 60, { mode: 'readOnly' })], true],
	])('a cycle of the %s is due or not', (door, rows, due) => {
		expect(cycleDue(standingOf(rows, SETTINGS, NOW), { door, now: NOW })).toMatchObject({ due });
	});
});

describe('the people of a directory', () => {
	const peopleToCompare = cycleFunction('peopleToCompare');
	const ada = {
		sourceId: '1',
		status: 'active',
		active: true,
		groups: ['eng', 'Pilot'],
		department: 'R&D',
	};
	const kenji = { sourceId: '2', status: 'active', active: true, groups: ['eng'] };
	const left = { sourceId: '3', status: 'inactive', active: false, groups: [] };
	const manifest = { manifest: true, source: 'test', complete: true, count: 3 };

	it('come through as they are without settings', () => {
		const items = [ada, kenji, left, manifest];
		expect(peopleToCompare(items, {}, NOW)).toEqual(items);
	});

	it('are in scope in the pilot group only, and nobody outside it has left', () => {
		expect(peopleToCompare([ada, kenji, left, manifest], { pilotGroup: ' pilot' }, NOW)).toEqual([
			ada,
			{ ...kenji, inScope: false, scopeNote: expect.stringContaining('pilot group') },
			expect.objectContaining({ active: true, status: 'unknown', inScope: false }),
			manifest,
		]);
		const { groups: _groups, ...unknown } = ada;
		expect(peopleToCompare([unknown], { pilotGroup: 'Pilot' }, NOW)).toEqual([
			expect.objectContaining({
				inScope: false,
				scopeNote: expect.stringContaining('could not be read'),
			}),
		]);
	});

	it('get their groups by rules, and none at all where they cannot be told', () => {
		const groupRules = [{ when: { group: 'eng' }, groups: ['Engineering'] }];
		expect(peopleToCompare([ada], { groupRules, keepOtherGroups: false }, NOW)).toEqual([
			{ ...ada, groups: ['Engineering'] },
		]);
		const { groups: _groups, ...unknown } = ada;
		expect(peopleToCompare([unknown], { groupRules }, NOW)).toEqual([unknown]);
	});

	it('keep their groups where nobody has what a rule asks for', () => {
		const groupRules = [{ when: { department: 'Sales' }, groups: ['Sales'] }];
		expect(peopleToCompare([kenji, manifest], { groupRules }, NOW)).toEqual([
			{ sourceId: '2', status: 'active', active: true },
			{
				...manifest,
				groupsComplete: false,
				explanation: expect.stringContaining('ask for department'),
			},
		]);
		expect(
			peopleToCompare(
				[{ ...kenji, department: 'Sales' }, ada],
				{ groupRules, keepOtherGroups: false },
				NOW,
			),
		).toEqual([
			expect.objectContaining({ groups: ['Sales'] }),
			expect.objectContaining({ groups: [] }),
		]);
	});

	it('are an incomplete reading where the source failed', () => {
		expect(peopleToCompare([{ error: 'No such table' }], {}, NOW)).toEqual([
			expect.objectContaining({
				manifest: true,
				complete: false,
				count: 0,
				explanation: expect.stringContaining('No such table'),
			}),
		]);
	});
});

const ROOM = { removals: 100, creations: 100 };

describe('what is done with a plan', () => {
	const linesOf = cycleFunction('linesOf');
	const plan = [
		line(),
		joiner('new@example.com'),
		line({ guard: 'blocked: An owner.' }),
		line({ action: 'none', reason: 'skipped', impact: 0 }),
	];
	const stored = (state: string, items: object[], more: object = {}) => ({
		id: 7,
		state,
		planDigest: 'digest',
		items: JSON.stringify(items),
		expiresAt: ago(-60),
		decidedAt: ago(30),
		decidedBy: 'boss@example.com',
		...more,
	});

	it.each([
		['never', [0, 1], []],
		['removals', [1], [0]],
		['always', [], [0, 1]],
	])('with approval %s', (approval, apply, propose) => {
		expect(
			linesOf(plan, { mode: 'apply', approval, plans: [], room: ROOM, now: NOW }),
		).toMatchObject({
			apply,
			propose,
			declined: 0,
		});
	});

	it.each(['dryRun', 'readOnly'])('in mode %s nothing is done and nobody is asked', (mode) => {
		expect(
			linesOf(plan, { mode, approval: 'never', plans: [], room: ROOM, now: NOW }),
		).toMatchObject({
			apply: [],
			propose: [],
			declined: 0,
		});
	});

	it('does not let what was held or never answered trickle through on another day', () => {
		for (const state of ['waiting', 'expired']) {
			const plans = [stored(state, [line({ planDigest: 'older', explanation: 'Other words.' })])];
			expect(
				linesOf(plan, { mode: 'apply', approval: 'never', plans, room: ROOM, now: NOW }),
			).toMatchObject({
				apply: [1],
				propose: [0],
				declined: 0,
			});
		}
	});

	it('does not ask again for a day after a no, and then does', () => {
		const ask = (decidedAt: string) =>
			linesOf(plan, {
				mode: 'apply',
				approval: 'never',
				plans: [stored('declined', [line()], { decidedAt })],
				room: ROOM,
				now: NOW,
			});
		expect(ask(ago(23 * 60))).toMatchObject({ apply: [1], propose: [], declined: 1 });
		expect(ask(ago(25 * 60))).toMatchObject({ apply: [1], propose: [0], declined: 0 });
	});

	it('asks about what is beyond the limits of the day, and lets leavers go first', () => {
		const rename = line({ action: 'user.rename', reason: 'renamed' });
		const join = (email: string) =>
			line({
				action: 'group.addMembers',
				impact: 0,
				target: { type: 'group', id: 'g', displayName: 'Sales' },
				member: { id: null, email, displayName: null },
			});
		const items = [
			rename,
			line(),
			joiner('a@example.com'),
			joiner('b@example.com'),
			join('a@example.com'),
			join('B@example.com'),
		];
		const facts = { approval: 'never', plans: [], now: NOW, room: { removals: 1, creations: 1 } };
		expect(linesOf(items, { ...facts, mode: 'apply' })).toEqual({
			apply: [1, 2, 4],
			propose: [0, 3, 5],
			held: [0, 3, 5],
			declined: 0,
		});
		expect(linesOf(items, { ...facts, mode: 'dryRun' })).toMatchObject({
			apply: [],
			propose: [],
			held: [0, 3, 5],
		});
		const none = { ...facts, mode: 'apply', room: { removals: -3, creations: 0 } };
		expect(linesOf(items, none)).toMatchObject({ apply: [] });
	});

	it.each([
		[{ removalLimit: 0, createLimit: 0 }, 40, { removals: 1, creations: 7 }],
		[{ removalLimit: 0, createLimit: 0 }, 300, { removals: 5, creations: 27 }],
		[{ removalLimit: 0, createLimit: 0 }, 10_000, { removals: 9, creations: 97 }],
		[{ removalLimit: 30, createLimit: 50 }, 40, { removals: 29, creations: 47 }],
	])('a day with %j and %i members', (limits, count, room) => {
		const roomOfDay = cycleFunction('roomOfDay');
		expect(roomOfDay(limits, { members: count, used: { removals: 1, creations: 3 } })).toEqual(
			room,
		);
	});

	it('asks once for the same lines', () => {
		const isAskedAlready = cycleFunction('isAskedAlready');
		const asked = (plans: object[], propose: number[], isWhole = true) =>
			isAskedAlready(propose, plan, { plans, isWhole, now: NOW });
		expect(asked([stored('waiting', [line()])], [0])).toBe(true);
		expect(asked([stored('waiting', [line()])], [0, 1])).toBe(false);
		expect(asked([stored('waiting', [line(), joiner('new@example.com')])], [0])).toBe(false);
		expect(asked([stored('waiting', [line(), joiner('new@example.com')])], [0], false)).toBe(true);
		expect(asked([stored('waiting', [line()], { expiresAt: ago(1) })], [0])).toBe(false);
		expect(
			asked(
				[
					stored('waiting', [
						line({ changes: [{ attribute: 'role', from: 'member', to: 'owner' }] }),
					]),
				],
				[0],
			),
		).toBe(false);
	});

	it('ends plans that wait no longer, but not after half a reading', () => {
		const plansToEnd = cycleFunction('plansToEnd');
		const plans = [stored('waiting', [line()])];
		expect(plansToEnd(plans, { asked: true, isWhole: true, now: NOW })).toEqual([]);
		expect(plansToEnd(plans, { asked: false, isWhole: true, now: NOW })).toEqual([
			{ id: 7, state: 'replaced' },
		]);
		expect(plansToEnd(plans, { asked: false, isWhole: false, now: NOW })).toEqual([]);
		const old = [stored('waiting', [line()], { expiresAt: ago(1) })];
		expect(plansToEnd(old, { asked: false, isWhole: false, now: NOW })).toEqual([
			{ id: 7, state: 'expired' },
		]);
		const dead = [stored('approved', [line()])];
		expect(plansToEnd(dead, { asked: false, isWhole: false, now: NOW })).toEqual([
			{ id: 7, state: 'replaced' },
		]);
	});

	it.each([
		['is approved', {}, undefined],
		['is still waiting', { state: 'waiting' }, 'not approved'],
		['has expired', { expiresAt: ago(1) }, 'which is a no'],
		['names nobody', { decidedBy: '' }, 'Nobody is named'],
		['has other lines', { planDigest: 'another' }, 'not of the plan'],
		['has no lines', { items: '[]' }, 'no lines'],
	])('a plan that %s', (_case, more, trouble) => {
		const approvalTrouble = cycleFunction('approvalTrouble');
		const said = approvalTrouble({ ...stored('approved', [line()]), ...more }, NOW);
		expect(said).toEqual(trouble === undefined ? undefined : expect.stringContaining(trouble));
	});

	it('takes a directory that does not say that it is whole for incomplete', () => {
		const readingOf = cycleFunction('readingOf');
		const complete = { manifest: true, source: 'test', complete: true };
		expect(readingOf({ summary: { mayTakeAway: true }, manifests: [complete] })).toEqual({
			state: 'good',
			why: [],
		});
		expect(
			readingOf({ summary: { mayTakeAway: false, whyNot: ['Too few.'] }, manifests: [complete] }),
		).toEqual({ state: 'incomplete', why: ['Too few.'] });
		expect(readingOf({ planError: 'Empty.', manifests: [] })).toEqual({
			state: 'incomplete',
			why: ['Empty.'],
		});
		expect(readingOf({ planError: 'No network.', manifests: [complete] })).toEqual({
			state: 'failed',
			why: ['No network.'],
		});
	});
});

describe('what was changed', () => {
	it('counts for a day what others have done, begun or lost', () => {
		const usedOfDay = cycleFunction('usedOfDay');
		const row = (outcome: string, more: object = {}) => ({
			execution: '1',
			outcome,
			impact: 1,
			seats: 1,
			createdAt: ago(60),
			...more,
		});
		const changes = ['intended', 'done', 'notVerified', 'lost', 'held', 'blocked', 'failed'].map(
			(outcome) => row(outcome),
		);
		const own = row('done', { execution: '9' });
		const old = row('done', { createdAt: ago(25 * 60) });
		const leaver = (employeeId: string, more: object = {}) => ({
			execution: '2',
			source: 'bamboohr',
			companyId: '',
			employeeId,
			email: '',
			impact: 1,
			createdAt: ago(60 * 24 * 60),
			updatedAt: ago(10),
			removedAt: ago(60),
			details: '',
			...more,
		});
		const removals = [
			leaver('7'),
			// Tried twice, and counts once.
			leaver('7', { removedAt: '', details: `{"intendedAt":"${ago(90)}"}` }),
			// Corrected today, removed the day before yesterday.
			leaver('8', { removedAt: ago(40 * 60) }),
			leaver('9', { execution: '9' }),
		];
		expect(
			usedOfDay({ changes: [...changes, own, old], removals, execution: 9, now: NOW }),
		).toEqual({ removals: 5, creations: 4 });
	});

	it('takes a line that nobody answered for as one that may have been done', () => {
		const resultsOf = cycleFunction('resultsOf');
		const items = [line(), joiner('a@example.com'), joiner('b@example.com')];
		const passed = [
			{
				json: {
					...joiner('b@example.com'),
					outcome: 'done',
					note: 'Made.',
					userId: 'u9',
					impact: 0,
					seats: 1,
				},
			},
			{ json: joiner('a@example.com') },
		];
		const failures = [
			{
				json: {},
				error: {
					message: 'No.',
					context: { result: { ...line(), outcome: 'stale', note: 'Changed.', impact: 0 } },
				},
			},
		];
		expect(resultsOf(items, passed, failures, NOW)).toEqual([
			expect.objectContaining({ outcome: 'stale', note: 'Changed.', userId: 'u1', impact: 0 }),
			expect.objectContaining({ outcome: 'notVerified', seats: 1 }),
			expect.objectContaining({ outcome: 'done', userId: 'u9', seats: 1 }),
		]);
	});

	it('tells two lines of one person apart by their reasons', () => {
		const resultsOf = cycleFunction('resultsOf');
		const items = ['drift', 'role'].map((reason) => line({ action: 'user.update', reason }));
		const [drift, role] = items;
		const passed = [
			{ json: { ...drift, outcome: 'done', note: 'Written.', impact: 0 } },
			{ json: { ...role, outcome: 'notVerified', note: 'Unclear.', impact: 1 } },
		];
		expect(resultsOf(items, passed, [], NOW)).toEqual([
			expect.objectContaining({ outcome: 'done', note: 'Written.', impact: 0 }),
			expect.objectContaining({ outcome: 'notVerified', note: 'Unclear.', impact: 1 }),
		]);
	});

	it('links whoever was found, made or renamed, and nobody twice', () => {
		const linksToWrite = cycleFunction('linksToWrite');
		const about = (action: string, more: object = {}) => line({ action, reason: 'drift', ...more });
		const items = [
			about('none', { reason: 'unchanged' }),
			about('user.rename', {
				changes: [{ attribute: 'email', from: 'ada@example.com', to: 'ada.king@example.com' }],
			}),
			about('none', { reason: 'ambiguous' }),
			joiner('new@example.com'),
		];
		const results = new Map([
			[1, { outcome: 'done', userId: 'u1' }],
			[3, { outcome: 'done', userId: 'u3' }],
		]);
		expect(linksToWrite(items, results, [])).toEqual([
			expect.objectContaining({ email: 'ada@example.com', userId: 'u1', employeeId: '1' }),
			expect.objectContaining({ email: 'ada.king@example.com', userId: 'u1' }),
			expect.objectContaining({ email: 'new@example.com', userId: 'u3' }),
		]);
		const known = [
			{ source: 'test', employeeId: '1', companyId: '', email: 'ada@example.com', userId: 'u1' },
		];
		expect(linksToWrite(items.slice(0, 1), new Map(), known)).toEqual([]);
	});
});

describe('which group is which', () => {
	const groupLinksToWrite = cycleFunction('groupLinksToWrite');
	const about = (action: string, more: object = {}) =>
		line({ action, target: { type: 'group', id: 'g1', displayName: 'Sales' }, impact: 0, ...more });
	const done = new Map([[0, { outcome: 'done', groupId: 'g1' }]]);
	const at = new Date(NOW).toISOString();
	const renamed = {
		changes: [{ attribute: 'displayName', from: 'Sales', to: 'Selling' }],
	};

	it.each([
		['made', about('group.create'), [], [{ name: 'Sales', groupId: 'g1', adoptedAt: '' }]],
		['taken over', about('group.adopt'), [], [{ name: 'Sales', groupId: 'g1', adoptedAt: at }]],
		[
			'taken over before and renamed',
			about('group.rename', renamed),
			[{ name: 'Sales', groupId: 'g1', adoptedAt: ago(60) }],
			[{ name: 'Selling', groupId: 'g1', adoptedAt: ago(60) }],
		],
		[
			'made before and renamed',
			about('group.rename', renamed),
			[{ name: 'Sales', groupId: 'g1', adoptedAt: '' }],
			[{ name: 'Selling', groupId: 'g1', adoptedAt: '' }],
		],
		[
			'deleted',
			about('group.delete'),
			[{ name: 'Sales', groupId: 'g1', adoptedAt: ago(60) }],
			[{ name: '', groupId: 'g1', adoptedAt: '' }],
		],
		['deleted and never linked', about('group.delete'), [], []],
	])('a group that was %s', (_case, item, rows, written) => {
		expect(groupLinksToWrite([item], done, rows, [], NOW)).toEqual(written);
		const failed = new Map([[0, { outcome: 'failed', groupId: 'g1' }]]);
		expect(groupLinksToWrite([item], failed, rows, [], NOW)).toEqual([]);
	});

	const change = (action: string, more: object = {}) => ({
		action,
		outcome: 'intended',
		planDigest: 'dead',
		groupName: 'Sales',
		...more,
	});
	const creation = change('group.create');
	const added = change('group.addMembers', { userId: 'u1' });
	it.each([
		['is empty', [], [creation], true],
		['has only whom that plan added', ['u1'], [creation, added], true],
		['has somebody else', ['u1', 'u2'], [creation, added], false],
		['was made with an answer', [], [change('group.create', { outcome: 'failed' })], false],
		['has another name', [], [change('group.create', { groupName: 'Eng' })], false],
		['was in no plan', [], [], false],
		['has whom another plan added', ['u1'], [creation, { ...added, planDigest: 'x' }], false],
	])('finds the group of an execution that died where it %s', (_case, memberIds, changes, isFound) => {
		const item = about('group.adopt', {
			guard: 'blocked: It exists.',
			reason: 'groupExists',
			precondition: { groupName: 'Sales', memberIds },
		});
		expect(groupLinksToWrite([item], new Map(), [], changes, NOW)).toEqual(
			isFound ? [{ name: 'Sales', groupId: 'g1', adoptedAt: '' }] : [],
		);
	});
});

describe('whom a plan keeps out', () => {
	const keptOut = cycleFunction('keptOut');
	const lockdown = (more: object = {}) => ({
		key: 'emergency|soc|1|ada@example.com|notion',
		state: 'done',
		outcome: 'lockedDown',
		email: 'ada@example.com',
		userId: 'u1',
		requestedBy: 'soc@example.com',
		createdAt: ago(40),
		...more,
	});
	const removal = (more: object = {}) => ({
		outcome: 'removed',
		email: 'bob@example.com',
		userId: 'u2',
		requestedBy: 'HRIS',
		createdAt: ago(90 * 24 * 60),
		updatedAt: ago(1),
		removedAt: ago(40),
		details: '',
		...more,
	});
	const who = (lockdowns: object[], removals: object[], settings: object = {}) =>
		Object(keptOut({ lockdowns, removals, settings, now: NOW }));

	it('says who, when, until when, and how they come back', () => {
		expect(who([lockdown()], [removal()])).toEqual([
			{
				email: 'ada@example.com',
				userId: 'u1',
				until: ago(40 - 30 * 24 * 60),
				why: 'An emergency lockdown shut ada@example.com out of Notion (2026-03-10 11:20 UTC, asked for by soc@example.com). To let them back in, write their address into letBackIn of Settings.',
			},
			{
				email: 'bob@example.com',
				userId: 'u2',
				until: ago(40 - 48 * 60),
				why: 'bob@example.com has left and was removed from Notion (2026-03-10 11:20 UTC, asked for by HRIS). The directory may not know yet. To let them back in, write their address into letBackIn of Settings.',
			},
		]);
	});

	it.each([
		['is being locked out', [lockdown({ state: 'intended', outcome: '' })], [], {}, 1],
		['was not in Notion', [lockdown({ outcome: 'notFound', userId: '' })], [], {}, 1],
		['was locked out of Okta', [lockdown({ key: 'emergency|soc|1|ada@example.com|okta' })], [], {}, 0],
		['is tried once more', [lockdown({ state: 'retry', outcome: 'failed' })], [], {}, 1],
		['is protected', [lockdown({ state: 'refused', outcome: 'protected' })], [], {}, 0],
		['a person has spared', [lockdown({ outcome: 'declined' })], [], {}, 0],
		['was locked out long ago', [lockdown({ createdAt: ago(31 * 24 * 60) })], [], {}, 0],
		['was locked out too long ago for Settings', [lockdown()], [], { keepOutDays: 0 }, 0],
		['may come back', [lockdown()], [], { letBackIn: [' ADA@Example.com'] }, 0],
		['left two days ago', [], [removal({ removedAt: ago(48 * 60) })], {}, 0],
		['was only to be removed', [], [removal({ outcome: 'held' })], {}, 0],
		['was rehired', [], [removal()], { letBackIn: 'bob@example.com' }, 0],
		['has no address in the record', [], [removal({ email: '' })], {}, 1],
	])('where somebody %s', (_case, lockdowns, removals, settings, count) => {
		expect(who(lockdowns, removals, settings)).toHaveLength(count);
	});
});

describe('what a plan is given', () => {
	it.each(['directory-sync', 'group-teamspace-sync', 'provision-now'])('in %s', (folder) => {
		const removedAt = new Date(Date.now() - 40 * 60_000).toISOString();
		const [context] = codeNode(folder, 'Context', {
			Settings: [{ letBackIn: [] }],
			Request: [{ only: 'ada@example.com' }],
			'Mine to do': [{ ask: 'cycle' }],
			'Read group links': [
				{ id: 1, name: 'Sales', groupId: 'g1', adoptedAt: ago(60) },
				{ id: 2, name: 'Engineering', groupId: 'g2', adoptedAt: null },
				{ id: 3, name: '', groupId: 'g3', adoptedAt: '' },
			],
			'Read removals': [
				{ id: 1, outcome: 'removed', email: 'bob@example.com', impact: 1, updatedAt: removedAt, removedAt, execution: '1' },
			],
			'Read lockdowns': [
				{ id: 1, key: 'emergency|soc|1|eve@example.com|notion', outcome: 'lockedDown', email: 'eve@example.com', createdAt: removedAt },
			],
		});
		const { policy, used } = Object(context);
		expect(JSON.parse(policy.groupLinks)).toEqual([
			{ name: 'Sales', groupId: 'g1', adoptedAt: ago(60) },
			{ name: 'Engineering', groupId: 'g2' },
		]);
		expect(JSON.parse(policy.keepOut)).toEqual([
			expect.objectContaining({ email: 'eve@example.com' }),
			expect.objectContaining({ email: 'bob@example.com' }),
		]);
		expect(used).toEqual({ removals: 1, creations: 0 });
	});
});

describe('what Apply is told', () => {
	it('is the digest of the plan also where nobody has to approve it', () => {
		const policy = { removalLimit: 0, createLimit: 0 };
		const shared = { Settings: [{ approval: 'never' }], Plan: [{ planDigest: 'digest' }] };
		const [cycle] = codeNode('directory-sync', 'Verdict', {
			...shared,
			Context: [{ ask: 'cycle', mode: 'apply', limits: policy, used: { removals: 0, creations: 0 } }],
		});
		const [one] = codeNode('provision-now', 'Verdict', {
			...shared,
			Request: [{ door: 'call', dryRun: false, requestedBy: 'it@example.com' }],
			Planned: [{ toDo: [0], refusal: '' }],
			Context: [{ policy }],
		});
		// An empty digest is refused by the node: it would be a decision that was lost.
		expect([cycle, one]).toEqual([
			expect.objectContaining({ approvedPlan: 'digest' }),
			expect.objectContaining({ approvedPlan: 'digest' }),
		]);
	});
});

describe('what became of the lines', () => {
	const toldLines = cycleFunction('toldLines');
	const joins = line({
		action: 'group.addMembers',
		impact: 0,
		target: { type: 'group', id: 'g1', displayName: 'Sales' },
		member: { id: null, email: 'New@example.com', displayName: 'New' },
	});
	const told = (create: string, join: string) =>
		toldLines([joiner('new@example.com'), joins], {
			results: new Map([
				[0, { outcome: create, note: '' }],
				[1, { outcome: join, note: '' }],
			]),
			propose: [],
			mode: 'apply',
		});

	it.each([
		['done', 'done', ['done', 'done'], []],
		['held', 'notTried', ['held', 'held'], [0, 1]],
		['blocked', 'notTried', ['blocked', 'blocked'], []],
		['failed', 'notTried', ['failed', 'failed'], []],
		['done', 'stale', ['done', 'failed'], []],
		['unchanged', 'done', ['done'], []],
	])('an account %s and its group %s', (create, join, kinds, held) => {
		const { lines, ...rest } = Object(told(create, join));
		expect(lines.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
		expect(rest).toMatchObject({ held });
	});

	it('says of every line that was not carried out why', () => {
		const items = [
			line(),
			line({ guard: 'blocked: An owner.' }),
			line({ action: 'none', reason: 'skipped' }),
			line({ action: 'none', reason: 'unchanged' }),
		];
		const kinds = (mode: string, propose: number[]) =>
			Object(toldLines(items, { results: new Map(), propose, mode })).lines.map(
				({ kind }: { kind: string }) => kind,
			);
		expect(kinds('apply', [0])).toEqual(['waiting', 'blocked', 'skipped']);
		expect(kinds('apply', [])).toEqual(['declined', 'blocked', 'skipped']);
		expect(kinds('dryRun', [])).toEqual(['planned', 'blocked', 'skipped']);
	});
});

describe('the mails of a cycle', () => {
	const mailsOf = cycleFunction('mailsOf');
	const facts = {
		name: 'Directory sync',
		mode: 'apply',
		modeNote: '',
		state: 'good',
		why: [],
		notes: [],
		newPlan: false,
		approvedBy: '',
		statusUrl: 'https://n8n/s',
		formUrl: 'https://n8n/f',
		expiresAt: '',
	};
	const told = (kind: string) => ({
		kind,
		action: 'user.remove',
		who: 'Ada',
		why: 'Ada has left.',
	});

	it.each([
		['nothing happened', { lines: [told('skipped')] }, []],
		['something was done', { lines: [told('done')] }, ['notify']],
		['a person must approve', { lines: [told('waiting')], newPlan: true }, ['notify', 'approvers']],
		['that is asked already', { lines: [told('waiting')] }, []],
		['something is newly blocked', { lines: [told('blocked')] }, ['notify']],
		[
			'a dry run has a plan',
			{ mode: 'dryRun', modeNote: 'Dry.', lines: [told('planned')] },
			['notify'],
		],
	])('where %s', (_case, more, to) => {
		expect(mailsOf({ ...facts, ...more })).toMatchObject({ mails: to.map((one) => ({ to: one })) });
	});

	it.each(['blocked', 'planned', 'failed'])('do not repeat what is %s', (kind) => {
		const mode = kind === 'planned' ? 'dryRun' : 'apply';
		const first = mailsOf({ ...facts, mode, lines: [told(kind)] });
		const { marks, mails } = Object(first);
		expect(mails).toHaveLength(1);
		expect(mailsOf({ ...facts, mode, lines: [told(kind)], toldBefore: marks })).toMatchObject({
			mails: [],
		});
	});
});

describe('the form', () => {
	const plan = {
		id: 7,
		state: 'waiting',
		planDigest: 'digest',
		items: JSON.stringify([line()]),
		expiresAt: ago(-60),
		plannedAt: ago(5),
		requestedBy: 'asker@example.com',
	};
	const decide = (more: object) =>
		cycleFunction('decisionOf')({
			shown: { kind: 'decide', planId: 7, planDigest: 'digest' },
			answer: 'Yes, do all of this',
			decider: 'boss@example.com',
			standing: {},
			plans: [plan],
			approvers: [],
			now: NOW,
			...more,
		});

	it.each([
		['yes', {}, 'apply'],
		['no', { answer: 'No, leave everything as it is' }, 'decline'],
		['no answer', { answer: undefined }, 'nothing'],
		['who is meant by it', { decider: 'ADA@example.com' }, 'nothing'],
		['who has asked for it', { decider: 'asker@example.com' }, 'nothing'],
		['who gives no address', { decider: 'boss' }, 'nothing'],
		['who may not', { approvers: ['other@example.com'] }, 'nothing'],
		['a plan that has expired', { plans: [{ ...plan, expiresAt: ago(0) }] }, 'nothing'],
		['a plan that was decided meanwhile', { plans: [{ ...plan, state: 'declined' }] }, 'nothing'],
		['another plan', { plans: [{ ...plan, planDigest: 'other' }] }, 'nothing'],
	])('%s', (_case, more, decision) => {
		expect(decide(more)).toMatchObject({ decision });
	});

	it('does not let somebody decide about the address that they get', () => {
		const changes = [{ attribute: 'email', from: 'ada@example.com', to: 'ada.king@example.com' }];
		const renaming = { ...plan, items: JSON.stringify([line({ action: 'user.rename', changes })]) };
		expect(decide({ decider: 'ada.king@example.com', plans: [renaming] })).toMatchObject({
			decision: 'nothing',
		});
	});

	it('shows lines that no name can turn into markup, an expression or a replacement', () => {
		const evil = line({ explanation: '<img src=x> {{ $json }} $& \'"' });
		const shown = cycleFunction('decisionPage')({
			wish: 'See what waits, and decide',
			decider: 'boss@example.com',
			standing: {},
			plans: [{ ...plan, items: JSON.stringify([evil]) }],
			approvers: [],
			mode: {},
			now: NOW,
		});
		const { page } = Object(shown);
		expect(page).not.toMatch(/<img|\{\{|\$/);
		expect(JSON.parse(page)[0].html).toContain('&#60;img');
	});

	it('forgets how the directory was before only where somebody says so', () => {
		const standing = {
			quarantinedSince: ago(60),
			memory: { sources: { a: 1 }, absentSince: { u1: ago(60) } },
		};
		const answer = (text: string) =>
			decide({ shown: { kind: 'acknowledge' }, standing, answer: text });
		expect(answer('Yes, go on as before')).toMatchObject({ decision: 'acknowledge', memory: '' });
		expect(answer('Yes, and the directory is right as it is now')).toMatchObject({
			decision: 'acknowledge',
			memory: JSON.stringify({ sources: {}, absentSince: { u1: ago(60) } }),
		});
	});
});

describe('the status page', () => {
	const statusPage = cycleFunction('statusPage');
	const facts = (more: object = {}, standing: object = {}) => ({
		name: 'Directory sync',
		standing: { last: cycle('good', 10), lastGood: cycle('good', 10), ...standing },
		cycles: [cycle('good', 10)],
		plans: [],
		query: '',
		everyMinutes: 40,
		mode: 'apply',
		modeNote: '',
		formUrl: 'https://n8n.example.com/form/x',
		zone: 'utc',
		now: NOW,
		...more,
	});
	const shown = {
		lines: [
			{
				kind: 'skipped',
				action: 'none',
				who: 'Ada <ada@example.com>',
				why: 'Out of scope: "{{ $json }}" <script>',
			},
		],
	};

	it('finds why somebody was skipped, whatever the capitals and the order', () => {
		const html = statusPage(facts({ query: 'EXAMPLE ada' }, { shown }));
		expect(html).toContain('Out of scope');
		expect(html).not.toContain('<script>');
		expect(html).not.toContain('{{');
		expect(statusPage(facts({ query: '<b>bob' }, { shown }))).toContain(
			'Nothing is said about “&#60;b&#62;bob”',
		);
	});

	it.each([
		['In good order', {}, {}],
		['Dry run', { mode: 'dryRun' }, {}],
		['In quarantine', {}, { quarantinedSince: ago(60), quarantineReason: 'Not whole.' }],
		['Overdue', {}, { last: cycle('good', 90) }],
		['The last cycle failed', {}, { last: cycle('failed', 10) }],
		['Has not run yet', {}, { last: undefined, lastGood: undefined }],
	])('says %s', (headline, more, standing) => {
		expect(statusPage(facts(more, standing))).toMatch(
			new RegExp(`<h1 class="\\w+">${headline}</h1>`),
		);
	});
});
