import {
	ALARMS,
	AUDIT,
	BROKEN,
	CHANGES,
	COMPANY_ID,
	type OffboardingWorld,
	startOffboarding,
} from './offboardingWorld.mts';

const MANAGER = 'grace@example.com';
const FOLLOW_UPS = [
	['watch', 'waiting'],
	['watch', 'waiting'],
	['watch', 'waiting'],
	['remind', 'waiting'],
	['remind', 'waiting'],
];

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

describe('a leaver of today', () => {
	it('is removed, verified, on record, and the manager is told', async () => {
		const { id, email, userId } = await employee({ groups: ['Engineering'] });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		const [row, ...others] = await world.rows(AUDIT, id);
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			source: 'bamboohr',
			email,
			userId,
			outcome: 'removed',
			verified: true,
			impact: 1,
			needsPerson: false,
			error: '',
			managerEmail: MANAGER,
			effectiveAt: `${day(0)}T00:00:00.000Z`,
		});
		expect(JSON.parse(String(row?.['record']))).toMatchObject({
			person: { id: userId, email },
			groups: [{ displayName: 'Engineering' }],
			foundBy: 'link',
			verified: true,
		});
		const waiting = await world.rows(CHANGES, id);
		expect(waiting.map(({ kind, state }) => [kind, state])).toEqual(FOLLOW_UPS);
		const [mail] = world.mail.mailsTo(MANAGER);
		expect(mail?.subject).toContain('no longer has access to Notion');
		expect(mail?.text).toContain(email);
		expect(mail?.text).toContain('Engineering');
		expect(mail?.text).toContain(`can be transferred to somebody else until ${day(30)}`);
		expect(await newAlarms(id)).toEqual([]);
		expect(await lastStatus()).toBe('success');
	}, 60_000);
});

describe('what the HRIS says now counts', () => {
	it('keeps somebody gone whose record is edited later', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		await world.tell(changed(id));
		const removals = removalsAtNotion();

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(removals);
		expect((await world.rows(AUDIT, id)).map(({ outcome }) => outcome)).toEqual([
			'removed',
			'alreadyGone',
		]);
		expect(await newAlarms(id)).toEqual([]);
		expect(await lastStatus()).toBe('success');
	}, 60_000);

	it('lets somebody stay who was hired again, when an old event about their leaving arrives', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-3));
		world.hris.staff.rehire(id, day(0));

		await world.call({ kind: 'left', source: 'bamboohr', employeeId: id, eventId: `old ${id}` });
		const [look] = await world.rows(CHANGES, id);
		expect(look).toMatchObject({ kind: 'leave', state: 'waiting', employeeId: id });
		await callScheduled(look);

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(await statesOfRows(id)).toEqual(['withdrawn']);
		expect((await world.rows(AUDIT, id)).map(({ outcome }) => outcome)).toEqual(['stays']);
	}, 60_000);

	it.each(['the leaving first', 'the hire first'])(
		'keeps somebody who moved to another company of the group: %s',
		async (order) => {
			const { id, email, userId } = await employee();
			const otherId = String(nextId++);
			const hire = async () => {
				world.hris.staff.setEmployee({ id: otherId, email, givenName: 'Lea', startDate: day(0) });
				await world.link({
					source: 'bamboohr',
					employeeId: otherId,
					companyId: COMPANY_ID,
					email,
					userId,
				});
				await world.tell(changed(otherId));
			};
			const leave = async () => {
				world.hris.staff.terminate(id, day(-1));
				// The HRIS has both before the first event is worked on.
				world.hris.staff.setEmployee({ id: otherId, email, givenName: 'Lea', startDate: day(0) });
				await world.call({
					kind: 'left',
					source: 'bamboohr',
					employeeId: id,
					companyId: COMPANY_ID,
					eventId: `move ${id}`,
				});
				await world.tell(changed(id));
			};

			await (order === 'the hire first' ? hire() : leave());
			await (order === 'the hire first' ? leave() : hire());

			expect(world.sandbox.workspace.isMember(email)).toBe(true);
			expect(removalsAtNotion()).toBe(0);
			expect((await world.rows(AUDIT, id)).map(({ outcome }) => outcome)).toEqual(['stays']);
		},
		60_000,
	);

	it('asks a person where a company that this HRIS does not know has the same account', async () => {
		const { id, email, userId } = await employee();
		await world.link({ source: 'bamboohr', employeeId: '9', companyId: 'another', email, userId });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(await newAlarms(id)).toEqual([
			expect.objectContaining({ text: expect.stringContaining('another 9') }),
		]);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ outcome: 'failed', needsPerson: true }),
		]);
		expect(await lastStatus()).toBe('error');
	}, 60_000);

	it('schedules a last day to come, moves it, and drops it when the HRIS takes it back', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(30));
		await world.tell(changed(id));
		expect(await world.rows(CHANGES, id)).toEqual([
			expect.objectContaining({
				state: 'waiting',
				kind: 'leave',
				dueAt: `${day(31)}T00:00:00.000Z`,
				effectiveDate: day(30),
			}),
		]);

		world.hris.staff.terminate(id, day(20));
		await world.tell(changed(id));
		expect(await world.rows(CHANGES, id)).toEqual([
			expect.objectContaining({
				state: 'waiting',
				dueAt: `${day(21)}T00:00:00.000Z`,
				effectiveDate: day(20),
			}),
		]);

		world.hris.staff.withdrawTermination(id);
		await world.tell(changed(id));

		expect(await statesOfRows(id)).toEqual(['withdrawn']);
		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(world.sandbox.requests.all()).toEqual([]);
	}, 60_000);

	it('removes on the day what was scheduled, once', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(30));
		await world.tell(changed(id));
		const [row] = await world.rows(CHANGES, id);
		world.hris.staff.terminate(id, day(-1));

		await callScheduled(row, row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(1);
		expect((await world.rows(CHANGES, id)).filter(({ kind }) => kind === 'leave')).toEqual([
			expect.objectContaining({ state: 'done' }),
		]);
	}, 60_000);

	it('finds by the link whose address the HRIS has cleared', async () => {
		const { id, email, userId } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.hris.staff.clearEmail(id);

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ outcome: 'removed', userId, email }),
		]);
	}, 60_000);

	it('does nothing for a change of somebody who works here, and keeps who is on leave', async () => {
		const { id, email } = await employee();
		await world.tell(changed(id));
		world.hris.staff.setEmployee({ id, onLeave: true });
		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(await world.rows(AUDIT, id)).toEqual([]);
		expect(await world.rows(CHANGES, id)).toEqual([]);
		expect(world.sandbox.requests.all()).toEqual([]);
	}, 60_000);

	it.each([
		[
			'is inactive without a date',
			(id: string) => world.hris.staff.setEmployee({ id, status: 'Inactive' }),
		],
		[
			'has a status that nobody knows',
			(id: string) => world.hris.staff.setEmployee({ id, status: 'Parked' }),
		],
		['is not in the HRIS any more', (id: string) => world.hris.staff.remove(id)],
	])(
		'asks a person about somebody who %s',
		async (_case, change) => {
			const { id, email } = await employee();
			change(id);

			await world.tell(changed(id));

			expect(world.sandbox.workspace.isMember(email)).toBe(true);
			expect(await newAlarms(id)).toHaveLength(1);
			expect(await world.rows(AUDIT, id)).toEqual([
				expect.objectContaining({ needsPerson: true, outcome: 'failed' }),
			]);
			expect(await lastStatus()).toBe('error');
		},
		60_000,
	);
});

