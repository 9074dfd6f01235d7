import { calledWith } from '../../../canvas/nodes.mts';
import { Workflow } from '../../../canvas/workflow.mts';
import { poll } from '../../../host/poll.mts';
import { daysFromNow, SOURCE, startSweepWorld, type SweepWorld } from './sweepWorld.mts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

let world: SweepWorld;

beforeAll(async () => {
	world = await startSweepWorld();
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(async () => {
	await world.forget();
	// An event has come lately, so that silence is no matter here.
	await world.store('claims', {
		key: 'Notion onboarding|bamboohr||e-1|1',
		execution: '1',
		state: 'done',
	});
});

function leaver(id: string, { email = `leaver${id}@example.com`, lastDay = daysFromNow(-3) } = {}) {
	world.sandbox.workspace.addUser({ email, name: { formatted: `Leaver ${id}` } });
	world.hris.staff.setEmployee({
		id,
		email,
		givenName: 'Leaver',
		familyName: id,
		startDate: '2020-01-01',
		endDate: lastDay,
	});
	return email;
}

const isMember = (email: string) =>
	world.sandbox.workspace.userByEmail(email)?.standing === 'member';
const removals = () => world.writes().filter((write) => /^(DELETE|PATCH) .*\/Users\//.test(write));
const alarms = async () =>
	(await world.rows('alarms')).map(({ key, text }) => `${String(key)}: ${String(text)}`);

describe('the nightly comparison', () => {
	it('locks out whoever was missed, once, and leaves everybody else alone', async () => {
		const missed = leaver('201');
		const works = leaver('202', { lastDay: daysFromNow(2) });
		const stays = 'stays@example.com';
		world.sandbox.workspace.addUser({ email: stays });
		world.hris.staff.setEmployee({ id: '203', email: stays, startDate: '2020-01-01' });
		const before = world.sandbox.workspace.members().length;

		const run = await world.run('Nightly');
		await world.run('Nightly');

		expect(run.error).toBeUndefined();
		expect(isMember(missed)).toBe(false);
		expect(isMember(works)).toBe(true);
		expect(isMember(stays)).toBe(true);
		expect(world.sandbox.workspace.members()).toHaveLength(before - 1);
		expect(removals()).toHaveLength(1);
		expect(await world.rows('leaverAudit')).toEqual([
			expect.objectContaining({
				email: missed,
				outcome: 'removed',
				verified: true,
				requestedBy: 'Nightly sweep',
			}),
		]);
		expect(await alarms()).toEqual([]);
	}, 120_000);

	it('finds by its link somebody whose address the HRIS has cleared', async () => {
		const email = leaver('204');
		world.hris.staff.clearEmail('204');
		const userId = world.sandbox.workspace.userByEmail(email)?.id ?? '';
		await world.store('peopleLinks', { source: 'bamboohr', employeeId: '204', email, userId });

		const run = await world.run('Nightly');

		expect(run.error).toBeUndefined();
		expect(isMember(email)).toBe(false);
		expect(removals()).toHaveLength(1);
	}, 120_000);

	it('does not remove again who is gone already', async () => {
		const email = leaver('205');
		world.sandbox.workspace.removeUser(email);
		await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '205',
			email,
			outcome: 'removed',
			verified: true,
		});

		await world.run('Nightly');

		expect(world.writes()).toEqual([]);
		expect(await alarms()).toEqual([]);
	}, 120_000);

	it.each([
		[
			'Notion does not answer',
			() => world.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 500 } }),
			/Notion's members could not be read/,
		],
		[
			'the list of Notion has gaps',
			() => giveListWithGaps('leaver206@example.com'),
			/Notion's members could not be read/,
		],
		[
			'the HRIS answers with an error',
			() => world.hris.fail({ status: 500 }),
			/HRIS could not be read/,
		],
		[
			'a proxy answers for the HRIS',
			() => world.hris.fail({ html: true }),
			/HRIS could not be read/,
		],
	])(
		'touches nobody while %s',
		async (_case, breakIt, why) => {
			const email = leaver('206');
			breakIt();

			const run = await world.run('Nightly');

			expect(run.status).toBe('error');
			expect(isMember(email)).toBe(true);
			expect(world.writes()).toEqual([]);
			expect(await alarms()).toEqual([
				expect.stringMatching(new RegExp(`^sweep: reading: .*nobody was touched.*${why.source}`)),
			]);
		},
		180_000,
	);

	it.each([
		[
			'that is not whole',
			[
				{
					manifest: true,
					source: 'bamboohr',
					readAt: '2026-11-20T00:00:00Z',
					pages: 1,
					count: 1,
					complete: false,
				},
			],
		],
		['that does not say whether it is whole', []],
		[
			'of which a part is missing',
			[
				{
					manifest: true,
					source: 'bamboohr',
					readAt: '2026-11-20T00:00:00Z',
					pages: 1,
					count: 2,
					complete: true,
				},
			],
		],
	])(
		'touches nobody for a list of the HRIS %s',
		async (_case, end) => {
			const email = leaver('206');
			const record = {
				found: true,
				source: 'bamboohr',
				sourceId: '206',
				status: 'inactive',
				active: false,
				email,
				endDate: daysFromNow(-3),
			};
			const source = await world.publishDrawn(sourceWorkflow([record, ...end]));
			const sweep = await world.importSweep({ subWorkflows: { ...world.ids, [SOURCE]: source } });

			const run = await world.run('Nightly', sweep);

			expect(run.status).toBe('error');
			expect(isMember(email)).toBe(true);
			expect(world.writes()).toEqual([]);
			expect(await alarms()).toEqual([
				expect.stringMatching(/^sweep: reading: .*nobody was touched/),
			]);
		},
		120_000,
	);

	it('lists who can be matched neither by link nor by address, and tells each once', async () => {
		world.hris.staff.setEmployee({
			id: '207',
			givenName: 'No',
			familyName: 'Address',
			startDate: '2020-01-01',
			endDate: daysFromNow(-3),
		});
		world.hris.staff.setEmployee({
			id: '208',
			email: 'never@example.com',
			givenName: 'Never',
			familyName: 'Here',
			startDate: '2020-01-01',
			endDate: daysFromNow(-3),
		});
		world.hris.staff.setEmployee({
			id: '209',
			email: 'lovelace@example.com',
			givenName: 'Ada',
			familyName: 'Lovelace',
			startDate: '2020-01-01',
			endDate: daysFromNow(-3),
		});

		await world.run('Nightly');
		await world.run('Nightly');

		const rows = await world.rows('alarms');
		expect(rows.map(({ key }) => key)).toEqual(Array(3).fill('sweep: unmatched'));
		const texts = Object.fromEntries(
			rows.map(({ text, state }) => [/bamboohr (\d+)/.exec(String(text))?.[1], [state, text]]),
		);
		expect(texts['207']).toEqual(['open', expect.stringContaining('the HRIS has no address')]);
		expect(texts['208']).toEqual(['note', expect.stringContaining('never@example.com')]);
		expect(texts['209']).toEqual(['open', expect.stringContaining('ada@example.com')]);
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('asks a person where the HRIS does not say that somebody has left', async () => {
		const email = leaver('210');
		world.hris.staff.setEmployee({ id: '210', email, startDate: '2020-01-01', status: 'Inactive' });
		world.hris.staff.withdrawTermination('210');

		await world.run('Nightly');

		expect(isMember(email)).toBe(true);
		expect(await alarms()).toEqual([expect.stringMatching(/^sweep: unclear: .*bamboohr 210/)]);
	}, 120_000);

	it('leaves to a person who was held by the limit', async () => {
		const email = leaver('211');
		await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '211',
			email,
			outcome: 'held',
			needsPerson: true,
			error: 'The limit.',
		});

		await world.run('Nightly');

		expect(isMember(email)).toBe(true);
		expect(world.writes()).toEqual([]);
		expect((await alarms()).join('\n')).toMatch(/offboarding: held: 1 leavers are still members/);
	}, 120_000);

	it('tells of what was left lying, and releases claims of executions that died', async () => {
		world.sandbox.workspace.addUser({ email: 'orphan@example.com' });
		const orphan = await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '301',
			email: 'orphan@example.com',
			outcome: 'intended',
		});
		await world.age('leaverAudit', orphan, { createdAt: ago(16) });
		await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '302',
			email: 'young@example.com',
			outcome: 'intended',
		});
		const ended = await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '303',
			email: 'ended@example.com',
			outcome: 'intended',
		});
		await world.age('leaverAudit', ended, { createdAt: ago(60) });
		await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '303',
			email: 'ended@example.com',
			outcome: 'removed',
		});
		const gone = await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '304',
			email: 'gone@example.com',
			outcome: 'intended',
		});
		await world.age('leaverAudit', gone, { createdAt: ago(60) });
		const acknowledged = await world.store('alarms', {
			key: 'old',
			text: 'Old.',
			state: 'acknowledged',
		});
		await world.age('alarms', acknowledged, { updatedAt: ago(61 * 24 * 60) });
		const open = await world.store('alarms', { key: 'open', text: 'Open.', state: 'open' });
		await world.age('alarms', open, { updatedAt: ago(61 * 24 * 60) });
		const copy = await world.store('claims', {
			key: 'Notion onboarding|bamboohr||e-1|1',
			execution: '78',
			state: 'working',
		});
		await world.age('claims', copy, { createdAt: ago(16) });
		const dead = await world.store('claims', {
			key: 'Offboarding: lockdown|bamboohr||e-7|7',
			execution: '77',
			state: 'working',
		});
		await world.age('claims', dead, { createdAt: ago(16) });
		await world.store('scheduledChanges', {
			kind: 'hire',
			state: 'needsPerson',
			dueAt: ago(1).toISOString(),
			email: 'hire@example.com',
			note: 'No department.',
		});
		await world.store('scheduledChanges', {
			kind: 'hire',
			state: 'waiting',
			dueAt: ago(61).toISOString(),
			email: 'late@example.com',
		});

		await world.run('Nightly');

		const told = Object.fromEntries(
			(await world.rows('alarms')).map(({ key, text }) => [key, text]),
		);
		expect(Object.keys(told).sort()).toEqual([
			'open',
			'sweep: dead claims',
			'sweep: late rows',
			'sweep: orphans',
			'sweep: orphans gone',
			'sweep: rows',
		]);
		expect(told['sweep: orphans']).toContain('orphan@example.com');
		expect(told['sweep: orphans']).not.toMatch(/young|ended|gone@/);
		expect(told['sweep: orphans gone']).toContain('gone@example.com');
		expect(await world.rows('leaverAudit')).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ id: gone, outcome: 'alreadyGone' }),
				expect.objectContaining({ id: orphan, outcome: 'intended' }),
			]),
		);
		expect(told['sweep: dead claims']).toContain('execution 77');
		expect(told['sweep: dead claims']).not.toContain('execution 78');
		expect(told['sweep: rows']).toContain('hire@example.com');
		for (const ended of [dead, copy]) {
			expect((await world.rows('claims')).find(({ id }) => id === ended)).toMatchObject({
				state: 'released',
			});
		}
	}, 120_000);

	it('has a removal finished of which nothing was heard, and which was done', async () => {
		const email = leaver('310');
		world.sandbox.workspace.removeUser(email);
		const begun = await world.store('leaverAudit', {
			source: 'bamboohr',
			employeeId: '310',
			email,
			outcome: 'intended',
		});
		await world.age('leaverAudit', begun, { createdAt: ago(60) });

		const run = await world.run('Nightly');

		expect(run.error).toBeUndefined();
		// Whoever died with it could not say whom it had removed; the lockdown tells that.
		expect(await alarms()).toEqual([expect.stringMatching(/^offboarding: bamboohr 310: /)]);
		expect((await world.rows('leaverAudit')).map(({ outcome }) => outcome)).toContain('removed');
		const kinds = (await world.rows('scheduledChanges')).map(({ kind }) => kind);
		expect(new Set(kinds)).toEqual(new Set(['watch', 'remind']));
	}, 120_000);

	it('raises an alarm when the HRIS is silent, and forgets claims of long ago', async () => {
		const old = await world.store('claims', {
			key: 'Notion onboarding|bamboohr||e-2|2',
			execution: '2',
			state: 'done',
		});
		const unfinished = await world.store('claims', {
			key: 'Offboarding sweep|||scheduled:4|x',
			execution: '3',
			state: 'done',
		});
		const [newest] = await world.rows('claims');
		await world.age('claims', Number(newest?.['id']), {
			createdAt: new Date(Date.now() - 15 * DAY),
		});
		await world.age('claims', old, { createdAt: new Date(Date.now() - 61 * DAY) });

		await world.run('Nightly');

		const date = new Date(Date.now() - 15 * DAY).toISOString().slice(0, 10);
		expect(await alarms()).toEqual([
			expect.stringContaining(`sweep: silence: The last event of the HRIS arrived on ${date}`),
		]);
		expect((await world.rows('claims')).map(({ id }) => id)).toEqual([newest?.['id'], unfinished]);
	}, 120_000);
});

