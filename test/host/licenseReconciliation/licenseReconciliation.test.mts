import { startBrowser } from '../../editor/canvas.mts';
import { signedInBrowser } from '../formBrowser.mts';
import { FIREFOX, FORM_USER, JOURNAL, type LicenseWorld, type Person, type Row, startLicenseWorld } from './licenseWorld.mts';

const PEOPLE = 40;
const RUNS = 'notion_scim_runs';
const EVIDENCE = 'notion_scim_evidence';
const ALERTS = 'notion_scim_alerts';

let world: LicenseWorld;

beforeAll(async () => {
	world = await startLicenseWorld(PEOPLE);
	world.directory.persons = everyone();
	// A person the first lists do not have must be missing for 12 hours.
	world.directory.hoursAgo = 20;
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

/** Every member, as the directory has them. */
function everyone(): Person[] {
	return world.sandbox.workspace.members().map(({ id, profile }) => ({
		source: 'entra', sourceId: id, active: true, status: 'active', email: profile.userName, department: 'Engineering',
	}));
}

function mark(email: string, fields: Person): void {
	const person = world.directory.persons.find((one) => one['email'] === email);
	if (!person) throw new Error(`${email} is not in the directory`);
	Object.assign(person, fields);
}

const LEFT = { active: false, status: 'inactive', statusWord: 'disabled' };

async function newest(table: string): Promise<Row> {
	return (await world.rows(table)).at(-1) ?? {};
}

/** The newest report. */
async function newestReport(): Promise<Row> {
	return (await world.rows(RUNS)).filter(({ kind }) => kind === 'licenseReport').at(-1) ?? {};
}

/** What each seat that was picked has come to, by address: the newest row counts. */
async function seatOf(name: string): Promise<Row> {
	return (await world.seats()).filter(({ email }) => email === `${name}@example.com`).at(-1) ?? {};
}

const isMember = (email: string): boolean => world.sandbox.workspace.isMember(email);

describe('the report', () => {
	it('is stored, and mailed with both files', async () => {
		const run = await world.report();

		expect(run.error).toBeUndefined();
		const row = await newestReport();
		expect(row).toMatchObject({ state: 'whole', note: '', workflow: 'Notion SCIM: license reconciliation' });
		expect(JSON.parse(String(row['details']))).toMatchObject({ totals: { seats: PEOPLE + 7, removable: 0 } });
		expect(await world.record('page')).toContain('<!doctype html>');
		expect(await world.record('list')).toContain('Class,Email');
		const [mail, ...others] = world.mail.mails();
		expect(others).toEqual([]);
		expect(mail?.to).toEqual(['it@example.com']);
		expect(mail?.subject).toMatch(/^Notion seats: 47, of which 0 may be ended/);
		expect(mail?.text).toContain('This is the first report.');
		expect(mail?.text).toContain('from the renewal on 2031-02-01 only');
		expect(mail?.text).toContain(`\n${world.host.webhookUrl('notion-license-report')}`);
		expect(mail?.attachments.map(({ name, type }) => [name, type])).toEqual([
			['report.html', 'text/html'],
			['seats.csv', 'text/csv'],
		]);
	}, 120_000);

	it('says the second time that nothing has changed', async () => {
		world.mail.clear();
		const run = await world.report();

		expect(run.error).toBeUndefined();
		expect(world.mail.mails()[0]?.text).toContain('Nothing has changed since');
		// Of what only the next report needs, and of the page, the newest record is kept; of the lists all are.
		const keys = (await world.rows(EVIDENCE)).map(({ key }) => String(key).split(':')[1]);
		expect(keys.sort()).toEqual(['list', 'list', 'memory', 'page', 'pickable']);
		expect((await world.rows(RUNS)).filter(({ kind }) => kind === 'licenseReport')).toHaveLength(2);
		expect(await world.rows(ALERTS)).toEqual([]);
	}, 120_000);

	it('finds after mixed changes who has left, who is unlisted, and who only has the same name', async () => {
		const { workspace } = world.sandbox;
		for (const email of ['left1@example.com', 'left2@example.com', 'left3@example.com']) workspace.addUser({ email });
		workspace.addUser({ email: 'john@example.com', name: 'John Smith' });
		workspace.addUser({ email: 'john.smith2@example.com', name: 'John Smith' });
		const bride = workspace.addUser({ email: 'before.marriage@example.com' });
		world.directory.persons = everyone();
		for (const email of ['left1@example.com', 'left2@example.com', 'left3@example.com']) mark(email, LEFT);
		mark('before.marriage@example.com', { secondaryEmails: 'before.marriage@example.com', email: 'after.marriage@example.com' });
		workspace.addUser({ email: 'ghost@example.com', name: '<img src=x onerror=alert(1)> =1+1' });
		workspace.addUser({ email: 'helper@agency.test' });
		workspace.addUser({ email: 'bot@example.com' });
		world.mail.clear();

		await world.report();

		const { seats } = JSON.parse(await world.record('pickable')) as { seats: unknown };
		expect(seats).toEqual([
			expect.objectContaining({ email: 'left1@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'left2@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'left3@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'ghost@example.com', class: 'orphaned' }),
		]);
		const csv = await world.record('list');
		for (const [email, label] of [
			['john@example.com', 'Matched'],
			['john.smith2@example.com', 'Matched'],
			[bride.profile.userName, 'Unclear'],
			['helper@agency.test', 'Foreign domain'],
			['bot@example.com', 'Non-human'],
		]) {
			expect(csv).toContain(`\r\n${label},${email},`);
		}
		expect(world.mail.mails()[0]?.text).toMatch(/9 seats new, 0 gone/);
		expect(world.writes()).toEqual([]);
	}, 120_000);
});

describe('the page', () => {
	it('is behind a password, and sorts and filters as n8n serves it', async () => {
		const address = world.host.webhookUrl('notion-license-report');
		expect((await fetch(address)).status).toBe(401);

		const browser = await startBrowser();
		try {
			const context = await browser.newContext({
				httpCredentials: { username: FORM_USER.user, password: FORM_USER.password },
			});
			const page = await context.newPage();
			const troubles: string[] = [];
			page.on('dialog', async (dialog) => {
				troubles.push(dialog.message());
				await dialog.dismiss();
			});
			page.on('pageerror', ({ message }) => troubles.push(message));
			const response = await page.goto(address);
			expect(response?.headers()['content-type']).toContain('text/html');

			await page.getByLabel('May be ended').check();
			expect(await page.locator('#seats tbody tr:visible').count()).toBe(4);
			await page.getByRole('button', { name: 'Person' }).click();
			await page.getByRole('button', { name: 'Person' }).click();
			expect(await page.locator('#seats tbody tr:visible').first().innerText()).toContain('left3@example.com');
			expect(troubles).toEqual([]);
		} finally {
			await browser.close();
		}
	}, 120_000);
});

describe('ending seats', () => {
	it('takes nothing from a person who is not signed in, or has no password', async () => {
		for (const path of ['notion-license-pick', 'notion-license-approve', 'typed-pick', 'typed-approve']) {
			const answer = await fetch(`${world.host.url}/form/${path}`, { method: 'POST', body: new FormData() });
			expect(answer.status).toBe(401);
		}
	});

	it('begins with one person who picks', async () => {
		world.mail.clear();
		const { page, choices } = await world.openPicks('asker@example.com');
		expect(choices).toHaveLength(4);

		expect(await world.pick(page, choices.filter((choice) => /left1|left2|ghost/.test(choice)))).toContain('Another person decides now');

		expect(await world.seats()).toEqual(
			['left1', 'left2', 'ghost'].map((name) =>
				expect.objectContaining({ email: `${name}@example.com`, state: 'held', requestedBy: 'asker@example.com', impact: 0 }),
			),
		);
		const mail = await world.mail.waitFor(({ subject }) => subject.startsWith('Approve?'));
		expect(mail.subject).toBe('Approve? asker@example.com asks to end 3 seats in Notion');
		expect(mail.to).toEqual(['boss@example.com']);
		expect(mail.text).toContain('left1@example.com: Inactive in directory.');
		expect(mail.text).toContain('/form/notion-license-approve');
		expect(mail.text).not.toContain('left3@example.com');
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('asks once for a seat that waits already', async () => {
		const { page, choices } = await world.openPicks('asker@example.com');
		await world.pick(page, choices.filter((choice) => /left1/.test(choice)));
		expect(await world.seats()).toHaveLength(3);
	}, 60_000);

	it('is approved by no link in any mail, no matter who opens it', async () => {
		const links = world.mail.mails().flatMap(({ text, html }) => `${text} ${html}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
		expect(links.length).toBeGreaterThan(0);
		const readers = [FIREFOX, 'Mozilla/5.0 (compatible; Microsoft Defender SafeLinks)', 'Proofpoint URL Defense', 'Slackbot-LinkExpanding 1.0', 'GoogleImageProxy', 'curl/8.5.0'];
		const Authorization = `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`;
		for (const link of [...links, `${world.host.url}/form/typed-approve`, world.host.webhookUrl('notion-license-report')]) {
			for (const reader of readers) {
				for (const method of ['GET', 'HEAD']) {
					const headers = { 'User-Agent': reader };
					await (await fetch(link, { method, headers })).text();
					await (await fetch(link, { method, headers: { ...headers, Authorization } })).text();
				}
			}
		}
		await world.settled();

		expect(world.writes()).toEqual([]);
		expect((await world.seats()).map(({ state }) => state)).toEqual(['held', 'held', 'held']);
	}, 120_000);

	it.each([
		['who asked', 'ASKER@example.com', /You have picked seats on the list yourself/],
		['who is on the list', 'left1@example.com', /You are on the list yourself/],
		['who is no approver', 'somebody@example.com', /not among those who may decide/],
	])('is not approved by one %s', async (_who, decider, expected) => {
		expect(await world.approve(decider)).toMatch(expected);
		expect((await world.seats()).map(({ state }) => state)).toEqual(['held', 'held', 'held']);
		expect(world.writes()).toEqual([]);
	}, 60_000);

	it('ends exactly the seats that were picked, after another person has approved', async () => {
		world.mail.clear();
		// The directory is read again: a person who is back stays.
		mark('left2@example.com', { active: true, status: 'active' });
		world.directory.hoursAgo = 0;

		// Two answers at once, of two people or of one who presses twice.
		const lists = [await world.openList('boss@example.com'), await world.openList('boss@example.com')];
		const pages = await Promise.all(lists.map(async (page) => await world.decide(page)));
		await world.settled();

		expect(pages.filter((page) => page.includes('<strong>2</strong> done'))).toHaveLength(1);
		expect(pages.filter((page) => /Another answer was faster|has changed since it was shown|released by boss/.test(page))).toHaveLength(1);
		expect(['left1', 'left2', 'left3', 'ghost'].map((name) => isMember(`${name}@example.com`))).toEqual([false, true, true, false]);
		expect(world.sandbox.workspace.members()).toHaveLength(PEOPLE + 7 + 9 - 2);
		const rows = await world.seats();
		expect(rows.map(({ email, state, outcome, approvedBy, impact }) => [email, state, outcome, String(approvedBy).split(' ')[0], impact])).toEqual([
			['left1@example.com', 'done', 'done', 'boss@example.com', 1],
			['left2@example.com', 'done', 'stays', 'boss@example.com', 0],
			['ghost@example.com', 'done', 'done', 'boss@example.com', 1],
		]);
		// What is large, and what may not be carried out again, is gone from the rows.
		expect(rows.map(({ details }) => String(details)).join()).not.toContain('planned"');
		const mail = await world.mail.waitFor(({ subject }) => subject.includes('ended'));
		expect(mail.subject).toBe('Notion: 2 of 3 seats ended');
		expect(mail.to).toEqual(['it@example.com', 'asker@example.com', 'boss@example.com']);
		expect(mail.text).toContain('left2@example.com: stays');
		expect(await world.approve('boss@example.com')).toContain('No seat waits for a decision');
	}, 120_000);

	it('ends nothing after a no', async () => {
		const { page, choices } = await world.openPicks('asker@example.com');
		await world.pick(page, choices.filter((choice) => choice.includes('left3')));
		expect(await world.approve('boss@example.com', 'No, none of them')).toContain('No seat is ended');
		expect(await seatOf('left3')).toMatchObject({ state: 'done', outcome: 'declined', approvedBy: expect.stringContaining('boss@example.com') });
		expect(isMember('left3@example.com')).toBe(true);
	}, 60_000);

	it('knows who is signed in to n8n, and does not let them approve what they have picked', async () => {
		const browser = await signedInBrowser(world.host);
		const own = world.host.owner.email;
		const list = await browser.send(await browser.open(`${world.host.url}/form/notion-license-pick`));
		const [, choice = ''] = /type='checkbox'[^>]* value='([^']*left3[^']*)'/.exec(list.html) ?? [];
		await browser.send(list, { 'field-1': JSON.stringify([choice]) });
		expect(await seatOf('left3')).toMatchObject({ state: 'held', requestedBy: own });

		const refused = await browser.send(await browser.open(`${world.host.url}/form/notion-license-approve`));
		expect(refused.answer).toContain('You have picked seats on the list yourself');

		await world.alter(JOURNAL, `"requestedBy" = 'asker@example.com' WHERE "state" = 'held'`);
		const shown = await browser.send(await browser.open(`${world.host.url}/form/notion-license-approve`));
		await browser.send(shown, { 'field-1': 'No, none of them' });
		expect(await seatOf('left3')).toMatchObject({ outcome: 'declined', approvedBy: `${own} (assurance: n8n sign-in)` });
	}, 60_000);
});

describe('the limit of a day', () => {
	it('holds what is beyond it, and waits for a person who is not missing for long enough', async () => {
		const { workspace, faults } = world.sandbox;
		// Another workflow has removed a person just now, and two seats have ended here.
		await world.intend({ kind: 'leave', state: 'done', execution: 'other', impact: 1, email: 'other@example.com', removedAt: new Date().toISOString() });
		for (const name of ['late1', 'late2', 'late3']) {
			const email = `${name}@example.com`;
			const { id } = workspace.addUser({ email });
			world.directory.persons.push({ source: 'entra', sourceId: id, email, department: 'Engineering', ...LEFT });
			if (name === 'late1') faults.add({ method: 'DELETE', path: `/Users/${id}`, fault: { status: 400 } });
		}
		workspace.addUser({ email: 'fresh@example.com' });
		await world.report();
		const { page, choices } = await world.openPicks('asker@example.com');
		await world.pick(page, choices.filter((choice) => /late|fresh/.test(choice)));
		world.mail.clear();

		const answer = await world.approve('boss@example.com');
		await world.settled();

		expect(answer).toContain('<strong>1</strong> done');
		expect(answer).toContain('<strong>1</strong> not ended: the limit of the day is reached');
		const rows = await Promise.all(['late1', 'late2', 'late3', 'fresh'].map(seatOf));
		expect(rows.map(({ state, outcome }) => [state, outcome])).toEqual([
			['refused', expect.stringMatching(/^(failed|notTaken|notVerified)$/)],
			['done', 'done'],
			['refused', 'held'],
			['refused', 'blocked'],
		]);
		expect(rows[2]?.['reason']).toMatch(/\d of the 5 that it may/);
		expect(rows[3]?.['reason']).toMatch(/first seen at/);
		expect(['late1', 'late2', 'late3', 'fresh'].map((name) => isMember(`${name}@example.com`))).toEqual([true, false, true, true]);
		expect(await newest(ALERTS)).toMatchObject({
			key: expect.stringMatching(/^license-removal: request \d+$/),
			text: expect.stringContaining('late3@example.com: held'),
			workflow: 'Notion SCIM: end seats',
		});
		const mail = await world.mail.waitFor(({ subject }) => subject === 'Notion: 1 of 4 seats ended, 3 not');
		expect(mail.text).toContain('late3@example.com: held');
		faults.clear();
	}, 120_000);

	it('notices once a day what died, and what no one has answered', async () => {
		const row = { kind: 'seat', requestedBy: 'asker@example.com', approvedBy: 'boss@example.com', reference: 'request 1' };
		await world.intend({ ...row, state: 'intended', execution: 'dead', impact: 1, email: 'dead@example.com' });
		await world.intend({ ...row, state: 'retry', attempts: 1, email: 'notbegun@example.com', reference: 'request 2' });
		await world.intend({ ...row, kind: 'sync', state: 'intended', execution: 'dead', impact: 1, email: 'sync@example.com' });
		await world.intend({ ...row, state: 'held', approvedBy: '', dueAt: new Date(Date.now() - 1000).toISOString(), email: 'late@example.com' });
		const then = new Date(Date.now() - 3 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
		await world.alter(JOURNAL, `"updatedAt" = '${then}' WHERE "email" IN ('dead@example.com', 'notbegun@example.com', 'sync@example.com')`);

		const run = await world.day();

		expect(run.error).toBeUndefined();
		const stored = await world.rows(JOURNAL);
		const wordsOf = (email: string) => {
			const found = stored.find((one) => one['email'] === email);
			return [found?.['state'], found?.['outcome'] ?? ''];
		};
		expect(['dead', 'notbegun', 'sync', 'late', 'late2'].map((name) => wordsOf(`${name}@example.com`))).toEqual([
			['done', 'lost'], ['withdrawn', 'lost'], ['intended', ''], ['withdrawn', 'expired'], ['done', 'done'],
		]);
		const alerts = (await world.rows(ALERTS)).slice(-2);
		expect(alerts.map(({ key }) => key).sort()).toEqual(['license-removal: request 1', 'license-removal: request 2']);
		expect(alerts[0]?.['text']).toContain('approved and did not end');
	}, 60_000);
});

it('says so where those who may approve could not be mailed', async () => {
	world.mail.refuse(true);
	const { page, choices } = await world.openPicks('asker@example.com');
	const last = await world.pick(page, choices.filter((choice) => choice.includes('late3')));
	world.mail.refuse(false);

	expect(last).toContain('The mail could not be sent');
	expect(await world.approve('boss@example.com', 'No, none of them')).toContain('No seat is ended');
}, 120_000);

describe('a directory that cannot be believed', () => {
	const pickLeft3 = async () => {
		const { page, choices } = await world.openPicks('asker@example.com');
		await world.pick(page, choices.filter((choice) => choice.includes('left3')));
	};

	beforeAll(async () => {
		world.directory.persons = world.directory.persons.filter(({ email }) => email !== 'left1@example.com');
		await world.report();
		await pickLeft3();
		world.sandbox.requests.clear();
	}, 120_000);

	it.each<[string, () => void]>([
		['half of the pages', () => { world.directory.persons = world.directory.persons.slice(0, 25); world.directory.manifest = { complete: false, explanation: 'Page 2 failed.' }; }],
		['no page', () => { world.directory.persons = []; world.directory.manifest = { complete: false }; }],
		['no department', () => { world.directory.persons = world.directory.persons.map(({ department: _gone, ...person }) => person); }],
	])('with %s ends no seat, and says so', async (_what, spoil) => {
		const { persons, manifest } = world.directory;
		spoil();
		const run = await world.report();
		world.directory.persons = persons;
		world.directory.manifest = manifest;

		expect(run.status).toBe('error');
		const row = await newestReport();
		expect(row).toMatchObject({ state: 'incomplete', note: expect.stringMatching(/./) });
		expect(JSON.parse(String(row['details']))).toMatchObject({ totals: { removable: 0 } });
		expect(await world.record('list')).not.toContain('\r\nOrphaned');
		expect(await newest(ALERTS)).toMatchObject({ key: 'license-reconciliation: report', workflow: 'Notion SCIM: license reconciliation' });
		expect((await world.openPicks('asker@example.com')).page.html).toContain('No seat may be ended');
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('is no worse than a Notion that cannot be asked', async () => {
		world.sandbox.faults.add({ path: '/scim/v2/', fault: { status: 401 } });
		const page = await world.approve('boss@example.com');
		world.sandbox.faults.clear();

		expect(page).toContain('<strong>1</strong> failed');
		expect(await seatOf('left3')).toMatchObject({ state: 'refused', outcome: 'failed' });
		expect(isMember('left3@example.com')).toBe(true);
	}, 120_000);

	it('ends nothing that was approved, either', async () => {
		await world.report();
		await pickLeft3();
		const { persons } = world.directory;
		world.directory.persons = persons.slice(0, 25);
		world.directory.manifest = { complete: false };
		const page = await world.approve('boss@example.com');
		world.directory.persons = persons;
		world.directory.manifest = {};

		expect(page).toContain('<strong>1</strong> blocked');
		expect(world.writes()).toEqual([]);
		expect(isMember('left3@example.com')).toBe(true);
		expect(await seatOf('left3')).toMatchObject({ state: 'refused', outcome: 'blocked' });
	}, 120_000);
});
