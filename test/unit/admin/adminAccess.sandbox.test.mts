import type { AdminAccessOptions } from '../../../lib/admin/adminAccess.ts';
import { ADMIN_API_VERSION, AdminAccess } from '../../../lib/admin/adminAccess.ts';
import type { Sandbox } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { createUndiciTransport, realClock } from '../../support/undiciTransport.mts';

const ADA = 'ada@example.com';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const accessWith = (token = sandbox.adminToken, options: AdminAccessOptions = {}) =>
	new AdminAccess(
		createUndiciTransport(sandbox.adminUrl, token, { 'notion-version': ADMIN_API_VERSION }),
		realClock,
		options,
	);

const person = (email: string) => ({ id: sandbox.workspace.userByEmail(email)?.id ?? '', email });

/** What still lets a person in. */
const waysIn = (email: string) => {
	const { access } = sandbox.workspace;
	return {
		sessions: sandbox.workspace.sessions(email).filter(({ endedAt }) => endedAt === null).length,
		tokens: access.personalAccessTokens(email).filter(({ revokedAt }) => revokedAt === null).length,
		clients: access.mcpConnections(email).filter(({ endedAt }) => endedAt === null).length,
	};
};

describe('revoking', () => {
	test('ends every way into the account of a person, and no one else\'s', async () => {
		sandbox.workspace.access.addPersonalAccessToken(ADA, 'Another script');
		sandbox.workspace.access.connectMcpClient('kenji@example.com');

		expect(await accessWith().revoke(person(ADA))).toEqual({
			sessions: { status: 'revoked', count: 1 },
			personalAccessTokens: { status: 'revoked', count: 2 },
			mcpConnections: { status: 'revoked', count: 1 },
		});
		expect(waysIn(ADA)).toEqual({ sessions: 0, tokens: 0, clients: 0 });
		expect(waysIn('kenji@example.com')).toEqual({ sessions: 1, tokens: 1, clients: 1 });
	});

	test.each([
		[520, {}],
		[530, {}],
		[409, { object: 'error', code: 'conflict_error', message: 'Please try again.' }],
		[408, {}],
	])('is tried again after %i', async (status, body) => {
		for (const method of ['POST', 'DELETE', 'GET']) {
			sandbox.faults.add({ method, path: '^/admin/', times: 1, fault: { status, body } });
		}
		expect(await accessWith().revoke(person(ADA))).toMatchObject({
			sessions: { status: 'revoked' }, personalAccessTokens: { status: 'revoked' }, mcpConnections: { status: 'revoked' },
		});
		expect(waysIn(ADA)).toEqual({ sessions: 0, tokens: 0, clients: 0 });
	});

	test('says of a person who has nothing that there was nothing', async () => {
		expect(await accessWith().revoke(person('maria@example.com'))).toEqual({
			sessions: { status: 'revoked', count: 1 },
			personalAccessTokens: { status: 'none', count: 0 },
			mcpConnections: { status: 'none', count: 0 },
		});
	});

	test('leaves expired tokens alone, which let no one in', async () => {
		sandbox.workspace.access.addPersonalAccessToken('maria@example.com', 'Old', Date.now() - 1_000);

		const { personalAccessTokens } = await accessWith().revoke(person('maria@example.com'));
		expect(personalAccessTokens).toEqual({ status: 'none', count: 0 });
	});

	test('once more finds what has appeared meanwhile, with three requests where nothing has', async () => {
		const access = accessWith();
		const ada = person(ADA);
		await access.revoke(ada);
		sandbox.workspace.removeUser(ADA);
		sandbox.workspace.access.addPersonalAccessToken(ADA, 'Made in the last moment');

		expect(await access.revoke(ada)).toMatchObject({
			sessions: { status: 'revoked' },
			personalAccessTokens: { status: 'revoked', count: 1 },
			mcpConnections: { status: 'none', count: 0 },
		});
		sandbox.adminRequests.clear();
		await access.revoke(ada);
		expect(sandbox.adminRequests.all().map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
			'GET /admin/v1/mcp_client_connections',
			`GET /admin/v1/spaces/${sandbox.workspace.id}/personal_access_tokens`,
			'POST /admin/v1/managed_users/revoke_session',
		]);
		expect(sandbox.requests.count()).toBe(0);
	});

	test('finds a member by the address alone, on any page of the list', async () => {
		sandbox.seedPeople(250);
		sandbox.workspace.addUser({ email: 'last@example.com' });
		sandbox.workspace.access.addPersonalAccessToken('last@example.com');

		expect(await accessWith().revoke({ email: 'LAST@example.com' })).toMatchObject({
			sessions: { status: 'revoked' },
			personalAccessTokens: { status: 'revoked', count: 1 },
			mcpConnections: { status: 'none' },
		});
		expect(sandbox.adminRequests.count({ path: /\/users$/ })).toBe(3);
	});

	test('says that it is not known where an address alone belongs to no member', async () => {
		sandbox.workspace.removeUser(ADA);

		const revocations = await accessWith().revoke({ email: ADA });
		expect(revocations.sessions).toEqual({ status: 'revoked', count: 1 });
		expect(revocations.personalAccessTokens).toEqual({
			status: 'unknown',
			count: 0,
			error:
				'No workspace of the organization has a member with this address, so it is not known whose tokens and connections to look for.',
		});
		expect(waysIn(ADA)).toMatchObject({ tokens: 1, clients: 1 });
	});

	test('reads many tokens over several pages', async () => {
		for (let made = 0; made < 120; made++) sandbox.workspace.access.addPersonalAccessToken(ADA);

		const { personalAccessTokens } = await accessWith().revoke(person(ADA));
		expect(personalAccessTokens).toEqual({ status: 'revoked', count: 121 });
		expect(waysIn(ADA).tokens).toBe(0);
	});
});