describe('what goes wrong', () => {
	it('has one effect when the same delivery comes twenty times at once', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		const delivery = world.signed(changed(id));

		const statuses = await Promise.all(
			Array.from({ length: 20 }, async () => await world.send(delivery)),
		);
		await world.settled(20);

		expect(statuses).toEqual(statuses.map(() => 200));
		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(removalsAtNotion()).toBe(1);
		expect(await world.rows(AUDIT, id)).toHaveLength(1);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		const executions = (await world.executions()).slice(0, 20);
		expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
		const worked = await Promise.all(
			executions.map(async (one) => await world.host.client.execution(one.id)),
		);
		expect(worked.filter(({ nodesRun }) => nodesRun.includes('Lock out'))).toHaveLength(1);
	}, 120_000);

	it('tries again later while the HRIS is down, and loses nothing', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.hris.fail({ status: 503 });

		const before = Date.now();
		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		const [row] = await world.rows(CHANGES, id);
		expect(row).toMatchObject({ kind: 'leave', state: 'waiting', attempts: 1 });
		expect(Date.parse(String(row?.['dueAt'])) - before).toBeGreaterThan(4 * 60_000);
		expect((await world.rows(ALARMS)).at(-1)).toMatchObject({
			key: 'offboarding: HRIS unreadable',
			state: 'open',
		});
		expect(await lastStatus()).toBe('error');
		expect((await world.rows('hris_event_claims')).at(-1)).toMatchObject({ state: 'released' });

		world.hris.heal();
		await callScheduled(row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect((await world.rows(CHANGES, id)).filter(({ kind }) => kind === 'leave')).toEqual([
			expect.objectContaining({ state: 'done' }),
		]);
	}, 90_000);

	it("does not take a proxy's 404 for a proof that somebody is gone", async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.setSwitches({ gateway404: 'on' });

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		const [row] = await world.rows(AUDIT, id);
		expect(row).toMatchObject({ verified: false });
		expect(['notVerified', 'failed']).toContain(row?.['outcome']);
		expect((await world.rows(ALARMS)).at(-1)?.['text']).toContain(
			email.split('@')[0]?.replace('leaver', 'Number '),
		);
		expect((await world.rows(CHANGES, id)).at(-1)).toMatchObject({
			kind: 'leave',
			state: 'waiting',
		});
		expect(await lastStatus()).toBe('error');
	}, 120_000);

	it('says that a removal is not verified when the answers stop after it', async () => {
		const { id, email, userId } = await employee({ isLinked: false });
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.faults.add({ method: 'GET', path: `/Users/${userId}`, fault: { status: 502 } });

		await world.tell(changed(id));

		const [row] = await world.rows(AUDIT, id);
		expect(row).toMatchObject({
			email,
			outcome: 'notVerified',
			verified: false,
			needsPerson: true,
			impact: 1,
		});
		expect(await newAlarms(id)).toHaveLength(1);
		expect(await lastStatus()).toBe('error');
		expect(world.mail.mails()).toEqual([]);

		world.sandbox.faults.clear();
		const [look] = await world.rows(CHANGES, id);
		await callScheduled(look);

		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ outcome: 'notVerified', impact: 1 }),
			expect.objectContaining({ outcome: 'removed', verified: true, impact: 0 }),
		]);
		expect((await world.rows(CHANGES, id)).map(({ kind, state }) => [kind, state])).toEqual([
			['leave', 'done'],
			...FOLLOW_UPS,
		]);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		expect(await newAlarms(id)).toHaveLength(1);
		expect(await lastStatus()).toBe('success');
	}, 120_000);

	it('finishes a removal whose execution failed before it could store what came of it', async () => {
		const { id, email } = await employee({ isLinked: false });
		world.hris.staff.terminate(id, day(-1));
		const workflowId = await world.publishBroken('What came of it');

		await world.post(BROKEN, { kind: 'left', eventId: `broken after ${id}`, employeeId: id });
		await world.host.client.waitForExecution(({ mode }) => mode === 'error', { workflowId });
		await world.host.client.unpublish(workflowId);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ outcome: 'failed', impact: 1 }),
		]);
		const [look] = await world.rows(CHANGES, id);
		expect(look).toMatchObject({ kind: 'leave', state: 'waiting' });
		await callScheduled(look);

		expect((await world.rows(AUDIT, id)).map(({ outcome }) => outcome)).toEqual([
			'failed',
			'removed',
		]);
		expect((await world.rows(CHANGES, id)).map(({ kind, state }) => [kind, state])).toEqual([
			['leave', 'done'],
			...FOLLOW_UPS,
		]);
		expect(world.mail.mailsTo(MANAGER)).toHaveLength(1);
		expect(await lastStatus()).toBe('success');
	}, 120_000);

	it('tries again later where the token is dead, and says so', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.sandbox.faults.add({ path: '/scim/v2/', fault: { status: 401 } });

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({
				outcome: 'failed',
				verified: false,
				error: expect.stringContaining('token'),
			}),
		]);
		expect((await world.rows(ALARMS)).at(-1)?.['text']).toContain('token');
		const [row] = await world.rows(CHANGES, id);
		expect(row).toMatchObject({ kind: 'leave', state: 'waiting' });

		world.sandbox.faults.clear();
		await callScheduled(row);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
	}, 120_000);

	it('does not remove an owner, and ends red after everything is on record', async () => {
		const { id, email } = await employee();
		world.sandbox.workspace.changeRole(email, 'owner');
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(true);
		expect(removalsAtNotion()).toBe(0);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({
				outcome: 'refused',
				needsPerson: true,
				impact: 0,
				error: expect.stringContaining('owner'),
			}),
		]);
		expect(await newAlarms(id)).toEqual([
			expect.objectContaining({ text: expect.stringContaining('was NOT removed') }),
		]);
		const [execution] = await world.executions();
		const detail = await world.host.client.execution(execution?.id ?? '');
		expect(detail.status).toBe('error');
		expect(detail.nodesRun).toContain('End claims');
		expect(detail.error).toContain('refused');
		expect((await world.rows('hris_event_claims')).at(-1)).toMatchObject({ state: 'done' });
	}, 60_000);

	it('removes the others of a delivery where one is refused', async () => {
		const people = [await employee(), await employee(), await employee()];
		const [, owner] = people;
		world.sandbox.workspace.changeRole(owner?.email ?? '', 'owner');
		for (const { id } of people) world.hris.staff.terminate(id, day(-1));

		await world.tell({
			employees: people.map(({ id }) => ({
				id,
				action: 'Updated',
				changedFields: ['status'],
				fields: {},
			})),
		});

		expect(people.map(({ email }) => world.sandbox.workspace.isMember(email))).toEqual([
			false,
			true,
			false,
		]);
		const outcomes = await Promise.all(
			people.map(async ({ id }) => (await world.rows(AUDIT, id)).map(({ outcome }) => outcome)),
		);
		expect(outcomes).toEqual([['removed'], ['refused'], ['removed']]);
	}, 60_000);

	it('locks out also while the mail server is out of order, and says that nobody was told', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		world.mail.fail();

		await world.tell(changed(id));

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ outcome: 'removed', verified: true }),
		]);
		expect((await world.rows(ALARMS)).at(-1)).toMatchObject({
			key: 'offboarding: mail',
			text: expect.stringContaining(MANAGER),
		});
		expect(await lastStatus()).toBe('success');
	}, 60_000);

	it('tells the fallback where there is no manager', async () => {
		const { id } = await employee();
		world.hris.staff.setEmployee({ id, managerId: 'nobody' });
		world.hris.staff.terminate(id, day(-1));

		await world.tell(changed(id));

		expect(world.mail.mails().map(({ to }) => to)).toEqual([['it@example.com']]);
	}, 60_000);
});

