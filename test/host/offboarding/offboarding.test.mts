import { poll } from '../../../host/poll.mts';
import {
	ALERTS,
	BROKEN,
	CHANGES,
	COMPANY_ID,
	EVIDENCE,
	type OffboardingWorld,
	type Row,
	startOffboarding,
} from './offboardingWorld.mts';

const MANAGER = 'grace@example.com';
const FOLLOW_UPS = ['watch', 'watch', 'watch', 'remind', 'remind'];

let world: OffboardingWorld;
let nextId = 200;

beforeAll(async () => {
	world = await startOffboarding({ settings: { removalLimit: 1000 } });
	world.hris.staff.setEmployee({
		id: '100',
		email: MANAGER,
		givenName: 'Grace',
		familyName: 'Hopper',
		startDate: '2020-01-01',
	});
}, 120_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.requests.clear();
	world.sandbox.setSwitches({ gateway404: 'off' });
	world.hris.heal();
	world.mail.heal();
	world.mail.clear();
});

jest.setTimeout(60_000);

it('removes a leaver of today, verifies it, keeps the record and tells the manager', async () => {
	const { id, email, userId } = await employee({ groups: ['Engineering'] });
	world.hris.staff.terminate(id, day(-1));

	await world.tell(changed(id));

	expect(world.sandbox.workspace.isMember(email)).toBe(false);
	const [row, ...others] = await leaves(id);
	expect(others).toEqual([]);
	expect(row).toMatchObject({
		state: 'done',
		outcome: 'removed',
		source: 'bamboohr',
		email,
		userId,
		impact: 1,
		managerEmail: MANAGER,
		effectiveAt: `${day(0)}T00:00:00.000Z`,
	});
	expect(await records(row)).toMatchObject([
		{ person: { id: userId, email }, groups: [{ displayName: 'Engineering' }], foundBy: 'link', verified: true },
	]);
	expect(await scheduled(id)).toEqual(FOLLOW_UPS);
	const [mail] = world.mail.mailsTo(MANAGER);
	expect(mail?.subject).toContain('no longer has access to Notion');
	expect(mail?.text).toContain(email);
	expect(mail?.text).toContain('groups: Engineering');
	expect(mail?.text).toContain(`can be transferred to another person until ${day(30)}`);
	expect(await alertsOf(id)).toEqual([]);
	expect(await lastStatus()).toBe('success');
});

