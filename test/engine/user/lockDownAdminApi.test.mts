import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { NotionRunOptions } from '../support/notionTest.mts';
import { byEmail, failureOf, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

const recordSchema = z.object({
	startedAt: z.string(),
	removedAt: z.string().optional(),
	adminApi: z.record(z.object({ status: z.string(), count: z.number(), error: z.string().optional() })),
	leftToDo: z.array(z.string()),
});

const recordOf = (item: IDataObject) => recordSchema.parse(item['record']);

describe('user.lockDown with the credential of the Admin API', () => {
	const notion = setUpNotion();
	const lockDown = async (email: string, options: Partial<NotionRunOptions> = {}) =>
		await notion.run('user.lockDown', {
			parameters: { user: byEmail(email) },
			withAdminApi: true,
			...options,
		});
	const livingTokens = (email: string) =>
		notion.sandbox.workspace.access
			.personalAccessTokens(email)
			.filter(({ revokedAt }) => revokedAt === null).length;
	const livingConnections = (email: string) =>
		notion.sandbox.workspace.access.mcpConnections(email).filter(({ endedAt }) => endedAt === null).length;

	test('revokes sessions, tokens and MCP connections, and says so in the record', async () => {
		const item = onlyItem(await lockDown('ada@example.com'));

		expect(recordOf(item).adminApi).toMatchObject({
			sessions: { status: 'revoked' },
			personalAccessTokens: { status: 'revoked', count: 1 },
			mcpConnections: { status: 'revoked', count: 1 },
		});
		expect(recordOf(item).leftToDo.join(' ')).not.toContain('Not revoked');
		expect([livingTokens('ada@example.com'), livingConnections('ada@example.com')]).toEqual([0, 0]);
		expect(livingTokens('kenji@example.com')).toBe(1);
	});

	test('leaves them alone without the credential, and says so', async () => {
		const item = onlyItem(await lockDown('ada@example.com', { withAdminApi: false }));
		expect(recordOf(item).leftToDo.join(' ')).toContain(
			'Not revoked by the Admin API: sessions, personal access tokens, MCP connections. There is no Notion Admin API credential.',
		);
		expect(livingTokens('ada@example.com')).toBe(1);
		expect(notion.sandbox.adminRequests.all()).toEqual([]);
	});

	test('revokes what appears while the person is being removed', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', path: '/Users/', fault: { delayMs: 700 } });
		const run = lockDown('ada@example.com');
		await waitUntil(() => livingTokens('ada@example.com') === 0);
		notion.sandbox.workspace.access.addPersonalAccessToken('ada@example.com', 'At the last moment');

		expect(recordOf(onlyItem(await run)).adminApi).toMatchObject({
			personalAccessTokens: { status: 'revoked', count: 2 },
		});
		expect(livingTokens('ada@example.com')).toBe(0);
	});

	test('removes in under two seconds while the Admin API hangs for a minute', async () => {
		notion.sandbox.faults.add({ path: '/admin/', fault: { delayMs: 60_000 } });
		const before = Date.now();
		const run = lockDown('ada@example.com');
		await waitUntil(() => notion.sandbox.workspace.lastSessionEndedAt('ada@example.com') !== null);
		expect(Date.now() - before).toBeLessThan(2_000);

		const record = recordOf(onlyItem(await run));
		expect(Date.parse(record.removedAt ?? '') - before).toBeLessThan(2_000);
		expect(record.adminApi).toMatchObject({ sessions: { status: 'unknown' } });
		expect(record.leftToDo.join(' ')).toContain('Not revoked by the Admin API: sessions');
	}, 90_000);

	test('revokes what belongs to an owner whom it may not remove, and fails', async () => {
		notion.sandbox.workspace.access.addPersonalAccessToken('second.owner@example.com');
		const run = await lockDown('second.owner@example.com');
		expect(failureOf(run).message).toContain('second.owner@example.com is an owner');
		expect(livingTokens('second.owner@example.com')).toBe(0);
		expect(notion.sandbox.workspace.isMember('second.owner@example.com')).toBe(true);
	});

	test('revokes nothing where no one could be looked for, since no limit has counted it', async () => {
		notion.sandbox.faults.add({ path: '/scim/', fault: { status: 500 } });
		const run = await lockDown('ada@example.com', { onError: 'continueRegularOutput' });
		expect(jsons(run)).toMatchObject([{ error: expect.any(String) }]);
		expect(livingTokens('ada@example.com')).toBe(1);
		expect(notion.sandbox.adminRequests.all()).toEqual([]);
	});

	test('revokes later what the Admin API refused at first, also when the person is long gone', async () => {
		const { id = '' } = notion.sandbox.workspace.userByEmail('ada@example.com') ?? {};
		notion.sandbox.faults.add({ path: '/admin/', fault: { status: 403 } });
		await lockDown('ada@example.com');
		notion.sandbox.faults.clear();

		const again = onlyItem(
			await lockDown('ada@example.com', {
				parameters: { user: byEmail('ada@example.com'), linkedUserId: id },
			}),
		);
		expect(again).toMatchObject({ outcome: 'alreadyGone' });
		expect(livingTokens('ada@example.com')).toBe(0);
		expect(livingConnections('ada@example.com')).toBe(0);
	});

	test('removes although its credential is of no use, and says so', async () => {
		const item = onlyItem(await lockDown('ada@example.com', { adminCredential: { token: '' } }));
		expect(item).toMatchObject({ outcome: 'removed', verified: true });
		expect(recordOf(item).leftToDo.join(' ')).toContain('The credential has no Admin API token');
	});

	test('is of no concern to other operations', async () => {
		const run = await notion.run('user.get', {
			parameters: { user: byEmail('ada@example.com') },
			withAdminApi: true,
			adminCredential: { token: '' },
		});
		expect(onlyItem(run)).toMatchObject({ email: 'ada@example.com' });
	});

	test('does nothing at all to whom the limit holds back', async () => {
		const run = await lockDown('ada@example.com', {
			parameters: { user: byEmail('ada@example.com'), options: { alreadyUsed: 2 } },
			onError: 'continueRegularOutput',
		});
		expect(jsons(run)).toMatchObject([{ error: expect.stringContaining('others of the last day 2') }]);
		expect(livingTokens('ada@example.com')).toBe(1);
		expect(notion.sandbox.adminRequests.all()).toEqual([]);
	});

	test('is a success where only the Admin API refuses, and names what is left', async () => {
		notion.sandbox.faults.add({ path: '/admin/', fault: { status: 403 } });
		const item = onlyItem(await lockDown('ada@example.com'));
		expect(item).toMatchObject({ outcome: 'removed', verified: true });
		expect(Object.values(recordOf(item).adminApi).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
		expect(JSON.stringify(item)).not.toContain(notion.sandbox.adminToken);
	});
});

async function waitUntil(isTrue: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!isTrue()) {
		if (Date.now() > deadline) throw new Error('It did not come true in time');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
