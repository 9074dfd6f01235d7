import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type GenuineDelivery, genuineDeliveries } from './genuineDeliveries.mts';
import { importedTrigger, onlyExecution, send, TRIGGER, type TriggerWorkflow } from './triggerWorkflows.mts';

const SECRET = 'host-secret-0123456789';

const wrongSettings = [
	{ scheme: 'standardWebhooks', secret: SECRET, sentence: 'Standard Webhooks begins with whsec_' },
	{ scheme: 'finch', secret: 'this-is-not-base64', sentence: 'Finch\'s webhook secret is not base64' },
	{ scheme: 'bamboohr', secret: '', sentence: 'The credential has no secret' },
	{ scheme: 'personio', secret: 'short', sentence: 'fewer than 16 characters' },
	{ scheme: 'gusto', secret: '', sentence: 'turn on Show Verification Token' },
	{ scheme: 'bamboohr', secret: SECRET, timeZone: '+02:00', sentence: 'must be a name of the IANA' },
];

let folder: string;
let host: N8nHost;

/** What n8n says to each of the wrong settings, and what its address then answers. */
let refusals: Promise<Array<{ message: string; status: number }>>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'hris-trigger-'));
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
		vendors: {},
	});
	// n8n tries each again for a quarter of a minute; the other tests need not wait for that.
	refusals = Promise.all(wrongSettings.map(refusal));
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

async function published(
	provider: string,
	secret: string,
	parameters?: Record<string, unknown>,
): Promise<TriggerWorkflow> {
	const workflow = await importedTrigger(host, provider, secret, parameters);
	await host.client.publish(workflow.workflowId);
	return workflow;
}

async function refusal({ scheme: provider, secret, timeZone }: (typeof wrongSettings)[number]) {
	const parameters = timeZone === undefined ? {} : { timeZone };
	const { workflowId, url } = await importedTrigger(host, provider, secret, parameters);
	const message = await host.client.publish(workflowId).then(
		() => 'published',
		(error: unknown) => String(error),
	);
	return { message, status: (await send(url, '{}')).status };
}

const hexSignature = (body: string): string =>
	createHmac('sha256', SECRET).update(body).digest('hex');

it('is installed beside the other package', async () => {
	const types = ['n8n-nodes-hris-trigger.hrisTrigger', 'n8n-nodes-notion-scim.notionScim'];
	const known = await host.client.nodeTypes(types.map((name) => ({ name, version: 1 })));
	expect(known.map(({ name }) => name)).toEqual(types);
});

describe.each(genuineDeliveries.map((one) => [one.scheme, one] as const))('%s', (provider, genuine) => {
	const { secret, payload, headers, expected }: GenuineDelivery = genuine;

	// The first of these waits behind the publications that are refused.
	it('starts one execution for what is genuine, and none for anything else', async () => {
		const { url, workflowId } = await published(provider, secret);
		const body = JSON.stringify(payload);
		const malformed = '{"type": ';
		const others = Object.fromEntries(
			Object.entries(headers(body)).map(([name, value]) => [name, value.replace(/.$/, '~')]),
		);

		expect(await send(url, body)).toEqual({ status: 401, text: '' });
		expect(await send(url, body, others)).toEqual({ status: 401, text: '' });
		expect(await send(url, malformed)).toEqual({ status: 401, text: '' });
		expect(await send(url, malformed, headers(malformed))).toEqual({ status: 400, text: '' });
		expect(await send(url, '"text"', headers('"text"'))).toEqual({ status: 400, text: '' });
		expect(await send(url, body, headers(body))).toEqual({ status: 200, text: '' });

		const execution = await onlyExecution(host, workflowId);
		expect(execution.items(TRIGGER)).toEqual([expect.objectContaining(expected)]);
		expect(execution.items(TRIGGER)[0]).not.toHaveProperty('raw');
	}, 90_000);
});

it('makes one item of each employee, with what was sent only if asked for', async () => {
	const { url, workflowId } = await published('bamboohr', SECRET, { includeRaw: true });
	const employees = [
		{ id: '1', action: 'Created', fields: { 'Work Email': { value: 'ada@example.com' } } },
		{ id: '2', action: 'Updated', fields: {} },
	];
	const body = JSON.stringify({ employees });
	const time = '1700000000';
	const headers = {
		'X-BambooHR-Timestamp': time,
		'X-BambooHR-Signature': hexSignature(body + time),
	};

	expect(await send(url, body, headers)).toEqual({ status: 200, text: '' });

	const items = (await onlyExecution(host, workflowId)).items(TRIGGER);
	expect(items.map(({ kind, employeeId, raw }) => ({ kind, employeeId, raw }))).toEqual([
		{ kind: 'hired', employeeId: '1', raw: employees[0] },
		{ kind: 'changed', employeeId: '2', raw: employees[1] },
	]);
	expect(items[0]?.['eventId']).not.toBe(items[1]?.['eventId']);
}, 30_000);

