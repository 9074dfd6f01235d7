import { Workflow } from '../../../canvas/workflow.mts';
import { poll } from '../../../host/poll.mts';
import { type AlarmHost, startAlarmHost } from './alarmHost.mts';
import { FORM_AUTHORIZATION, formUrl, openAlarmsPage, sendChoices } from './form.mts';

const HOUR = 60 * 60 * 1000;

/** A tick of the true schedule comes within a minute; then there is the work itself. */
const A_TICK = 75_000;

let alarms: AlarmHost;

beforeAll(async () => {
	alarms = await startAlarmHost();
}, 120_000);

afterAll(async () => {
	await alarms?.stop();
}, 60_000);

const mailsOf = (key: string) => alarms.mail.mails().filter(({ text }) => text.includes(key));
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();

describe('telling', () => {
	it('mails new alarms as one digest by key, with a link to the newest execution', async () => {
		await alarms.store(
			{ key: 'lockdown: Ada', text: 'The first try failed.', workflow: 'Leavers', workflowId: 'abc', execution: '7' },
			{ key: 'lockdown: Ada', text: 'Ada is still there.', workflow: 'Leavers', workflowId: 'abc', execution: '9' },
			{ key: 'lockdown: Kenji', text: 'Ask somebody who knows Kenji.' },
		);
		await alarms.tick();

		const mail = await alarms.mail.waitFor(({ text }) => text.includes('lockdown: Ada'));
		expect(mail.subject).toBe('2 alarms of the Notion workflows');
		expect(mail.to).toEqual(['it@company.example', 'security@company.example']);
		expect(mail.text).toMatch(/1\. lockdown: Ada \(2 times since \d{4}-\d\d-\d\d \d\d:\d\d UTC\)\n {3}Ada is still there\./);
		expect(mail.text).toContain('\n   The first try failed.\n');
		expect(mail.text).toContain(`${alarms.host.url}/workflow/abc/executions/9`);
		expect(mail.text).toContain(`${alarms.host.url}/workflow/abc/executions/7`);
		expect(mail.text).toMatch(/2\. lockdown: Kenji \(\d{4}/);
		expect(mail.text).toContain(formUrl(alarms));
	});

	it('mails an alarm once, and again only when its hours are over', async () => {
		await alarms.store({ key: 'once', text: 'A.' });
		await alarms.tick();
		await alarms.tick();
		expect(mailsOf('once')).toHaveLength(1);

		await alarms.change('once', { toldAt: hoursAgo(3.9) });
		await alarms.tick();
		expect(mailsOf('once')).toHaveLength(1);

		await alarms.change('once', { toldAt: hoursAgo(4.1) });
		await alarms.tick();
		const [, again] = mailsOf('once');
		expect(again?.subject).toBe('Still open: once');
		expect(await alarms.rowsOf('once')).toEqual([expect.objectContaining({ told: 2, state: 'open' })]);
	}, 60_000);

	it('mails a note once and never again', async () => {
		await alarms.store({ key: 'good news', text: 'It works again.', state: 'note' });
		await alarms.tick();
		await alarms.change('good news', { toldAt: hoursAgo(30) });
		await alarms.tick();

		const [mail, ...others] = mailsOf('good news');
		expect(mail?.subject).toBe('good news');
		expect(mail?.text).not.toContain(formUrl(alarms));
		expect(others).toEqual([]);
	}, 60_000);

	it('mails once where five ticks come at once', async () => {
		await alarms.store({ key: 'crowded', text: 'A.' }, { key: 'crowded two', text: 'B.' });

		const executions = await Promise.all(Array.from({ length: 5 }, async () => await alarms.tick()));

		expect(executions.map(({ status }) => status)).toEqual(Array(5).fill('success'));
		expect(mailsOf('crowded two')).toHaveLength(1);
		expect(mailsOf('crowded')).toHaveLength(1);
		expect(await alarms.rowsOf('crowded')).toEqual([expect.objectContaining({ told: 1 })]);
	}, 60_000);

	it('is red while the mail server refuses, and tells at the next tick after that', async () => {
		alarms.mail.fail();
		await alarms.store({ key: 'patience', text: 'A.' });
		const failed = await alarms.tick();
		expect(failed.status).toBe('error');
		expect(failed.error).toContain('The mail could not be sent');
		expect(await alarms.rowsOf('patience')).toEqual([expect.objectContaining({ told: 0 })]);

		// A run by hand starts no Error Trigger; one of the schedule does.
		const own = 'Error notification: mail alarms until somebody takes care: failed';
		const [row] = await poll(
			async () => {
				const rows = await alarms.rowsOf(own);
				return rows.length > 0 ? rows : undefined;
			},
			'an alarm about itself',
			A_TICK,
		);
		expect(row).toMatchObject({ text: expect.stringContaining('421'), told: 0 });

		alarms.mail.heal();
		await alarms.tick();
		const mail = await alarms.mail.waitFor(({ text }) => text.includes('patience'), A_TICK);
		expect(mail.text).toContain(own);
		expect(await alarms.rowsOf(own)).toHaveLength(1);
	}, 180_000);
});

describe('acknowledging', () => {
	it('shows what is open to whoever signs in, and records who takes care and when', async () => {
		await alarms.store(
			{ key: 'mine', text: 'A {{ 6 * 7 }} <script>alert(1)</script> $& text.' },
			{ key: 'mine', text: 'About somebody else.' },
			{ key: 'mine', text: 'About somebody else.' },
			{ key: 'not mine', text: 'B.' },
		);
		await alarms.tick();

		const page = await openAlarmsPage(alarms, 'Ada Admin');
		expect(page.html).toContain('A {{ 6 * 7 }} &lt;script&gt;alert(1)&lt;/script&gt; $&amp; text.');
		expect(page.html).not.toContain('<script>alert');
		expect(page.html).toContain('About somebody else.');
		const choice = page.choices.find((label) => label.startsWith('mine (')) ?? 'none';
		// It comes after the page was shown, so that nobody has seen it.
		await alarms.store({ key: 'mine', text: 'Later.' });
		const last = await sendChoices(page.url, choice);

		expect(last).toContain('mine');
		const [first, second, third, later] = await alarms.rowsOf('mine');
		expect(first).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ada Admin' });
		expect([second?.['state'], third?.['state']]).toEqual(['acknowledged', 'acknowledged']);
		expect(Date.parse(String(first?.['acknowledgedAt']))).toBeGreaterThan(Date.now() - 60_000);
		expect(later).toMatchObject({ state: 'open' });
		expect(await alarms.rowsOf('not mine')).toEqual([expect.objectContaining({ state: 'open' })]);
	}, 60_000);

	it('ends the repeating', async () => {
		await alarms.store({ key: 'silenced', text: 'A.' });
		await alarms.tick();
		const page = await openAlarmsPage(alarms, 'Ada Admin');
		await sendChoices(page.url, ...page.choices);
		await alarms.change('silenced', { toldAt: hoursAgo(100) });
		await alarms.tick();

		expect(mailsOf('silenced')).toHaveLength(1);
		expect((await openAlarmsPage(alarms, 'Ada Admin')).html).toContain('Nothing is open');
	}, 60_000);

	it.each([
		['a browser', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'],
		['a mail scanner', 'Mozilla/5.0 (compatible; Microsoft Office; Safe Links)'],
		['a link preview', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
	])('acknowledges nothing by GET or HEAD of %s', async (_who, userAgent) => {
		const key = `looked at by ${userAgent.slice(-12)}`;
		await alarms.store({ key, text: 'A.' });
		const page = await openAlarmsPage(alarms, 'Ada Admin');
		for (const url of [formUrl(alarms), page.url]) {
			for (const method of ['GET', 'HEAD']) {
				for (const authorization of ['', FORM_AUTHORIZATION]) {
					await fetch(url, {
						method,
						headers: { 'user-agent': userAgent, ...(authorization ? { authorization } : {}) },
					});
				}
			}
		}

		expect(await alarms.rowsOf(key)).toEqual([expect.objectContaining({ state: 'open' })]);
		await sendChoices(page.url, ...page.choices);
	}, 60_000);

	it('lets nobody in without the password, nor to the second page without its signature', async () => {
		await alarms.store({ key: 'guarded', text: 'A.' });
		const page = await openAlarmsPage(alarms, 'Ada Admin');
		const [unsigned = ''] = page.url.split('?');
		const body = new FormData();
		body.set('field-0', 'Mallory');
		body.set('field-1', JSON.stringify(['All of these']));

		const answers = await Promise.all(
			[formUrl(alarms), unsigned].map(async (url) => await fetch(url, { method: 'POST', body })),
		);

		expect(answers.map(({ status }) => status)).toEqual([401, 401]);
		expect(await alarms.rowsOf('guarded')).toEqual([expect.objectContaining({ state: 'open' })]);
	}, 60_000);
});

describe('alarms of other workflows', () => {
	it('makes one of a failed execution, where it is set as error workflow', async () => {
		const { client } = alarms.host;
		const failing = new Workflow('Payroll export');
		failing.add({
			name: 'Start',
			type: 'webhook',
			version: 2,
			parameters: { httpMethod: 'POST', path: 'payroll', options: {} },
			at: [0, 0],
		});
		failing.add({
			name: 'Export',
			type: 'stopAndError',
			version: 1,
			parameters: { errorMessage: 'The bank is closed.' },
			at: [1, 0],
		});
		failing.chain('Start', 'Export');
		const file = { ...failing.file(), settings: { executionOrder: 'v1', errorWorkflow: alarms.workflowId } };
		const { id } = await client.importWorkflow(file, { settings: 'keep' });
		await client.publish(id);

		const handled = async () =>
			(await client.executions(alarms.workflowId)).filter(
				({ mode, status }) => mode === 'error' && status === 'success',
			).length;
		const before = await handled();
		// One after the other: two at the same moment may both store what neither has seen.
		for (const failures of [1, 2]) {
			await fetch(alarms.host.webhookUrl('payroll'), { method: 'POST' });
			await poll(
				async () => ((await handled()) >= before + failures ? true : undefined),
				`failure ${failures} to be handled`,
				30_000,
			);
		}

		const mail = await alarms.mail.waitFor(({ text }) => text.includes('Payroll export: failed'), A_TICK);
		expect(mail.text).toContain('The workflow "Payroll export" failed at its node "Export": The bank is closed.');
		expect(mail.text).toContain(`${alarms.host.url}/workflow/${id}/executions/`);
		// The second says the same as the first, which is open.
		expect(await alarms.rowsOf('Payroll export: failed')).toHaveLength(1);
	}, 120_000);

	it('takes one from a workflow that calls it', async () => {
		const { client } = alarms.host;
		const caller = new Workflow('Quarterly review');
		caller.add({ name: 'Manual', type: 'manualTrigger', version: 1, at: [0, 0] });
		caller.add({
			name: 'Raise',
			type: 'executeWorkflow',
			version: 1.2,
			parameters: {
				workflowId: { __rl: true, mode: 'id', value: alarms.workflowId },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { key: 'review: overdue', text: 'Nobody reviewed Sales.', workflow: 'Quarterly review' },
					matchingColumns: [],
					schema: ['key', 'text', 'workflow'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
				},
				mode: 'once',
				options: {},
			},
			at: [1, 0],
		});
		caller.chain('Manual', 'Raise');
		const { id } = await client.importWorkflow(caller.file());
		await client.runManually(id, 'Manual');

		const mail = await alarms.mail.waitFor(({ text }) => text.includes('review: overdue'), A_TICK);
		expect(mail.text).toContain('Nobody reviewed Sales.');
		expect(mail.text).toContain('Workflow "Quarterly review"');
	}, 120_000);
});
