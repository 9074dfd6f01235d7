import fc from 'fast-check';

import type { ReadRows, StoredChange } from '../../../lib/lifecycle/journal.ts';
import { resultOfAnswer } from '../../../lib/lifecycle/lateAnswer.ts';
import type { HeldList } from '../../../lib/lifecycle/releaseRefusals.ts';
import { decideOnHeld, showHeld } from '../../../lib/lifecycle/release.ts';
import type { ShownList } from '../../../lib/lifecycle/shownList.ts';
import { codeKey, listMark, readShownList, shownListRow } from '../../../lib/lifecycle/shownList.ts';
import { heldAnswerHtml, heldListHtml, releasedHtml } from '../../../lib/report/heldListHtml.ts';
import { journalRow, plannedRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T00:05:00Z');
const MINUTE = 60_000;
const CODE = 'a-random-code';
const EXECUTION = '77';
const row = (id: number, more: Partial<StoredChange>) => journalRow(id, { state: 'held', outcome: 'held', ...more });
const held = [
	row(1, { employeeId: '7', email: 'ada@example.com', requestedBy: 'sam@example.com' }),
	row(2, { employeeId: '8', email: 'bob@example.com', requestedBy: 'bamboohr, left', reference: 'CASE-1' }),
];
const boss = { email: 'boss@example.com', assurance: 'n8n sign-in' };

const given = (more: Partial<Omit<HeldList, 'held'>> & { rows?: StoredChange[]; unreadable?: ReadRows['unreadable'] } = {}): HeldList => {
	const { rows = held, unreadable = [], ...rest } = more;
	const blocking = { rows: [], unreadable: [] };
	return { kind: 'leave', held: { rows, unreadable }, blocking, deciders: [], execution: EXECUTION, now: NOW, ...rest };
};

/** The list as the Data Table gives it, after this execution has taken it. */
const taken = (more: Partial<ShownList> = {}): ShownList => {
	const shown = showHeld(boss, given(), CODE);
	if (shown.decision !== 'show') throw new Error(shown.sentence);
	return { ...shown.list, id: 12, state: 'taken', ...more };
};

const decide = ({
	email = boss.email,
	code = CODE,
	isYes = true,
	list = taken(),
	decided = [],
	chosen,
	...more
}: {
	email?: string;
	code?: string;
	isYes?: boolean;
	list?: ShownList | undefined;
	decided?: StoredChange[];
	/** IDs; default: all rows. */
	chosen?: number[];
} & Parameters<typeof given>[0] = {}) => {
	const now = given(more);
	const answer = { code, isYes, chosen: { rows: chosen ?? now.held.rows.map(({ id }) => id) } };
	return decideOnHeld({ ...boss, email }, answer, { taken: list, decided: { rows: decided, unreadable: [] } }, now);
};

it('shows the list, and remembers what it has shown to whom, with the digest of the code only', () => {
	const shown = showHeld(boss, given(), CODE);
	expect(shown).toMatchObject({
		decision: 'show',
		people: [{ row: held[0] }, { row: held[1] }],
		list: {
			state: 'shown',
			rows: [1, 2],
			shownTo: boss,
			shownAt: '2026-03-10T00:05:00.000Z',
			expiresAt: '2026-03-10T01:05:00.000Z',
			execution: EXECUTION,
		},
	});
	expect(JSON.stringify(shown)).not.toContain(CODE);
});

it('releases exactly the list that was shown: its rows are due at once, with who approved', () => {
	expect(decide()).toMatchObject({
		decision: 'released',
		sentence: expect.stringMatching(/^2 people were released\./),
		rows: held.map(({ id }) => ({
			id,
			state: 'retry',
			dueAt: '2026-03-10T00:05:00.000Z',
			approvedBy: 'boss@example.com (assurance: n8n sign-in)',
		})),
	});
});

it('keeps what a row was known by before, and names the list', () => {
	const { rows } = { rows: [], ...decide() };
	expect(rows.map(({ reference }) => reference)).toEqual([
		expect.stringMatching(/^list 12 [0-9a-f]{12}$/),
		expect.stringMatching(/^CASE-1; list 12 [0-9a-f]{12}$/),
	]);
});

it('takes them off the list on a No, and removes no one', () => {
	expect(decide({ isYes: false })).toMatchObject({
		decision: 'declined',
		sentence: expect.stringContaining('No one was released'),
		rows: [
			{ id: 1, state: 'done', outcome: 'declined', approvedBy: expect.stringContaining('boss@example.com') },
			{ id: 2, state: 'done', outcome: 'declined' },
		],
	});
});

it('decides on exactly those who were chosen, and leaves the rows of the others as they are', () => {
	const rows = [1, 2, 3, 4, 5].map((id) => row(id, { employeeId: String(id), email: `p${id}@example.com` }));
	const list = taken({ rows: [1, 2, 3, 4, 5] });
	fc.assert(
		fc.property(fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }), fc.boolean(), (chosen, isYes) => {
			const after = decide({ rows, list, chosen, isYes });
			expect(after).toMatchObject({ decision: isYes ? 'released' : 'declined', rows: chosen.map((id) => ({ id, state: isYes ? 'retry' : 'done' })) });
			expect(after.sentence.includes('The others on the list still wait.')).toBe(chosen.length < 5);
			if (isYes) expect(after.sentence).toMatch(chosen.length === 1 ? /^1 person was released/ : new RegExp(`^${chosen.length} people were released`));
		}),
	);
});

