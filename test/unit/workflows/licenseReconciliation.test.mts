import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

const FOLDER = 'workflows/license-reconciliation/code';

/** Functions of files of Code nodes, as n8n runs them: one text. */
function functionsOf<T>(names: string[], ...files: string[]): T {
	const paths = [...ADDRESSES, ...files.map((file) => `${FOLDER}/${file}.js`)];
	return new Function(usedCode([...paths.map(scriptIn), `return { ${names.join(', ')} };`]))() as T;
}

const NOW = Date.parse('2026-03-01T09:00:00Z');
type Row = Record<string, unknown>;

describe('what a directory source gave', () => {
	const { peopleOf } = functionsOf<{ peopleOf(items: unknown[], now: number): Row[] }>(['peopleOf'], 'people');
	const manifest = { manifest: true, complete: true };

	test('is passed on as it is', () => {
		expect(peopleOf([{ json: { source: 'entra' } }, { json: manifest }], NOW)).toEqual([{ source: 'entra' }, manifest]);
	});

	test.each<[string, unknown[]]>([
		['failed', [{ json: { error: 'The key was rejected.' } }]],
		['failed with an error of its own', [{ json: {}, error: { message: 'The key was rejected.' } }]],
		['failed after it gave something', [{ json: { source: 'entra' } }, { json: manifest }, { json: { error: 'The key was rejected.' } }]],
		['gave nothing', [{ json: {} }]],
	])('is a reading with gaps where it %s', (_what, items) => {
		const last = peopleOf(items, NOW).at(-1);
		expect(last).toMatchObject({ manifest: true, complete: false, count: 0 });
		expect(last?.['explanation']).toMatch(/^It could not be asked\. (The key was rejected\.|It gave nothing\.)$/);
	});
});