describe('the second door', () => {
	it('takes events that have the header, and nothing else', async () => {
		const { id, email } = await employee();
		world.hris.staff.terminate(id, day(-1));
		const body = { kind: 'left', source: 'a sender', eventId: `door ${id}`, employeeId: id };

		expect(await world.post('notion-offboarding', body, 'wrong')).toBe(403);
		expect(await world.post('notion-offboarding', body)).toBe(200);
		await world.settled(1);

		expect(world.sandbox.workspace.isMember(email)).toBe(false);
		expect(await world.rows(AUDIT, id)).toEqual([
			expect.objectContaining({ source: 'bamboohr', outcome: 'removed' }),
		]);
	}, 60_000);
});

it('releases the claim and raises an alarm when an execution fails as a whole', async () => {
	const { id } = await employee();
	const workflowId = await world.publishBroken('Questions');

	await world.post(BROKEN, {
		kind: 'left',
		source: 'bamboohr',
		eventId: `broken ${id}`,
		employeeId: id,
	});
	await world.host.client.waitForExecution(({ mode }) => mode === 'error', { workflowId });

	const claims = await world.rows('hris_event_claims');
	const isOurs = ({ key }: Record<string, unknown>) =>
		String(key).startsWith(BROKEN) && String(key).endsWith(`broken ${id}|${id}`);
	expect(claims.filter(isOurs)).toEqual([expect.objectContaining({ state: 'released' })]);
	expect((await world.rows(ALARMS)).at(-1)).toMatchObject({
		key: 'offboarding: failed',
		state: 'open',
		text: expect.stringContaining('The node is broken'),
	});
}, 60_000);

