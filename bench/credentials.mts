import type { CredentialReference, N8nClient } from '../host/n8nClient.mts';
import type { Sandbox } from '../sandbox/server.mts';
import type { MailServer } from '../vendors/mailServer.mts';

/** What the workflows of the bench sign in with, by type of credential. */
export async function createCredentials(
	client: N8nClient,
	sandbox: Sandbox,
	mail: MailServer,
): Promise<Record<string, CredentialReference>> {
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: `Bench ${type}`, data });
	return {
		httpBearerAuth: await credential('httpBearerAuth', { token: sandbox.token }),
		smtp: await credential('smtp', { ...mail.credential }),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		}),
	};
}
