import { groupAlerts, readAlerts } from '../../../lib/lifecycle/alerts.ts';
import { alertForm, chosenAlerts } from '../../../lib/report/alertForm.ts';
import { alertMail } from '../../../lib/report/alertMail.ts';

const SETTINGS = { n8nUrl: 'https://n8n.example/', timeZone: 'Europe/Berlin' };

let lastId = 0;

beforeEach(() => {
	lastId = 0;
});

function alert(key: string, values: Record<string, unknown> = {}) {
	lastId += 1;
	return { id: lastId, createdAt: '2026-02-03T09:00:00Z', key, text: `Text ${lastId}`, state: 'open', ...values };
}

const groups = (...rows: object[]) => groupAlerts(readAlerts(rows));

describe('the mail', () => {
	const mail = (...rows: object[]) => alertMail(groups(...rows), SETTINGS, '2026-02-03T10:00:00.000Z');

	it('names zone, workflow and execution, and where to acknowledge', () => {
		expect(mail(alert('leaver', { workflow: 'W', workflowId: 'w1', execution: '12' }))).toEqual({
			title: 'leaver',
			open: 1,
			notes: 0,
			isReminder: false,
			form: 'https://n8n.example/form/notion-alerts',
			openAlerts:
				'1. leaver (2026-02-03 10:00 GMT+1)\n   Text 1\n   Workflow "W", execution 12: https://n8n.example/workflow/w1/executions/12',
			noteAlerts: '',
			toldAt: '2026-02-03T10:00:00.000Z',
		});
	});

	it('tells each text under a key once, the newest first, with where it came from', () => {
		const { openAlerts } = mail(
			alert('unmatched', { text: 'Ada may be ada.old@.', workflow: 'W', execution: '1' }),
			alert('unmatched', { text: 'Kenji may be ken@.', workflow: 'W', execution: '2' }),
			alert('unmatched', { text: 'Ada may be ada.old@.', workflow: 'W', execution: '3' }),
			alert('unmatched', { text: 'Zoe may be zoe.old@.' }),
		);
		expect(openAlerts).toBe(
			'1. unmatched (4 times since 2026-02-03 10:00 GMT+1)\n' +
				'   Zoe may be zoe.old@.\n\n' +
				'   Ada may be ada.old@.\n   Workflow "W", execution 3\n\n' +
				'   Kenji may be ken@.\n   Workflow "W", execution 2',
		);
	});

	it.each([
		['one alert', ['a'], 'a', false],
		['several', ['a', 'b'], '2 alerts of the Notion workflows', false],
		['one of which was told', ['a', 'told b'], '2 alerts of the Notion workflows', false],
		['all of which were told', ['told a', 'told b'], '2 alerts of the Notion workflows', true],
		['an alert with a note', ['a', 'note b'], 'a', false],
		['notes alone', ['note a', 'note b'], '2 messages of the Notion workflows', false],
		['one note', ['note a'], 'note a', false],
	])('has a subject for %s', (_case, keys, title, isReminder) => {
		const rows = keys.map((key) =>
			alert(key, {
				...(key.startsWith('told') ? { toldAt: '2026-02-03T09:00:00Z', told: 1 } : {}),
				...(key.startsWith('note') ? { state: 'note' } : {}),
			}),
		);
		expect(mail(...rows)).toMatchObject({ title, isReminder });
	});

	it('says how many texts it leaves out, and where they are', () => {
		const { openAlerts } = mail(...Array.from({ length: 53 }, (_, index) => alert('many', { text: `Person ${index}.` })));
		expect(openAlerts).toContain('Person 52.');
		expect(openAlerts).toContain('Person 3.');
		expect(openAlerts).not.toContain('Person 2.');
		expect(openAlerts).toContain('And 3 more under this key, in the Data Table notion_scim_alerts.');
	});

	it('says where a text, or the mail, is cut', () => {
		const long = (length: number, name = 'long') => alert(name, { text: 'x'.repeat(length) });
		expect(mail(long(20_000)).openAlerts).not.toContain('cut here');
		expect(mail(long(20_001)).openAlerts).toContain('x\n   [This text is cut here. All of it is in the Data Table');
		const whole = mail(...Array.from({ length: 30 }, (_, index) => long(20_000, `key ${index}`))).openAlerts;
		expect(whole).toContain('[This mail is cut here. All of it is in the Data Table notion_scim_alerts.]');
		expect(whole.length).toBeLessThan(501_000);
	});

	it('keeps what others wrote out of the header, and stays short with thousands of alerts', () => {
		expect(mail(alert('a\r\nBcc: x@example.com')).title).toBe('a Bcc: x@example.com');
		expect(mail(alert('a'.repeat(500))).title).toHaveLength(200);
		const { title, openAlerts } = mail(...Array.from({ length: 3_000 }, (_, index) => alert(`key ${index}`)));
		expect(title).toBe('3000 alerts of the Notion workflows');
		expect(openAlerts).toContain('And 2940 more, in the Data Table');
		expect(openAlerts.length).toBeLessThan(20_000);
	});
});

describe('the form', () => {
	const form = (...rows: object[]) => alertForm(groups(...rows), 'UTC');
	const keys = (page: ReturnType<typeof form>, answer: unknown) => chosenAlerts(page, answer).map(({ key }) => key);

	it('shows what others wrote as text: no markup, no expression, no replacement', () => {
		const { page } = form(alert('a', { text: '<img src=x> {{ $env.SECRET }} $& end' }));
		expect(page).not.toContain('$');
		expect(page).not.toMatch(/\{\{|<img/);
		expect(JSON.stringify(JSON.parse(page))).toContain('&lt;img src&#61;x&gt; &#123;&#123; $env.SECRET');
	});

	it.each([
		['one', ['first (2026-02-03 09:00 UTC)'], ['first']],
		['one as a text', 'second (2026-02-03 09:00 UTC)', ['second']],
		['all', ['All of these'], ['first', 'second']],
		['nothing', [], []],
		['a page that was left open until it ended', undefined, []],
		['something that was not shown', ['third'], []],
	])('takes %s', (_case, ticked, expected) => {
		expect(keys(form(alert('first'), alert('second')), ticked)).toEqual(expected);
	});

	it('takes what it has shown, and no more', () => {
		const shown = form(...Array.from({ length: 52 }, (_, index) => alert('many', { text: `Person ${index}.` })));
		expect(shown.page).toContain('Person 51.');
		expect(shown.page).not.toContain('Person 1.');
		expect(shown.page).toContain('And 2 more under this key');
		const [taken] = chosenAlerts(shown, 'many (52 times since 2026-02-03 09:00 UTC)');
		expect(taken?.rows.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => index + 3));
	});

	it('says that there are more lines than it shows, or none', () => {
		expect(form(...Array.from({ length: 62 }, (_, index) => alert(`key ${index}`))).page).toContain('And 2 more, which stay open');
		const none = form();
		expect(none.page).toContain('No alert is open');
		expect(none.page).not.toContain('checkbox');
	});
});