it('says on the last page that the others still wait', () => {
	const list = taken();
	const [first] = held.map((one) => ({ ...one, state: 'done' as const, outcome: 'declined', approvedBy: 'boss', reference: listMark(list) }));
	if (!first) throw new Error('No row');
	expect(resultOfAnswer(list, [first])).toMatchObject({ decision: 'declined', others: 0, sentence: expect.stringMatching(/no longer has them.*The others on the list still wait\.$/) });
	expect(resultOfAnswer({ ...list, rows: [1] }, [first]).sentence).not.toContain('still wait');
});

describe('does nothing', () => {
	it('for an answer whose choice means nothing', () => {
		const answer = { code: CODE, isYes: true, chosen: { rows: [], refusal: 'You have selected no one.' } };
		const before = { taken: taken(), decided: { rows: [], unreadable: [] } };
		expect(decideOnHeld(boss, answer, before, given())).toEqual({ decision: 'refused', sentence: 'You have selected no one.' });
	});

	it.each<[string, Parameters<typeof decide>[0], RegExp]>([
		['without a code', { code: '' }, /never issued/],
		['with a guessed code', { code: 'a-guess' }, /never issued/],
		['with a list that no execution has taken', { list: taken({ state: 'shown' }) }, /decided on before/],
		['with a list that another execution has taken', { list: taken({ execution: '78' }) }, /decided on before/],
		['with a list that was decided on', { list: taken({ state: 'released' }) }, /decided on before/],
		['with the list of another kind', { list: taken({ kind: 'emergency' }) }, /never issued/],
		['with a leaver more', { rows: [...held, row(3, { employeeId: '9' })] }, /has changed/],
		['with a leaver less', { rows: held.slice(1) }, /has changed/],
		['with another leaver instead', { rows: [...held.slice(1), row(3, { employeeId: '9' })] }, /has changed/],
		['when one was done meanwhile', { rows: [...held.slice(1), { ...row(1, {}), state: 'done' }] }, /has changed/],
		['after an hour', { now: NOW + 61 * MINUTE }, /more than an hour ago/],
		['with a list of the future', { now: NOW - MINUTE }, /more than an hour ago/],
		['with a list whose time is lost', { list: taken({ shownAt: '' }) }, /more than an hour ago/],
		['when no one is held any more', { rows: [] }, /No leaver is held/],
		['for a person who may not decide', { deciders: ['ciso@example.com'] }, /not among those who may decide/],
		['when the list was shown to a person on it', { list: taken({ shownTo: { email: 'BOB@example.com', assurance: '' } }) }, /is on it/],
		[
			'while a row cannot be read',
			{ unreadable: [{ id: '3', key: '', employeeId: '', email: '', why: 'Row 3 cannot be read.' }] },
			/Row 3 cannot be read/,
		],
	])('%s', (_case, more, sentence) => {
		for (const isYes of [true, false]) {
			expect(decide({ ...more, isYes })).toEqual({ decision: 'refused', sentence: expect.stringMatching(sentence) });
		}
	});

	it('without a stored list', () => {
		expect(decideOnHeld(boss, { code: CODE, isYes: true, chosen: { rows: [1, 2] } }, { taken: undefined, decided: { rows: [], unreadable: [] } }, given())).toMatchObject({ decision: 'refused' });
	});

	it.each([
		'ada@example.com',
		' ADA@Example.com ',
		'Ada <ada@example.com>',
		'sam@example.com',
		'',
		'no address',
		'boss@example.com, ada@example.com',
	])('for "%s", who does not see the list either', (email) => {
		expect(showHeld({ ...boss, email }, given(), CODE)).toMatchObject({ decision: 'refused' });
		for (const isYes of [true, false]) expect(decide({ email, isYes })).toMatchObject({ decision: 'refused' });
	});
});

