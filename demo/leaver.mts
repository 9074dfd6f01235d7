import { randomUUID } from 'node:crypto';

import type { CredentialReference } from '../host/importedWorkflow.mts';
import { poll } from '../host/poll.mts';
import type { MailServer } from '../vendors/mailServer.mts';
import { bambooHrDelivery, type BambooHrEvent } from '../vendors/bambooHrDelivery.mts';
import { enabled, filledIn, withWebhookId } from '../host/filledIn.mts';
import type { FormUser } from './alerts.mts';
import { COMPANY_ZONE, HRIS_HEADER, workflowFile, type World } from './world.mts';

/** The leaver: a member of the sandbox who is signed in. */
const LEAVER = {
	id: '1101',
	email: 'kenji@example.com',
	givenName: 'Kenji',
	familyName: 'Watanabe',
	department: 'Sales',
	startDate: '2021-03-01',
};

/** Another leaver, to be reported by hand. */
const ANOTHER = { ...LEAVER, id: '1102', email: 'maria@example.com', givenName: 'María José', familyName: 'Fernández' };

/** The workflow about leavers, published. */
export interface Offboarding {
	id: string;
	/** Address for signed events. */
	eventsUrl: string;
	/** The credentials for forms and pages that ask for a password. */
	formUser: FormUser;
	mail: MailServer;
	/** By type, with a Notion credential that may remove people. */
	credentials: Record<string, CredentialReference>;
}

/** How quickly access ended, measured at the systems concerned. */
export interface Ending {
	what: string;
	email: string;
	/** Status of the answer to the sender. */
	status: number;
	/** Milliseconds from sending until the answer. */
	answeredAfter: number;
	/** Milliseconds from sending until the last session ended, at the sandbox. */
	sessionEndedAfter: number;
	/** What the workflow recorded. */
	result: string;
	right: boolean;
}

/** Publishes offboarding-lockdown and offboarding-release, and ends an employment. */
export async function startOffboarding(
	world: World,
	{ mail, formUser }: { mail: MailServer; formUser: FormUser },
): Promise<Offboarding> {
	const { client } = world.host;
	const webhookId = randomUUID();
	const make = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: `Offboarding ${type}`, data });
	const credentials = {
		...world.credentials,
		// Apart from the credential of onboarding, which may not remove people.
		notionScimApi: await make('notionScimApi', {
			token: world.sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		}),
		notionAdminApi: await make('notionAdminApi', { token: world.sandbox.adminToken }),
		smtp: await make('smtp', mail.credential),
		httpBasicAuth: await make('httpBasicAuth', { ...formUser }),
	};
	const from = { fromEmail: 'offboarding@example.com' };
	const lockdown = filledIn(await workflowFile('offboarding-lockdown'), {
		HrisEvents: { timeZone: COMPANY_ZONE },
		'Plan changes': { timeZone: zone(COMPANY_ZONE) },
		'Apply changes': { fallbackEmail: 'it@example.com' },
		'Tell the manager': from,
		'Remind the manager': from,
	});
	const id = await published(
		world,
		enabled(withWebhookId(lockdown, 'HrisEvents', webhookId), 'HrisWebhook'),
		{ credentials, subWorkflows: world.subWorkflows },
	);
	await published(world, await workflowFile('offboarding-release'), {
		credentials,
		subWorkflows: { ...world.subWorkflows, 'Lock out': id },
	});
	world.hris.staff.setEmployee(ANOTHER);
	// So long ago that the last day is over in every time zone.
	world.hris.staff.terminate(ANOTHER.id, daysAgo(3));
	return { id, eventsUrl: world.host.webhookUrl(`${webhookId}/hris`), formUser, mail, credentials };
}

/** @returns the id of the workflow, imported and published */
export async function published(
	{ host: { client } }: World,
	file: unknown,
	options: Parameters<World['host']['client']['importWorkflow']>[1],
): Promise<string> {
	const { id } = await client.importWorkflow(file, { settings: 'keep', ...options });
	await client.publish(id);
	return id;
}

/** A time zone in the form of a picker's value. */
export function zone(value: string): Record<string, unknown> {
	return { __rl: true, mode: 'name', value };
}

/** An employment ends, and BambooHR reports a change. */
export async function sendLeaver(world: World, offboarding: Offboarding): Promise<Ending> {
	const { hris, sandbox, host } = world;
	hris.staff.setEmployee(LEAVER);
	hris.staff.terminate(LEAVER.id, daysAgo(1));
	const event: BambooHrEvent = { type: 'employee.updated', employeeId: LEAVER.id, changedFields: ['status'] };
	const sentAt = Date.now();
	const { status } = await fetch(offboarding.eventsUrl, {
		method: 'POST',
		...bambooHrDelivery(event, world.signingSecret),
	});
	const answeredAfter = Date.now() - sentAt;
	const endedAt = await sessionEnd(world, LEAVER.email);
	const row = await poll(
		async () =>
			(await host.client.rows('notion_scim_changes')).find(
				({ kind, email, state }) => kind === 'leave' && email === LEAVER.email && state === 'done',
			),
		'the leaver to be on record',
		60_000,
	);
	const { outcome, removedAt } = row;
	return {
		what: 'a leaver',
		email: LEAVER.email,
		status,
		answeredAfter,
		sessionEndedAfter: endedAt - sentAt,
		result: `${String(outcome)}${removedAt === '' ? '' : ', verified'}`,
		right: outcome === 'removed' && removedAt !== '' && !sandbox.workspace.isMember(LEAVER.email),
	};
}

/** Tells the user how to report a leaver. */
export function showLeaving({ host, hrisSecret }: World, { formUser }: Offboarding): void {
	console.log(`
Two more to try. Employee 1102, María José Fernández, has left according to the HRIS:

  curl -X POST ${host.webhookUrl('notion-offboarding')} \\
    -H 'Content-Type: application/json' -H '${HRIS_HEADER}: ${hrisSecret}' \\
    -d '{"kind":"left","employeeId":"1102"}'

and an emergency asks no HRIS:

  curl -X POST ${host.webhookUrl('notion-emergency')} \\
    -H 'Content-Type: application/json' -H '${HRIS_HEADER}: ${hrisSecret}' \\
    -d '{"events":[{"kind":"accessRevoked","person":{"email":"jonas@example.com"}}]}'

  alerts            ${host.url}/form/notion-alerts
    sign in with    ${formUser.user}
    password        ${formUser.password}
  held leavers      ${host.url}/form/notion-offboarding-release (with n8n's own sign-in, then Allow access)`);
}

/** When a person's last session ended, by the sandbox's clock. */
export async function sessionEnd({ sandbox }: World, email: string): Promise<number> {
	return await poll(
		async () => sandbox.workspace.lastSessionEndedAt(email) ?? undefined,
		`the sessions of ${email} to end`,
		60_000,
	);
}

/** A local date of the company. */
function daysAgo(days: number): string {
	const date = new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
	return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE }).format(date);
}
