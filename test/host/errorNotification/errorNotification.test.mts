import { poll } from '../../../host/poll.mts';
import { type AlertHost, startAlertHost } from './alertHost.mts';
import { FORM_AUTHORIZATION, formUrl, openAlertsPage, sendChoices } from './form.mts';

const MINUTE = 60_000;

let alerts: AlertHost;

beforeAll(async () => {
	alerts = await startAlertHost();
}, 180_000);

afterAll(async () => {
	await alerts?.stop();
}, 60_000);

jest.setTimeout(60_000);

const mailsOf = (key: string) => alerts.mail.mails().filter(({ text }) => text.includes(key));
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

describe('telling', () => {
	it('mails what a workflow raises at once, in one mail, with a line for each key and links to the executions', async () => {
		const execution = await alerts.raise(
			{ key: 'lockdown: Ada', text: 'The first try failed.', workflow: 'Leavers', workflowId: 'abc', execution: '7' },
			{ key: 'lockdown: Ada', text: 'Ada is still there.', workflow: 'Leavers', workflowId: 'abc', execution: '9' },
			{ key: 'lockdown: Kenji', text: 'Ask the manager of Kenji.', note: false },
			{ key: 'good news', text: 'It works again.', note: true },
		);

		expect([execution.status, execution.items('After that')]).toEqual([
			'success',
			['open', 'open', 'open', 'note'].map((state) => expect.objectContaining({ state })),
		]);
		const [mail, ...others] = mailsOf('lockdown: Ada');
		expect(others).toEqual([]);
		expect(mail?.subject).toBe('2 alerts of the Notion workflows');
		expect(mail?.to).toEqual(['it@company.example', 'security@company.example']);
		expect(mail?.text).toMatch(/1\. lockdown: Ada \(2 times since \d{4}-\d\d-\d\d \d\d:\d\d UTC\)\n {3}Ada is still there\./);
		expect(mail?.text).toContain(`${alerts.host.url}/workflow/abc/executions/9`);
		expect(mail?.text).toContain(`${alerts.host.url}/workflow/abc/executions/7`);
		expect(mail?.text).toMatch(/2\. lockdown: Kenji \(\d{4}/);
		expect(mail?.text).toMatch(/1\. good news \([\s\S]*It works again\./);
		expect(mail?.text).toContain(formUrl(alerts));
	});

	it('reminds of what is open every hour, with what came since, and tells a note once', async () => {
		await alerts.raise({ key: 'reminded', text: 'A.' }, { key: 'noted', text: 'N.', note: true });
		await alerts.raise({ key: 'reminded', text: 'B.' });
		await alerts.tick();
		expect(mailsOf('reminded')).toHaveLength(1);

		for (const key of ['reminded', 'noted']) await alerts.change(key, { toldAt: minutesAgo(60) });
		await alerts.tick();
		await alerts.tick();
		const [, again, ...others] = mailsOf('reminded');
		expect(others).toEqual([]);
		expect(again?.subject).toBe('Still open: reminded');
		expect(again?.text).toMatch(/reminded \(2 times since[\s\S]*B\.[\s\S]*A\./);
		expect(mailsOf('noted')).toHaveLength(1);
	});

	it('mails a note alone without asking for anything', async () => {
		await alerts.raise({ key: 'a note alone', text: 'N.', note: true });

		const [mail] = mailsOf('a note alone');
		expect(mail?.subject).toBe('a note alone');
		expect(mail?.text).not.toContain(formUrl(alerts));
	});

	it('sends one mail where twenty executions raise one key at once', async () => {
		await alerts.raiseApart(Array.from({ length: 20 }, (_, index) => ({ key: 'crowded', text: `Person ${index}.` })));
		expect(await alerts.rowsOf('crowded')).toHaveLength(20);
		expect(mailsOf('crowded')).toHaveLength(1);

		await alerts.change('crowded', { toldAt: minutesAgo(60) });
		await alerts.tick();
		expect(mailsOf('crowded')[1]?.text).toContain('crowded (20 times since');
	});

	it('fails no caller while the mail server is down, fails by itself, and tells when it is back', async () => {
		alerts.mail.fail();
		const { status, nodesRun } = await alerts.raise({ key: 'patience', text: 'A.' });
		expect([status, nodesRun.includes('After that')]).toEqual(['success', true]);
		expect(await alerts.rowsOf('patience')).toEqual([expect.objectContaining({ state: 'open', toldAt: '' })]);
		const failed = await alerts.tick();
		expect([failed.status, failed.error]).toEqual(['error', expect.stringContaining('The mail could not be sent')]);

		alerts.mail.heal();
		await alerts.tick();
		expect(mailsOf('patience').map(({ subject }) => subject)).toEqual([expect.not.stringContaining('Still open')]);
	});
});

describe('acknowledging', () => {
	it('shows what is open to the admin who signs in, records who takes care and when, and ends the reminders', async () => {
		await alerts.store(
			{ key: 'mine', text: 'A {{ 6 * 7 }} <script>alert(1)</script> $& text.' },
			{ key: 'mine', text: 'About another person.' },
			{ key: 'mine', text: 'About another person.' },
			{ key: 'not mine', text: 'B.' },
		);
		const page = await openAlertsPage(alerts, 'Ada Admin');
		expect(page.html).toContain('A {{ 6 * 7 }} &lt;script&gt;alert(1)&lt;/script&gt; $&amp; text.');
		expect(page.html).not.toContain('<script>alert');
		expect(page.html).toContain('About another person.');
		const choice = page.choices.find((label) => label.startsWith('mine (')) ?? 'none';
		// It comes after the page was shown, so that no one has seen it.
		await alerts.store({ key: 'mine', text: 'Later.' });
		expect(await sendChoices(page.url, choice)).toContain('mine');

		const [first, second, third, later] = await alerts.rowsOf('mine');
		expect(first).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ada Admin' });
		expect([second?.['state'], third?.['state']]).toEqual(['acknowledged', 'acknowledged']);
		expect(Date.parse(String(first?.['acknowledgedAt']))).toBeGreaterThan(Date.now() - MINUTE);
		expect(later).toMatchObject({ state: 'open' });
		expect(await alerts.rowsOf('not mine')).toEqual([expect.objectContaining({ state: 'open' })]);

		const rest = await openAlertsPage(alerts, 'Ada Admin');
		await sendChoices(rest.url, ...rest.choices);
		for (const key of ['mine', 'not mine']) await alerts.change(key, { toldAt: minutesAgo(600) });
		await alerts.tick();
		expect(mailsOf('not mine')).toEqual([]);
		const empty = await openAlertsPage(alerts, 'Ada Admin');
		expect(empty.html).toContain('No alert is open');
		expect(await sendChoices(empty.url)).toContain('Nothing');
	});

	it('acknowledges nothing by GET or HEAD of a browser, a mail scanner or a link preview', async () => {
		await alerts.store({ key: 'looked at', text: 'A.' });
		const page = await openAlertsPage(alerts, 'Ada Admin');
		const agents = [
			'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
			'Mozilla/5.0 (compatible; Microsoft Office; Safe Links)',
			'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
		];
		for (const url of [formUrl(alerts), page.url]) {
			for (const agent of agents) {
				for (const headers of [{}, { authorization: FORM_AUTHORIZATION }]) {
					for (const method of ['GET', 'HEAD']) await fetch(url, { method, headers: { 'user-agent': agent, ...headers } });
				}
			}
		}

		expect(await alerts.rowsOf('looked at')).toEqual([expect.objectContaining({ state: 'open' })]);
		await sendChoices(page.url, ...page.choices);
	});

	it('lets no one in without the password, nor to the second page without its signature', async () => {
		await alerts.store({ key: 'guarded', text: 'A.' });
		const page = await openAlertsPage(alerts, 'Ada Admin');
		const [unsigned = ''] = page.url.split('?');
		const body = new FormData();
		body.set('field-0', 'Mallory');
		body.set('field-1', JSON.stringify(['All of these']));

		const answers = await Promise.all(
			[formUrl(alerts), unsigned].map(async (url) => await fetch(url, { method: 'POST', body })),
		);

		expect(answers.map(({ status }) => status)).toEqual([401, 401]);
		expect(await alerts.rowsOf('guarded')).toEqual([expect.objectContaining({ state: 'open' })]);
	});
});

it('makes an alert of a failed execution, where it is set as error workflow, and tells no message of it', async () => {
	const { client } = alerts.host;
	const { id } = await client.importWorkflow(failing(alerts.workflowId), { settings: 'keep' });
	await client.publish(id);
	const stored = async (count: number) =>
		await poll(
			async () => {
				const rows = await alerts.rowsOf('Payroll export: failed');
				return rows.length >= count ? rows : undefined;
			},
			`alert ${count}`,
			30_000,
		);
	for (const failures of [1, 2]) {
		await fetch(alerts.host.webhookUrl('payroll'), { method: 'POST' });
		await stored(failures);
	}

	const mail = await alerts.mail.waitFor(({ text }) => text.includes('Payroll export: failed'));
	expect(mail.subject).toBe('Payroll export: failed');
	expect(mail.text).toContain('The workflow "Payroll export" failed at its node "Export".');
	expect(mail.text).toContain(`${alerts.host.url}/workflow/${id}/executions/`);
	expect(mail.text).not.toContain('secret');
	expect(mailsOf('Payroll export: failed')).toHaveLength(1);
});

function failing(errorWorkflow: string) {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	return {
		name: 'Payroll export',
		nodes: [
			node('Start', 'webhook', 2.1, { httpMethod: 'POST', path: 'payroll', options: {} }),
			node('Export', 'stopAndError', 1, { errorMessage: 'The token secret-1 was refused.' }),
		],
		connections: { Start: { main: [[{ node: 'Export', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', errorWorkflow },
	};
}
