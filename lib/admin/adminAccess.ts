import type { Clock } from '../scim/clock';
import { ScimError, withoutSecrets } from '../scim/scimError';
import type { Transport } from '../scim/transport';
import { resourcePath } from '../scim/transport';
import type { AccessToken, McpClientConnection, PersonReference } from './adminAnswers';
import {
	isOf,
	readAccessToken,
	readConnection,
	readId,
	readPerson,
	readRevokedTokens,
	saysRevoked,
} from './adminAnswers';
import type { AdminCall } from './adminFailure';
import { AdminFailure } from './adminFailure';
import { AdminRequester } from './adminRequester';
import { Deadline } from './deadline';
import type { AdminRevocations, Revocation } from './revocations';

export { untouched } from './revocations';
export type { AdminRevocations, Revocation } from './revocations';

/** The header `Notion-Version`, which each request must carry; the transport adds it. */
export const ADMIN_API_VERSION = '2026-06-01';

const DEFAULT_DEADLINE = 20_000;

export interface AdminAccessOptions {
	/** Time limit for one person in milliseconds. Default 20 seconds. */
	deadlineMs?: number;
	/** Cancels the execution. */
	signal?: AbortSignal;
}

/** One call of {@link AdminAccess.revoke}. */
interface Task {
	person: { id?: string; email: string };
	deadline: Deadline;
	/** The person with the id, which is looked up once if it was not given. */
	identity: () => Promise<PersonReference>;
}

/**
 * Revokes access outside SCIM: sessions, personal access tokens and MCP connections. A removal by SCIM ends
 * the membership; these belong to the account, which survives. The id of a person is assumed to be the same
 * in SCIM and in the Admin API; Notion states neither that nor the opposite. Tokens and connections are
 * revoked in every workspace of the organization. Enterprise-managed access to MCP is not denied as well: the
 * denial would outlast a return, and without a membership no one can connect again.
 */
export class AdminAccess {
	private readonly requester: AdminRequester;

	/** The workspaces of the organization; read once, when first needed. */
	private workspaceIds: string[] | undefined;

	constructor(
		transport: Transport,
		private readonly clock: Clock,
		private readonly options: AdminAccessOptions = {},
	) {
		this.requester = new AdminRequester(transport, clock);
	}

	/**
	 * Revokes all of it. The three kinds run in parallel, so that a failing or hanging one never stops
	 * another, and all end at the deadline. Calling it again after the removal is cheap, with three requests
	 * if nothing has appeared meanwhile, and harmless: ending sessions is idempotent, and the lists contain
	 * only active tokens and connections.
	 * @throws ScimError `cancelled`, and nothing else
	 */
	async revoke(person: { id?: string; email: string }): Promise<AdminRevocations> {
		const { deadlineMs = DEFAULT_DEADLINE, signal } = this.options;
		const deadline = new Deadline(this.clock, deadlineMs, signal);
		let identity: Promise<PersonReference> | undefined;
		const task: Task = {
			person,
			deadline,
			identity: async () => await (identity ??= this.identify(person, deadline)),
		};
		try {
			const [sessions, personalAccessTokens, mcpConnections] = await Promise.all([
				settled(async (tally) => await this.endSessions(task, tally)),
				settled(async (tally) => await this.revokeAccessTokens(task, tally)),
				settled(async (tally) => await this.revokeConnections(task, tally)),
			]);
			return { sessions, personalAccessTokens, mcpConnections };
		} finally {
			deadline.end();
		}
	}

	/** Signs the account out of all devices. The call is idempotent. */
	private async endSessions({ person, deadline }: Task, tally: Tally): Promise<void> {
		const call: AdminCall = {
			method: 'POST',
			path: '/v1/managed_users/revoke_session',
			body: { user: { type: 'email', email: person.email } },
			scope: 'managed-user-session:write',
		};
		const answer = await this.requester.send(call, deadline).catch((error: unknown) => {
			const isRefused = error instanceof AdminFailure && [400, 404].includes(error.answered ?? 0);
			return Promise.reject(
				isRefused
					? new AdminFailure(
							'failed',
							`${error.message} Notion signs out managed users only, whose email domain the organization has verified.`,
						)
					: error,
			);
		});
		if (!saysRevoked(answer)) {
			throw new AdminFailure(
				'unknown',
				'The Notion Admin API accepted the request, but did not say that the sessions are ended.',
			);
		}
		tally.count += 1;
	}

	private async revokeAccessTokens(task: Task, tally: Tally): Promise<void> {
		const person = await task.identity();
		const workspaceIds = await this.workspaces(task.deadline);
		await forEach(workspaceIds, async (workspaceId) => {
			const path = resourcePath('v1', 'spaces', workspaceId, 'personal_access_tokens');
			const rows = await this.requester.list(
				{
					method: 'GET',
					path,
					query: { 'creator_ids[]': person.id ?? '', 'status[]': 'active' },
					scope: 'personal-access-token:read',
				},
				task.deadline,
			);
			const { found, doubtful } = ofPerson(rows.map(readAccessToken), ({ creator }) => creator, person);
			await forEach(
				found.filter(({ isActive }) => isActive),
				async ({ id }: AccessToken) => {
					await this.requester.send(
						{
							method: 'DELETE',
							path: `${path}${resourcePath(id)}`,
							scope: 'personal-access-token:write-high-impact',
						},
						task.deadline,
					);
					tally.count += 1;
				},
			);
			if (doubtful > 0) throw unreadable('personal access tokens', doubtful);
		});
	}