function removalsAtNotion(): number {
	const isRemoval = ({ method }: { method: string }) =>
		method === 'DELETE' || method === 'PATCH' || method === 'PUT';
	return world.sandbox.requests.all().filter(isRemoval).length;
}

/** What the sweep does when rows are due. */
async function callScheduled(...rows: (Record<string, unknown> | undefined)[]): Promise<void> {
	await world.call(
		...rows.map((row) => ({
			kind: 'leave',
			source: String(row?.['source']),
			employeeId: String(row?.['employeeId']),
			companyId: String(row?.['companyId']),
			email: String(row?.['email']),
			timeZone: String(row?.['timeZone']),
			eventId: `scheduled:${String(row?.['id'])}`,
		})),
	);
}

async function statesOfRows(employeeId: string) {
	return (await world.rows(CHANGES, employeeId)).map(({ state }) => state);
}

interface NewEmployee {
	groups?: string[];
	/** Whether the onboarding has stored which account is theirs. */
	isLinked?: boolean;
}

/** Somebody who works here and is a member of the workspace. */
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
	const { id: userId } = world.sandbox.workspace.addUser({
		email,
		name: `Lea Number ${id}`,
		groups,
	});
	if (isLinked)
		await world.link({ source: 'bamboohr', employeeId: id, companyId: COMPANY_ID, email, userId });
	return { id, email, userId };
}

let delivery = 0;

/** What BambooHR sends, whatever has happened. Each is another delivery. */
function changed(employeeId: string) {
	return {
		type: 'employee.updated',
		timestamp: new Date(Date.UTC(2026, 0, 31, 0, 0, delivery++))
			.toISOString()
			.replace('.000Z', '+0000'),
		data: { companyId: COMPANY_ID, employeeId, changedFields: ['status'] },
	};
}

/** The local date so many days from now, where the zone is UTC. */
function day(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function newAlarms(employeeId: string) {
	return (await world.rows(ALARMS)).filter(({ key }) => String(key).includes(` ${employeeId}`));
}

async function lastStatus() {
	return (await world.executions())[0]?.status;
}