describe('what the HRIS says now counts', () => {
	it('leaves a person alone who is gone and whose record is edited later', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		await world.tell(changed(id));
		const removals = removalsAtNotion();

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(removals);
		expect(outcomes(await leaves(id))).toEqual(['removed', 'alreadyGone']);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		expect(await alertsOf(id)).toEqual([]);
		expect(await lastStatus()).toBe('success');
	});

	it('lets a person stay who was hired again, when an old event about their leaving arrives', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-3));
		world.hris.staff.rehire(id, day(0));

		await world.call({ kind: 'left', source: 'bamboohr', employeeId: id, eventId: `old ${id}` });

		const [look = {}] = await leaves(id);
		expect(look).toMatchObject({ state: 'retry', employeeId: id });
		await world.call(look);

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(removalsAtNotion()).toBe(0);
		expect(await leaves(id)).toMatchObject([{ id: look['id'], state: 'withdrawn', outcome: 'stays' }]);
	});

	it('reads the HRIS once more where it lags behind its own event', async () => {
		const { id, email } = await employee();
		await world.call({ kind: 'left', source: 'bamboohr', employeeId: id, eventId: `early ${id}` });
		const [look] = await leaves(id);
		expect(look).toMatchObject({ state: 'retry', employeeId: id });
		world.hris.staff.terminate(id, day(-1));

		await world.call(look ?? {});

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await leaves(id)).toMatchObject([{ id: look?.['id'], outcome: 'removed' }]);
	});

	it.each(['the leaving first', 'the hire first'])(
		'keeps a person who moved to another company of the group: %s',
		async (order) => {
			const { id, email, userId } = await employee();
			const otherId = String(nextId++);
			const hire = async () => {
				world.hris.staff.setEmployee({ id: otherId, email, givenName: 'Lea', startDate: day(0) });
				await world.link({ source: 'bamboohr', employeeId: otherId, companyId: COMPANY_ID, email, userId });
				await world.tell(changed(otherId));
			};
			const leave = async () => {
				world.hris.staff.terminate(id, day(-1));
				// The HRIS has both before the first event is worked on.
				world.hris.staff.setEmployee({ id: otherId, email, givenName: 'Lea', startDate: day(0) });
				await world.tell(changed(id));
			};

			await (order === 'the hire first' ? hire() : leave());
			await (order === 'the hire first' ? leave() : hire());

			expect(world.sandbox.workspace.isMember(email)).toBe(true);
			expect(removalsAtNotion()).toBe(0);
		},
	);

	it('keeps a person who is active as another employee of the same account, under another address', async () => {
		const { id, email, userId } = await employee();
		const otherId = String(nextId++);
		const other = { id: otherId, email: `other${otherId}@example.com`, startDate: day(-9) };
		world.hris.staff.setEmployee({ ...other, givenName: 'Lea' });
		await world.link({ source: 'bamboohr', employeeId: otherId, companyId: COMPANY_ID, email: other.email, userId });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect((await leaves(id))[0]?.['reason']).toContain(`as ${otherId}`);
	});

	it('asks a person where a company that this HRIS does not know has the same account', async () => {
		const { id, email, userId } = await employee();
		await world.link({ source: 'bamboohr', employeeId: '9', companyId: 'another', email, userId });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(await alertsOf(id)).toMatchObject([{ text: expect.stringContaining('another 9') }]);
		expect(await leaves(id)).toMatchObject([{ state: 'needsPerson' }]);
		expect(await lastStatus()).toBe('error');
	});

	it('schedules a last day to come, moves it, and drops it when the HRIS takes it back', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(30));
		await world.tell(changed(id));
		expect(await open(id)).toMatchObject([
			{ state: 'scheduled', dueAt: `${day(31)}T00:00:00.000Z`, effectiveDate: day(30) },
		]);

		world.hris.staff.terminate(id, day(20));
		await world.tell(changed(id));
		expect(await open(id)).toMatchObject([
			{ state: 'scheduled', dueAt: `${day(21)}T00:00:00.000Z`, effectiveDate: day(20) },
		]);

		world.hris.staff.withdrawTermination(id);
		await world.tell(changed(id));

		expect(await open(id)).toEqual([]);
		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(removalsAtNotion()).toBe(0);
	});

	it('removes on the day what was scheduled, once', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(30));
		await world.tell(changed(id));
		const [row = {}] = await leaves(id);
		world.hris.staff.terminate(id, day(-1));

		await world.call(row, row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(1);
		expect(await leaves(id)).toMatchObject([{ id: row['id'], state: 'done', outcome: 'removed' }]);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
	});

	it('finds by the link a person whose address the HRIS has cleared', async () => {
		const { id, email, userId } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.hris.staff.clearEmail(id);

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await leaves(id)).toMatchObject([{ outcome: 'removed', userId, email }]);
	});

	it('does nothing for a change of a person who works here, or is on leave', async () => {
		const [here, away] = [await employee(), await employee()];
		world.hris.staff.setEmployee({ id: away.id, onLeave: true });

		await world.tell(inOne(here.id, away.id));

		for (const { id, email } of [here, away]) {
			expect(world.sandbox.workspace.isMember(email)).toBe(true);
			expect(await leaves(id)).toMatchObject([{ state: 'done', outcome: 'ignored' }]);
		}
		expect(world.sandbox.requests.all()).toEqual([]);
		expect(await lastStatus()).toBe('success');
	});

	it('asks a person about everyone whose record says nothing clear', async () => {
		const people = [await employee(), await employee(), await employee()];
		const [undated, parked, unknown] = people.map(({ id }) => id);
		world.hris.staff.setEmployee({ id: undated ?? '', status: 'Inactive' });
		world.hris.staff.setEmployee({ id: parked ?? '', status: 'Parked' });
		world.hris.staff.remove(unknown ?? '');

		await world.tell(inOne(...people.map(({ id }) => id)));

		for (const { id, email } of people) {
			expect(world.sandbox.workspace.isMember(email)).toBe(true);
			expect(await alertsOf(id)).toHaveLength(1);
			expect(await leaves(id)).toMatchObject([{ state: 'needsPerson' }]);
		}
		expect(await lastStatus()).toBe('error');
	});
});

