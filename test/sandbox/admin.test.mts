import type { AdminScope } from '../../sandbox/server.mts';
import type { Calls, Reply } from './scimCalls.mts';
import { closeAll, idOf, start } from './scimCalls.mts';

const ADA = 'ada@example.com';
const KENJI = 'kenji@example.com';
const NO_ONE = '00000000-0000-8000-a000-000000000000';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

const send = async (
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> => {
	const { adminUrl, adminToken } = calls.sandbox;
	const answer = await fetch(adminUrl + path, {
		method,
		headers: {
			authorization: `Bearer ${adminToken}`,
			'notion-version': '2026-06-01',
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
};

const signOut = async (email: string, headers?: Record<string, string>) =>
	await send('POST', '/v1/managed_users/revoke_session', { user: { email, type: 'email' } }, headers);

const space = (path = '') => `/v1/spaces/${calls.sandbox.workspace.id}${path}`;

const results = ({ body }: Reply) => body['results'];

describe('who may ask', () => {
	it.each([
		['no token', { authorization: '' }, 401, 'unauthorized'],
		['another token', { authorization: 'Bearer another' }, 401, 'unauthorized'],
		['no version', { 'notion-version': '' }, 400, 'validation_error'],
		['another version', { 'notion-version': '2022-06-28' }, 400, 'validation_error'],
	])('not with %s', async (_what, headers, status, code) => {
		const answer = await signOut(ADA, headers);
		expect(answer.status).toBe(status);
		expect(answer.body).toEqual({ type: 'error', code, status, message: expect.any(String) });
		expect(calls.sandbox.workspace.lastSessionEndedAt(ADA)).toBeNull();
	});

	it('not with a SCIM token, and SCIM takes no Admin API token', async () => {
		const { token, adminToken } = calls.sandbox;
		expect((await signOut(ADA, { authorization: `Bearer ${token}` })).status).toBe(401);
		const users = await calls.send('GET', '/Users', undefined, {
			authorization: `Bearer ${adminToken}`,
		});
		expect(users.status).toBe(401);
	});

	it('no one once the token is revoked', async () => {
		calls.sandbox.adminTokens.revoke(calls.sandbox.adminToken);
		expect((await signOut(ADA)).status).toBe(401);
	});

	it.each<[AdminScope, string, string]>([
		['managed-user-session:write', 'POST', '/v1/managed_users/revoke_session'],
		['workspace:read', 'GET', '/v1/spaces'],
		['user:read', 'GET', '/v1/spaces/SPACE/users'],
		['personal-access-token:read', 'GET', '/v1/spaces/SPACE/personal_access_tokens'],
		[
			'personal-access-token:write-high-impact',
			'DELETE',
			`/v1/spaces/SPACE/personal_access_tokens/${NO_ONE}`,
		],
		['mcp-client-connection:read', 'GET', '/v1/mcp_client_connections'],
		['mcp-client-connection:write-high-impact', 'POST', '/v1/mcp_client_connections/revoke'],
		[
			'mcp-client-connection:write-high-impact',
			'PUT',
			'/v1/mcp_client_connections/enterprise_managed_access',
		],
	])('with the scope %s: %s %s', async (scope, method, path) => {
		const { adminTokens, workspace } = calls.sandbox;
		const url = path.replace('SPACE', workspace.id);
		const body = method === 'GET' || method === 'DELETE' ? undefined : {};
		const authorized = (scopes?: AdminScope[]) => ({
			authorization: `Bearer ${adminTokens.add(scopes)}`,
		});
		const refused = await send(method, url, body, authorized([]));
		expect(refused.status).toBe(403);
		expect(refused.text).toContain(scope);
		expect((await send(method, url, body, authorized([scope]))).status).not.toBe(403);
	});
});

describe('sessions', () => {
	it('end for a managed user, and the instant is known', async () => {
		const { workspace } = calls.sandbox;
		const before = Date.now();
		const answer = await signOut(' ADA@example.com');
		expect([answer.status, answer.body]).toEqual([200, { status: 'revoked' }]);

		const endedAt = workspace.lastSessionEndedAt(ADA);
		expect(endedAt).toBeGreaterThanOrEqual(before);
		expect(endedAt).toBeLessThanOrEqual(Date.now());
		expect(workspace.lastSessionEndedAt(KENJI)).toBeNull();
		expect(workspace.isMember(ADA)).toBe(true);
	});

	it('are ended again without complaint, which changes nothing', async () => {
		const { workspace } = calls.sandbox;
		await signOut(ADA);
		const endedAt = workspace.lastSessionEndedAt(ADA);
		expect((await signOut(ADA)).body).toEqual({ status: 'revoked' });
		expect(workspace.lastSessionEndedAt(ADA)).toBe(endedAt);
	});

	it('last for people of domains that are not verified, and for strangers', async () => {
		for (const email of ['robin@contractor.example', 'stranger@example.com']) {
			expect((await signOut(email)).body).toMatchObject({ code: 'not_found', status: 404 });
		}
		expect(calls.sandbox.workspace.lastSessionEndedAt('robin@contractor.example')).toBeNull();
	});

	it('end with the membership as well; a new one counts again', async () => {
		const { workspace } = calls.sandbox;
		await calls.remove(`/Users/${idOf(calls, ADA)}`);
		expect(workspace.lastSessionEndedAt(ADA)).toEqual(expect.any(Number));
		workspace.addUser({ email: ADA });
		workspace.addSession(ADA);
		expect(workspace.lastSessionEndedAt(ADA)).toBeNull();
	});

	it.each([
		{},
		{ user: ADA },
		{ user: { email: ADA } },
		{ user: { email: ADA, type: 'email' }, more: 1 },
		'no json',
	])('stay where the body is not as documented: %j', async (body) => {
		const answer = await send('POST', '/v1/managed_users/revoke_session', body);
		expect(answer.body).toMatchObject({ type: 'error', code: 'validation_error', status: 400 });
		expect(calls.sandbox.workspace.lastSessionEndedAt(ADA)).toBeNull();
	});
});

describe('workspaces and members', () => {
	it('are listed', async () => {
		const spaces = await send('GET', '/v1/spaces');
		expect(spaces.body).toMatchObject({
			results: [{ id: calls.sandbox.workspace.id, name: 'Example Inc.' }],
			has_more: false,
			next_cursor: null,
		});
		const users = results(await send('GET', space('/users?page_size=100')));
		expect(users).toHaveLength(7);
		expect(users).toContainEqual({
			object: 'user',
			id: idOf(calls, ADA),
			type: 'person',
			name: 'Ada Lovelace',
			avatar_url: null,
			person: { email: ADA },
		});
	});

	it('come in pages of ten where no size is asked for, without gaps', async () => {
		calls.sandbox.seedPeople(18);
		const ids: unknown[] = [];
		const sizes: number[] = [];
		for (let cursor: unknown = ''; cursor !== null; ) {
			const query = cursor === '' ? '' : `?start_cursor=${String(cursor)}`;
			const { body } = await send('GET', space(`/users${query}`));
			const page = body['results'];
			if (!Array.isArray(page)) throw new Error('There is no page');
			ids.push(...page.map(({ id }) => id));
			sizes.push(page.length);
			expect(body['has_more']).toBe(body['next_cursor'] !== null);
			cursor = body['next_cursor'];
		}
		expect(sizes).toEqual([10, 10, 5]);
		expect(ids).toEqual(calls.sandbox.workspace.members().map(({ id }) => id));
	});

	it.each(['page_size=0', 'page_size=101', 'page_size=many', 'start_cursor=nowhere'])(
		'are refused with %s',
		async (query) => {
			expect((await send('GET', space(`/users?${query}`))).status).toBe(400);
		},
	);

	it('of another organization are not there', async () => {
		for (const path of ['users', 'personal_access_tokens']) {
			expect((await send('GET', `/v1/spaces/${NO_ONE}/${path}`)).status).toBe(404);
		}
	});
});

describe('personal access tokens', () => {
	it('are listed without a secret, and filtered by creator, status and name', async () => {
		const { access } = calls.sandbox.workspace;
		const old = access.addPersonalAccessToken(ADA, 'Old', Date.now() - 1);
		const all = await send('GET', space('/personal_access_tokens'));
		expect(results(all)).toMatchObject([
			{ name: 'Release notes script', status: 'active', creator: { id: idOf(calls, ADA) } },
			{ name: 'CRM export', creator: { email: KENJI } },
			{ id: old.id, status: 'expired' },
		]);
		const of = async (query: string) =>
			results(await send('GET', space(`/personal_access_tokens?${query}`)));
		expect(await of(`creator_ids[]=${idOf(calls, ADA)}&status[]=active`)).toMatchObject([
			{ name: 'Release notes script' },
		]);
		expect(await of('search=crm')).toMatchObject([{ name: 'CRM export' }]);
		expect(await of(`creator_ids[]=${NO_ONE}`)).toEqual([]);
	});

	it('outlive the membership, end when they are revoked, and may be revoked again', async () => {
		const { access } = calls.sandbox.workspace;
		await calls.remove(`/Users/${idOf(calls, ADA)}`);
		const [token] = access.personalAccessTokens(ADA);
		expect(token?.revokedAt).toBeNull();

		const path = space(`/personal_access_tokens/${token?.id ?? ''}`);
		expect((await send('DELETE', path)).status).toBe(200);
		const revokedAt = access.personalAccessTokens(ADA)[0]?.revokedAt;
		expect(revokedAt).toEqual(expect.any(Number));
		expect((await send('DELETE', path)).status).toBe(200);
		expect(access.personalAccessTokens(ADA)[0]?.revokedAt).toBe(revokedAt);
		expect(access.personalAccessTokens(KENJI)[0]?.revokedAt).toBeNull();
		expect((await send('DELETE', space(`/personal_access_tokens/${NO_ONE}`))).status).toBe(404);
	});
});

describe('MCP client connections', () => {
	const target = (email = ADA, clientKey = 'desk-assistant') => ({
		workspace_id: calls.sandbox.workspace.id,
		user_id: idOf(calls, email),
		client_key: clientKey,
	});
	const revoke = async (body: unknown) => await send('POST', '/v1/mcp_client_connections/revoke', body);

	it('are listed with their client, member and workspaces, and filtered', async () => {
		calls.sandbox.workspace.access.connectMcpClient(KENJI, {
			clientKey: 'codex',
			clientName: 'Codex',
			isEnterpriseManaged: true,
		});
		const rows = results(await send('GET', '/v1/mcp_client_connections'));
		expect(rows).toMatchObject([
			{
				user: { id: idOf(calls, ADA) },
				client: { key: 'desk-assistant' },
				workspaces: [{ id: calls.sandbox.workspace.id }],
				is_enterprise_managed: false,
			},
			{ user: { id: idOf(calls, KENJI) }, client: { key: 'codex' }, is_enterprise_managed: true },
		]);
		const of = async (query: string) =>
			results(await send('GET', `/v1/mcp_client_connections?${query}`));
		expect(await of(`user_ids[]=${idOf(calls, KENJI)}`)).toMatchObject([{ client: { key: 'codex' } }]);
		expect(await of(`workspace_ids[]=${NO_ONE}`)).toEqual([]);
	});

	it('end when they are revoked, and are not found afterwards', async () => {
		const { access } = calls.sandbox.workspace;
		access.connectMcpClient(ADA, { clientKey: 'codex' });
		const answer = await revoke(target());
		expect([answer.status, Object.values(answer.body)]).toEqual([200, [1]]);
		expect(access.mcpConnections(ADA)).toMatchObject([
			{ clientKey: 'desk-assistant', endedAt: expect.any(Number) },
			{ clientKey: 'codex', endedAt: null },
		]);
		expect((await revoke(target())).body).toMatchObject({ type: 'error', status: 404 });
	});

	it('are answered alike where member, workspace or client are not there', async () => {
		for (const wrong of [{ user_id: NO_ONE }, { workspace_id: NO_ONE }, { client_key: 'none' }]) {
			const answer = await revoke({ ...target(), ...wrong });
			expect(answer.body).toEqual({
				type: 'error',
				code: 'not_found',
				status: 404,
				message: 'This could not be found',
			});
		}
	});

	it('of the identity provider end and stay away while access is denied', async () => {
		const { access } = calls.sandbox.workspace;
		const managed = { clientKey: 'codex', isEnterpriseManaged: true };
		access.connectMcpClient(ADA, managed);
		const { client_key: _unused, ...member } = target();
		const path = '/v1/mcp_client_connections/enterprise_managed_access';
		for (let again = 0; again < 2; again++) {
			expect((await send('PUT', path, { ...member, access: 'denied' })).status).toBe(200);
		}
		expect(access.mcpConnections(ADA)).toMatchObject([
			{ clientKey: 'desk-assistant', endedAt: null },
			{ clientKey: 'codex', endedAt: expect.any(Number) },
		]);
		expect(access.isMcpAccessDenied(ADA)).toBe(true);
		expect(() => access.connectMcpClient(ADA, managed)).toThrow('denied');

		await send('PUT', path, { ...member, access: 'allowed' });
		expect(access.connectMcpClient(ADA, managed)).toMatchObject({ endedAt: null });
		expect((await send('PUT', path, { ...member, access: 'perhaps' })).status).toBe(400);
	});
});

describe('beside SCIM', () => {
	it('is counted apart', async () => {
		await signOut(ADA);
		await send('GET', '/v1/spaces');
		await calls.get('/Users');
		const { requests, adminRequests } = calls.sandbox;
		expect(requests.counters()).toEqual({ 'GET /scim/v2/Users': 1 });
		expect(adminRequests.counters()).toEqual({
			'GET /admin/v1/spaces': 1,
			'POST /admin/v1/managed_users/revoke_session': 1,
		});
		const { body } = await calls.administer('GET', '/requests?api=admin');
		expect(body).toMatchObject({ total: 2 });
		expect(JSON.stringify(body)).not.toContain(calls.sandbox.adminToken);
	});

	it('is struck by faults of its own', async () => {
		const { faults } = calls.sandbox;
		faults.add({ path: '^/admin/', times: 1, fault: { status: 429, headers: { 'retry-after': '7' } } });
		const limited = await signOut(ADA);
		expect(limited.body).toMatchObject({ type: 'error', code: 'rate_limited', status: 429 });
		expect(limited.headers.get('retry-after')).toBe('7');
		expect((await calls.get('/Users')).status).toBe(200);

		faults.add({ path: 'revoke_session', times: 1, fault: { cutConnection: 'after' } });
		await expect(signOut(ADA)).rejects.toThrow();
		expect(calls.sandbox.workspace.lastSessionEndedAt(ADA)).toEqual(expect.any(Number));

		faults.add({ path: '/v1/spaces', fault: { delayMs: 60 } });
		const started = performance.now();
		expect((await send('GET', '/v1/spaces')).status).toBe(200);
		expect(performance.now() - started).toBeGreaterThan(50);
	});

	it('is behind the same gateway', async () => {
		calls.sandbox.setSwitches({ gateway404: 'on' });
		const answer = await fetch(`${calls.sandbox.adminUrl}/v1/spaces`);
		expect(answer.status).toBe(404);
		expect(await answer.text()).toContain('<html>');
	});

	it('is arranged by the administration API, and shown with the sessions', async () => {
		const email = 'maria@example.com';
		const { administer } = calls;
		const token = await administer('POST', '/access-tokens', { email, name: 'Budget sheet' });
		expect(token.body).toMatchObject({ email, device: 'Budget sheet', endedAt: null });
		await administer('POST', '/mcp-connections', { email, clientKey: 'codex' });
		calls.sandbox.workspace.access.revokePersonalAccessToken(String(token.body.id));

		const { body } = await administer('GET', '/access');
		expect(body['access']).toContainEqual(expect.objectContaining({ email, kind: 'MCP client' }));
		const { body: state } = await administer('GET', '/state');
		expect(state['access']).toContainEqual(
			expect.objectContaining({ id: token.body.id, endedAt: expect.any(Number) }),
		);
	});

	it('is back at the start after a reset, with the same token', async () => {
		const { sandbox } = calls;
		const { id } = sandbox.workspace;
		const more = sandbox.adminTokens.add();
		await signOut(ADA);
		sandbox.reset();
		expect(sandbox.workspace.id).toBe(id);
		expect(sandbox.adminRequests.count()).toBe(0);
		expect((await send('GET', '/v1/spaces')).status).toBe(200);
		const answer = await send('GET', '/v1/spaces', undefined, { authorization: `Bearer ${more}` });
		expect(answer.status).toBe(401);
		expect(sandbox.workspace.access.personalAccessTokens()).toHaveLength(2);
	});
});