describe('each kind runs on its own', () => {
	test('where sessions cannot be ended, because the domain is not verified', async () => {
		sandbox.workspace.access.addPersonalAccessToken('robin@contractor.example');

		const revocations = await accessWith().revoke(person('robin@contractor.example'));
		expect(revocations).toEqual({
			sessions: {
				status: 'failed',
				count: 0,
				error:
					'The Notion Admin API refused this (status 404). It said: This could not be found. Notion signs out managed users only, whose email domain the organization has verified.',
			},
			personalAccessTokens: { status: 'revoked', count: 1 },
			mcpConnections: { status: 'none', count: 0 },
		});
	});

	test('where the token lacks a scope, and says which', async () => {
		const token = sandbox.adminTokens.add(['managed-user-session:write', 'mcp-client-connection:read']);

		const revocations = await accessWith(token).revoke(person(ADA));
		expect(revocations.sessions.status).toBe('revoked');
		expect(revocations.personalAccessTokens).toMatchObject({ status: 'failed', count: 0 });
		expect(revocations.personalAccessTokens.error).toContain('needs the scope workspace:read.');
		expect(revocations.mcpConnections.error).toContain(
			'needs the scope mcp-client-connection:write-high-impact.',
		);
	});

	test('where one of several tokens cannot be revoked', async () => {
		const { access } = sandbox.workspace;
		const [first] = access.personalAccessTokens(ADA);
		access.addPersonalAccessToken(ADA, 'Another script');
		sandbox.faults.add({ method: 'DELETE', path: first?.id ?? '', fault: { status: 409 } });

		const { personalAccessTokens } = await accessWith().revoke(person(ADA));
		expect(personalAccessTokens).toMatchObject({ status: 'failed', count: 1 });
		expect(personalAccessTokens.error).toContain('refused this (status 409)');
	});

	test('where only one of them hangs: it is given up in time', async () => {
		sandbox.faults.add({ path: 'revoke_session', fault: { delayMs: 1_500 } });

		const started = performance.now();
		const revocations = await accessWith(undefined, { deadlineMs: 300 }).revoke(person(ADA));
		expect(performance.now() - started).toBeLessThan(1_000);
		expect(revocations).toMatchObject({
			sessions: { status: 'unknown', count: 0 },
			personalAccessTokens: { status: 'revoked' },
			mcpConnections: { status: 'revoked' },
		});
		expect(revocations.sessions.error).toMatch(/^The Notion Admin API did not answer within 0 seconds\./);
	});
});