describe('what goes wrong', () => {
	it('has one effect when the same delivery comes twenty times at once', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		const delivery = world.signed(changed(id));

		const statuses = await Promise.all(Array.from({ length: 20 }, async () => await world.send(delivery)));
		await world.settled(20);

		expect(statuses).toEqual(statuses.map(() => 200));
		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(1);
		const rows = await leaves(id);
		expect(rows).toMatchObject([{ outcome: 'removed' }]);
		expect(await records(rows[0])).toHaveLength(1);
		expect(await scheduled(id)).toEqual(FOLLOW_UPS);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		const executions = (await world.executions()).slice(0, 20);
		expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
	});

	it('tries again later while the HRIS is down, and loses nothing', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.hris.fail({ status: 503 });

		const before = Date.now();
		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		const [row = {}] = await leaves(id);
		expect(row).toMatchObject({ state: 'retry', attempts: 1 });
		expect(Date.parse(String(row['dueAt'])) - before).toBeGreaterThan(4 * 60_000);
		expect(await lastAlert()).toMatchObject({ key: 'offboarding: HRIS unreadable' });
		expect(await lastStatus()).toBe('error');

		world.hris.heal();
		await world.call(row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await leaves(id)).toMatchObject([{ id: row['id'], state: 'done', outcome: 'removed' }]);
	});

	it("does not take a proxy's 404 for a proof that a person is gone", async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.setSwitches({ gateway404: 'on' });

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		const [row] = await leaves(id);
		expect(row).toMatchObject({ state: 'retry' });
		expect(['notVerified', 'failed']).toContain(row?.['outcome']);
		expect((await lastAlert())?.['text']).toContain(`Number ${id}`);
		expect(await lastStatus()).toBe('error');
	});

	it('says that a removal is not verified when the answers stop after it, and completes it later', async () => {
		const { id, email, userId } = await employee({ isLinked: false });
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.faults.add({ method: 'GET', path: `/Users/${userId}`, fault: { status: 500 } });

		await world.tell(changed(id));

		const [row = {}] = await leaves(id);
		expect(row).toMatchObject({ email, state: 'retry', outcome: 'notVerified', impact: 1 });
		expect(await alertsOf(id)).toHaveLength(1);
		expect(await lastStatus()).toBe('error');
		expect(world.mail.mails()).toEqual([]);

		world.sandbox.faults.clear();
		await world.call(row);

		expect(await leaves(id)).toMatchObject([{ id: row['id'], state: 'done', outcome: 'removed', impact: 1 }]);
		expect(await scheduled(id)).toEqual(FOLLOW_UPS);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		expect(await alertsOf(id)).toHaveLength(1);
		expect(await lastStatus()).toBe('success');
	});

	it('finishes a removal whose execution failed before it could store what came of it', async () => {
		const { id, email } = await employee({ isLinked: false });
		world.hris.staff.terminate(id, day(-1));

		await failIn('Store outcome', id);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		const [row = {}] = await leaves(id);
		expect(row).toMatchObject({ state: 'retry', outcome: 'interrupted', impact: 1 });
		expect(await lastAlert()).toMatchObject({
			key: 'offboarding: failed',
			text: expect.stringContaining('failed at "Store outcome"'),
		});
		expect(world.mail.mails()).toEqual([]);
		await world.call(row);

		expect(await leaves(id)).toMatchObject([{ id: row['id'], state: 'done', outcome: 'removed' }]);
		expect(await scheduled(id)).toEqual(FOLLOW_UPS);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		// Nothing has stored that Notion had this person.
		expect(await alertsOf(id)).toMatchObject([{ text: expect.stringContaining("count as removed") }]);
	});

	it('marks for another try what an execution has stored that fails before it decides', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));

		await failIn('Read journal', id);

		expect(await lastAlert()).toMatchObject({ key: 'offboarding: failed' });
		const [row = {}] = await leaves(id);
		expect(row).toMatchObject({ state: 'retry' });
		expect(Date.parse(String(row['dueAt']))).toBeLessThanOrEqual(Date.now());
		await world.call(row);
		expect(world.sandbox.workspace.isMember(email)).toBe(false);
	});

	it('tries again later where the token is dead, and says so', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.faults.add({ path: '/scim/v2/', fault: { status: 401 } });

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		const [row = {}] = await leaves(id);
		expect(row).toMatchObject({ state: 'retry', outcome: 'failed', reason: expect.stringContaining('token') });
		expect((await lastAlert())?.['text']).toContain('token');

		world.sandbox.faults.clear();
		await world.call(row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
	});

	it('removes the others of a delivery where an owner is refused, and fails after everything is on record', async () => {
		const people = [await employee(), await employee(), await employee()];
		const owner = people[1]?.id ?? '';
		world.sandbox.workspace.changeRole(people[1]?.email ?? '', 'owner');
		for (const { id } of people) world.hris.staff.terminate(id, day(-1));

		await world.tell(inOne(...people.map(({ id }) => id)));

		expect(people.map(({ email }) => world.sandbox.workspace.isMember(email))).toEqual([false, true, false]);
		const rows = await Promise.all(people.map(async ({ id }) => outcomes(await leaves(id))));
		expect(rows).toEqual([['removed'], ['refused'], ['removed']]);
		expect(await leaves(owner)).toMatchObject([
			{ state: 'refused', impact: 0, reason: expect.stringContaining('owner') },
		]);
		expect(await alertsOf(owner)).toMatchObject([{ text: expect.stringContaining('was NOT removed') }]);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(2);
		const [execution] = await world.executions();
		const detail = await world.host.client.execution(execution?.id ?? '');
		expect(detail.status).toBe('error');
		expect(detail.error).toContain('was NOT removed');
		// The execution has told the admin itself, so its failure is no alert besides.
		expect(await lastAlert()).not.toMatchObject({ key: 'offboarding: failed' });
	});

	it('locks out also while the mail server is out of order, and says that no one was told', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.mail.fail();

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await leaves(id)).toMatchObject([{ state: 'done', outcome: 'removed' }]);
		expect(await lastAlert()).toMatchObject({
			key: 'offboarding: mail',
			text: expect.stringMatching(new RegExp(`Number ${id}.*${MANAGER}`)),
		});
		expect(await lastStatus()).toBe('success');
	});

	it('tells the fallback where there is no manager, and lets no name add a line to the mail', async () => {
		const { id } = await employee();
		world.hris.staff.setEmployee({ id, managerId: 'nobody', familyName: 'X\r\nBcc: evil@example.com\r\n\r\nhello' });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.mail.mails().map(({ to }) => to)).toEqual([['it@example.com']]);
		const [mail] = world.mail.mails();
		expect(mail?.subject).toMatch(/^Lea X Bcc: evil@example.com hello no longer has access/);
		expect(mail?.text.split('\n')[0]).toContain('Lea X Bcc: evil@example.com hello (');
	});
});

