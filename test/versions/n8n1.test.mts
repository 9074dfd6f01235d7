import { N8n1Host } from './n8n1Host.mts';
import type { ServedNode } from './servedNodes.mts';
import { missingFor } from './workflowNeeds.mts';

/** Only this workflow does without Data Tables, forms and the newest nodes of n8n. README names it. */
const LACKS_NOTHING = ['first-hire'];

let host: N8n1Host;
let nodes: ServedNode[];

beforeAll(async () => {
	host = await N8n1Host.start();
	nodes = await host.nodes();
}, 180_000);

afterAll(async () => await host?.stop(), 60_000);

describe('n8n 1', () => {
	test('is what these tests run on', async () => {
		expect(await host.version()).toMatch(/^1\./);
	});

	test('loads both packages, and our node as a tool', () => {
		expect(nodes.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				'n8n-nodes-notion-scim.notionScim',
				'n8n-nodes-notion-scim.notionScimTool',
				'n8n-nodes-hris-trigger.hrisTrigger',
			]),
		);
	});

	test('tests both credentials, and says what is wrong', async () => {
		expect(await host.test(await host.scimCredential())).toMatchObject({ status: 'OK' });
		expect(await host.test(await host.scimCredential({ token: 'a-token-that-was-revoked' }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringMatching(/rejected the token/) }),
		);
		expect(await host.test(await host.adminCredential())).toMatchObject({ status: 'OK' });
		expect(await host.test(await host.adminCredential({ token: host.sandbox.token }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringMatching(/organization-level admin API token/) }),
		);
		expect(await host.test(await host.scimCredential({ protectedEmails: 'the boss' }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringContaining('Protected Emails') }),
		);
	});

	test('lacks what every other workflow needs', () => {
		const missing = missingFor(nodes);
		const can = [...missing].filter(([, needs]) => needs.length === 0).map(([job]) => job);

		expect(can).toEqual(LACKS_NOTHING);
		expect(missing.get('data-tables')).toEqual(['a node that makes Data Tables']);
		expect(missing.get('onboarding')).toEqual(expect.arrayContaining(['Data Tables by name', 'the workflow error-notification']));
		expect(missing.get('sources/entra')).toEqual(['version 4.5 of httpRequest']);
	});
});