it('starts for the chosen kinds, and for alerts unless they are turned off', async () => {
	const choosy = await published('headerToken', SECRET, { kinds: ['left'] });
	const strict = await published('headerToken', SECRET, { kinds: ['left'], alerts: false });
	const headers = { 'X-HRIS-Token': SECRET };
	const tell = async ({ url }: TriggerWorkflow, type: string) =>
		(await send(url, JSON.stringify({ type, employeeId: '1' }), headers)).status;

	for (const workflow of [strict, choosy]) {
		expect(await tell(workflow, 'hired')).toBe(200);
		expect(await tell(workflow, 'employee.deleted')).toBe(200);
	}
	expect(await tell(strict, 'left')).toBe(200);

	expect((await onlyExecution(host, strict.workflowId)).items(TRIGGER)).toEqual([
		expect.objectContaining({ kind: 'left' }),
	]);
	expect((await onlyExecution(host, choosy.workflowId)).items(TRIGGER)).toEqual([
		expect.objectContaining({ kind: 'other', alert: expect.stringContaining('A person must look') }),
	]);
}, 30_000);

it('starts for a word that no table knows, whatever was chosen', async () => {
	const strict = await published('headerToken', SECRET, { kinds: ['left'], alerts: false });
	const events = [
		{ type: 'hired', employeeId: '1' },
		{ type: 'worker.started', employeeId: '2' },
		{ type: 'left', employeeId: '3' },
	];

	const answer = await send(strict.url, JSON.stringify(events), { 'X-HRIS-Token': SECRET });

	expect(answer).toEqual({ status: 200, text: '' });
	expect((await onlyExecution(host, strict.workflowId)).items(TRIGGER)).toEqual([
		expect.objectContaining({ kind: 'other', type: 'worker.started', employeeId: '2', unmapped: true }),
		expect.objectContaining({ kind: 'left', employeeId: '3' }),
	]);
}, 30_000);

it('answers HiBob\'s pings before anything is signed, and starts nothing', async () => {
	const { url, workflowId } = await published('hibob', SECRET);
	const plain = { 'Content-Type': 'text/plain' };
	expect(await send(url, 'Ping test', plain)).toEqual({ status: 200, text: '' });
	expect(await send(url, 'Ping test')).toEqual({ status: 200, text: '' });
	expect(await send(url, '{"text":"Ping test"}')).toEqual({ status: 200, text: '' });
	expect(await send(url, '{"text":"Ping"}')).toEqual({ status: 401, text: '' });
	expect(await host.client.executions(workflowId)).toEqual([]);
}, 30_000);

describe('Gusto\'s handshake', () => {
	const handshake = '{"verification_token":"made-up-token-of-gusto"}';

	it.each([false, true])(
		'is acknowledged and starts nothing once there is a secret, with the token to be shown: %s',
		async (showVerificationToken) => {
			const { url, workflowId } = await published('gusto', SECRET, { showVerificationToken });
			expect(await send(url, handshake)).toEqual({ status: 200, text: '' });
			expect(await host.client.executions(workflowId)).toEqual([]);
		},
		30_000,
	);

	it('shows the token where a person asked for it, apart from events, before a secret is known', async () => {
		const { url, workflowId } = await published('gusto', '', { showVerificationToken: true });
		const event = '{"event_type":"employee.created","entity_uuid":"g-1"}';
		const emptyKey = createHmac('sha256', '').update(event).digest('hex');

		expect((await send(url, event, { 'X-Gusto-Signature': emptyKey })).status).toBe(503);
		expect(await send(url, handshake)).toEqual({ status: 200, text: '' });

		const execution = await onlyExecution(host, workflowId);
		expect(execution.items(TRIGGER, 0)).toEqual([]);
		expect(execution.items(TRIGGER, 1)).toEqual([
			expect.objectContaining({ verificationToken: 'made-up-token-of-gusto' }),
		]);
		expect(host.log()).not.toContain('made-up-token-of-gusto');
	}, 30_000);
});