it('carries out looks and reminders that the clock hands over, without asking the HRIS', async () => {
	const { id, email } = await employee();
	world.hris.staff.terminate(id, day(-1));
	await world.tell(changed(id));
	world.mail.clear();
	world.hris.fail({ status: 503 });
	const due = (await world.rows(CHANGES, id)).filter(({ kind }) => kind === 'watch' || kind === 'remind');
	const [firstLook = {}, , , reminder = {}] = due;

	await world.call(firstLook, reminder);

	const after = (await world.rows(CHANGES, id)).filter((row) => [firstLook['id'], reminder['id']].includes(row['id']));
	expect(after).toMatchObject([
		{ kind: 'watch', state: 'done', outcome: 'gone' },
		{ kind: 'remind', state: 'done', outcome: 'told' },
	]);
	const [mail, ...more] = world.mail.mailsTo(MANAGER);
	expect(more).toEqual([]);
	expect(mail?.subject).toBe(`Until ${day(30)}: private Notion pages of Lea Number ${id} can be transferred`);
	expect(await lastStatus()).toBe('success');

	world.sandbox.workspace.addUser({ email, name: 'Lea' });
	await world.call(due[1] ?? {}, due[4] ?? {});
	expect((await lastAlert())?.['text']).toContain('is an active member of Notion again');
	expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
});