describe('after a crash', () => {
	it('catches, once, a leaver whose event was acknowledged and died with n8n', async () => {
		const email = leaver('401');
		const acknowledged = await world.tellOffboarding({
			kind: 'left',
			source: 'bamboohr',
			eventId: 'crash-1',
			employeeId: '401',
		});
		await world.host.kill();
		expect(acknowledged).toBe(200);
		await world.host.restart();
		expect(isMember(email)).toBe(true);
		world.sandbox.requests.clear();

		await world.run('Nightly');
		await world.run('Nightly');

		expect(isMember(email)).toBe(false);
		expect(removals()).toHaveLength(1);
		expect(
			(await world.rows('leaverAudit')).filter(({ outcome }) => outcome === 'removed'),
		).toHaveLength(1);
	}, 180_000);

	it('acts, once, on a row whose day came while n8n was down', async () => {
		const email = leaver('402', { lastDay: daysFromNow(-1) });
		const id = await world.store('scheduledChanges', {
			kind: 'leave',
			state: 'waiting',
			dueAt: new Date(Date.now() + 3_000).toISOString(),
			source: 'bamboohr',
			employeeId: '402',
			email,
			effectiveDate: daysFromNow(-1),
			timeZone: 'UTC',
		});
		await world.host.kill();
		await world.host.restart();
		await poll(
			async () =>
				Date.now() > Date.parse(String((await world.rows('scheduledChanges'))[0]?.['dueAt'])),
			'the row to be due',
			20_000,
		);

		await Promise.all([world.run('EveryFiveMinutes'), world.run('EveryFiveMinutes')]);
		await world.run('Nightly');

		expect(isMember(email)).toBe(false);
		expect(removals()).toHaveLength(1);
		expect((await world.rows('scheduledChanges')).find((row) => row['id'] === id)).toMatchObject({
			state: 'done',
		});
	}, 180_000);
});

/** Notion names one member, whatever page is asked for, and says that there are nine. */
function giveListWithGaps(email: string) {
	const userName = email;
	const id = world.sandbox.workspace.userByEmail(email)?.id;
	const body = {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
		totalResults: 9,
		startIndex: 1,
		itemsPerPage: 1,
		Resources: [
			{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id, userName, active: true },
		],
	};
	world.sandbox.faults.add({
		method: 'GET',
		path: '/Users',
		fault: {
			status: 200,
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/scim+json' },
		},
	});
}

/** Stands in for the HRIS, and gives out just these items. */
function sourceWorkflow(items: object[]): Workflow {
	const workflow = new Workflow('Source that is given');
	workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: calledWith('ask', 'employeeId', 'companyId', 'email', 'since'),
		at: [0, 0],
	});
	workflow.add({
		name: 'Answer',
		type: 'code',
		version: 2,
		parameters: { jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));` },
		at: [1, 0],
	});
	workflow.chain('WhenCalled', 'Answer');
	return workflow;
}
