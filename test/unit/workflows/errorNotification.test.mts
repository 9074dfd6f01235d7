import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import { z } from 'zod';

const text = readFileSync(join('workflows', 'error-notification', 'code', 'alarms.js'), 'utf8');
const load = (name: string): ((...values: unknown[]) => unknown) =>
	new Function('DateTime', `${text}\nreturn ${name};`)(DateTime);

const groupsToTell = load('groupsToTell');
const groupAlarms = load('groupAlarms');
const digestOf = load('digestOf');
const acknowledgePage = load('acknowledgePage');
const chosenTexts = load('chosenTexts');
const failureAlarm = load('failureAlarm');
const notOpenYet = load('notOpenYet');

const NOW = Date.parse('2026-02-03T10:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

let lastId = 0;

function alarm(key: string, values: Record<string, unknown> = {}) {
	lastId += 1;
	return { id: lastId, key, text: `Text ${lastId}`, state: 'open', told: 0, toldAt: null, createdAt: hoursAgo(1), ...values };
}

const groupsSchema = z.array(z.object({ key: z.string(), claimKey: z.string() }).passthrough());
const tell = (...rows: object[]) => groupsSchema.parse(groupsToTell(rows, NOW, 4));

beforeEach(() => {
	lastId = 0;
});

describe('what is mailed now', () => {
	it.each([
		['was never told', {}, true],
		['was told 3 hours ago', { told: 1, toldAt: hoursAgo(3) }, false],
		['was told 4 hours ago', { told: 1, toldAt: hoursAgo(4) }, true],
		['is a note that was never told', { state: 'note' }, true],
		['is a note that was told', { state: 'note', told: 1, toldAt: hoursAgo(50) }, false],
	])('an alarm that %s: %s', (_case, values, expected) => {
		expect(tell(alarm('a', values))).toHaveLength(expected ? 1 : 0);
	});

	it('tells the whole key as soon as one of it is new, with every text', () => {
		const [group] = tell(alarm('a', { told: 2, toldAt: hoursAgo(1) }), alarm('a'), alarm('b', { told: 1, toldAt: hoursAgo(1) }));
		expect(group).toMatchObject({ key: 'a', count: 2, newestId: 2, texts: [{ text: 'Text 2' }, { text: 'Text 1' }], told: 2 });
	});

	it('claims by what is due, so that another reading of the same makes the same claim', () => {
		const [first] = tell(alarm('a'), alarm('a'));
		lastId = 0;
		const [withAThird] = tell(alarm('a'), alarm('a'), alarm('a'));
		lastId = 0;
		const [later] = tell(alarm('a', { told: 1, toldAt: hoursAgo(5) }));
		expect(withAThird?.claimKey).toBe(first?.claimKey);
		expect(later?.claimKey).not.toBe(first?.claimKey);
	});
});

describe('the mail', () => {
	const SETTINGS = { n8nUrl: 'https://n8n.example/', repeatHours: 4, timeZone: 'Europe/Berlin' };
	const mailSchema = z.object({ subject: z.string(), text: z.string() });
	const mail = (...rows: object[]) => mailSchema.parse(digestOf(groupAlarms(rows), SETTINGS));

	it('names zone, workflow and execution, and the address to acknowledge at', () => {
		const { subject, text: body } = mail(alarm('leaver', { workflow: 'W', workflowId: 'w1', execution: '12' }));
		expect(subject).toBe('leaver');
		expect(body).toContain('1. leaver (2026-02-03 10:00 GMT+1)');
		expect(body).toContain('Workflow "W", execution 12: https://n8n.example/workflow/w1/executions/12');
		expect(body).toContain('\nhttps://n8n.example/form/notion-alarms\n');
	});

	it('tells each text under a key once, the newest first, with where it came from', () => {
		const { text: body } = mail(
			alarm('unmatched', { text: 'Ada may be ada.old@.', workflow: 'W', execution: '1' }),
			alarm('unmatched', { text: 'Kenji may be ken@.', workflow: 'W', execution: '2' }),
			alarm('unmatched', { text: 'Ada may be ada.old@.', workflow: 'W', execution: '3' }),
			alarm('unmatched', { text: 'Zoe may be zoe.old@.', workflow: 'W', execution: '2' }),
		);
		expect(body).toContain(
			'1. unmatched (4 times since 2026-02-03 10:00 GMT+1)\n' +
				'   Zoe may be zoe.old@.\n   Workflow "W", execution 2\n\n' +
				'   Ada may be ada.old@.\n   Workflow "W", execution 3\n\n' +
				'   Kenji may be ken@.\n   Workflow "W", execution 2\n',
		);
	});

	it('says how many texts it leaves out, and where they are', () => {
		const many = Array.from({ length: 53 }, (_, index) => alarm('many', { text: `Person ${index}.` }));
		const { text: body } = mail(...many);
		expect(body).toContain('Person 52.');
		expect(body).toContain('Person 3.');
		expect(body).not.toContain('Person 2.');
		expect(body).toContain('And 3 more under this key, in the Data Table notion_alarms. They stay open');
	});

	it('says where a text, or the mail, is cut', () => {
		const long = (length: number, name = 'long') => alarm(name, { text: 'x'.repeat(length) });
		expect(mail(long(20_000)).text).not.toContain('cut here');
		expect(mail(long(20_001)).text).toContain('x\n   [This text is cut here. All of it stands in the Data Table');
		const whole = mail(...Array.from({ length: 30 }, (_, index) => long(20_000, `key ${index}`))).text;
		expect(whole).toContain('[This mail is cut here. All of it stands in the Data Table notion_alarms.]\n');
		expect(whole.length).toBeLessThan(501_000);
	});

	it('keeps what others wrote out of the header, and stays short with thousands of alarms', () => {
		expect(mail(alarm('a\r\nBcc: x@example.com')).subject).toBe('a Bcc: x@example.com');
		const { subject, text: body } = mail(...Array.from({ length: 3_000 }, (_, index) => alarm(`key ${index}`)));
		expect(subject).toBe('3000 alarms of the Notion workflows');
		expect(body).toContain('And 2940 more: see the form.');
		expect(body.length).toBeLessThan(20_000);
	});
});

describe('the page', () => {
	const pageSchema = z.object({ shown: z.array(z.object({ label: z.string(), key: z.string() }).passthrough()), page: z.string() });
	const page = (...rows: object[]) => pageSchema.parse(acknowledgePage(groupAlarms(rows), 'UTC'));

	it('shows what others wrote as text: no markup, no expression, no replacement', () => {
		const { page: json } = page(alarm('a', { text: '<img src=x> {{ $env.SECRET }} $& end' }));
		expect(json).not.toContain('$');
		expect(json).not.toMatch(/\{\{|<img/);
		expect(JSON.stringify(JSON.parse(json))).toContain('&#60;img src=x&#62; &#123;&#123; $env.SECRET');
	});

	it.each([
		['one', ['first (2026-02-03 09:00 UTC)'], ['first']],
		['all', ['All of these'], ['first', 'second']],
		['nothing', [], []],
		['something that was not shown', ['third'], []],
	])('takes %s', (_case, ticked, expected) => {
		const { shown } = page(alarm('first'), alarm('second'));
		const keys = z.array(z.object({ key: z.string() })).parse(chosenTexts(shown, { 'What is being taken care of?': ticked }));
		expect(keys.map(({ key }) => key)).toEqual(expected);
	});

	it('takes nothing where the page was left open until it ended', () => {
		const { shown } = page(alarm('first'));
		expect(chosenTexts(shown, { shown, page: '[]' })).toEqual([]);
	});

	it('takes what it has shown, and no more', () => {
		const { shown, page: json } = page(...Array.from({ length: 52 }, (_, index) => alarm('many', { text: `Person ${index}.` })));
		expect(json).toContain('Person 51.');
		expect(json).not.toContain('Person 1.');
		expect(json).toContain('And 2 more under this key');
		const taken = z.array(z.object({ text: z.string() })).parse(
			chosenTexts(shown, { 'What is being taken care of?': 'All of these' }),
		);
		expect(taken.map(({ text: said }) => said)).toEqual(Array.from({ length: 50 }, (_, index) => `Person ${51 - index}.`));
	});

	it('says that there are more lines than it shows', () => {
		expect(page(...Array.from({ length: 62 }, (_, index) => alarm(`key ${index}`))).page).toContain('And 2 more, which stay open');
	});
});

describe('an alarm from n8n\'s Error Trigger', () => {
	const workflow = { id: 'w1', name: 'Leavers' };

	it('says which node failed and why', () => {
		const execution = { id: 7, lastNodeExecuted: 'Lock down', error: { message: 'No token.' } };
		expect(failureAlarm({ workflow, execution }, 'me')).toEqual({
			key: 'Leavers: failed',
			text: expect.stringContaining('failed at its node "Lock down": No token.'),
			workflow: 'Leavers',
			workflowId: 'w1',
			execution: '7',
		});
	});

	it('knows a trigger that could not start, which has no execution', () => {
		const trigger = { error: { message: 'Port in use.' }, mode: 'trigger' };
		expect(failureAlarm({ workflow, trigger }, 'me')).toMatchObject({
			text: expect.stringContaining('could not be started by its trigger: Port in use.'),
			execution: '',
		});
	});

	it('is not stored while one in the same words is open', () => {
		const same = { key: 'k', text: 't' };
		expect(notOpenYet([same, same, { key: 'k', text: 'u' }], [])).toEqual([same, { key: 'k', text: 'u' }]);
		expect(notOpenYet([same], [{ ...same, state: 'open' }])).toEqual([]);
		expect(notOpenYet([same], [{ ...same, state: 'acknowledged' }])).toEqual([same]);
	});
});