it('lets those decide who may', () => {
	expect(decide({ deciders: ['ciso@example.com', 'Boss@Example.com'] })).toMatchObject({ decision: 'released' });
});

it('is good for an hour, and never longer', () => {
	fc.assert(
		fc.property(fc.integer({ min: -3 * 3_600_000, max: 300 * 3_600_000 }), (after) => {
			const isGood = after >= 0 && after <= 3_600_000;
			expect(decide({ now: NOW + after }).decision).toBe(isGood ? 'released' : 'refused');
		}),
	);
});

it('takes no other code, whatever it is', () => {
	fc.assert(
		fc.property(fc.string(), (code) => {
			fc.pre(code.trim() !== CODE);
			expect(decide({ code }).decision).toBe('refused');
		}),
	);
});

it('decides on no other rows than those that were shown', () => {
	const ids = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 });
	fc.assert(
		fc.property(ids, ids, (before, now) => {
			const isSame = [...before].sort().join() === [...now].sort().join();
			const rows = now.map((id) => row(id, { employeeId: String(id) }));
			expect(decide({ list: taken({ rows: before }), rows }).decision).toBe(isSame ? 'released' : 'refused');
		}),
	);
});

describe('emergencies', () => {
	const waiting = (id: number, email: string, more: Partial<StoredChange> = {}) =>
		row(id, { kind: 'emergency', employeeId: '', email, source: 'edr', requestedBy: 'analyst@example.com', ...more });
	const rows = [waiting(1, 'ada@example.com'), waiting(2, 'Ada@example.com'), waiting(3, 'bob@example.com')];

	it('are a list of their own, with each person once', () => {
		const shown = showHeld(boss, given({ kind: 'emergency', rows: [...rows, ...held] }), CODE);
		expect(shown).toMatchObject({ list: { kind: 'emergency', rows: [1, 2, 3] }, people: [{ rows: [1, 2] }, { rows: [3] }] });
		expect(showHeld(boss, given({ rows }), CODE)).toMatchObject({ decision: 'refused' });
	});

	it('are confirmed neither by the person who asked nor by the sender', () => {
		for (const email of ['analyst@example.com', 'soc@example.com']) {
			const list = given({ kind: 'emergency', rows: [...rows, waiting(4, 'eve@example.com', { source: 'soc@example.com' })] });
			expect(showHeld({ ...boss, email }, list, CODE)).toMatchObject({
				decision: 'refused',
				sentence: expect.stringContaining('You have asked'),
			});
		}
	});

	it('are over when no one has decided until then', () => {
		const until = (dueAt: string) => given({ kind: 'emergency', rows: [waiting(1, 'ada@example.com', { dueAt })] });
		expect(showHeld(boss, until('2026-03-10T00:05:00.000Z'), CODE)).toMatchObject({
			decision: 'refused',
			sentence: expect.stringContaining('No emergency lockdown waits'),
		});
		expect(showHeld(boss, until('2026-03-10T00:06:00.000Z'), CODE)).toMatchObject({ decision: 'show' });
	});
});

