import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bambooHrDelivery, type BambooHrEvent } from '../../vendors/bambooHrDelivery.mts';
import { filledIn, withWebhookId } from '../../host/filledIn.mts';
import { COMPANY_ZONE, startWorld, workflowFile, type World } from '../../demo/world.mts';
import { poll } from '../../host/poll.mts';
import { type MailServer, startMailServer } from '../../vendors/mailServer.mts';

const COPIES = 20;
const DAY = 86_400_000;
const EMPLOYEE = '7001';
const EMAIL = 'employee7001@example.com';
const MANAGER = 'manager7000@example.com';

let folder: string;
let world: World;
let mail: MailServer;
let offboarding: { id: string; eventsUrl: string };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'queue-'));
	mail = await startMailServer();
	world = await startWorld({ folder, queue: { workers: 2 } });
	offboarding = await publishOffboarding();
	const { staff } = world.hris;
	staff.setEmployee({ id: '7000', email: MANAGER, startDate: '2020-01-01' });
	const employee = { id: EMPLOYEE, email: EMAIL, department: 'Sales', startDate: '2026-01-05' };
	staff.setEmployee({ ...employee, givenName: 'Lea', familyName: 'Park', managerId: '7000' });
}, 240_000);

afterAll(async () => {
	await world?.stop();
	await mail?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => world.sandbox.requests.clear());

/** The tests follow each other: who was hired in the first leaves in the second. */
describe('twenty copies of one signed delivery at once, in queue mode', () => {
	it('make one member of a hire', async () => {
		const { id, eventsUrl } = world.onboarding;

		await deliverCopies(id, eventsUrl, { type: 'employee.created', employeeId: EMPLOYEE });

		expect(world.sandbox.workspace.isMember(EMAIL)).toBe(true);
		expect(writes().filter((write) => write === 'POST /scim/v2/Users')).toHaveLength(1);
	}, 120_000);

	it('remove a leaver once, with one record and one mail', async () => {
		world.hris.staff.terminate(EMPLOYEE, new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10));
		const { id, eventsUrl } = offboarding;

		await deliverCopies(id, eventsUrl, {
			type: 'employee.updated',
			employeeId: EMPLOYEE,
			changedFields: ['status'],
		});

		expect(world.sandbox.workspace.isMember(EMAIL)).toBe(false);
		expect(writes()).toHaveLength(1);
		const { client } = world.host;
		const rows = (await client.rows('notion_scim_changes')).filter(({ kind }) => kind === 'leave');
		expect(rows).toHaveLength(COPIES);
		expect(rows.filter(({ outcome }) => outcome !== 'copy')).toEqual([
			expect.objectContaining({ employeeId: EMPLOYEE, outcome: 'removed', impact: 1 }),
		]);
		expect(await client.rows('notion_scim_evidence')).toHaveLength(1);
		expect(mail.mailsTo(MANAGER)).toHaveLength(1);
		expect(await client.rows('notion_scim_alerts')).toEqual([]);
	}, 120_000);
});

async function publishOffboarding(): Promise<{ id: string; eventsUrl: string }> {
	const { client } = world.host;
	const webhookId = randomUUID();
	const smtp = await client.createCredential({ type: 'smtp', name: 'Mail', data: { ...mail.credential } });
	const notionScimApi = await client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM that may remove',
		data: {
			token: world.sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		},
	});
	const file = filledIn(await workflowFile('offboarding-lockdown'), {
		HrisEvents: { timeZone: COMPANY_ZONE },
		'Plan changes': { timeZone: { __rl: true, mode: 'name', value: COMPANY_ZONE } },
		'Apply changes': { fallbackEmail: 'it@example.com' },
		'Tell the manager': { fromEmail: 'offboarding@example.com' },
		'Remind the manager': { fromEmail: 'offboarding@example.com' },
	});
	const { id } = await client.importWorkflow(withWebhookId(file, 'HrisEvents', webhookId), {
		credentials: { ...world.credentials, smtp, notionScimApi },
		subWorkflows: world.subWorkflows,
	});
	await client.publish(id);
	return { id, eventsUrl: world.host.webhookUrl(`${webhookId}/hris`) };
}

/** Sends the same bytes again and again, and waits until every execution has ended well. */
async function deliverCopies(workflowId: string, url: string, event: BambooHrEvent): Promise<void> {
	const delivery = bambooHrDelivery(event, world.signingSecret);
	const answers = await Promise.all(
		Array.from({ length: COPIES }, async () => (await fetch(url, { method: 'POST', ...delivery })).status),
	);
	expect(answers).toEqual(answers.map(() => 200));
	const executions = await poll(
		async () => {
			const all = await world.host.client.executions(workflowId);
			const open = all.filter(({ status }) => ['new', 'running', 'waiting'].includes(status));
			return all.length >= COPIES && open.length === 0 ? all : undefined;
		},
		'the executions of all copies to end',
		100_000,
	);
	expect(executions.map(({ status }) => status)).toEqual(answers.map(() => 'success'));
}

function writes(): string[] {
	return world.sandbox.requests
		.all()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}