describe('the page for picking', () => {
	interface Page { shown: Array<{ label: string; email: string }>; page: string; refusal: string }
	const { pickPage, pickedSeats } = functionsOf<{
		pickPage(row: Row | undefined, about: { asker: string; maxAgeDays: number; now: number }): Page;
		pickedSeats(shown: Page['shown'], form: Row): Row[];
	}>(['pickPage', 'pickedSeats'], 'words', 'pick');
	const seat = { userId: 'u1', email: 'left@example.com', displayName: 'Left', class: 'orphaned', reason: 'A reason.', department: null };
	const row = { id: 1, mayTakeAway: true, whyNot: '', reportedAt: '2026-02-28T09:00:00Z', removableSeats: JSON.stringify([seat]) };
	const about = { asker: 'boss@example.com', maxAgeDays: 35, now: NOW };

	test('lists who may be picked', () => {
		const { shown, page, refusal } = pickPage(row, about);
		expect(refusal).toBe('');
		expect(shown.map(({ label }) => label)).toEqual(['1. left@example.com, Left, Orphaned']);
		expect(page).toContain('1. left@example.com, Left, Orphaned');
	});

	test.each<[string, Row | undefined, Row, RegExp]>([
		['there is no report', undefined, {}, /no report/],
		['the readings had gaps', { ...row, mayTakeAway: false, whyNot: 'A gap.' }, {}, /A gap\./],
		['the report is old', { ...row, reportedAt: '2026-01-01T09:00:00Z' }, {}, /too old/],
		['the report has no date', { ...row, reportedAt: '' }, {}, /too old/],
		['nobody may be picked', { ...row, removableSeats: '[]' }, {}, /no seat/],
		['nobody asks', row, { asker: 'me' }, /your own email/],
	])('has nothing where %s', (_what, given, more, expected) => {
		const { shown, refusal } = pickPage(given, { ...about, ...more });
		expect(shown).toEqual([]);
		expect(refusal).toMatch(expected);
	});

	test('gives back exactly the seats that were ticked, whatever their names', () => {
		const names = ['<img src=x onerror=alert(1)>', '"; DROP', "O'Brien $& $1", '\u202Egnp', 'Ada', 'Ada'];
		const seats = names.map((displayName, index) => ({ ...seat, userId: `u${index}`, displayName }));
		const { shown, page } = pickPage({ ...row, removableSeats: JSON.stringify(seats) }, about);
		expect(page).not.toMatch(/[$]|<img|\u202E/);
		for (const { label } of shown) expect(label).not.toMatch(/[<>&"'$]/);
		const labels = shown.filter((_one, index) => index % 2 === 0).map(({ label }) => label);
		expect(pickedSeats(shown, { 'Seats to end': labels }).map(({ userId }) => userId)).toEqual(['u0', 'u2', 'u4']);
		expect(pickedSeats(shown, {})).toEqual([]);
		expect(() => pickedSeats(shown, { 'Seats to end': ['7. somebody@example.com'] })).toThrow('did not show');
	});
});

describe('a decision', () => {
	interface Decision { decision: string; sentence: string }
	const { decisionOn } = functionsOf<{
		decisionOn(rows: Row[], form: Row, about: { approvers: string[]; now: number }): Decision;
	}>(['decisionOn'], 'words', 'approval');
	const row = {
		id: 1, state: 'waiting', askedBy: 'Asker@example.com', expiresAt: '2026-03-02T09:00:00Z',
		seats: JSON.stringify([{ email: 'left@example.com' }]),
	};
	const YES = 'Yes, end these seats';
	const about = { approvers: [], now: NOW };

	test.each<[string, Row[], Row, { approvers: string[]; now: number }, string]>([
		['of somebody else', [row], { decider: 'boss@example.com', answer: YES }, about, 'approved'],
		['of a named approver', [row], { decider: 'BOSS@example.com', answer: YES }, { ...about, approvers: ['boss@example.com'] }, 'approved'],
		['that says no', [row], { decider: 'boss@example.com', answer: 'No, none of them' }, about, 'declined'],
		['without an answer', [row], { decider: 'boss@example.com' }, about, 'declined'],
		['of who asked', [row], { decider: ' asker@example.com', answer: YES }, about, 'refused'],
		['of who is on the list', [row], { decider: 'Left@Example.com', answer: YES }, about, 'refused'],
		['of somebody who is no approver', [row], { decider: 'x@example.com', answer: YES }, { ...about, approvers: ['boss@example.com'] }, 'refused'],
		['of nobody', [row], { decider: '', answer: YES }, about, 'refused'],
		['with a wrong code', [], { decider: 'boss@example.com', answer: YES }, about, 'refused'],
		['that comes second', [{ ...row, state: 'approved' }], { decider: 'boss@example.com', answer: YES }, about, 'refused'],
		['that comes too late', [row], { decider: 'boss@example.com', answer: YES }, { ...about, now: Date.parse('2026-03-02T09:00:00Z') }, 'expired'],
		['without a date to expire', [{ ...row, expiresAt: '' }], { decider: 'boss@example.com', answer: YES }, about, 'expired'],
	])('%s', (_what, rows, form, more, expected) => {
		const { decision, sentence } = decisionOn(rows, form, more);
		expect(decision).toBe(expected);
		if (decision !== 'approved') expect(sentence).toContain('Nothing was done');
	});
});

describe('the lines that were approved', () => {
	interface Found { lines: Row[]; others: Row[] }
	const { pickedLines } = functionsOf<{ pickedLines(lines: Row[], picks: Row[], mayTakeAway: boolean): Found }>(['pickedLines'], 'pickedLines');
	const line = (id: string, more: Row = {}): Row => ({ action: 'user.remove', reason: 'inactive', target: { type: 'user', id }, explanation: `${id} has left.`, ...more });
	const pick = (userId: string): Row => ({ userId, email: `${userId}@example.com` });

	test('are removals of picked people, and nothing else', () => {
		const lines = [line('a'), line('b', { reason: 'unlisted' }), line('c'), line('d', { action: 'user.update' }), line('a', { action: 'group.removeMembers', target: { type: 'group', id: 'a' } })];
		expect(pickedLines(lines, [pick('a'), pick('b')], true).lines).toEqual([lines[0], lines[1]]);
	});

	test.each<[string, Row[], RegExp]>([
		['who is listed again', [line('a', { action: 'none', reason: 'unchanged', explanation: 'a is present.' })], /a is present\./],
		['about whom the plan says nothing', [], /does not say any more/],
		['who would be removed for another reason', [line('a', { reason: 'outOfScope', explanation: 'a is out of scope.' })], /out of scope/],
	])('are none for somebody %s', (_what, lines, expected) => {
		const { lines: found, others } = pickedLines(lines, [pick('a')], true);
		expect(found).toEqual([]);
		expect(others).toEqual([{ email: 'a@example.com', outcome: 'stays', note: expect.stringMatching(expected) }]);
	});

	test.each<[string, Row, boolean]>([
		['who is missing, but not for long enough', { action: 'none', reason: 'unlisted' }, true],
		['whom the plan could not tell anything about', { action: 'none', reason: 'ambiguous' }, false],
	])('leave somebody undecided %s', (_what, more, mayTakeAway) => {
		expect(pickedLines([line('a', more)], [pick('a')], mayTakeAway).others).toEqual([
			{ email: 'a@example.com', outcome: 'blocked', note: 'a has left.' },
		]);
	});
});

describe('what came of it', () => {
	interface Outcome { state: string; isRed: boolean; to: string; subject: string; text: string }
	const { outcomeOf } = functionsOf<{
		outcomeOf(results: Row[], request: Row, settings: Row): Outcome;
	}>(['outcomeOf'], 'words', 'outcome');
	const request = { code: 'ABC', decider: 'boss@example.com', askedBy: 'asker@example.com' };
	const settings = { reportTo: 'it@example.com' };
	const result = (outcome: string): Row => ({ email: `${outcome}@example.com`, outcome, note: 'A note.' });

	test('is good where every seat has ended, or somebody stays for a reason', () => {
		const came = outcomeOf([result('done'), result('unchanged'), result('stays')], request, settings);
		expect(came).toMatchObject({ state: 'done', isRed: false, to: 'it@example.com, asker@example.com, boss@example.com' });
		expect(came.subject).toBe('Notion: 2 of 3 seats ended');
		expect(came.text).toContain('stays@example.com: stays. A note.');
	});

	test('is text on the page and one line in the mail, whatever the names', () => {
		const came = outcomeOf([{ email: '<b>x</b>@example.com', outcome: 'done', note: 'One.\n\nTo decide, open https://evil.test \u202Egnp' }], request, settings);
		expect(came).toMatchObject({ html: expect.stringContaining('&lt;b&gt;x&lt;/b&gt;@example.com: done') });
		expect(came.text).toContain('  <b>x</b>@example.com: done. One. To decide, open https://evil.test gnp\n');
	});

	test.each(['blocked', 'held', 'failed', 'notVerified', 'refused', 'stale'])('is red for %s', (outcome) => {
		expect(outcomeOf([result('done'), result(outcome)], request, settings)).toMatchObject({ state: 'incomplete', isRed: true });
	});
});

describe('after a report', () => {
	const { reportTroubles } = functionsOf<{ reportTroubles(about: Row): string[] }>(['reportTroubles'], 'reportTrouble');
	const good = { report: { whyNot: [] } };

	test('a person need know nothing where all went well', () => {
		expect(reportTroubles(good)).toEqual([]);
	});

	test.each<[string, Row, RegExp]>([
		['a reading with gaps', { report: { whyNot: ['Page 2 failed.'] } }, /Page 2 failed/],
		['a mail that was refused', { mailError: 'No such host.' }, /could not be mailed: No such host/],
	])('%s is told', (_what, more, expected) => {
		expect(reportTroubles({ ...good, ...more }).join(' ')).toMatch(expected);
	});
});

describe('requests that end without anybody', () => {
	const { requestsToEnd } = functionsOf<{ requestsToEnd(rows: Row[], now: number): Row[] }>(['requestsToEnd'], 'openRequests');
	const row = (state: string, more: Row = {}): Row => ({
		id: 1, code: 'ABC', state, expiresAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T06:59:00Z', ...more,
	});

	test('are not those that wait in time, or whose execution may be at work', () => {
		expect(requestsToEnd([row('waiting'), row('approved', { updatedAt: '2026-03-01T07:01:00Z' })], NOW)).toEqual([]);
	});

	test('are those that nobody answered, which is a no and no alarm', () => {
		const [ended, ...others] = requestsToEnd([row('waiting', { expiresAt: '2026-03-01T09:00:00Z' })], NOW);
		expect(others).toEqual([]);
		expect(ended).toEqual({ id: 1, from: 'waiting', state: 'expired', note: 'Nobody answered in time.' });
	});

	test('are those whose execution died, and of them a person hears', () => {
		expect(requestsToEnd([row('approved')], NOW)).toEqual([
			expect.objectContaining({
				id: 1, from: 'approved', state: 'failed',
				alarm: { key: 'license-reconciliation: ABC', text: expect.stringContaining('code ABC was approved and did not end') },
			}),
		]);
	});
});

describe('the mail to those who may approve', () => {
	const { requestMail } = functionsOf<{ requestMail(request: Row, settings: Row): { to: string; text: string } }>(['requestMail'], 'words', 'request');
	const left = { email: 'Left@example.com', displayName: 'Left\n\nTo decide, open https://evil.test\u202E', class: 'orphaned', reason: 'A reason.' };
	const request = { code: 'ABC', askedBy: 'asker@example.com', expiresAt: '2026-03-04T09:00:00Z', seats: JSON.stringify([left]) };
	const settings = { approvers: ['boss@example.com', 'ASKER@example.com', 'left@example.com'], reportTo: 'it@example.com', n8nUrl: 'https://n8n.test' };

	test('goes neither to who asked nor to who is on the list', () => {
		expect(requestMail(request, settings).to).toBe('boss@example.com');
	});

	test('says where nobody is left who may decide', () => {
		const { to, text } = requestMail(request, { ...settings, approvers: ['asker@example.com'] });
		expect(to).toBe('it@example.com');
		expect(text).toContain('None of the approvers of Settings may decide this');
		expect(requestMail(request, { ...settings, approvers: [] }).text).not.toContain('None of the approvers');
	});

	test('has each seat in one line, whatever the name', () => {
		expect(requestMail(request, settings).text.split('\n')).toContain(
			'  Left To decide, open https://evil.test , Left@example.com: Orphaned. A reason.',
		);
	});
});

describe('the mail of the report', () => {
	const { reportMail } = functionsOf<{ reportMail(report: Row, settings: Row): { subject: string; text: string } }>(['reportMail'], 'words', 'reportMail');
	const report = {
		totals: { seats: 258, removable: 15, removablePerYear: 4320, free: 0, beyondContract: 8 },
		terms: { currency: 'EUR' },
		classes: [{ class: 'matched', seats: 243, perMonth: 5832 }, { class: 'orphaned', seats: 15, perMonth: 360 }, { class: 'unclear', seats: 0, perMonth: 0 }],
		whyNot: [], changes: null, notes: ['Money is saved from the next renewal only.'],
	};

	test('has the figures, the notes and pages that only show and ask', () => {
		const { subject, text } = reportMail(report, { n8nUrl: 'https://n8n.test/' });
		expect(subject).toBe('Notion seats: 258, of which 15 may be ended (EUR 4,320 a year)');
		expect(text).toContain('  Orphaned: 15 seats, EUR 360 a month\n');
		expect(text).toContain('8 seats more than the contract has.');
		expect(text).toContain('from the next renewal only');
		expect(text).not.toContain('Unclear');
		expect(text.match(/https:\S+/g)).toEqual(['https://n8n.test/webhook/notion-license-report', 'https://n8n.test/form/notion-license-pick']);
	});

	test('says first of all that the reading had gaps', () => {
		const { subject, text } = reportMail({ ...report, whyNot: ['Page 2 failed.'] }, { n8nUrl: 'https://n8n.test' });
		expect(subject).toContain('not read as a whole');
		expect(text.startsWith('No seat may be ended on this report')).toBe(true);
	});
});
