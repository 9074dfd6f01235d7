import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { HRIS_HEADER, startWorld, type World } from '../../../demo/world.mts';
import { poll } from '../../../host/poll.mts';

const AUDIT_TABLE = 'notion_onboarding_audit';
const WORKFLOW_FILE = join('workflows', 'onboarding', 'onboarding.json');

/** Where the map of Settings speaks of this department: it is JSON within the workflow's JSON. */
const SALES = String.raw`\"Sales\": [`;

const answerSchema = z.object({
	results: z.array(
		z.object({
			record: z.number(),
			employeeId: z.string(),
			email: z.string(),
			outcome: z.string(),
			groupsJoined: z.array(z.string()),
			groupsMissing: z.array(z.string()),
			needsPerson: z.boolean(),
			error: z.string(),
			tryAgain: z.boolean(),
		}),
	),
});

let folder: string;
let world: World;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'onboarding-'));
	world = await startWorld({ folder });
}, 120_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.requests.clear();
});

describe('the onboarding workflow', () => {
	// First of all tests, because it needs an n8n in which the audit table does not exist yet.
	it('survives that twenty hires arrive at once when it was never used before', async () => {
		const emails = Array.from({ length: 20 }, (_, index) => `hire${index}@example.com`);

		const answers = await Promise.all(
			emails.map(async (email) => await deliver(person(email, 'Engineering'))),
		);

		expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 200));
		expect(emails.map(groupsOf)).toEqual(emails.map(() => ['All Staff', 'Engineering']));
		const rows = await world.host.client.rows(AUDIT_TABLE);
		expect(rows.map(({ email }) => email).sort()).toEqual([...emails].sort());
		expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
		const tables = await world.host.client.dataTables();
		expect(tables.filter(({ name }) => name.includes('onboarding'))).toHaveLength(1);
	}, 120_000);

	it('makes a hire of the HRIS a member with the groups of the department', async () => {
		const { status, results } = await deliver(await example('1-hire.json'));

		expect(status).toBe(200);
		expect(results).toEqual([
			expect.objectContaining({
				employeeId: '1204',
				email: 'grace@example.com',
				outcome: 'created',
				groupsJoined: ['All Staff', 'Engineering'],
				groupsMissing: [],
				needsPerson: false,
				error: '',
			}),
		]);
		const member = world.sandbox.workspace.userByEmail('grace@example.com');
		expect(member).toMatchObject({ standing: 'member', role: 'member' });
		expect(member?.profile.name).toMatchObject({ givenName: 'Grace', familyName: 'Hopper' });
		expect(groupsOf('grace@example.com')).toEqual(['All Staff', 'Engineering']);
		expect(await recordsOf('grace@example.com')).toEqual([
			expect.objectContaining({
				employeeId: '1204',
				displayName: 'Grace Hopper',
				department: 'Engineering',
				action: 'Created',
				startAt: '2026-02-02',
				groupsWanted: 'All Staff, Engineering',
				outcome: 'created',
				userId: member?.id,
				groupsJoined: 'All Staff, Engineering',
				groupsMissing: '',
				needsPerson: false,
				error: '',
			}),
		]);
	});

	it('lets somebody join whose name Notion does not change, and records what it kept', async () => {
		world.sandbox.workspace.addUser({
			email: 'ken@contractor.example',
			name: { formatted: 'Ken Thompson' },
		});

		const { status, results } = await deliver(person('ken@contractor.example', 'Engineering'));

		expect(status).toBe(200);
		expect(results).toEqual([
			expect.objectContaining({
				outcome: 'notTaken',
				groupsJoined: ['All Staff', 'Engineering'],
				error: expect.stringContaining('Ken Thompson'),
				tryAgain: false,
			}),
		]);
		expect(groupsOf('ken@contractor.example')).toEqual(['All Staff', 'Engineering']);
	});

	it('changes nothing when the same hire arrives again, and records that', async () => {
		await deliver(person('twice@example.com', 'Sales'));
		world.sandbox.requests.clear();

		const { status, results } = await deliver(person('twice@example.com', 'Sales'));

		expect(status).toBe(200);
		expect(results).toEqual([
			expect.objectContaining({ outcome: 'unchanged', groupsJoined: ['All Staff', 'Sales'] }),
		]);
		expect(writes()).toEqual([]);
		const outcomes = (await recordsOf('twice@example.com')).map(({ outcome }) => outcome);
		expect(outcomes).toEqual(['created', 'unchanged']);
	});

	it('answers for each of several employees in one delivery, also where one is refused', async () => {
		const delivery = z
			.object({ employees: z.array(z.unknown()) })
			.parse(await example('2-two-hires.json'));
		const withoutEmail = {
			id: '1300',
			action: 'Created',
			fields: { 'First Name': { value: 'Nobody' }, Department: { value: 'Sales' } },
		};
		const [first, ...others] = delivery.employees;

		const { status, results } = await deliver({ employees: [first, withoutEmail, ...others] });

		expect(status).toBe(200);
		expect(results.map(({ employeeId, email, outcome }) => [employeeId, email, outcome])).toEqual([
			['1205', 'amina@example.com', 'created'],
			['1300', '', 'refused'],
			['1206', 'jonas@example.com', 'created'],
		]);
		expect(groupsOf('amina@example.com')).toEqual(['All Staff', 'Sales']);
		expect(groupsOf('jonas@example.com')).toEqual(['All Staff', 'Finance']);
		const jonas = world.sandbox.workspace.userByEmail('jonas@example.com');
		expect(jonas?.profile.name.familyName).toBe('Bergström');
		expect(await recordsOf('jonas@example.com')).toEqual([
			expect.objectContaining({ outcome: 'created', userId: jonas?.id, employeeId: '1206' }),
		]);
	});

	it.each([
		['no email', person('', 'Sales'), 'refused', /no email address/],
		['a malformed email', person('not-an-email', 'Sales'), 'refused', /"not-an-email" is not an email/],
		['an unknown department', person('lost@example.com', 'Astrology'), 'refused', /"Astrology" is not in Settings/],
		['no department', person('lost@example.com', ''), 'refused', /department "" is not in Settings/],
		[
			'an action that is no hire',
			{ employees: [{ id: '7', action: 'Updated', fields: { 'Work Email': 'ada@example.com' } }] },
			'ignored',
			/"Updated" is not a hire/,
		],
		[
			'ids only',
			{ type: 'employee.created', data: { companyId: '1', employeeId: '2' } },
			'refused',
			/names nobody/,
		],
	])('stores and answers a delivery with %s, and asks nothing of Notion', async (_case, body, outcome, error) => {
		const { status, results } = await deliver(body);

		expect(status).toBe(200);
		expect(results).toEqual([
			expect.objectContaining({ outcome, error: expect.stringMatching(error), tryAgain: false }),
		]);
		const rows = await world.host.client.rows(AUDIT_TABLE);
		expect(rows.find(({ id }) => id === results[0]?.record)).toMatchObject({
			outcome,
			needsPerson: outcome === 'refused',
			error: expect.stringMatching(error),
		});
		expect(world.sandbox.requests.all()).toEqual([]);
	});

	it('writes nothing for somebody who has become an owner, and asks for a person', async () => {
		await deliver(person('promoted@example.com', 'Sales'));
		world.sandbox.workspace.changeRole('promoted@example.com', 'owner');
		world.sandbox.workspace.removeFromGroup('Sales', 'promoted@example.com');
		world.sandbox.requests.clear();

		const replayed = await deliver(person('promoted@example.com', 'Sales'));
		const changed = await deliver(person('promoted@example.com', 'Finance'));

		for (const { status, results } of [replayed, changed]) {
			expect(status).toBe(200);
			expect(results).toEqual([
				expect.objectContaining({
					outcome: 'refused',
					needsPerson: true,
					error: expect.stringContaining('owner'),
				}),
			]);
		}
		expect(writes()).toEqual([]);
		expect(groupsOf('promoted@example.com')).toEqual(['All Staff']);
		expect((await recordsOf('promoted@example.com')).at(-1)).toMatchObject({ needsPerson: true });
	});

	it('says what is missing when a group fails half-way, and the repetition completes it', async () => {
		const sales = world.sandbox.workspace.groupByName('Sales');
		world.sandbox.faults.add({ method: 'PATCH', path: `/Groups/${sales?.id}`, fault: { status: 500 } });

		const first = await deliver(person('half@example.com', 'Sales'));

		expect(first.status).toBe(500);
		expect(first.results).toEqual([
			expect.objectContaining({
				outcome: 'created',
				groupsJoined: ['All Staff'],
				groupsMissing: ['Sales'],
				error: expect.stringContaining('500'),
				tryAgain: true,
			}),
		]);
		expect(await recordsOf('half@example.com')).toEqual([
			expect.objectContaining({
				outcome: 'created',
				groupsJoined: 'All Staff',
				groupsMissing: 'Sales',
				needsPerson: false,
			}),
		]);

		world.sandbox.faults.clear();
		world.sandbox.requests.clear();
		const second = await deliver(person('half@example.com', 'Sales'));

		expect(second.status).toBe(200);
		expect(groupsOf('half@example.com')).toEqual(['All Staff', 'Sales']);
		expect(writes()).toEqual([`PATCH /scim/v2/Groups/${sales?.id}`]);
		expect((await recordsOf('half@example.com')).at(-1)).toMatchObject({
			outcome: 'unchanged',
			groupsJoined: 'All Staff, Sales',
			groupsMissing: '',
		});
	});

	it('asks the HRIS to try again while Notion is down, and then completes', async () => {
		world.sandbox.faults.add({ path: '/scim/v2/', fault: { status: 503 } });

		const first = await deliver(person('patient@example.com', 'Finance'));

		expect(first.status).toBe(500);
		expect(first.results).toEqual([
			expect.objectContaining({
				outcome: 'failed',
				groupsMissing: ['All Staff', 'Finance'],
				needsPerson: false,
				tryAgain: true,
			}),
		]);
		expect(await recordsOf('patient@example.com')).toEqual([
			expect.objectContaining({ outcome: 'failed', error: expect.stringContaining('503') }),
		]);

		world.sandbox.faults.clear();
		const second = await deliver(person('patient@example.com', 'Finance'));

		expect(second.status).toBe(200);
		expect(groupsOf('patient@example.com')).toEqual(['All Staff', 'Finance']);
	}, 180_000);

	it('refuses a wrong header and runs nothing', async () => {
		const idsOfExecutions = async () =>
			(await world.host.client.executions(world.onboarding.id)).map(({ id }) => id);
		const before = await idsOfExecutions();

		const response = await send(person('intruder@example.com', 'Sales'), { secret: 'wrong' });

		expect(response.status).toBe(403);
		expect(await idsOfExecutions()).toEqual(before);
		expect(world.sandbox.requests.all()).toEqual([]);
	});

	it('makes missing groups only where Settings say so', async () => {
		const guild: [string, string] = [SALES, String.raw`\"Guild\": [\"Guild\"], ${SALES}`];
		const strict = await importVariant('strict', [guild]);
		const generous = await importVariant('generous', [
			guild,
			['"value": false', '"value": true'],
		]);

		const refused = await deliver(person('guild@example.com', 'Guild'), { path: strict });

		expect(refused.status).toBe(200);
		expect(refused.results).toEqual([
			expect.objectContaining({
				outcome: 'created',
				groupsMissing: ['Guild'],
				needsPerson: true,
				error: expect.stringContaining('No group is called "Guild"'),
			}),
		]);

		const joined = await deliver(person('guild@example.com', 'Guild'), { path: generous });

		expect(joined.results).toEqual([
			expect.objectContaining({ outcome: 'unchanged', groupsJoined: ['Guild'], groupsMissing: [] }),
		]);
		expect(groupsOf('guild@example.com')).toEqual(['Guild']);
	});

	it('does not take a Notion node that was switched off for a success', async () => {
		const handsOn = '"onError": "continueErrorOutput"';
		const path = await importVariant('unfinished', [[handsOn, `${handsOn}, "disabled": true`]]);

		const { status, results } = await deliver(person('unlucky@example.com', 'Sales'), { path });

		expect(status).toBe(500);
		expect(results).toEqual([
			expect.objectContaining({ outcome: 'failed', error: expect.stringContaining('could not run') }),
		]);
		expect(world.sandbox.requests.all()).toEqual([]);
	});

	it('stores what failed unexpectedly, such as a mistake in Settings', async () => {
		const path = await importVariant('broken', [[SALES, `${SALES}[`]]);

		const { status } = await send(person('stored@example.com', 'Sales'), { path });

		expect(status).toBe(500);
		const row = await poll(
			async () =>
				(await world.host.client.rows(AUDIT_TABLE)).find(({ error }) =>
					String(error).startsWith('Settings:'),
				),
			'the failure to be stored',
			20_000,
		);
		expect(row).toMatchObject({ outcome: 'failed', needsPerson: true });
		expect(world.sandbox.workspace.userByEmail('stored@example.com')).toBeUndefined();
	});
});

