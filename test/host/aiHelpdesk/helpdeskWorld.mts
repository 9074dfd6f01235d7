import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn, withWebhookId } from '../../../host/filledIn.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type Mail, type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { type ScriptedModel, startScriptedModel } from '../../../vendors/scriptedModel.mts';

const APPROVER = 'it@example.com';
/** n8n gives an empty page to programs that are known to open the links in mails. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** What n8n answers until the execution that sent the mail has begun to wait. */
const STILL_RUNNING = 409;

const startedSchema = z.object({ executionId: z.coerce.string() });

/** The published workflow, with a scripted model, a Notion workspace and IT's mailbox. */
export class HelpdeskWorld {
	private constructor(
		readonly host: N8nHost,
		readonly sandbox: Sandbox,
		readonly model: ScriptedModel,
		readonly mail: MailServer,
		private readonly chat: { url: string; cookie: string },
	) {}

	static async start(folder: string): Promise<HelpdeskWorld> {
		const [sandbox, model, mail] = await Promise.all([startSandbox(), startScriptedModel(), startMailServer()]);
		const host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder)],
			vendors: { 'api.notion.com': sandbox.url },
			environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
		});
		try {
			return new HelpdeskWorld(host, sandbox, model, mail, await published(host, { sandbox, model, mail }));
		} catch (error) {
			await host.stop();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.host.stop();
		await Promise.all([this.sandbox.close(), this.model.close(), this.mail.close()]);
	}

	/** A clean workspace and mailbox. */
	reset(): void {
		this.sandbox.reset();
		this.mail.clear();
	}

	/** What a person writes into the chat. @returns the execution that it started */
	async ask(chatInput: string, further: Record<string, unknown> = {}): Promise<string> {
		const answer = await fetch(this.chat.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie: this.chat.cookie },
			body: JSON.stringify({ action: 'sendMessage', sessionId: randomUUID(), chatInput, ...further }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The chat answered ${answer.status}: ${text}`);
		return startedSchema.parse(JSON.parse(text)).executionId;
	}

	/** The mail that asks IT for an approval. */
	async request(): Promise<Mail> {
		return await this.mail.waitFor(({ to }) => to.includes(APPROVER), 60_000);
	}

	/** IT opens one of the two links of its mail. */
	async decide(mail: Mail, button: 'Approve' | 'Decline'): Promise<void> {
		const links = [...mail.html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)];
		const [, link] = links.find(([, , label]) => label?.trim() === button) ?? [];
		if (link === undefined) throw new Error(`The mail has no link "${button}"`);
		const address = link.replaceAll('&amp;', '&');
		await poll(
			async () => {
				const { ok, status } = await fetch(address, { headers: { 'user-agent': BROWSER } });
				if (!ok && status !== STILL_RUNNING) throw new Error(`The link answered ${status}`);
				return ok ? true : undefined;
			},
			'the link to work',
			30_000,
		);
	}

	/** The execution once the agent has answered. The chat's last node waits for the reader's browser. */
	async answered(executionId: string): Promise<ExecutionDetail> {
		return await poll(
			async () => {
				const execution = await this.host.client.execution(executionId);
				if (['error', 'crashed', 'canceled'].includes(execution.status)) throw new Error(`The execution ended: ${execution.error ?? execution.status}`);
				return execution.nodesRun.includes('Send the answer') && execution.status !== 'running' ? execution : undefined;
			},
			'the answer of the agent',
			60_000,
		);
	}

	async evidence(executionId: string): Promise<string[]> {
		const rows = await this.host.client.rows('notion_scim_evidence');
		return rows.filter(({ key }) => key === `ai-helpdesk ${executionId}`).map(({ record }) => String(record));
	}
}

/** The cookie of a person who is signed in to n8n. */
async function signedIn({ url, owner }: N8nHost): Promise<string> {
	const answer = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
	});
	return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

/** @returns the address of the chat, and the cookie of a person who may use it */
async function published(
	host: N8nHost,
	{ sandbox, model, mail }: { sandbox: Sandbox; model: ScriptedModel; mail: MailServer },
): Promise<{ url: string; cookie: string }> {
	await makeDataTables(host);
	const { client } = host;
	const credentials = {
		openAiApi: await client.createCredential({ type: 'openAiApi', name: 'Model', data: model.credential }),
		smtp: await client.createCredential({ type: 'smtp', name: 'Mail', data: mail.credential }),
		notionScimApi: await client.createCredential({
			type: 'notionScimApi',
			name: 'Notion SCIM',
			data: { token: sandbox.token, access: 'full', ownedDomains: 'example.com', tokenCreatorEmail: 'owner@example.com' },
		}),
	};
	const file: unknown = JSON.parse(await readFile(join('workflows', 'ai-helpdesk', 'ai-helpdesk.json'), 'utf8'));
	const webhookId = randomUUID();
	const workflow = filledIn(file, { 'Ask IT': { fromEmail: 'n8n@example.com', toEmail: APPROVER } });
	const { id } = await client.importWorkflow(withWebhookId(workflow, 'HelpdeskChat', webhookId), { credentials });
	await client.publish(id);
	return { url: host.webhookUrl(`${webhookId}/chat`), cookie: await signedIn(host) };
}