describe('planned changes', () => {
	const removal = plannedRow(1, {});
	const joiner = plannedRow(2, {
		action: 'user.create',
		target: { type: 'user', id: null, email: 'new@example.com', displayName: 'New', source: 'entra', sourceId: '9' },
		reason: 'joiner',
		explanation: 'New <b>is listed</b> and not a member yet.',
	});
	const rename = plannedRow(3, {
		action: 'user.rename',
		changes: [{ attribute: 'email', from: 'eve@example.com', to: 'eve.king@example.com' }],
	});
	const rows = [removal, joiner, rename];
	const sync = (more: Parameters<typeof given>[0] = {}) => given({ kind: 'sync', rows, ...more });
	const list = (of: readonly StoredChange[] = rows) => taken({ kind: 'sync', rows: of.map(({ id }) => id) });
	const answer = (isYes: boolean, more: Parameters<typeof decide>[0] = {}) =>
		decide({ kind: 'sync', rows, list: list(), isYes, ...more });

	it('are shown one by one, with sentence, reason and guard', () => {
		const shown = showHeld(boss, sync(), CODE);
		if (shown.decision !== 'show') throw new Error(shown.sentence);
		const html = heldListHtml('sync', shown.people);
		expect(html).toContain('<strong>3 planned changes</strong>');
		expect(html).toContain('loses the seat');
		expect(html).toContain('New &lt;b&gt;is listed&lt;/b&gt; and not a member yet.');
		expect(html).toContain('Why: listed by the directory, and not a member yet. Guards: ok.');
		expect(html).toContain('email: eve@example.com → eve.king@example.com');
	});

	it.each(['gone@example.com', 'NEW@example.com', 'eve@example.com', 'eve.king@example.com', 'it@example.com'])(
		'are decided on neither by %s, whom they are about or who asked',
		(email) => {
			const asked = [...rows, { ...plannedRow(4, {}), email: 'gone@example.com', requestedBy: 'it@example.com' }];
			const all = { rows: asked, list: list(asked) };
			expect(showHeld({ ...boss, email }, sync({ rows: asked }), CODE)).toMatchObject({ decision: 'refused' });
			for (const isYes of [true, false]) expect(answer(isYes, { email, ...all })).toMatchObject({ decision: 'refused' });
		},
	);

	it('are due at once after a yes, and keep what they will carry out', () => {
		expect(answer(true)).toMatchObject({
			decision: 'released',
			sentence: expect.stringMatching(/^3 planned changes were released\./),
			rows: rows.map(({ id, details }) => ({ id, state: 'retry', details, approvedBy: expect.stringContaining('boss@example.com') })),
		});
	});

	it('do not stay in their rows after a no', () => {
		const after = answer(false);
		expect(after).toMatchObject({ decision: 'declined', rows: rows.map(({ id }) => ({ id, state: 'done', outcome: 'declined' })) });
		expect(JSON.stringify(after)).not.toContain('explanation');
	});

	it.each(['2026-03-10T00:05:00.000Z', '2026-03-09T00:00:00.000Z', ''])('are a no at %s', (dueAt) => {
		const over = rows.map((one) => ({ ...one, dueAt }));
		expect(showHeld(boss, sync({ rows: over }), CODE)).toMatchObject({ sentence: 'No planned change waits for a decision.' });
		for (const isYes of [true, false]) {
			expect(answer(isYes, { rows: over })).toMatchObject({ decision: 'refused', sentence: expect.stringContaining('has done nothing') });
		}
	});

	it('are told to be over to an answer that comes after that, be it a yes or a no', () => {
		const over = rows.map((one) => ({ ...one, dueAt: '2026-03-10T00:00:00.000Z' }));
		for (const isYes of [true, false]) {
			expect(answer(isYes, { rows: over })).toMatchObject({
				sentence: expect.stringMatching(/too late.*3 planned changes were not decided on by 2026-03-10T00:00:00.000Z, which is a no/),
			});
		}
	});

	it.each([
		['released', { state: 'done', outcome: 'done' }],
		['declined', { state: 'done', outcome: 'declined' }],
	] as const)('that another person has %s are told so to an answer that comes too late', (word, state) => {
		const decided = rows.map((one) => ({ ...one, ...state, approvedBy: 'hr@example.com (assurance: n8n sign-in)' }));
		for (const isYes of [true, false]) {
			const said = answer(isYes, { rows: [], decided });
			expect(said).toMatchObject({
				decision: 'refused',
				sentence: expect.stringContaining(`too late. 3 planned changes were ${word} by hr@example.com (assurance: n8n sign-in).`),
			});
		}
	});

	it('are not shown while the planned change of one cannot be read', () => {
		const broken = [removal, { ...joiner, details: { planned: '{"action": 1}' } }];
		expect(showHeld(boss, sync({ rows: broken }), CODE)).toMatchObject({
			decision: 'refused',
			sentence: expect.stringContaining('The planned change of row 2'),
		});
	});

	describe('that would let back in a person whom', () => {
		const LATER = Date.parse('2026-03-09T22:00:00Z');
		const emergency = journalRow(90, {
			kind: 'emergency',
			key: 'emergency|soc|1|new@example.com|notion',
			details: { app: 'notion' },
			state: 'done',
			outcome: 'lockedDown',
			email: 'New@Example.com',
			createdAt: LATER,
			updatedAt: LATER,
		});
		const leaver = journalRow(91, {
			state: 'done',
			outcome: 'removed',
			email: 'eve.king@example.com',
			removedAt: '2026-03-09T22:00:00.000Z',
			updatedAt: LATER,
		});

		it.each([
			['an emergency', emergency, 2, 'An emergency lockdown locked New@Example.com out'],
			['an offboarding', leaver, 3, 'eve.king@example.com has left and was removed'],
		])('%s has blocked since are shown as such, and not released', (_case, block, id, why) => {
			const blocking = { rows: [block], unreadable: [] };
			const shown = showHeld(boss, sync({ blocking }), CODE);
			if (shown.decision !== 'show') throw new Error(shown.sentence);
			expect(heldListHtml('sync', shown.people)).toContain('Not released, whatever you answer');
			expect(shown.people.filter(({ blocked }) => blocked !== '').map(({ row: { id: of } }) => of)).toEqual([id]);

			const after = answer(true, { blocking });
			if (after.decision !== 'released') throw new Error(after.sentence);
			expect(after.sentence).toContain('2 planned changes were released');
			expect(after.rows.map(({ state, outcome }) => [state, outcome])).toEqual(
				rows.map((one) => (one.id === id ? ['refused', 'blocked'] : ['retry', 'held'])),
			);
			expect(after.rows.find((one) => one.id === id)).toMatchObject({ reason: expect.stringContaining(why), details: {} });
		});

		it('was blocked before the plan was made are released: the admin has let that person back in', () => {
			const long = Date.parse('2026-03-01T00:00:00Z');
			const blocking = { rows: [{ ...emergency, createdAt: long, updatedAt: long }], unreadable: [] };
			expect(answer(true, { blocking })).toMatchObject({ sentence: expect.stringContaining('3 planned changes were released') });
		});

		it('was blocked are never released, whatever else is on the list', () => {
			const people = ['a@example.com', 'B@example.com', 'c@example.com'];
			const takesAway = ['user.remove', 'group.removeMembers', 'group.delete'];
			const action = fc.constantFrom(...takesAway, 'user.create', 'user.rename', 'user.update', 'group.addMembers');
			const change = fc.record({ action, email: fc.constantFrom(...people) });
			fc.assert(
				fc.property(fc.array(change, { minLength: 1 }), fc.subarray(people), (changes, blocked) => {
					const all = changes.map(({ action: of, email }, index) =>
						plannedRow(index + 1, { action: of, target: { type: 'user', id: null, email } }),
					);
					const blocking = { rows: blocked.map((email, index) => ({ ...emergency, id: 90 + index, email: email.toLowerCase() })), unreadable: [] };
					const after = decide({ kind: 'sync', rows: all, list: list(all), blocking });
					if (after.decision !== 'released') throw new Error(after.sentence);
					expect(after.rows.map(({ state }) => state)).toEqual(
						changes.map(({ action: of, email }) => (blocked.includes(email) && !takesAway.includes(of) ? 'refused' : 'retry')),
					);
				}),
			);
		});

		it('may have been blocked by a row that cannot be read wait', () => {
			const blocking = { rows: [], unreadable: [{ id: '90', key: '', employeeId: '', email: '', why: 'Row 90 cannot be read.' }] };
			expect(answer(true, { blocking })).toMatchObject({ decision: 'refused', sentence: expect.stringContaining('Row 90') });
		});
	});
});

