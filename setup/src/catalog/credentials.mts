import { createHash } from 'node:crypto';

import type { Provider, SourceChoice } from '../assets.mts';
import { type Answers, type Secrets, WEBHOOK } from '../answers/answers.mts';
import { eventWebhooks, isEventWorkflow } from './events.mts';
import { sources } from './sources.mts';

/** A credential of a workflow, by what it is for. */
export interface WantedCredential {
	slot: string;
	/** Follows from what it is for, so that it is found again. */
	id: string;
	name: string;
	type: string;
	/** The secret that it needs. */
	secret: keyof Secrets;
	/** The workflows do without it. */
	isOptional?: boolean;
	/** The admin's own, which is used and never changed. */
	isReused?: boolean;
	/** The slot whose credential serves here while this one has no secret of its own. */
	standIn?: string;
	data(secret: string): Record<string, unknown>;
}

/** The header in which a sender that cannot sign proves itself to n8n's Webhook node. */
export const WEBHOOK_HEADER = 'X-HRIS-Key';

/** Workflows that remove people. */
const FULL = new Set([
	...['access-review-revocations', 'directory-sync', 'directory-sync-approval', 'emergency-confirm', 'emergency-lockdown'],
	...['end-seats', 'license-removal', 'offboarding-lockdown', 'offboarding-release'],
]);

const ADDS = new Set(['onboarding']);

/** The least access with which a workflow can do its work. */
export function accessOf(workflow: string): 'full' | 'noRemovals' | 'readOnly' {
	if (FULL.has(workflow)) return 'full';
	return ADDS.has(workflow) ? 'noRemovals' : 'readOnly';
}

const SOURCE = 'sources/';

/** By workflow: what proves calls of its Webhook node. */
const HEADERS: Readonly<Record<string, string>> = { 'emergency-lockdown': 'emergency', 'group-teamspace-sync': 'hints' };

/** @returns the slot of the credential that a node of this workflow asks for */
export function slotFor(type: string, workflow: string, answers: Pick<Answers, 'hris'>): string {
	if (type === 'notionScimApi') return `scim-${accessOf(workflow)}`;
	if (type === 'notionAdminApi') return 'admin';
	if (type === 'smtp') return 'smtp';
	if (type === 'hrisWebhookApi') return isEventWorkflow(workflow) ? eventWebhooks[workflow].slot : 'emergency';
	if (workflow.startsWith(SOURCE)) return workflow.slice(SOURCE.length) === answers.hris ? 'hris' : 'directory';
	if (workflow.startsWith('lock-out-of-')) return 'directory';
	if (type === 'httpHeaderAuth') return HEADERS[workflow] ?? 'events';
	return 'forms';
}

interface Choices {
	sources: readonly SourceChoice[];
	providers: readonly Provider[];
}

/** All credentials that these answers may lead to, by slot. */
export function credentialsFor(answers: Answers, choices: Choices): Map<string, WantedCredential> {
	const all = [...scimCredentials(answers), ...sourceCredentials(answers, choices), ...eventCredentials(answers, choices), ...ownCredentials(answers)];
	return new Map(
		all.map((one) => {
			const id = answers.reuse[one.slot];
			return [one.slot, id === undefined ? one : { ...one, id, isReused: true }];
		}),
	);
}

function scimCredentials(answers: Answers): WantedCredential[] {
	const { scimUrl: baseUrl, ownedDomains, tokenCreator: tokenCreatorEmail, protectedEmails } = answers;
	const named = { full: 'full access', noRemovals: 'no removals', readOnly: 'read only' };
	return Object.entries(named).map(([access, words]) => ({
		slot: `scim-${access}`,
		id: idOf(`scim ${access}`),
		name: `Notion SCIM: ${words}`,
		type: 'notionScimApi',
		secret: 'scimToken',
		data: (token) => ({ token, baseUrl, access, ownedDomains, tokenCreatorEmail, protectedEmails, maxRequestsPerSecond: 0 }),
	}));
}

