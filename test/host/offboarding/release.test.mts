import { browserWithPassword, signedInBrowser, type FormBrowser, type FormPage } from '../formBrowser.mts';
import { codeOf, heldAnswer } from '../heldAnswer.mts';
import type { Row } from '../journalWorld.mts';
import { startReleaseWorld, type ReleaseWorld } from './releaseWorld.mts';

const YES = 'Yes, lock them out';
const NO = 'No, release no one';
/** A site that a person who is signed in to n8n visits. */
const ELSEWHERE = 'https://evil.example';
const GUESS = { 'field-1': '["All of these"]', 'field-2': YES, 'field-3': 'a-guess' };

let world: ReleaseWorld;
let browser: FormBrowser;

beforeAll(async () => {
	world = await startReleaseWorld();
	browser = await signedInBrowser(world.host);
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(async () => {
	const open = (await world.journal()).filter(({ state }) => state === 'held');
	if (open.length > 0) await world.put(...open.map(({ id }) => ({ id, state: 'withdrawn' })));
});

jest.setTimeout(60_000);

let number = 0;

/** Holds people, each with a name that a page must not take for HTML or for an expression. */
async function hold(count: number, more: Row = {}): Promise<Row[]> {
	const first = number;
	number += count;
	const emails = Array.from({ length: count }, (_, index) => `leaver${first + index}@example.com`);
	await world.put(
		...emails.map((email, index) => ({
			key: `leavers|bamboohr||e-${first + index}|${first + index}`,
			kind: 'leave',
			state: 'held',
			outcome: 'held',
			event: 'left',
			source: 'bamboohr',
			employeeId: String(first + index),
			email,
			displayName: `<b>{{ 6 * 7 }}</b> ${index}`,
			reason: 'This would remove 1; 10 of 10 are used.',
			requestedBy: 'bamboohr, left',
			...more,
		})),
	);
	return (await world.journal()).filter(({ email }) => emails.includes(String(email)));
}

const now = async (rows: Row[]) => {
	const ids = rows.map(({ id }) => id);
	return (await world.journal()).filter(({ id }) => ids.includes(id));
};
const outcomes = async (rows: Row[]) => (await now(rows)).map(({ state, outcome }) => [state, outcome]);
const untouched = (rows: Row[]) => rows.map(() => ['held', 'held']);

const decide = async (page: FormPage, answer: string): Promise<FormPage> => await browser.send(page, heldAnswer(page, answer));

/** The page with the list. */
const list = async (): Promise<FormPage> => await browser.send(await browser.open(world.formUrl));
const newestList = async () => (await world.runs()).at(-1) ?? {};

describe('the form', () => {
	it('does nothing when it is opened, and nothing for a person who is not signed in', async () => {
		const rows = await hold(2);
		const lists = (await world.runs()).length;

		const page = await browser.open(world.formUrl);
		await fetch(world.formUrl, { method: 'HEAD' });
		const { status } = await fetch(world.formUrl, { method: 'POST', body: new FormData() });

		expect(page.html).toContain('Held leavers');
		expect(page.html).not.toMatch(/leaver\d+@/);
		expect(status).toBe(401);
		expect([await outcomes(rows), (await world.runs()).length]).toEqual([untouched(rows), lists]);
	});

	it('shows the list, and releases all of it after a "Yes"', async () => {
		const rows = await hold(3);
		await world.put({ id: rows[2]?.['id'], displayName: 'Back' });
		const calls = await world.calls();

		const page = await list();

		expect(page.html).toContain('<strong>3 people</strong> held');
		expect(page.html).toContain('leaver0@example.com'.replace('0', String(number - 3)));
		expect(page.html).toContain('&lt;b&gt;{{ 6 * 7 }}&lt;/b&gt; 0');
		// Everyone is shown before anything is asked.
		const asked = page.html.indexOf('Who is your answer about?');
		for (const { email } of rows) expect(page.html.indexOf(String(email))).toBeLessThan(asked);
		const [code = ''] = Object.values(codeOf(page));
		expect(code).toMatch(/^[\w-]{32}$/);
		expect(await newestList()).toMatchObject({ kind: 'shownList', state: 'shown', requestedBy: world.host.owner.email });
		expect(JSON.stringify(await world.runs())).not.toContain(code);
		expect(await outcomes(rows)).toEqual(untouched(rows));

		const { answer } = await decide(page, YES);

		expect(answer).toContain('<strong>2</strong> locked out');
		expect(answer).toContain('<strong>1</strong> stays');
		expect(await world.calls()).toBe(calls + 1);
		const by = `${world.host.owner.email} (assurance: n8n sign-in)`;
		expect(await now(rows)).toEqual([
			expect.objectContaining({ state: 'done', outcome: 'removed', approvedBy: by, reference: expect.stringMatching(/^list \d+ [0-9a-f]{12}$/) }),
			expect.objectContaining({ state: 'done', outcome: 'removed', approvedBy: by }),
			expect.objectContaining({ state: 'done', outcome: 'stays', approvedBy: by }),
		]);
		expect(await newestList()).toMatchObject({
			state: 'released',
			requestedBy: world.host.owner.email,
			decidedBy: world.host.owner.email,
			assurance: 'n8n sign-in',
			decidedAt: expect.stringMatching(/^\d{4}-/),
		});
	});

	it('releases only who is chosen, and leaves the others on the list for another answer', async () => {
		const rows = await hold(3);
		const [, second] = rows;

		const first = await list();
		const { answer } = await browser.send(first, heldAnswer(first, YES, [labelOf(second)]));

		expect(answer).toContain('<strong>1</strong> locked out');
		expect(answer).toContain('The others on the list still wait.');
		expect(await outcomes(rows)).toEqual([['held', 'held'], ['done', 'removed'], ['held', 'held']]);

		expect((await decide(await list(), NO)).answer).toContain('No one was released');
		expect(await outcomes(rows)).toEqual([['done', 'declined'], ['done', 'removed'], ['done', 'declined']]);
	});

	it('empties the list after a "No", and locks no one out', async () => {
		const rows = await hold(2);
		const calls = await world.calls();

		const { answer } = await decide(await list(), NO);

		expect(answer).toContain('No one was released');
		expect(await outcomes(rows)).toEqual(rows.map(() => ['done', 'declined']));
		expect(await world.calls()).toBe(calls);
		expect(await newestList()).toMatchObject({ state: 'declined', decidedBy: world.host.owner.email });
	});

	it('leaves the rows to the clock where the lockdown fails, and says so', async () => {
		const rows = await hold(1);

		const page = await browser.send(await browser.open(world.failingFormUrl));
		const { answer } = await decide(page, YES);

		expect(answer).toContain('not done yet: it is tried again');
		const [row] = await now(rows);
		expect(row).toMatchObject({ state: 'retry', approvedBy: expect.stringContaining(world.host.owner.email) });
		expect(Date.parse(String(row?.['dueAt']))).toBeLessThanOrEqual(Date.now());
	});

	it('says so where no one is held', async () => {
		expect((await list()).answer).toContain('No leaver is held at the moment.');
	});

	it.each<[string, (email: string) => Row, string]>([
		['is on it', (email) => ({ email: email.toUpperCase() }), 'You are on the list yourself'],
		['has asked for it', (email) => ({ requestedBy: email }), 'You have asked for a lockdown on the list yourself'],
	])('does not show the list to a person who %s', async (_case, own, sentence) => {
		const rows = await hold(2);
		await world.put({ id: rows[0]?.['id'], ...own(world.host.owner.email) });

		const { answer } = await list();

		expect(answer).toContain(sentence);
		expect(answer).not.toContain(String(rows[1]?.['email']));
		expect(await outcomes(rows)).toEqual(untouched(rows));
	});
});

const selected = (...people: string[]) => ({ 'field-1': JSON.stringify(people) });
const withCode = (page: FormPage, code: string) => Object.fromEntries(Object.keys(codeOf(page)).map((field) => [field, code]));
/** As the page shows a person; n8n would remove the markup from the name that the rows have here. */
const labelOf = (row: Row | undefined) => `b 6 * 7 /b ${String(row?.['displayName']).at(-1)}, ${String(row?.['email'])}, row ${String(row?.['id'])}`;

describe('nothing happens, and the page says why,', () => {
	it.each<[string, (rows: Row[], page: FormPage) => Promise<Record<string, string>>, string]>([
		['when the code is guessed', async (_rows, page) => withCode(page, 'a-guess'), 'never issued'],
		['when the code is missing', async (_rows, page) => withCode(page, ''), 'never issued'],
		['when no one is selected', async () => ({ 'field-1': '[]' }), 'You have selected no one'],
		['when all and single people are selected', async ([row]) => selected('All of these', labelOf(row)), 'and single people as well'],
		['when a person is selected who is not on the list', async ([row]) => selected(labelOf(row), 'Eve, eve@example.com, row 1'), 'is not on the list'],
		[
			'when one of them is done meanwhile',
			async ([row]) => {
				await world.put({ id: row?.['id'], state: 'withdrawn' });
				return {};
			},
			'has changed since it was shown',
		],
		[
			'when a leaver is held meanwhile',
			async () => {
				await hold(1);
				return {};
			},
			'has changed since it was shown',
		],
		[
			'when an hour is over',
			async () => {
				const { id } = await newestList();
				const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
				await world.putRuns({ id, at: at(61), expiresAt: at(1) });
				return {};
			},
			'more than an hour ago',
		],
		[
			'when the person has become one of them',
			async ([, row]) => {
				await world.put({ id: row?.['id'], email: world.host.owner.email });
				return {};
			},
			'You are on the list yourself',
		],
	])('%s', async (_case, meanwhile, sentence) => {
		const rows = await hold(2);
		const calls = await world.calls();
		const page = await list();
		const given = await meanwhile(rows, page);
		const before = await now(rows);

		const { answer } = await browser.send(page, { ...heldAnswer(page, YES), ...given });

		expect(answer).toContain(sentence);
		expect(await now(rows)).toEqual(before);
		expect(await world.calls()).toBe(calls);
	});

	it('when the code is sent a second time, also at the same moment', async () => {
		const rows = await hold(2);
		const calls = await world.calls();
		const pages = [await list(), await list(), await list()];
		const code = pages[0] && codeOf(pages[0]);

		const answers = await Promise.all(
			pages.map(async (page) => await browser.send(page, { ...heldAnswer(page, YES), ...code })),
		);

		const said = answers.map(({ answer }) => (answer.includes('locked out') ? 'released' : answer.includes('decided on before') ? 'used' : answer));
		expect(said.sort()).toEqual(['released', 'used', 'used']);
		expect(await world.calls()).toBe(calls + 1);
		expect(await outcomes(rows)).toEqual(rows.map(() => ['done', 'removed']));
	});
});

describe('two people who answer at the same moment', () => {
	it('decide on each leaver once, and are each told the truth', async () => {
		const rows = await hold(4);
		const pages = [await list(), await list()];

		const answers = await Promise.all(
			pages.map(async (page, index) => await decide(page, index === 0 ? YES : NO)),
		);

		const after = await now(rows);
		const released = after.filter(({ outcome }) => outcome === 'removed').length;
		const declined = after.filter(({ outcome }) => outcome === 'declined').length;
		expect(released + declined).toBe(rows.length);
		const [yes = '', no = ''] = answers.map(({ answer }) => answer);
		if (released > 0) expect(yes).toContain(`<strong>${released}</strong> locked out`);
		// Which of the three a slower answer is told depends on how far the faster one had come.
		const slower = /Another answer was faster|came too late|The list has changed since it was shown/;
		if (released === 0) expect(yes).toMatch(slower);
		if (declined > 0) expect(no).toContain('No one was released');
		if (declined === 0) expect(no).toMatch(slower);
		for (const answer of [yes, no]) expect(answer).not.toMatch(/Problem|error/i);
	});

	it('one after the other: the No that comes too late is told who has released them', async () => {
		const rows = await hold(2);
		const [first, second] = [await list(), await list()];
		await decide(first, YES);

		const { answer } = await decide(second, NO);

		expect(answer).toContain('Your answer came too late');
		expect(answer).toContain(`2 people were released by ${world.host.owner.email}`);
		expect(await outcomes(rows)).toEqual(rows.map(() => ['done', 'removed']));
	});
});

describe('another site', () => {
	it('cannot post the form of a person who is signed in', async () => {
		const rows = await hold(2);
		const page = await list();
		const lists = await world.runs();
		const guess = { ...GUESS, 'field-0': '' };

		// The browser would not even send its cookie along: here it does.
		const first = await browser.sendFrom(ELSEWHERE, world.formUrl, guess);
		const unsigned = await browser.sendFrom(ELSEWHERE, page.url.replace(/signature=[^&]*/, 'signature=guessed'), guess);

		expect([first.status, unsigned.status]).toEqual([401, 401]);
		expect([await outcomes(rows), await world.runs()]).toEqual([untouched(rows), lists]);
	});

	it('cannot decide through a form with a password', async () => {
		const rows = await hold(2);
		const calls = await world.calls();
		const own = browserWithPassword(world.host, world.password);

		const posted = await own.sendFrom(ELSEWHERE, world.passwordFormUrl, { ...GUESS, 'field-0': 'boss@example.com' });
		expect(posted.status).toBe(200);
		await posted.text();
		expect([await outcomes(rows), await world.calls()]).toEqual([untouched(rows), calls]);

		// The person themselves can.
		const page = await own.send(await own.open(world.passwordFormUrl), { 'field-0': 'boss@example.com' });
		const { answer } = await own.send(page, heldAnswer(page, YES));
		expect(answer).toContain('<strong>2</strong> locked out');
		expect(await newestList()).toMatchObject({
			decidedBy: 'boss@example.com',
			assurance: 'typed address, password of the form',
		});
	});
});
