import { z } from 'zod';

import { filledIn } from '../host/filledIn.mts';
import type { ExecutionDetail } from '../host/n8nClient.mts';
import { poll } from '../host/poll.mts';
import { raisedIn } from './alerts.mts';
import type { Offboarding } from './leaver.mts';
import { COMPANY_ZONE, workflowFile, type World } from './world.mts';

/** The name that the workflows show in place of a directory until one is picked. */
const SOURCE = 'Directory source: list';

/** The employees besides those who were hired; the second owner is not in any directory. */
const STAFF = [
	{ id: '1001', email: 'owner@example.com', givenName: 'Grace', familyName: 'Osei', department: 'Board' },
	{ id: '1002', email: 'admin@example.com', givenName: 'Ingrid', familyName: 'Solberg', department: 'IT' },
];

/** The expected class of each seat, after the hires, the leaver and the emergency. */
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

/** The results of both workflows. */
export interface Comparison {
	/** By class: the number of seats, and their monthly cost. */
	classes: Array<{ class: string; seats: number; perMonth: number | null }>;
	/** What directory-sync would do, in its own sentences. */
	lines: string[];
	right: boolean;
}

/**
 * Imports the licence report with the removal of seats, directory-sync with its callers, access-review and
 * import-members. Their directory is BambooHR.
 */
export async function startDirectory(world: World, { credentials }: Offboarding): Promise<Directory> {
	const { client } = world.host;
	for (const employee of STAFF) world.hris.staff.setEmployee({ ...employee, startDate: '2020-01-06' });
	const bambooHr = world.subWorkflows['HRIS source: BambooHR'];
	if (bambooHr === undefined) throw new Error('The source for BambooHR is not there');
	const add = async (
		job: string,
		values: Record<string, Record<string, unknown>> = {},
		calls: Record<string, string> = {},
	) => {
		const file = await workflowFile(job);
		const { id } = await client.importWorkflow(filledIn(file, values), {
			credentials,
			subWorkflows: {
				[SOURCE]: bambooHr,
				'Directory source': bambooHr,
				...calls,
				...raisedIn(file, world.subWorkflows['Raise alert']),
			},
		});
		return id;
	};
	const publish = async (...workflow: Parameters<typeof add>) => {
		const id = await add(...workflow);
		await client.publish(id);
		return id;
	};
	const sender = { fromEmail: 'n8n@example.com' };
	const toAdmins = { ...sender, toEmail: 'it@example.com' };
	const licenseId = await publish('license-reconciliation', {
		Reconcile: { costPerSeat: 20, currency: 'EUR', contractedSeats: 10, renewalDate: '2031-02-01' },
		'Mail report': toAdmins,
	});
	const endSeats = await publish('end-seats', { 'Mail what became of each': sender });
	await publish(
		'license-removal',
		{ 'Make the request': { approvers: 'security@example.com' }, 'Tell the approvers': sender },
		{ 'End the seats': endSeats },
	);
	const syncId = await publish(
		'directory-sync',
		{ 'Tell the admins': toAdmins, 'Ask for approval': toAdmins },
		{ 'Read the directory': bambooHr },
	);
	await publish('directory-sync-status');
	await publish('directory-sync-approval', {}, callsTo(syncId, 'Carry them out', 'Run the sync'));
	await publish('group-teamspace-sync', { HrisEvents: { timeZone: COMPANY_ZONE } }, callsTo(syncId, 'Sync the groups'));
	await publish(
		'provision-now',
		{ 'Send mail': toAdmins },
		callsTo(syncId, 'Look at the person', 'Provision', 'Look again'),
	);
	await publishAccessReview(world, { credentials, source: bambooHr, raise: world.subWorkflows['Raise alert'] });
	// A person starts it by hand only.
	await add('import-members');
	return { licenseId, syncId };
}

function callsTo(workflowId: string, ...nodes: string[]): Record<string, string> {
	return Object.fromEntries(nodes.map((node) => [node, workflowId]));
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

/** Runs the report and the sync, which as delivered is a dry run. */
export async function compareDirectory(world: World, { licenseId, syncId }: Directory): Promise<Comparison> {
	const { client } = world.host;
	const run = async (workflowId: string, trigger: string): Promise<ExecutionDetail> => {
		const id = await client.runManually(workflowId, trigger);
		return await client.waitForExecution((execution) => execution.id === id, { workflowId, within: 120_000 });
	};
	const writesBefore = countWrites(world);
	const report = await run(licenseId, 'MakeReport');
	// The schedule begins a run within a minute of publishing, and only one run compares at a time.
	const sync = await poll(
		async () => {
			const own = await run(syncId, 'RunNow');
			return own.nodesRun.includes('Plan changes') || own.status !== 'success' ? own : undefined;
		},
		'a run of its own',
		60_000,
	);
	const { classes, seats } = reportSchema.parse(report.items('Reconcile')[0]);
	const found = Object.fromEntries(seats.map((seat) => [seat.email, seat.class]));
	const { told } = summarySchema.parse(sync.items('Plan changes', 2)[0]);
	const doing = told.filter(({ action }) => action !== 'none');
	return {
		classes: classes.filter(({ seats: count }) => count > 0),
		lines: doing.map(({ action, kind, why }) => `${action}: ${why}${kind === 'planned' ? '' : ` (${kind})`}`),
		right:
			report.status === 'success' &&
			sync.status === 'success' &&
			JSON.stringify(sortedEntries(found)) === JSON.stringify(sortedEntries(EXPECTED_SEATS)) &&
			doing.some(({ action, who }) => action === 'user.remove' && who.includes('maria@example.com')) &&
			countWrites(world) === writesBefore,
	};
}

/** Tells the user where to look. */
export function showDirectory({ host }: World, { formUser }: Offboarding): void {
	console.log(`
The pages about the whole directory, behind the same password as the alerts (${formUser.user}):

  seats and costs   ${host.webhookUrl('notion-license-report')}
  directory sync    ${host.webhookUrl('notion-directory-sync-status')}
  one person now    ${host.url}/form/notion-provision-now (with n8n's own sign-in, then Allow access)`);
}

const reportSchema = z.object({
	classes: z.array(z.object({ class: z.string(), seats: z.number(), perMonth: z.number().nullable() })),
	seats: z.array(z.object({ email: z.string(), class: z.string() })),
});

/** The summary of a first run, with every change that it would make. */
const summarySchema = z.object({
	told: z.array(z.object({ kind: z.string(), action: z.string(), who: z.string(), why: z.string() })),
});

function sortedEntries(record: Record<string, string>): Array<[string, string]> {
	return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}

function countWrites({ sandbox }: World): number {
	return sandbox.requests.all().filter(({ method }) => method !== 'GET').length;
}
