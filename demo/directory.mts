import { z } from 'zod';

import { filledIn } from '../host/filledIn.mts';
import type { ExecutionDetail } from '../host/n8nClient.mts';
import { poll } from '../host/poll.mts';
import { raisedIn } from './alerts.mts';
import type { Offboarding } from './leaver.mts';
import { COMPANY_ZONE, workflowFile, type World } from './world.mts';

/** Name that the workflows show where a directory has to be picked. */
const SOURCE = 'Directory source: list';

/** Who works here besides those who were hired; the second owner is in no directory. */
const STAFF = [
	{ id: '1001', email: 'owner@example.com', givenName: 'Grace', familyName: 'Osei', department: 'Board' },
	{ id: '1002', email: 'admin@example.com', givenName: 'Ingrid', familyName: 'Solberg', department: 'IT' },
];

/** The class of each seat that must come out, after the hires, the leaver and the emergency. */
const EXPECTED_SEATS: Record<string, string> = {
	'admin@example.com': 'matched',
	'amina@example.com': 'matched',
	'grace@example.com': 'matched',
	'jonas@example.com': 'matched',
	'maria@example.com': 'inactiveInDirectory',
	'owner@example.com': 'matched',
	'robin@contractor.example': 'foreignDomain',
	'second.owner@example.com': 'ownerNotInDirectory',
};

/** The workflows that compare the whole directory with Notion. */
export interface Directory {
	licenseId: string;
	syncId: string;
}

/** What both of them found. */
export interface Comparison {
	/** By class: how many seats, and what they cost a month. */
	classes: Array<{ class: string; seats: number; perMonth: number | null }>;
	/** What directory-sync would do, in its own sentences. */
	lines: string[];
	right: boolean;
}

/**
 * Imports license-reconciliation, directory-sync, group-teamspace-sync, provision-now, access-review and
 * import-members. Their directory is BambooHR.
 */
export async function startDirectory(world: World, { credentials }: Offboarding): Promise<Directory> {
	const { client, url } = world.host;
	for (const employee of STAFF) world.hris.staff.setEmployee({ ...employee, startDate: '2020-01-06' });
	const bambooHr = world.subWorkflows['HRIS source: BambooHR'];
	if (bambooHr === undefined) throw new Error('The source for BambooHR is not there');
	const add = async (job: string, values: Record<string, Record<string, unknown>> = {}) => {
		const file = await workflowFile(job);
		const { id } = await client.importWorkflow(filledIn(file, values), {
			credentials,
			subWorkflows: { [SOURCE]: bambooHr, ...raisedIn(file, world.subWorkflows['Raise alert']) },
		});
		return id;
	};
	const publish = async (...workflow: Parameters<typeof add>) => {
		const id = await add(...workflow);
		await client.publish(id);
		return id;
	};
	const mail = { mailFrom: 'n8n@example.com' };
	const licenseId = await publish('license-reconciliation', {
		Settings: {
			...mail,
			n8nUrl: url,
			reportTo: 'it@example.com',
			costPerSeat: 20,
			currency: 'EUR',
			contractedSeats: 10,
			renewalDate: '2031-02-01',
			approvers: ['security@example.com'],
		},
	});
	const syncId = await publish('directory-sync', { Settings: { ...mail, notifyTo: 'it@example.com' } });
	await publish('group-teamspace-sync', {
		Settings: { ...mail, notifyTo: 'it@example.com' },
		HrisEvents: { timeZone: COMPANY_ZONE },
	});
	await publish('provision-now', { Settings: mail });
	await publishAccessReview(world, { credentials, source: bambooHr, raise: world.subWorkflows['Raise alert'] });
	// It is run by hand only.
	await add('import-members');
	return { licenseId, syncId };
}

/** Publishes the workflows of the access review, each after those that it calls. */
async function publishAccessReview(
	{ host: { client } }: World,
	{ credentials, source, raise }: { credentials: Offboarding['credentials']; source: string; raise: string | undefined },
): Promise<void> {
	const from = { fromEmail: 'n8n@example.com' };
	const picks: Record<string, string> = { 'Directory source': source, 'Directory today': source };
	const publish = async (job: string, values: Record<string, Record<string, unknown>> = {}): Promise<string> => {
		const file = await workflowFile(job);
		const { id } = await client.importWorkflow(filledIn(file, values), {
			credentials,
			subWorkflows: { ...picks, ...raisedIn(file, raise) },
			settings: 'keep',
		});
		await client.publish(id);
		return id;
	};
	picks['Carry out revocations'] = await publish('access-review-revocations');
	picks['Ask the reviewers'] = await publish('access-review-reminders', { 'Send letter': from });
	await publish('access-review-evidence', { 'Send report': { ...from, toEmail: 'audit@example.com' } });
	await publish('access-review-answers', { 'Send receipt': from });
	await publish('access-review', {
		'Start the review': { fallbackReviewer: 'it@example.com', securityReviewer: 'security@example.com' },
	});
}

/** Runs the report and a cycle of the sync, which as delivered is a dry run. */
export async function compareDirectory(world: World, { licenseId, syncId }: Directory): Promise<Comparison> {
	const { client } = world.host;
	const run = async (workflowId: string, trigger: string): Promise<ExecutionDetail> => {
		const id = await client.runManually(workflowId, trigger);
		return await client.waitForExecution((execution) => execution.id === id, { workflowId, within: 120_000 });
	};
	const writesBefore = countWrites(world);
	const report = await run(licenseId, 'MakeReport');
	// The schedule begins a cycle within a minute of the publishing, and one at a time compares.
	const cycle = await poll(
		async () => {
			const own = await run(syncId, 'RunNow');
			return own.nodesRun.includes('Plan') || own.status !== 'success' ? own : undefined;
		},
		'a cycle of its own',
		60_000,
	);
	const { classes, seats } = reportSchema.parse(report.items('Reconcile')[0]);
	const found = Object.fromEntries(seats.map((seat) => [seat.email, seat.class]));
	const lines = z.array(lineSchema).parse(cycle.items('Plan'));
	const doing = lines.filter(({ action }) => action !== 'none');
	return {
		classes: classes.filter(({ seats: count }) => count > 0),
		lines: doing.map(({ action, guard, explanation }) => `${action}: ${explanation}${guard === 'ok' ? '' : ` (${guard})`}`),
		right:
			report.status === 'success' &&
			cycle.status === 'success' &&
			JSON.stringify(sortedEntries(found)) === JSON.stringify(sortedEntries(EXPECTED_SEATS)) &&
			doing.some(({ action, target }) => action === 'user.remove' && target.email === 'maria@example.com') &&
			countWrites(world) === writesBefore,
	};
}

/** Tells the person where to look. */
export function showDirectory({ host }: World, { formUser }: Offboarding): void {
	console.log(`
What the whole directory comes to, behind the same password as the forms above (${formUser.user}):

  seats and costs   ${host.webhookUrl('notion-license-report')}
  directory sync    ${host.webhookUrl('notion-directory-sync-status')}
  one person now    ${host.url}/form/notion-provision-now`);
}

const reportSchema = z.object({
	classes: z.array(z.object({ class: z.string(), seats: z.number(), perMonth: z.number().nullable() })),
	seats: z.array(z.object({ email: z.string(), class: z.string() })),
});

const lineSchema = z.object({
	action: z.string(),
	guard: z.string(),
	explanation: z.string(),
	target: z.object({ email: z.string().nullish() }),
});

function sortedEntries(record: Record<string, string>): Array<[string, string]> {
	return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}

function countWrites({ sandbox }: World): number {
	return sandbox.requests.all().filter(({ method }) => method !== 'GET').length;
}