describe('a server that does not do what was asked', () => {
	test.each([
		['a rejected token', { status: 401 }, 'failed', 'Notion rejected the Admin API token (status 401).'],
		[
			'a proxy\'s page',
			{ status: 404, body: '<html>Not Found</html>', headers: { 'content-type': 'text/html' } },
			'failed',
			'A web page came back instead of an answer',
		],
		['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'failed', '(status 302)'],
		['an answer that is no list', { status: 200, body: { hello: 'world' } }, 'failed', 'not a list'],
	])('%s', async (_what, fault, status, words) => {
		sandbox.faults.add({ path: '^/admin/', fault });

		const { personalAccessTokens, mcpConnections } = await accessWith().revoke(person(ADA));
		for (const revocation of [personalAccessTokens, mcpConnections]) {
			expect(revocation).toMatchObject({ status, count: 0 });
			expect(revocation.error).toContain(words);
		}
		expect(waysIn(ADA)).toEqual({ sessions: 2, tokens: 1, clients: 1 });
	});

	test('an answer to the sessions that does not say that they are ended is not believed', async () => {
		for (const body of [{}, { status: 'queued' }, [], 'revoked']) {
			sandbox.faults.clear();
			sandbox.faults.add({ path: 'revoke_session', times: 4, fault: { status: 200, body } });

			const { sessions } = await accessWith(undefined, { deadlineMs: 300 }).revoke(person(ADA));
			expect(sessions).toMatchObject({ status: 'unknown', count: 0 });
		}
		expect(waysIn(ADA).sessions).toBe(2);
	});

	test('filters that are ignored do not lead to other people\'s tokens, nor to expired ones', async () => {
		sandbox.workspace.access.addPersonalAccessToken(ADA, 'Old', Date.now() - 1_000);
		const rows = ['kenji@example.com', ADA].flatMap((email) =>
			sandbox.workspace.access.personalAccessTokens(email).map(({ id, accountId, expiresAt }) => ({
				id,
				status: expiresAt === null ? 'active' : 'expired',
				creator: { id: accountId },
			})),
		);
		sandbox.faults.add({
			method: 'GET',
			path: 'personal_access_tokens',
			fault: { status: 200, body: { results: rows, has_more: false, next_cursor: null } },
		});

		const { personalAccessTokens } = await accessWith().revoke(person(ADA));
		expect(personalAccessTokens).toEqual({ status: 'revoked', count: 1 });
		expect(waysIn('kenji@example.com').tokens).toBe(1);
	});

	test('tokens of no one knows whom are left alone, and told of', async () => {
		const [token] = sandbox.workspace.access.personalAccessTokens(ADA);
		sandbox.faults.add({
			method: 'GET',
			path: 'personal_access_tokens',
			fault: { status: 200, body: { results: [{ id: token?.id, status: 'active' }] } },
		});

		const { personalAccessTokens } = await accessWith().revoke(person(ADA));
		expect(personalAccessTokens).toMatchObject({ status: 'unknown', count: 0 });
		expect(personalAccessTokens.error).toContain('1 personal access tokens without saying clearly whose');
		expect(waysIn(ADA).tokens).toBe(1);
	});

	test('a connection that ended meanwhile is no failure', async () => {
		const stale = await listedConnections();
		sandbox.workspace.access.endMcpConnections(ADA);
		sandbox.faults.add({
			method: 'GET',
			path: 'mcp_client_connections',
			times: 1,
			fault: { status: 200, body: stale },
		});

		const { mcpConnections } = await accessWith().revoke(person(ADA));
		expect(mcpConnections).toEqual({ status: 'none', count: 0 });
	});

	test('a connection that is not there when it is revoked, and yet is listed, is a failure', async () => {
		sandbox.faults.add({
			path: 'mcp_client_connections/revoke',
			fault: { status: 404, body: { type: 'error', code: 'not_found', status: 404, message: 'No' } },
		});

		const { mcpConnections } = await accessWith().revoke(person(ADA));
		expect(mcpConnections).toMatchObject({ status: 'failed', count: 0 });
		expect(mcpConnections.error).toContain('but still lists them');
	});

	test('the token is in no error, also where the server echoes it', async () => {
		sandbox.faults.add({
			path: '^/admin/',
			fault: { status: 400, body: `You sent Authorization: Bearer ${sandbox.adminToken}` },
		});

		const revocations = await accessWith().revoke(person(ADA));
		expect(JSON.stringify(revocations)).toContain('You sent Authorization: Bearer (hidden)');
		expect(JSON.stringify(revocations)).not.toContain(sandbox.adminToken);
	});

	test('no server at all', async () => {
		const gone = await startSandbox({ empty: true });
		await gone.close();
		const access = new AdminAccess(createUndiciTransport(gone.adminUrl, 'none'), realClock, {
			deadlineMs: 200,
		});

		const revocations = await access.revoke({ id: 'someone', email: ADA });
		for (const revocation of Object.values(revocations)) {
			expect(revocation).toMatchObject({ status: 'failed', count: 0 });
			expect(revocation.error).toContain('could not be reached: The connection failed (ECONNREFUSED).');
		}
	});
});

/** What the server lists now, for an answer that is out of date later. */
async function listedConnections(): Promise<unknown> {
	const response = await fetch(`${sandbox.adminUrl}/v1/mcp_client_connections`, {
		headers: { Authorization: `Bearer ${sandbox.adminToken}`, 'Notion-Version': '2026-06-01' },
	});
	return await response.json();
}