describe('seats', () => {
	const seat = row(1, { kind: 'seat', email: 'gone@example.com', requestedBy: 'it@example.com', dueAt: '2026-03-12T00:00:00.000Z' });
	const list = taken({ kind: 'seat', rows: [1] });
	const seats = { kind: 'seat' as const, rows: [seat], list };

	it('are ended by the word of a person who has not picked them', () => {
		expect(decide(seats)).toMatchObject({ decision: 'released', sentence: expect.stringContaining('1 person was'.replace('person', 'seat')) });
		expect(decide({ ...seats, email: 'it@example.com' })).toMatchObject({ sentence: expect.stringContaining('You have picked seats') });
		expect(decide({ ...seats, email: 'gone@example.com' })).toMatchObject({ sentence: expect.stringContaining('You are on the list') });
	});

	it('are not ended after their time', () => {
		expect(decide({ ...seats, rows: [{ ...seat, dueAt: '2026-03-09T00:00:00.000Z' }] })).toMatchObject({ decision: 'refused' });
	});
});

describe('two answers at once', () => {
	const first = taken({ id: 12 });
	const second = taken({ id: 13 });
	const decidedBy = (list: ShownList, id: number, email: string, state: Partial<StoredChange>) =>
		row(id, { ...state, approvedBy: `${email} (assurance: n8n sign-in)`, reference: `Directory sync; ${listMark(list)}` });
	const yes = { state: 'done', outcome: 'removed' } as const;
	const no = { state: 'done', outcome: 'declined' } as const;

	it('are told the truth: what the faster one has decided, and that the other one has done nothing', () => {
		const rows = [decidedBy(first, 1, 'ada@example.com', yes), decidedBy(first, 2, 'ada@example.com', yes)];
		expect(resultOfAnswer(first, rows)).toMatchObject({ decision: 'released', rows, others: 0 });
		expect(resultOfAnswer(second, rows)).toEqual({
			decision: 'refused',
			rows: [],
			others: 2,
			sentence:
				'Another answer was faster. 2 people were released by ada@example.com (assurance: n8n sign-in). Your answer has done nothing.',
		});
	});

	it('have each row once, also where both have got some', () => {
		const rows = [decidedBy(first, 1, 'ada@example.com', yes), decidedBy(second, 2, 'bob@example.com', no)];
		expect(resultOfAnswer(first, rows)).toMatchObject({
			decision: 'released',
			sentence: expect.stringContaining('1 person was declined by bob@example.com'),
		});
		expect(resultOfAnswer(second, rows)).toMatchObject({
			decision: 'declined',
			sentence: expect.stringContaining('1 person was released by ada@example.com'),
		});
	});

	it('decide on each row exactly once, whatever the order in which they are stored', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1 }), fc.boolean(), (isFirst, isYes) => {
				const state = isYes ? yes : no;
				const rows = isFirst.map((mine, index) => decidedBy(mine ? first : second, index + 1, mine ? 'a@x.com' : 'b@x.com', state));
				const results = [resultOfAnswer(first, rows), resultOfAnswer(second, rows)];
				expect(results.flatMap((result) => result.rows.map(({ id }) => id)).sort()).toEqual(rows.map(({ id }) => id).sort());
				for (const { decision, rows: own, others } of results) {
					expect(decision === 'refused').toBe(own.length === 0);
					expect(own.length + others).toBe(rows.length);
				}
			}),
		);
	});
});