describe('publishing', () => {
	it('is refused with a sentence that says what is wrong', async () => {
		expect(await refusals).toEqual(
			wrongSettings.map(({ sentence }) => ({
				message: expect.stringContaining(sentence),
				status: 404,
			})),
		);
	}, 60_000);

	it('is refused without a time zone', async () => {
		await expect(published('bamboohr', SECRET, { timeZone: '' })).rejects.toThrow(/timeZone/);
	}, 30_000);

	it('is foreseen by the test of the credential', async () => {
		const { credentialId } = await importedTrigger(host, 'bamboohr', SECRET);
		expect(await host.client.testCredential(credentialId)).toMatchObject({ status: 'OK' });
		const wrong = await importedTrigger(host, 'standardWebhooks', SECRET);
		expect(await host.client.testCredential(wrong.credentialId)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('begins with whsec_'),
		});
	}, 30_000);
});

it('asks for another attempt while the credential has lost its secret', async () => {
	const { url, workflowId, credentialId } = await published('headerToken', SECRET);
	const call = await signIn(host.url, host.owner);
	const data = { scheme: 'headerToken', secret: '' };
	const credential = { name: 'Emptied', type: 'hrisWebhookApi', data };
	await call(z.unknown(), 'PATCH', `rest/credentials/${credentialId}`, credential);

	expect(await send(url, '{"kind":"left","employeeId":"1"}', { 'X-HRIS-Token': '' })).toEqual({
		status: 503,
		text: '',
	});
	expect(await host.client.executions(workflowId)).toEqual([]);
	expect(host.log()).toContain('nothing can be verified. The credential has no secret.');
}, 30_000);

it('refuses two Authorization headers, of which Node would show the first', async () => {
	const { url, workflowId } = await published('personio', SECRET);
	const body = '{"event_name":"employment.terminated","payload":{"person":{"id":"1"}}}';
	const status = await new Promise<number | undefined>((resolve, reject) => {
		const twice = ['Authorization', SECRET, 'Authorization', 'another'];
		const usual = ['Host', new URL(url).host, 'Content-Length', String(Buffer.byteLength(body))];
		const sent = request(
			url,
			{ method: 'POST', headers: [...usual, ...twice] },
			(response) => {
				response.resume();
				resolve(response.statusCode);
			},
		);
		sent.once('error', reject);
		sent.end(body);
	});
	expect(status).toBe(401);
	expect(await host.client.executions(workflowId)).toEqual([]);
}, 30_000);

/** Lets the test URL of a workflow listen, as the editor does. */
async function listen(workflowId: string): Promise<void> {
	const call = await signIn(host.url, host.owner);
	const listening = z.object({ waitingForWebhook: z.literal(true) });
	await call(listening, 'POST', `rest/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: TRIGGER },
	});
}

it('works at the test URL, where it listens until something genuine comes', async () => {
	const { workflowId, testUrl } = await importedTrigger(host, 'deel', SECRET);
	await listen(workflowId);
	const body = '{"data":{"meta":{"event_type":"worker.v2.created"},"resource":{"id":"w-1"}}}';
	const headers = { 'x-deel-signature': hexSignature(`POST${body}`) };

	expect((await send(testUrl, body)).status).toBe(401);
	expect(await send(testUrl, body, headers)).toEqual({ status: 200, text: '' });

	const execution = await onlyExecution(host, workflowId);
	expect(execution.mode).toBe('manual');
	expect(execution.items(TRIGGER)).toEqual([
		expect.objectContaining({ kind: 'hired', employeeId: 'w-1' }),
	]);
}, 30_000);

describe('a simulated event of Deel', () => {
	const body =
		'{"data":{"meta":{"event_type":"contract.terminated","is_simulation":true},"resource":{"worker":{"id":"w-1"}}}}';
	const headers = { 'x-deel-signature': hexSignature(`POST${body}`) };

	it('is answered and starts nothing where the workflow is published, and the log says so', async () => {
		const { url, workflowId } = await published('deel', SECRET);

		expect((await send(url, body)).status).toBe(401);
		expect(await send(url, body, headers)).toEqual({ status: 200, text: '' });

		expect(await host.client.executions(workflowId)).toEqual([]);
		expect(host.log()).toContain('A simulated event came to "HrisTrigger".');
	}, 30_000);

	it('is shown, marked, where an admin listens at the test URL', async () => {
		const { workflowId, testUrl } = await importedTrigger(host, 'deel', SECRET);
		await listen(workflowId);

		expect(await send(testUrl, body, headers)).toEqual({ status: 200, text: '' });

		expect((await onlyExecution(host, workflowId)).items(TRIGGER)).toEqual([
			expect.objectContaining({ kind: 'left', employeeId: 'w-1', simulation: true }),
		]);
	}, 30_000);
});