/** What an iPaaS step sends. */
function person(email: string, department: string) {
	const [name = ''] = email.split('@');
	return { person: { email, department, displayName: name, title: 'Colleague' } };
}

async function example(file: string): Promise<unknown> {
	return JSON.parse(await readFile(join('demo', 'hires', file), 'utf8'));
}

interface SendOptions {
	secret?: string;
	/** Webhook of a variant of the workflow. */
	path?: string;
}

async function send(body: unknown, { secret, path = 'notion-onboarding' }: SendOptions = {}) {
	const response = await fetch(world.host.webhookUrl(path), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', [HRIS_HEADER]: secret ?? world.hrisSecret },
		body: JSON.stringify(body),
	});
	return { status: response.status, text: await response.text() };
}

async function deliver(body: unknown, options: SendOptions = {}) {
	const { status, text } = await send(body, options);
	return { status, results: answerSchema.parse(JSON.parse(text)).results };
}

/** Publishes the workflow with texts of its file replaced, at a webhook of its own. */
async function importVariant(
	name: string,
	replacements: Array<[inFile: string, replacement: string]>,
): Promise<string> {
	const path = `notion-onboarding-${name}`;
	let text = await readFile(WORKFLOW_FILE, 'utf8');
	const inFile: typeof replacements = [['"path": "notion-onboarding"', `"path": "${path}"`]];
	for (const [from, to] of [...inFile, ...replacements]) {
		if (!text.includes(from)) throw new Error(`The workflow does not contain ${from}`);
		text = text.replace(from, to);
	}
	const httpHeaderAuth = await world.host.client.createCredential({
		type: 'httpHeaderAuth',
		name: `HRIS webhook of ${name}`,
		data: { name: HRIS_HEADER, value: world.hrisSecret },
	});
	const notionScimApi = await world.host.client.createCredential({
		type: 'notionScimApi',
		name: `Notion SCIM of ${name}`,
		data: { token: world.sandbox.token },
	});
	const { id } = await world.host.client.importWorkflow(JSON.parse(text), {
		name,
		credentials: { httpHeaderAuth, notionScimApi },
	});
	await world.host.client.publish(id);
	return path;
}

function groupsOf(email: string): string[] {
	return [...world.sandbox.workspace.groupNames(email)].sort();
}

async function recordsOf(email: string) {
	return (await world.host.client.rows(AUDIT_TABLE)).filter((row) => row['email'] === email);
}

function writes(): string[] {
	return world.sandbox.requests
		.all()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}