it('takes events at its webhook that have the header, and nothing else', async () => {
	const { id, email } = await employee();
	world.hris.staff.terminate(id, day(-1));
	const body = { kind: 'left', source: 'a sender', eventId: `door ${id}`, employeeId: id };

	expect(await world.post('notion-offboarding', body, 'wrong')).toBe(403);
	expect(await world.post('notion-offboarding', body)).toBe(200);
	await world.settled(1);

	expect(world.sandbox.workspace.isMember(email)).toBe(false);
	expect(await leaves(id)).toMatchObject([{ source: 'bamboohr', outcome: 'removed' }]);
});

describe('when n8n was killed between the removal and its outcome', () => {
	it('finishes once what was under way', async () => {
		const left = await killedAfterRemoval();
		// So no Error Trigger frees the row.
		await world.host.eventLog.remove();
		await world.host.restart();

		const [row = {}] = await leaves(left);
		expect(row).toMatchObject({ state: 'intended', outcome: '', impact: 1 });
		// The clock hands it over once its lease is over.
		await world.call(row);

		await expectFinishedOnce(left, row);
	});

	it('finishes once what the Error Trigger marked for another try', async () => {
		const left = await killedAfterRemoval();
		await world.host.restart();

		const row = await poll(
			async () => (await leaves(left)).find(({ outcome }) => outcome === 'interrupted'),
			'the Error Trigger',
			30_000,
		);
		expect(row).toMatchObject({ state: 'retry', impact: 1 });
		await world.call(row);

		await expectFinishedOnce(left, row);
	});
});

/** Kills n8n after a removal and before its outcome, when the log of events shows the execution. @returns the employee's ID */
async function killedAfterRemoval(): Promise<string> {
	const { id, email, userId } = await employee({ groups: ['Engineering'] });
	world.hris.staff.terminate(id, day(-1));
	// The removal is done, and the look after it gets no answer.
	world.sandbox.faults.add({ method: 'GET', path: `/Users/${userId}`, nth: 2, fault: { delayMs: 30_000 } });
	expect(await world.send(world.signed(changed(id)))).toBe(200);
	await poll(async () => (world.sandbox.workspace.isMember(email) ? undefined : true), 'the removal', 20_000);
	const [row = {}] = await leaves(id);
	const isLogged = async () => (await world.host.eventLog.startedNodes(String(row['execution']))).includes('Apply changes') || undefined;
	await poll(isLogged, 'the step to be in the log', 20_000);

	await world.host.kill();
	world.sandbox.faults.clear();
	return id;
}

