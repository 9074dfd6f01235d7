import type { AdminAccessOptions, AdminRevocations } from '../../../lib/admin/adminAccess.ts';
import { AdminAccess, untouched } from '../../../lib/admin/adminAccess.ts';
import type { ScimRequest, ScimResponse, Transport } from '../../../lib/scim/transport.ts';
import { TransportFailure } from '../../../lib/scim/transport.ts';
import { VirtualClock } from '../scim/virtualClock.mts';

const ADA = { id: '24bd872b-594c-8191-ad2a-0002d5e040a0', email: 'ada@example.com' };

const answer = (body: unknown, status = 200, headers: Record<string, string> = {}): ScimResponse => ({
	status,
	headers: { 'content-type': 'application/json', ...headers },
	body: JSON.stringify(body),
});

const nothing = { results: [], has_more: false, next_cursor: null };

/** What a server says that has ended the sessions and knows of nothing else. */
const good = ({ path }: ScimRequest): ScimResponse => {
	if (path.endsWith('revoke_session')) return answer({ status: 'revoked' });
	if (path === '/v1/spaces') return answer({ ...nothing, results: [{ id: 'space' }] });
	return answer(nothing);
};

type Behaviour = (request: ScimRequest, times: number) => ScimResponse | Promise<ScimResponse>;

/** A server with one endpoint that behaves in its own way. */
const serverWhere = (end: string, behaviour: Behaviour) => {
	const requests: string[] = [];
	const transport: Transport = {
		send: async (request) => {
			requests.push(request.path);
			if (!request.path.endsWith(end)) return good(request);
			return await behaviour(request, requests.filter((path) => path === request.path).length);
		},
	};
	return { transport, requests };
};

const hang = async (): Promise<ScimResponse> => await new Promise<ScimResponse>(() => {});

const revoke = async (
	transport: Transport,
	options: AdminAccessOptions = {},
): Promise<{ revocations: AdminRevocations; took: number; clock: VirtualClock }> => {
	const clock = new VirtualClock();
	const started = clock.now();
	const revocations = await clock.run(new AdminAccess(transport, clock, options).revoke(ADA));
	return { revocations, took: clock.now() - started, clock };
};

const SESSIONS = '/v1/managed_users/revoke_session';

describe('an Admin API that hangs', () => {
	test('is given up after 20 seconds for the person, whatever hangs', async () => {
		for (const end of [SESSIONS, '/v1/spaces', '/v1/mcp_client_connections', '']) {
			const { revocations, took } = await revoke(serverWhere(end, hang).transport);

			expect(took).toBe(20_000);
			const unknown = Object.values(revocations).filter(({ status }) => status === 'unknown');
			expect(unknown).toHaveLength(end === '' ? 3 : 1);
			expect(unknown[0]).toEqual({
				status: 'unknown',
				count: 0,
				error:
					'The Notion Admin API did not answer within 20 seconds. It is not known what it has revoked: look in Notion, or run this again.',
			});
		}
	});

	test('is asked nothing more when it wakes up', async () => {
		let wake: (response: ScimResponse) => void = () => {};
		const { transport, requests } = serverWhere('/v1/spaces', async () => {
			return await new Promise<ScimResponse>((resolve) => {
				wake = resolve;
			});
		});
		const { clock } = await revoke(transport, { deadlineMs: 1_000 });
		const asked = requests.length;
		wake(answer({ results: [{ id: 'space' }] }));
		await clock.settle();
		expect(requests).toHaveLength(asked);
	});

	test('leaves no timer behind when it answers', async () => {
		const { clock, took } = await revoke({ send: async (request) => good(request) });
		expect(took).toBe(0);
		expect(await clock.step()).toBe(false);
	});
});

describe('an Admin API that asks to slow down', () => {
	test.each([429, 503])('is obeyed (%s)', async (status) => {
		const { transport, requests } = serverWhere(SESSIONS, (request, times) =>
			times < 3 ? answer({}, status, { 'retry-after': '4' }) : good(request),
		);
		const { revocations, took } = await revoke(transport);

		expect(revocations.sessions).toEqual({ status: 'revoked', count: 1 });
		expect(took).toBe(8_000);
		expect(requests.filter((path) => path === SESSIONS)).toHaveLength(3);
	});

	test('for longer than there is time is not waited for', async () => {
		const { transport } = serverWhere(SESSIONS, () => answer({}, 429, { 'retry-after': '60' }));
		const { revocations, took } = await revoke(transport);

		expect(took).toBe(0);
		expect(revocations).toEqual({
			sessions: {
				status: 'failed',
				count: 0,
				error: 'The Notion Admin API kept asking to slow down (status 429).',
			},
			personalAccessTokens: { status: 'none', count: 0 },
			mcpConnections: { status: 'none', count: 0 },
		});
	});

	test('for ever is given up after four tries', async () => {
		const { transport, requests } = serverWhere(SESSIONS, () => answer({}, 429));
		const { revocations, took } = await revoke(transport);

		expect(revocations.sessions.status).toBe('failed');
		expect(requests.filter((path) => path === SESSIONS)).toHaveLength(4);
		expect(took).toBeLessThan(5_000);
	});
});

