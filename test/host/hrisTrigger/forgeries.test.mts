import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { ASKED_FOR_HEAP, heapInUse } from './heap.mts';
import { importedTrigger, onlyExecution, send } from './triggerWorkflows.mts';

const SECRET = 'host-secret-0123456789';
const FORGERIES = 2_000;
const AT_ONCE = 40;

let folder: string;
let host: N8nHost;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'forgeries-'));
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder, 'hris-trigger')],
		vendors: {},
		// By default n8n makes a sandbox for expressions for every request, which takes it 60 ms.
		environment: { N8N_EXPRESSION_ENGINE: 'legacy', NODE_OPTIONS: ASKED_FOR_HEAP },
	});
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await rm(folder, { recursive: true, force: true });
}, 120_000);

const hexSignature = (body: string): string =>
	createHmac('sha256', SECRET).update(body).digest('hex');

it(`refuses ${FORGERIES} forged deliveries, stays alive and keeps no memory of them`, async () => {
	const { url, workflowId } = await importedTrigger(host, 'deel', SECRET);
	await host.client.publish(workflowId);
	const body = '{"data":{"meta":{"event_type":"worker.v2.deleted"},"resource":{"id":"w-1"}}}';
	const right = hexSignature(`POST${body}`);
	const forge = (index: number): [body: string, headers: Record<string, string>] => {
		const ways: Array<[string, Record<string, string>]> = [
			[body, {}],
			[body, { 'x-deel-signature': '' }],
			[body, { 'x-deel-signature': right.toUpperCase() }],
			[body, { 'x-deel-signature': hexSignature(`POST${body}${index}`) }],
			[`${body} `, { 'x-deel-signature': right }],
			['', { 'x-deel-signature': right }],
			['\u0000'.repeat(index), { 'x-deel-signature': right }],
			['['.repeat(index), { 'x-deel-signature': right, 'Content-Type': 'text/xml' }],
			[body, { 'x-deel-signature': 'f'.repeat(index), 'Content-Type': 'multipart/form-data' }],
		];
		return ways[index % ways.length] ?? [body, {}];
	};

	const statuses = new Set<number>();
	for (let count = 0; count < 100; count += 1) await send(url, body, {});
	const before = await heapInUse(host.log());
	for (let first = 0; first < FORGERIES; first += AT_ONCE) {
		const batch = Array.from({ length: AT_ONCE }, (_, index) => forge(first + index));
		const answers = await Promise.all(
			batch.map(async ([forged, headers]) => await send(url, forged, headers)),
		);
		for (const { status } of answers) statuses.add(status);
	}
	expect([...statuses]).toEqual([401]);
	expect(await host.client.executions(workflowId)).toEqual([]);

	expect(await heapInUse(host.log())).toBeLessThan(before * 1.1);

	expect((await send(url, body, { 'x-deel-signature': right })).status).toBe(200);
	await onlyExecution(host, workflowId);
	expect(host.log()).toContain('it has no valid signature of Deel. Nothing was started.');
	expect(host.log()).not.toContain(SECRET);
}, 120_000);