async function expectFinishedOnce(employeeId: string, row: Row): Promise<void> {
	expect(await leaves(employeeId)).toMatchObject([{ id: row['id'], state: 'done', outcome: 'removed', impact: 1 }]);
	expect(await scheduled(employeeId)).toEqual(FOLLOW_UPS);
	expect(await records(row)).toHaveLength(1);
	expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
	expect(removalsAtNotion()).toBe(1);
}

/** Sends an event to the workflow with one broken node, and waits until that has been noticed. */
async function failIn(node: string, employeeId: string): Promise<void> {
	const workflowId = await world.publishBroken(node);
	await world.post(BROKEN, { kind: 'left', source: 'bamboohr', eventId: `broken ${employeeId}`, employeeId });
	await world.host.client.waitForExecution(({ mode }) => mode === 'error', { workflowId });
	await world.host.client.unpublish(workflowId);
}

function removalsAtNotion(): number {
	const isRemoval = ({ method }: { method: string }) => ['DELETE', 'PATCH', 'PUT'].includes(method);
	return world.sandbox.requests.all().filter(isRemoval).length;
}

/** Rows about the departure of an employee, oldest first, without those of copies. */
async function leaves(employeeId: string) {
	return (await world.rows(CHANGES, employeeId)).filter(
		({ kind, outcome }) => kind === 'leave' && outcome !== 'copy' && outcome !== 'merged',
	);
}

async function open(employeeId: string) {
	return (await leaves(employeeId)).filter(({ state }) => !['done', 'withdrawn'].includes(String(state)));
}

/** Kinds of the rows that follow a removal. */
async function scheduled(employeeId: string) {
	return (await world.rows(CHANGES, employeeId))
		.filter(({ kind, state }) => kind !== 'leave' && state === 'scheduled')
		.map(({ kind }) => kind);
}

/** Records of the lockdowns of a row. */
async function records(row: Record<string, unknown> | undefined): Promise<unknown[]> {
	return (await world.rows(EVIDENCE))
		.filter(({ key }) => key === row?.['key'])
		.map(({ record }): unknown => JSON.parse(String(record)));
}

function outcomes(rows: Record<string, unknown>[]) {
	return rows.map(({ outcome }) => outcome);
}

interface NewEmployee {
	groups?: string[];
	/** Whether the onboarding has stored which account is theirs. */
	isLinked?: boolean;
}

/** A person who works here and is a member of the workspace. */
async function employee({ groups = [], isLinked = true }: NewEmployee = {}) {
	const id = String(nextId++);
	const email = `leaver${id}@example.com`;
	world.hris.staff.setEmployee({
		id,
		email,
		givenName: 'Lea',
		familyName: `Number ${id}`,
		startDate: '2024-01-01',
		managerId: '100',
	});
	const { id: userId } = world.sandbox.workspace.addUser({ email, name: `Lea Number ${id}`, groups });
	if (isLinked) await world.link({ source: 'bamboohr', employeeId: id, companyId: COMPANY_ID, email, userId });
	return { id, email, userId };
}

let delivery = 0;

/** What BambooHR sends, whatever has happened. Each is another delivery. */
function changed(employeeId: string) {
	return {
		type: 'employee.updated',
		timestamp: new Date(Date.UTC(2026, 0, 31, 0, 0, delivery++)).toISOString().replace('.000Z', '+0000'),
		data: { companyId: COMPANY_ID, employeeId, changedFields: ['status'] },
	};
}

/** Several employees in one delivery of BambooHR. */
function inOne(...ids: string[]) {
	return { employees: ids.map((id) => ({ id, action: 'Updated', changedFields: ['status'], fields: {} })) };
}

/** The local date so many days from now, where the zone is UTC. */
function day(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function alertsOf(employeeId: string) {
	return (await world.rows(ALERTS)).filter(({ key }) => String(key).includes(` ${employeeId}`));
}

async function lastAlert() {
	return (await world.rows(ALERTS)).at(-1);
}

async function lastStatus() {
	return (await world.executions())[0]?.status;
}