function sourceCredentials(answers: Answers, { sources: choices }: Choices): WantedCredential[] {
	const roles = answers.hris === answers.directory ? ['hris' as const] : ['hris' as const, 'directory' as const];
	return roles.flatMap((role) => {
		const folder = answers[role];
		const details = folder === undefined ? undefined : sources[folder];
		if (folder === undefined || details?.credentialType === undefined) return [];
		const title = choices.find((choice) => choice.folder === folder)?.title ?? folder;
		return [{
			slot: role,
			id: idOf(`source ${folder}`),
			name: `Notion SCIM: ${title}`,
			type: details.credentialType,
			secret: role === 'hris' ? 'hrisSecret' as const : 'directorySecret' as const,
			data: (secret: string) => details.credential(fieldsOf(answers, role), secret),
		}];
	});
}

/** The answers about one source, without the prefix. */
export function fieldsOf({ fields }: Pick<Answers, 'fields'>, role: 'hris' | 'directory'): Record<string, string> {
	const own = Object.entries(fields).filter(([name]) => name.startsWith(`${role}.`));
	return Object.fromEntries(own.map(([name, value]) => [name.slice(role.length + 1), value]));
}

function eventCredentials({ provider = 'standardWebhooks' }: Answers, { providers }: Choices): WantedCredential[] {
	const header = (slot: string, words: string, secret: keyof Secrets): WantedCredential => ({
		slot,
		id: idOf(`${slot} header`),
		name: `Notion SCIM: ${words}`,
		type: 'httpHeaderAuth',
		secret,
		data: (value) => ({ name: WEBHOOK_HEADER, value }),
	});
	const hints = header('hints', 'hints of the directory', 'hintSecret');
	if (provider === WEBHOOK) {
		return [header('events', 'events of the HRIS', 'eventsSecret'), header('emergency', 'emergency calls', 'emergencySecret'), hints];
	}
	const title = providers.find(({ name }) => name === provider)?.title ?? provider;
	const signed = (slot: string, scheme: string, words: string, secret: keyof Secrets): WantedCredential => ({
		slot,
		id: idOf(`${slot} ${scheme}`),
		name: `Notion SCIM: ${words}`,
		type: 'hrisWebhookApi',
		secret,
		data: (value) => ({ scheme, secret: value }),
	});
	const { onboarding: first, ...others } = eventWebhooks;
	return [
		signed(first.slot, provider, `events of ${title}`, first.secret),
		...Object.values(others).map(({ slot, secret, what }) => ({ ...signed(slot, provider, `events of ${title}: ${what}`, secret), standIn: first.slot })),
		signed('emergency', 'standardWebhooks', 'emergency calls', 'emergencySecret'),
		hints,
	];
}

function ownCredentials(answers: Answers): WantedCredential[] {
	return [
		{
			slot: 'admin',
			id: idOf('admin'),
			name: 'Notion SCIM: Admin API',
			type: 'notionAdminApi',
			secret: 'adminToken',
			isOptional: true,
			data: (token) => ({ token, baseUrl: 'https://api.notion.com/admin' }),
		},
		{
			slot: 'smtp',
			id: idOf('smtp'),
			name: 'Notion SCIM: mails',
			type: 'smtp',
			secret: 'smtpPassword',
			data: (password) => smtpData(answers, password),
		},
		{
			slot: 'forms',
			id: idOf('forms'),
			name: 'Notion SCIM: forms',
			type: 'httpBasicAuth',
			secret: 'formPassword',
			data: (password) => ({ user: answers.formUser, password }),
		},
	];
}

const TLS_PORT = 465;

function smtpData({ smtpHost: host, smtpPort: port, smtpUser: user, smtpPlain }: Answers, password: string): Record<string, unknown> {
	const secure = port === TLS_PORT && !smtpPlain;
	return { host, port, user, password, secure, hostName: '', ...(secure ? {} : { disableStartTls: smtpPlain }) };
}

/** n8n keeps an ID that it is given, of up to 16 letters, digits and hyphens. */
function idOf(what: string): string {
	return `nscim-${createHash('sha256').update(what).digest('hex').slice(0, 10)}`;
}
