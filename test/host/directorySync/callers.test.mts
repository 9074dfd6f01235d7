import { poll } from '../../../host/poll.mts';
import { signedInBrowser, type FormBrowser, type FormPage } from '../formBrowser.mts';
import { KEY, startCallersWorld, type CallersWorld } from './callersWorld.mts';

const YES = 'Yes, do this now';
const NO = 'No, only look';
/** The fields of the pages, by their place. */
const PERSON = 'field-0';
const ANSWER = 'field-1';

let world: CallersWorld;
let browser: FormBrowser;
let formUrl: string;

beforeAll(async () => {
	world = await startCallersWorld();
	browser = await signedInBrowser(world.host);
	formUrl = `${world.host.url}/form/notion-provision-now`;
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

jest.setTimeout(60_000);

const look = async (person: string): Promise<FormPage> => await browser.send(await browser.open(formUrl), { [PERSON]: person });
const ordersSince = async (before: number) => (await world.orders()).slice(before);

describe('provision-now at its form', () => {
	it('shows every step, and does nothing without a yes', async () => {
		const before = (await world.orders()).length;
		const { status } = await fetch(formUrl, { method: 'POST', body: new FormData() });
		expect(status).toBe(401);

		const page = await look('ada@example.com');
		expect(page.html).toContain('What is planned');
		expect(page.html).toContain('ada@example.com &lt;b&gt;is listed');
		const { html } = await browser.send(page, { [ANSWER]: NO });

		expect(html).toContain('The answer was no');
		expect(await ordersSince(before)).toEqual([expect.objectContaining({ ask: 'look', person: 'ada@example.com', requestedBy: world.host.owner.email })]);
		expect(world.mail.mails()).toEqual([]);
	});

	it('carries the plan out after a yes, looks again, shows it and mails it', async () => {
		const before = (await world.orders()).length;

		const { answer } = await browser.send(await look('ada@example.com'), { [ANSWER]: YES });

		expect(answer).toContain('Provision now: 1 done');
		expect(answer).toContain('Planned again: nothing is left to do.');
		expect(await ordersSince(before)).toMatchObject([
			{ ask: 'look' },
			{ ask: 'apply', person: 'ada@example.com', requestedBy: world.host.owner.email, assurance: 'n8n sign-in' },
			{ ask: 'look', requestedBy: '' },
		]);
		const [mail] = world.mail.mails();
		expect(mail).toMatchObject({ subject: 'Provision now: 1 done: ada@example.com', text: expect.stringContaining(`Asked by ${world.host.owner.email}.`) });
		world.mail.clear();
	});

	it('shows what went wrong', async () => {
		const { answer } = await browser.send(await look('failed@example.com'), { [ANSWER]: YES });
		expect(answer).toContain('Provision now: 1 failed');
		world.mail.clear();
	});

	it('does not ask a person the plan is about, and not where there is nothing to do', async () => {
		const own = await look(world.host.owner.email);
		expect(own.answer).toContain('about you yourself');
		expect(own.html).not.toContain(YES);
		expect((await look('idle@example.com')).answer).toContain('There is nothing to do.');
	});
});

describe('provision-now called by a workflow', () => {
	it.each([
		['true', 'look', 'this was a dry run'],
		['false', 'apply', 'Planned again: nothing is left to do.'],
		[undefined, 'look', 'this was a dry run'],
		['perhaps', 'look', 'this was a dry run'],
	])('acts only where dryRun is false: %s', async (dryRun, ask, said) => {
		const before = (await world.orders()).length;
		const { status, text } = await world.call({ person: 'ada@example.com', requestedBy: 'hr@example.com', ...(dryRun === undefined ? {} : { dryRun }) });
		expect(status).toBe(200);
		expect(text).toContain(said);
		const [first] = await ordersSince(before);
		expect(first).toMatchObject({ ask, requestedBy: 'hr@example.com', assurance: 'said by the caller' });
	});

	it('fails where something went wrong, and raises an alert', async () => {
		const { status } = await world.call({ person: 'failed@example.com', dryRun: 'false' });
		expect(status).toBe(500);
		const alert = await poll(
			async () => (await world.host.client.rows('notion_scim_alerts')).find(({ key }) => key === 'Provision now: failed'),
			'the alert',
			30_000,
		);
		expect(String(alert['text'])).toContain('Provision now for failed@example.com: Notion said no.');
	});
});

describe('a hint that something has changed', () => {
	const hint = async (headers: Record<string, string>) =>
		await fetch(world.host.webhookUrl('notion-group-sync'), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify({ ask: 'apply', person: 'ada@example.com', requestedBy: 'evil@example.com' }),
		});

	it('asks directory-sync for a run, and hands nothing on of what it says', async () => {
		const before = (await world.orders()).length;
		expect((await hint({ 'X-Key': KEY })).status).toBe(200);
		const orders = await poll(
			async () => {
				const now = await ordersSince(before);
				return now.length > 0 ? now : undefined;
			},
			'the run',
			20_000,
		);
		expect(orders).toEqual([{ ask: 'hint', person: '', requestedBy: '' }]);
	});

	it('needs its key', async () => {
		expect((await hint({})).status).toBe(403);
	});

	it('is a run where a person asks for it', async () => {
		const before = (await world.orders()).length;
		const id = await world.host.client.runManually(world.groupSyncId, 'RunNow');
		await world.host.client.waitForExecution((execution) => execution.id === id && execution.status === 'success', { workflowId: world.groupSyncId, within: 20_000 });
		await poll(async () => ((await ordersSince(before)).length > 0 ? true : undefined), 'the run', 20_000);
		expect(await ordersSince(before)).toMatchObject([{ ask: 'run' }]);
	});
});
