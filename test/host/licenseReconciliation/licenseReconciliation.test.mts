import { startBrowser } from '../../editor/canvas.mts';
import { FIREFOX, FORM_USER, type LicenseWorld, type Person, startLicenseWorld } from './licenseWorld.mts';

const PEOPLE = 40;

let world: LicenseWorld;

beforeAll(async () => {
	world = await startLicenseWorld(PEOPLE);
	world.directory.persons = everybody();
	// Whoever the first lists do not have must be missing for 12 hours.
	world.directory.hoursAgo = 20;
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

/** Every member, as the directory has them. */
function everybody(): Person[] {
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

async function newest(table: string): Promise<Record<string, unknown>> {
	return (await world.rows(table)).at(-1) ?? {};
}

const isMember = (email: string): boolean => world.sandbox.workspace.isMember(email);

describe('the report', () => {
	it('is stored, and mailed with both files', async () => {
		const run = await world.report();

		expect(run.error).toBeUndefined();
		expect(await newest('license_reports')).toMatchObject({
			seats: PEOPLE + 7, removable: 0, mayTakeAway: true, whyNot: '',
			html: expect.stringContaining('<!doctype html>'), csv: expect.stringContaining('Class,Email'),
		});
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
		const rows = await world.rows('license_reports');
		// What is large, and what only the next report needs, is in the newest row only.
		expect(rows.map(({ memory, html, csv }) => [memory !== '', html !== '', csv !== ''])).toEqual([
			[false, false, true],
			[true, true, true],
		]);
		expect(await world.rows('notion_scim_alerts')).toEqual([]);
	}, 120_000);

	it('finds after mixed changes who has left, who is unlisted, and who only has the same name', async () => {
		const { workspace } = world.sandbox;
		for (const email of ['left1@example.com', 'left2@example.com', 'left3@example.com']) workspace.addUser({ email });
		workspace.addUser({ email: 'john@example.com', name: 'John Smith' });
		workspace.addUser({ email: 'john.smith2@example.com', name: 'John Smith' });
		const bride = workspace.addUser({ email: 'before.marriage@example.com' });
		world.directory.persons = everybody();
		for (const email of ['left1@example.com', 'left2@example.com', 'left3@example.com']) mark(email, LEFT);
		mark('before.marriage@example.com', { secondaryEmails: 'before.marriage@example.com', email: 'after.marriage@example.com' });
		workspace.addUser({ email: 'ghost@example.com', name: '<img src=x onerror=alert(1)> =1+1' });
		workspace.addUser({ email: 'helper@agency.test' });
		workspace.addUser({ email: 'bot@example.com' });
		world.mail.clear();

		await world.report();

		const row = await newest('license_reports');
		const removable: unknown = JSON.parse(String(row['removableSeats']));
		expect(removable).toEqual([
			expect.objectContaining({ email: 'left1@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'left2@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'left3@example.com', class: 'inactiveInDirectory' }),
			expect.objectContaining({ email: 'ghost@example.com', class: 'orphaned' }),
		]);
		const csv = String(row['csv']);
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
	let code = '';

	it('takes nothing without a password', async () => {
		for (const path of ['notion-license-pick', 'notion-license-approve']) {
			const answer = await fetch(`${world.host.url}/form/${path}`, { method: 'POST', body: new FormData() });
			expect(answer.status).toBe(401);
		}
	});

	it('begins with one person who picks', async () => {
		world.mail.clear();
		const { url, choices } = await world.openPicks('asker@example.com');
		expect(choices).toHaveLength(4);
		const picks = choices.filter((choice) => /left1|left2|ghost/.test(choice));

		expect(await world.pick(url, picks)).toContain('Somebody else decides now');

		const row = await newest('license_removals');
		code = String(row['code']);
		expect(row).toMatchObject({ state: 'waiting', askedBy: 'asker@example.com' });
		const mail = await world.mail.waitFor(({ subject }) => subject.startsWith('Approve?'));
		expect(mail.to).toEqual(['boss@example.com']);
		expect(mail.text).toContain(code);
		expect(mail.text).not.toContain('left3@example.com');
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('is approved by no link in any mail, whoever opens it', async () => {
		const links = world.mail.mails().flatMap(({ text, html }) => `${text} ${html}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
		expect(links.length).toBeGreaterThan(0);
		const readers = [FIREFOX, 'Mozilla/5.0 (compatible; Microsoft Defender SafeLinks)', 'Proofpoint URL Defense', 'Slackbot-LinkExpanding 1.0', 'GoogleImageProxy', 'curl/8.5.0'];
		const Authorization = `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`;
		for (const link of [...links, world.host.webhookUrl('notion-license-report')]) {
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
		expect(await newest('license_removals')).toMatchObject({ state: 'waiting' });
	}, 120_000);

	it.each([
		['who asked', 'ASKER@example.com', /asked for it cannot approve/],
		['who is on the list', 'left1@example.com', /Your own seat is on the list/],
		['who is no approver', 'somebody@example.com', /not among the approvers/],
	])('is not approved by one %s', async (_who, decider, expected) => {
		expect(await world.approve(decider, code)).toMatch(expected);
		expect(await newest('license_removals')).toMatchObject({ state: 'waiting' });
		expect(world.writes()).toEqual([]);
	}, 60_000);

	it('ends exactly the seats that were picked, after another person has approved', async () => {
		world.mail.clear();
		// The directory is read again: who is back stays.
		mark('left2@example.com', { active: true, status: 'active' });
		world.directory.hoursAgo = 0;

		// Whoever presses twice sends the form twice.
		const pages = await Promise.all([1, 2].map(async () => await world.approve('boss@example.com', code.toLowerCase())));

		expect(pages.filter((page) => page.includes('2 of 3 seats ended'))).toHaveLength(1);
		expect(pages.filter((page) => /This has just been decided|decided before/.test(page))).toHaveLength(1);
		expect(['left1', 'left2', 'left3', 'ghost'].map((name) => isMember(`${name}@example.com`))).toEqual([false, true, true, false]);
		expect(world.sandbox.workspace.members()).toHaveLength(PEOPLE + 7 + 9 - 2);
		const changes = await world.rows('directory_changes');
		expect(changes.map(({ email, action, outcome, approvedBy }) => [email, action, outcome, String(approvedBy).split(' ')[0]])).toEqual([
			['left1@example.com', 'user.remove', 'done', 'boss@example.com'],
			['ghost@example.com', 'user.remove', 'done', 'boss@example.com'],
		]);
		expect(await newest('license_removals')).toMatchObject({ state: 'done', decidedBy: 'boss@example.com' });
		const mail = await world.mail.waitFor(({ subject }) => subject.includes('ended'));
		expect(mail.to).toEqual(['it@example.com', 'asker@example.com', 'boss@example.com']);
		expect(mail.text).toContain('left2@example.com: stays');
		expect(await world.approve('boss@example.com', code)).toContain('decided before');
	}, 120_000);
});

describe('the limit of a day', () => {
	let code = '';

	it('holds what is beyond it, and waits for whoever is not missing for long enough', async () => {
		const { workspace, faults } = world.sandbox;
		// Another workflow has removed somebody just now, and two have ended here.
		await world.intend({ workflow: 'Directory sync', execution: 'other', outcome: 'done' });
		for (const name of ['late1', 'late2', 'late3']) {
			const email = `${name}@example.com`;
			const { id } = workspace.addUser({ email });
			world.directory.persons.push({ source: 'entra', sourceId: id, email, department: 'Engineering', ...LEFT });
			if (name === 'late1') faults.add({ method: 'DELETE', path: `/Users/${id}`, fault: { status: 400 } });
		}
		workspace.addUser({ email: 'fresh@example.com' });
		await world.report();
		const { url, choices } = await world.openPicks('asker@example.com');
		await world.pick(url, choices.filter((choice) => /late|fresh/.test(choice)));
		code = String((await newest('license_removals'))['code']);

		expect(await world.approve('boss@example.com', code)).toContain('1 of 4 seats ended');

		const request = await newest('license_removals');
		expect(request['state']).toBe('incomplete');
		expect(String(request['note']).split('\n').map((line) => line.trim().split('. ')[0])).toEqual([
			expect.stringMatching(/^late1@example\.com: (failed|notTaken|notVerified)$/),
			'late2@example.com: done',
			'late3@example.com: held',
			'fresh@example.com: blocked',
		]);
		expect(request['note']).toMatch(/3 of the 5 that it may.*\n.*first seen at/);
		expect(['late1', 'late2', 'late3', 'fresh'].map((name) => isMember(`${name}@example.com`))).toEqual([true, false, true, true]);
		await world.settled();
		expect((await newest('notion_scim_alerts'))['key']).toBe(`license-reconciliation: ${code}`);
		expect((await world.mail.waitFor(({ subject }) => subject.includes('1 of 4'))).text).toContain('late3@example.com: held');
		faults.clear();
	}, 120_000);

	it('notices once a day what died', async () => {
		await world.intend({ workflow: 'License reconciliation', execution: 'dead', email: 'dead@example.com' });
		await world.intend({ workflow: 'Directory sync', execution: 'dead', email: 'other@example.com' });
		const then = new Date(Date.now() - 3 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
		await world.alter('directory_changes', `"createdAt" = '${then}'`);
		await world.alter('license_removals', `"state" = 'approved', "updatedAt" = '${then}' WHERE "code" = '${code}'`);

		const run = await world.day();

		expect(run.error).toBeUndefined();
		const changes = await world.rows('directory_changes');
		const outcomeOf = (email: string) => changes.find((row) => row['email'] === email)?.['outcome'];
		expect([outcomeOf('dead@example.com'), outcomeOf('other@example.com'), outcomeOf('late2@example.com')]).toEqual(['lost', 'intended', 'done']);
		expect(await newest('license_removals')).toMatchObject({ code, state: 'failed' });
		expect((await newest('notion_scim_alerts'))['text']).toContain(`code ${code} was approved and did not end`);
	}, 60_000);
});

it('tells nobody a code that those who may approve were not sent', async () => {
	world.mail.refuse(true);
	const { url, choices } = await world.openPicks('asker@example.com');
	const page = await world.pick(url, choices.filter((choice) => choice.includes('late3')));
	world.mail.refuse(false);

	expect(page).toContain('The mail could not be sent');
	expect(page).not.toContain(String((await newest('license_removals'))['code']));
}, 120_000);

describe('a directory that cannot be believed', () => {
	const codes: string[] = [];

	beforeAll(async () => {
		world.directory.persons = world.directory.persons.filter(({ email }) => email !== 'left1@example.com');
		await world.report();
		for (let index = 0; index < 2; index += 1) {
			const { url, choices } = await world.openPicks('asker@example.com');
			await world.pick(url, choices.filter((choice) => choice.includes('left3')));
			codes.push(String((await newest('license_removals'))['code']));
		}
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
		const row = await newest('license_reports');
		expect(row).toMatchObject({ removable: 0, mayTakeAway: false });
		expect(row['csv']).not.toContain('\r\nOrphaned');
		expect((await newest('notion_scim_alerts'))['key']).toBe('license-reconciliation: report');
		expect((await world.openPicks('asker@example.com')).html).toContain('No seat may be ended');
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('is no worse than a Notion that cannot be asked', async () => {
		world.sandbox.faults.add({ path: '/scim/v2/', fault: { status: 401 } });
		const page = await world.approve('boss@example.com', codes[1] ?? '');
		world.sandbox.faults.clear();

		expect(page).toContain('0 of 1 seat ended');
		expect(await newest('license_removals')).toMatchObject({ state: 'incomplete', note: expect.stringContaining('left3@example.com: failed') });
		expect(isMember('left3@example.com')).toBe(true);
	}, 120_000);

	it('ends nothing that was approved, either', async () => {
		const { persons } = world.directory;
		world.directory.persons = persons.slice(0, 25);
		world.directory.manifest = { complete: false };
		const page = await world.approve('boss@example.com', codes[0] ?? '');
		world.directory.persons = persons;
		world.directory.manifest = {};

		expect(page).toContain('0 of 1 seat ended');
		expect(world.writes()).toEqual([]);
		expect(isMember('left3@example.com')).toBe(true);
		const request = (await world.rows('license_removals')).find((row) => row['code'] === codes[0]);
		expect(request).toMatchObject({ state: 'incomplete', note: expect.stringContaining('left3@example.com: ') });
	}, 120_000);
});
