import { signedInBrowser, type FormBrowser, type FormPage } from '../formBrowser.mts';
import type { Row } from '../journalWorld.mts';
import { startApprovalWorld, type ApprovalWorld } from './approvalWorld.mts';

const YES = 'Yes, do all of this';
const NO = 'No, leave everything as it is';
/** The fields of the pages, by their place. */
const WISH = 'field-0';
const ANSWER = 'field-1';
const CODE = 'field-2';
const HOUR = 3_600_000;

let world: ApprovalWorld;
let browser: FormBrowser;

beforeAll(async () => {
	world = await startApprovalWorld();
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
const iso = (after: number) => new Date(Date.now() + after).toISOString();

/** Rows as directory-sync stores them: one person more becomes a member. */
async function hold(count: number, more: Row = {}): Promise<Row[]> {
	const first = number;
	number += count;
	const emails = Array.from({ length: count }, (_, index) => `joiner${first + index}@example.com`);
	await world.put(
		...emails.map((email, index) => ({
			key: `sync|user.create|${first + index}`,
			kind: 'sync',
			state: 'held',
			source: 'entra',
			employeeId: String(first + index),
			email,
			displayName: `<b>{{ 6 * 7 }}</b> ${index}`,
			reason: `${email} is listed and not a member yet.`,
			reference: 'Notion SCIM: directory sync',
			dueAt: iso(20 * HOUR),
			details: JSON.stringify({ action: 'user.create', planDigest: 'digest', planned: JSON.stringify(planned(email)) }),
			...more,
		})),
	);
	return await now(emails.map((email) => ({ email })));
}

const planned = (email: string) => ({
	action: 'user.create',
	target: { type: 'user', id: null, email, displayName: email, source: 'entra', sourceId: email },
	member: null,
	changes: [],
	reason: 'joiner',
	explanation: `${email} is listed and not a member yet.`,
	guard: 'ok',
	plannedAt: new Date().toISOString(),
});

const now = async (rows: Row[]): Promise<Row[]> => {
	const emails = rows.map(({ email }) => email);
	return (await world.journal()).filter(({ email, kind }) => kind === 'sync' && emails.includes(email));
};
const states = async (rows: Row[]) => (await now(rows)).map(({ state, outcome }) => [state, outcome]);
const choose = async (choice: string): Promise<FormPage> => await browser.send(await browser.open(world.formUrl), { [WISH]: choice });
const list = async (): Promise<FormPage> => await choose('See what waits, and decide');
const newestList = async (): Promise<Row> => (await world.runs()).filter(({ kind }) => kind === 'shownList').at(-1) ?? {};
const byOwner = () => `${world.host.owner.email} (assurance: n8n sign-in)`;

it('shows nothing and decides nothing by opening the form, for a mail scanner or without signing in', async () => {
	const rows = await hold(1);
	const page = await browser.open(world.formUrl);
	await fetch(world.formUrl, { method: 'HEAD' });
	const { status } = await fetch(world.formUrl, { method: 'POST', body: new FormData() });

	expect(page.html).not.toMatch(/joiner\d+@/);
	expect(status).toBe(401);
	expect(await now(rows)).toEqual(rows);
});

it('shows every planned change with its sentence, reason and guard, and hands all of them to directory-sync after a yes', async () => {
	const rows = await hold(2);
	const calls = await world.calls();

	const page = await list();

	expect(page.html).toContain('<strong>2 planned changes</strong>');
	expect(page.html).toContain(`${String(rows[0]?.['email'])} is listed and not a member yet.`);
	expect(page.html).toContain('Why: listed by the directory, and not a member yet. Guards: ok.');
	expect(page.html).toContain('&lt;b&gt;{{ 6 * 7 }}&lt;/b&gt; 0');
	expect(page.hidden[CODE]).toMatch(/^[\w-]{32}$/);
	expect(await now(rows)).toEqual(rows);

	const { answer } = await browser.send(page, { [ANSWER]: YES });

	expect(answer).toContain('<strong>2</strong> done');
	expect(answer).toContain(`Released by ${byOwner()}`);
	expect(await world.calls()).toBe(calls + 1);
	expect(await now(rows)).toEqual(
		rows.map(() => expect.objectContaining({ state: 'done', outcome: 'done', approvedBy: byOwner(), reference: expect.stringMatching(/^Notion SCIM: directory sync; list \d+ [0-9a-f]{12}$/) })),
	);
	expect(await newestList()).toMatchObject({ state: 'released', decidedBy: world.host.owner.email, assurance: 'n8n sign-in' });
});

it('does nothing of it after a no', async () => {
	const rows = await hold(1);
	const calls = await world.calls();

	const { answer } = await browser.send(await list(), { [ANSWER]: NO });

	expect(answer).toContain('Nothing of it is carried out.');
	expect(await states(rows)).toEqual([['done', 'declined']]);
	expect(String((await now(rows))[0]?.['details'])).not.toContain('planned"');
	expect(await world.calls()).toBe(calls);
	expect(await newestList()).toMatchObject({ state: 'declined' });
});

it.each<[string, (email: string) => Row, string]>([
	['is on it', (email) => ({ email: email.toUpperCase() }), 'You are on the list yourself'],
	['gets the address of', (email) => ({ details: JSON.stringify({ planned: JSON.stringify({ ...planned('new@example.com'), action: 'user.rename', changes: [{ attribute: 'email', from: email, to: 'new@example.com' }] }) }) }), 'You are on the list yourself'],
	['has asked for it', (email) => ({ requestedBy: email }), 'You have asked for this plan yourself'],
])('does not show the list to a person who %s', async (_case, own, sentence) => {
	const rows = await hold(2);
	await world.put({ id: rows[0]?.['id'], ...own(world.host.owner.email) });

	const { answer } = await list();

	expect(answer).toContain(sentence);
	expect(answer).not.toContain(String(rows[1]?.['email']));
});

describe('a person an emergency has locked out since', () => {
	it('is shown as such and not let back in, also where it happens while the page is open', async () => {
		const rows = await hold(3);
		const lock = async (row: Row | undefined) =>
			await world.put({ key: `emergency|soc|1|${String(row?.['email'])}|notion`, kind: 'emergency', state: 'done', outcome: 'lockedDown', email: row?.['email'], requestedBy: 'soc@example.com', details: '{"app":"notion"}' });
		await lock(rows[0]);

		const page = await list();
		expect(page.html).toContain('Not released, whatever you answer');
		await lock(rows[1]);
		const { answer } = await browser.send(page, { [ANSWER]: YES });

		expect(answer).toContain('<strong>2</strong> blocked');
		expect(answer).toContain('An emergency lockdown locked');
		expect(await states(rows)).toEqual([['refused', 'blocked'], ['refused', 'blocked'], ['done', 'done']]);
	});
});

describe('an answer that comes too late', () => {
	it.each([YES, NO])('is told that the time was over: %s', async (decision) => {
		const rows = await hold(1);
		const page = await list();
		await world.put({ id: rows[0]?.['id'], dueAt: iso(-1_000) });

		const { answer } = await browser.send(page, { [ANSWER]: decision });

		expect(answer).toMatch(/came too late.*which is a no/s);
		expect(await states(rows)).toEqual([['held', null]]);
		expect((await list()).answer).toContain('No planned change waits');
	});

	it('is told who has decided before, and what', async () => {
		const rows = await hold(2);
		const [first, second] = [await list(), await list()];
		await browser.send(first, { [ANSWER]: YES });

		const { answer } = await browser.send(second, { [ANSWER]: NO });

		expect(answer).toContain(`Your answer came too late. 2 planned changes were released by ${byOwner()}`);
		expect(await states(rows)).toEqual(rows.map(() => ['done', 'done']));
	});

	it('is told that a new run has replaced the list', async () => {
		const rows = await hold(1);
		const page = await list();
		await world.put({ id: rows[0]?.['id'], state: 'withdrawn', outcome: 'replaced' });
		await hold(1);

		expect((await browser.send(page, { [ANSWER]: YES })).answer).toContain('The list has changed since it was shown.');
	});
});

it('gives each change to one of two answers at the same moment, and tells both the truth', async () => {
	const rows = await hold(4);
	const pages = [await list(), await list()];

	const [yes, no] = await Promise.all(pages.map(async (page, index) => await browser.send(page, { [ANSWER]: index === 0 ? YES : NO })));

	const after = await states(rows);
	const count = (word: string) => after.filter(([, outcome]) => outcome === word).length;
	expect(count('done') + count('declined')).toBe(rows.length);
	// Which of the three a slower answer is told depends on how far the faster one had come.
	const slower = /faster|too late|The list has changed since it was shown/;
	expect(yes?.answer).toMatch(count('done') > 0 ? new RegExp(`<strong>${count('done')}</strong> done`) : slower);
	expect(no?.answer).toMatch(count('declined') > 0 ? /Nothing of it is carried out/ : slower);
	if (count('done') > 0) expect(no?.answer).toMatch(/released by|The list has changed/);
	if (count('declined') > 0) expect(yes?.answer).toMatch(/declined by|The list has changed/);
});

it('runs the sync now', async () => {
	const calls = await world.calls();
	const { answer, html } = await choose('Run the sync now');
	expect(answer || html).toContain(`run of ${world.host.owner.email}`);
	expect(await world.calls()).toBe(calls + 1);
});

describe('a quarantine', () => {
	const quarantine = { since: '2026-03-10T09:00:00.000Z', reason: 'Half the pages are missing.' };

	it('ends by the word of a person, who is told why it was', async () => {
		await world.putRuns({ kind: 'syncRun', workflow: 'Notion SCIM: directory sync', state: 'incomplete', at: iso(-HOUR), note: quarantine.reason, details: JSON.stringify({ bad: 3, quarantine }) });

		const { answer } = await choose('End the quarantine: the directory is right as it is now');

		expect(answer).toContain('In quarantine since 2026-03-10T09:00:00.000Z: Half the pages are missing. That is acknowledged.');
		expect((await world.runs()).at(-1)).toMatchObject({
			kind: 'syncRun',
			workflow: 'Notion SCIM: directory sync',
			state: 'acknowledged',
			decidedBy: world.host.owner.email,
			assurance: 'n8n sign-in',
			details: '{"forget":true}',
		});
	});

	it('that has ended is no quarantine', async () => {
		const before = (await world.runs()).length;
		await world.putRuns({ kind: 'syncRun', state: 'good', at: iso(0), details: '{"bad":0}' });
		expect((await choose('End the quarantine: go on as before')).answer).toContain('There is no quarantine');
		expect(await world.runs()).toHaveLength(before + 1);
	});
});