describe('an Admin API that fails', () => {
	test('is asked again after a gateway\'s failure or a lost connection, since revoking twice is harmless', async () => {
		const failures: Behaviour[] = [
			() => answer({}, 502),
			() => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' }),
			() => Promise.reject(new TransportFailure('maybe', 'The connection was cut.')),
			() => ({ status: 200, headers: {}, body: '{"status":"revo' }),
		];
		for (const failure of failures) {
			const { transport } = serverWhere(SESSIONS, (request, times) =>
				times === 1 ? failure(request, times) : good(request),
			);
			expect((await revoke(transport)).revocations.sessions).toEqual({
				status: 'revoked',
				count: 1,
			});
		}
	});

	test('with 500 is not asked again, and it is not known what it did', async () => {
		const { transport, requests } = serverWhere(SESSIONS, () =>
			answer({ type: 'error', code: 'internal_server_error', status: 500, message: 'Oops' }, 500),
		);
		const { sessions } = (await revoke(transport)).revocations;

		expect(sessions).toEqual({
			status: 'unknown',
			count: 0,
			error:
				'The Notion Admin API failed with status 500. It said: Oops. It is not certain that nothing was revoked: look in Notion, or run this again.',
		});
		expect(requests.filter((path) => path === SESSIONS)).toHaveLength(1);
	});

	test.each([
		['garbage', { results: 'many' }],
		['no end', { results: [], has_more: true, next_cursor: 'always the same' }],
		['no beginning', null],
	])('with a list that has %s is not asked for ever', async (_what, body) => {
		const { transport, requests } = serverWhere('/v1/mcp_client_connections', () => answer(body));
		const { mcpConnections } = (await revoke(transport)).revocations;

		expect(mcpConnections.status).toBe('failed');
		expect(requests.length).toBeLessThan(10);
	});

	test('in a way that no one has thought of still ends with an outcome, without the token', async () => {
		const { transport } = serverWhere('', () => {
			throw new TypeError('Cannot read properties of undefined, Bearer ntn_a1b2c3');
		});
		const { revocations } = await revoke(transport);

		for (const { status } of Object.values(revocations)) expect(status).toBe('unknown');
		expect(JSON.stringify(revocations)).not.toContain('ntn_a1b2c3');
	});

	test.each([
		['user.id and workspaces as ids', { user: { id: ADA.id }, client: { key: 'k' }, workspaces: ['w'] }],
		['a member and workspaces by workspace_id', {
			member: { id: ADA.id.toUpperCase() }, client: { key: 'k' }, workspaces: [{ workspace_id: 'w' }],
		}],
		['plain ids', { user_id: ADA.id, client_key: 'k', workspace_ids: ['w'] }],
		['an address only', {
			user: { person: { email: 'ADA@example.com' } }, client: { key: 'k' }, workspaces: [{ id: 'w' }],
		}],
	])('never, but names the fields of a connection otherwise: %s', async (_what, row) => {
		const bodies: unknown[] = [];
		const { transport } = serverWhere('/v1/mcp_client_connections', () => answer({ results: [row] }));
		const watched: Transport = {
			send: async (request) => {
				if (request.method === 'POST') bodies.push(request.body);
				return request.path.endsWith('/revoke') ? answer({}) : await transport.send(request);
			},
		};
		const { mcpConnections } = (await revoke(watched)).revocations;

		expect(mcpConnections).toEqual({ status: 'revoked', count: 1 });
		expect(bodies).toContainEqual({ workspace_id: 'w', user_id: ADA.id, client_key: 'k' });
	});
});

describe('a canceled execution', () => {
	test('ends at once, before and during the requests', async () => {
		const early = AbortSignal.abort();
		await expect(revoke(serverWhere('', hang).transport, { signal: early })).rejects.toMatchObject({
			kind: 'cancelled',
		});

		const stop = new AbortController();
		const clock = new VirtualClock();
		const { transport, requests } = serverWhere('', hang);
		const revoking = new AdminAccess(transport, clock, { signal: stop.signal }).revoke(ADA);
		await clock.settle();
		expect(requests.length).toBeGreaterThan(0);
		stop.abort();
		await expect(revoking).rejects.toMatchObject({ kind: 'cancelled' });
	});
});

test('without the Admin API nothing was touched, and the record can say why', () => {
	const none = { status: 'notTouched', count: 0, error: 'There is no credential.' };
	expect(untouched('There is no credential.')).toEqual({
		sessions: none,
		personalAccessTokens: none,
		mcpConnections: none,
	});
});