describe('the stored list', () => {
	it('is read back as it was, with who asked and who decided', () => {
		const list = taken();
		const decision = { decidedBy: boss, decidedAt: '2026-03-10T00:06:00.000Z', note: 'Released.' };
		const stored = shownListRow(list, decision);
		expect(stored).toMatchObject({
			id: 12,
			kind: 'shownList',
			key: codeKey(CODE),
			requestedBy: 'boss@example.com',
			decidedBy: 'boss@example.com',
			assurance: 'n8n sign-in',
			decidedAt: '2026-03-10T00:06:00.000Z',
			note: 'Released.',
		});
		expect(readShownList([{}, { kind: 'tokenCheck', id: 3 }, stored])).toEqual(list);
	});

	it.each([
		['no row', []],
		['an empty item', [{}]],
		['a row with other details', [{ ...shownListRow(taken()), details: '{"rows": "all"}' }]],
		['a row with no JSON', [{ ...shownListRow(taken()), details: 'all of them' }]],
	])('is none in %s', (_case, items) => {
		expect(readShownList(items)).toBeUndefined();
	});
});

describe('the pages', () => {
	const hostile = row(1, { displayName: '<script>{{ $env.TOKEN }}</script>', email: '"><img src=x>@example.com' });

	it('show names as text, and nothing that n8n would take for an expression', () => {
		const list = heldListHtml('leave', [{ row: hostile, rows: [1], blocked: '' }]);
		const answer = heldAnswerHtml('leave', 'Done by {{ $env.TOKEN }}.', releasedHtml([hostile]));
		for (const html of [list, answer]) {
			expect(html).not.toMatch(/<script|<img|\{\{/);
			expect(html).toContain('&lt;script&gt;&#123;&#123; $env.TOKEN &#125;&#125;');
		}
	});

	it('say how many became what, and why a person was not locked out', () => {
		const html = releasedHtml([
			row(1, { email: 'ada@example.com', state: 'done', outcome: 'removed' }),
			row(2, { email: 'bob@example.com', state: 'retry', outcome: 'held' }),
			row(3, { email: 'eve@example.com', state: 'refused', outcome: 'refused', reason: 'An owner.' }),
		]);
		expect(html).toContain('<strong>1</strong> locked out');
		expect(html).toContain('bob@example.com: not done yet: it is tried again');
		expect(html).toContain('An owner.');
	});
});