	private async revokeConnections(task: Task, tally: Tally): Promise<void> {
		const person = await task.identity();
		const { found, doubtful } = await this.connectionsOf(person, task.deadline);
		let notThere = 0;
		await forEach(found, async (connection: McpClientConnection) => {
			const workspaceIds = connection.workspaceIds ?? (await this.workspaces(task.deadline));
			let ended = 0;
			await forEach(workspaceIds, async (workspaceId) => {
				const body = {
					workspace_id: workspaceId,
					user_id: person.id,
					client_key: connection.clientKey,
				};
				ended += await this.revokeConnection(body, task.deadline);
			});
			tally.count += ended;
			if (ended === 0) notThere += 1;
		});
		// "Not found" about a connection that was listed a moment ago is trusted once it is no longer listed.
		const left = notThere > 0 ? (await this.connectionsOf(person, task.deadline)).found.length : 0;
		if (left > 0) {
			throw new AdminFailure(
				'failed',
				`The Notion Admin API says of ${left} MCP connections that they are not there, but still lists them.`,
			);
		}
		if (doubtful > 0) throw unreadable('MCP connections', doubtful);
	}

	private async connectionsOf(person: PersonReference, deadline: Deadline) {
		const rows = await this.requester.list(
			{
				method: 'GET',
				path: '/v1/mcp_client_connections',
				query: { 'user_ids[]': person.id ?? '' },
				scope: 'mcp-client-connection:read',
			},
			deadline,
		);
		return ofPerson(rows.map(readConnection), ({ user }) => user, person);
	}

	/** @returns 1 if a connection was ended, 0 if there was none any more */
	private async revokeConnection(
		body: Record<string, unknown>,
		deadline: Deadline,
	): Promise<number> {
		try {
			const answer = await this.requester.send(
				{
					method: 'POST',
					path: '/v1/mcp_client_connections/revoke',
					body,
					scope: 'mcp-client-connection:write-high-impact',
				},
				deadline,
			);
			return readRevokedTokens(answer) > 0 ? 1 : 0;
		} catch (error) {
			// The documented answer for a connection that does not exist, including one that ended just now.
			if (error instanceof AdminFailure && error.answered === 404) return 0;
			return await Promise.reject(error);
		}
	}

	private async workspaces(deadline: Deadline): Promise<string[]> {
		if (this.workspaceIds) return this.workspaceIds;
		const call: AdminCall = { method: 'GET', path: '/v1/spaces', scope: 'workspace:read' };
		const ids = (await this.requester.list(call, deadline)).flatMap((row) => readId(row) ?? []);
		if (ids.length === 0) {
			throw new AdminFailure('failed', 'The Notion Admin API lists no workspace of the organization.');
		}
		this.workspaceIds = ids;
		return ids;
	}

	/** Only members are listed, so the id must be given for a person who is removed already. */
	private async identify(
		{ id, email }: { id?: string; email: string },
		deadline: Deadline,
	): Promise<PersonReference> {
		if (id !== undefined && id !== '') return { id, email };
		const wanted: PersonReference = { id: undefined, email };
		for (const workspaceId of await this.workspaces(deadline)) {
			const path = resourcePath('v1', 'spaces', workspaceId, 'users');
			const rows = await this.requester.list({ method: 'GET', path, scope: 'user:read' }, deadline);
			const found = rows.map(readPerson).find((one) => isOf(one, wanted) === true);
			if (found?.id !== undefined) return { id: found.id, email };
		}
		throw new AdminFailure(
			'unknown',
			'No workspace of the organization has a member with this address, so it is not known whose tokens and connections to look for.',
		);
	}
}

/** What was revoked so far, even if the work fails later. */
interface Tally {
	count: number;
}

/** Turns the result or failure of the work into an outcome. @throws ScimError `cancelled` */
async function settled(work: (tally: Tally) => Promise<void>): Promise<Revocation> {
	const tally: Tally = { count: 0 };
	try {
		await work(tally);
		return { status: tally.count > 0 ? 'revoked' : 'none', count: tally.count };
	} catch (error) {
		if (error instanceof ScimError && error.kind === 'cancelled') return await Promise.reject(error);
		if (error instanceof AdminFailure) {
			return { status: error.status, count: tally.count, error: error.message };
		}
		const message = error instanceof Error ? error.message : String(error);
		return { status: 'unknown', count: tally.count, error: withoutSecrets(message) };
	}
}

/** Does the work for each entry in turn, and fails at the end if it failed for any of them. */
async function forEach<T>(things: T[], work: (thing: T) => Promise<void>): Promise<void> {
	let first: AdminFailure | undefined;
	for (const thing of things) {
		try {
			await work(thing);
		} catch (error) {
			if (!(error instanceof AdminFailure)) return await Promise.reject(error);
			first ??= error;
		}
	}
	if (first) return await Promise.reject(first);
}

/** The rows about a person, and the number of rows whose person is unknown. */
function ofPerson<Row>(
	rows: Array<Row | undefined>,
	referenceOf: (row: Row) => PersonReference,
	person: PersonReference,
): { found: Row[]; doubtful: number } {
	const found: Row[] = [];
	let doubtful = 0;
	for (const row of rows) {
		const isTheirs = row === undefined ? undefined : isOf(referenceOf(row), person);
		if (isTheirs === undefined) doubtful += 1;
		else if (isTheirs && row !== undefined) found.push(row);
	}
	return { found, doubtful };
}

function unreadable(what: string, count: number): AdminFailure {
	return new AdminFailure(
		'unknown',
		`The Notion Admin API lists ${count} ${what} without saying clearly whose they are. They were left alone: look for this person's in Notion.`,
	);
}
