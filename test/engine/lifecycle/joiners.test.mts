import { setUpNotion } from '../support/notionTest.mts';
import { dateIn, JoinerFlow, SETTINGS } from './joinerFlow.mts';

describe('onboarding', () => {
	const notion = setUpNotion();
	let flow: JoinerFlow;

	beforeEach(() => {
		const { workspace } = notion.sandbox;
		for (const name of ['All Staff', 'Sales']) {
			if (!workspace.groupByName(name)) workspace.addGroup({ displayName: name });
		}
		flow = new JoinerFlow(notion);
		notion.sandbox.requests.clear();
	});

	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const groups = (email: string) => [...notion.sandbox.workspace.groupNames(email)].sort();
	const writes = () => notion.writes().map(({ method, path }) => `${method} ${path}`);

	describe('a hire', () => {
		test('becomes a member with the groups of the department, and a link', async () => {
			flow.enter('new', { givenName: 'Grace', familyName: 'Hopper', displayName: 'Grace Hopper', title: 'Admiral' });

			const { rows, links, alerts } = await flow.report('new');

			expect(account('new@example.com')).toMatchObject({ membership: 'member', role: 'member' });
			expect(account('new@example.com')?.profile.name).toMatchObject({ formatted: 'Grace Hopper' });
			expect(groups('new@example.com')).toEqual(['All Staff', 'Sales']);
			expect(links).toEqual([
				{
					...{ source: 'bamboohr', employeeId: 'new', companyId: '', email: 'new@example.com' },
					...{ userId: account('new@example.com')?.id, groupId: '', groupName: '', adoptedAt: '' },
				},
			]);
			expect(rows).toEqual([
				expect.objectContaining({
					kind: 'hire',
					state: 'done',
					outcome: 'created',
					event: 'hired',
					source: 'bamboohr',
					employeeId: 'new',
					email: 'new@example.com',
					displayName: 'Grace Hopper',
					userId: account('new@example.com')?.id,
					effectiveDate: '2026-01-05',
					timeZone: 'Europe/Berlin',
					details: '{"groupsJoined":["All Staff","Sales"]}',
				}),
			]);
			expect(alerts).toEqual([]);
		});

		test('is one member, however often and as whatever it is reported', async () => {
			flow.enter('twice');
			await flow.report('twice');
			await flow.report('twice', 'changed');
			await flow.report('twice', 'rehired');

			expect(writes()).toHaveLength(3);
			expect(flow.journal('twice').map(({ event, outcome }) => [event, outcome])).toEqual([
				['hired', 'created'],
				['changed', 'unchanged'],
				['rehired', 'unchanged'],
			]);
			expect(flow.links).toHaveLength(1);
		});

		test('that arrives in many copies at once is done once', async () => {
			flow.enter('copies');
			const event = { kind: 'hired', source: 'bamboohr', eventId: 'same', employeeId: 'copies', authenticity: 'signed' };
			// Every execution has stored its row before the first of them reads.
			const stored = [];
			for (let copy = 0; copy < 5; copy += 1) stored.push(await flow.receive([event]));
			await Promise.all(stored.reverse().map(async (rows) => await flow.decide(rows)));

			expect(writes()).toHaveLength(3);
			expect(flow.journal('copies').map(({ state, outcome }) => `${state} ${outcome}`).sort()).toEqual([
				'done created',
				...Array.from({ length: 4 }, () => 'withdrawn copy'),
			]);
		});

		test('comes through a Webhook node the same way, and nothing that it says is believed', async () => {
			flow.enter('token');
			await flow.post({
				kind: 'hired',
				employeeId: 'token',
				person: { email: 'intruder@example.com', displayName: 'Eve', department: 'Finance' },
			});

			expect(groups('token@example.com')).toEqual(['All Staff', 'Sales']);
			expect(account('token@example.com')?.profile.name).toMatchObject({ formatted: 'Person token' });
			expect(account('intruder@example.com')).toBeUndefined();
		});

		test('comes in BambooHR\'s own form, too, and what says nothing is told to the admin', async () => {
			flow.enter('unsigned');
			flow.enter('mute');
			await flow.post({ type: 'employee.created', data: { companyId: '1', employeeId: 'unsigned' } });
			const { alerts } = await flow.post({ employeeId: 'mute', fields: { 'Work Email': 'mute@example.com' } });

			expect(account('unsigned@example.com')?.membership).toBe('member');
			expect(account('mute@example.com')).toBeUndefined();
			expect(alerts).toEqual([expect.stringContaining('does not say what happened')]);
		});

		test('waits for the admin where something is missing, and goes on once the HRIS has it', async () => {
			flow.enter('late', { email: '' });
			flow.enter('prompt');
			const { alerts } = await flow.post({
				events: [
					{ kind: 'hired', employeeId: 'late' },
					{ kind: 'hired', employeeId: 'prompt' },
				],
			});
			expect(account('prompt@example.com')?.membership).toBe('member');
			expect(alerts).toEqual([expect.stringContaining('no email')]);
			expect(flow.journal('late')).toEqual([expect.objectContaining({ state: 'needsPerson', outcome: 'refused' })]);

			flow.enter('late', { email: 'late@example.com' });
			await flow.report('late', 'changed');
			const [row] = flow.journal('late');
			expect(row).toMatchObject({ state: 'scheduled' });
			expect(account('late@example.com')).toBeUndefined();

			await flow.callFor(row);
			expect(flow.journal('late')[0]).toMatchObject({ state: 'done', outcome: 'created' });
			expect(groups('late@example.com')).toEqual(['All Staff', 'Sales']);
		});

		test('that cannot be done as the HRIS has it asks nothing of Notion', async () => {
			flow.enter('odd', { email: 'not-an-email' });
			flow.enter('lost', { department: 'Astrology' });
			await flow.report('odd');
			await flow.report('lost');
			await flow.report('987654');

			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test('of a person who has become an owner writes nothing, and the admin is told', async () => {
			flow.enter('promoted');
			await flow.report('promoted');
			notion.sandbox.workspace.changeRole('promoted@example.com', 'owner');
			notion.sandbox.workspace.removeFromGroup('Sales', 'promoted@example.com');
			notion.sandbox.requests.clear();

			const replay = await flow.report('promoted');
			flow.enter('promoted', { title: 'Head' });
			const again = await flow.report('promoted');
			const change = await flow.report('promoted', 'changed');

			expect(writes()).toEqual([]);
			expect(groups('promoted@example.com')).toEqual(['All Staff']);
			for (const { alerts, rows } of [replay, again]) {
				expect(alerts).toEqual([expect.stringContaining('owner')]);
				expect(rows).toEqual([expect.objectContaining({ state: 'refused', outcome: 'refused' })]);
			}
			expect(change).toMatchObject({ alerts: [], rows: [{ state: 'done', outcome: 'ignored' }] });
		});

		test('of a person the credential protects writes nothing either', async () => {
			flow.credential = { access: 'noRemovals', protectedEmails: 'ceo@example.com' };
			notion.sandbox.workspace.addUser({ email: 'ceo@example.com' });
			flow.enter('ceo');
			const { alerts } = await flow.report('ceo');

			expect(writes()).toEqual([]);
			expect(alerts).toEqual([expect.stringContaining('protected people')]);
		});

		test('joins the groups although Notion keeps another name', async () => {
			notion.sandbox.workspace.addUser({ email: 'ken@contractor.example', name: { formatted: 'Ken Thompson' } });
			flow.enter('ken', { email: 'ken@contractor.example' });
			const { rows, alerts } = await flow.report('ken');

			expect(rows).toEqual([
				expect.objectContaining({ state: 'done', outcome: 'notTaken', reason: expect.stringContaining('Ken Thompson') }),
			]);
			expect(groups('ken@contractor.example')).toEqual(['All Staff', 'Sales']);
			expect(alerts).toEqual([]);
		});

		test('is not given the account of an employee who had the address before', async () => {
			flow.enter('former', { email: 'sam@example.com' });
			await flow.report('former');
			flow.enter('former', { email: '', status: 'inactive', endDate: dateIn(-200), displayName: 'Samuel' });
			notion.sandbox.requests.clear();

			flow.enter('next', { email: 'sam@example.com' });
			const hire = await flow.report('next');
			const change = await flow.report('next', 'changed');

			expect(writes()).toEqual([]);
			expect(hire.alerts).toEqual([expect.stringContaining('was that of employee former')]);
			expect(change.alerts).toEqual([]);
			expect(flow.journal('next')[0]).toMatchObject({ state: 'scheduled' });
		});

		test('is not given a leaver\'s account, until the admin says that it is the same person', async () => {
			flow.enter('kim');
			flow.store({ kind: 'leave', state: 'done', outcome: 'removed', source: 'bamboohr', employeeId: '99', email: 'Kim@Example.com', removedAt: new Date().toISOString() });
			const { alerts } = await flow.report('kim');
			expect(writes()).toEqual([]);
			expect(alerts).toEqual([expect.stringContaining('kim@example.com was that of employee 99')]);
			const [row = {}] = flow.journal('kim');
			expect(row).toMatchObject({ state: 'needsPerson' });

			const updatedAt = new Date(Date.now() + 1_000).toISOString();
			flow.links = [{ source: 'bamboohr', employeeId: 'kim', email: 'kim@example.com', updatedAt }];
			await flow.callFor(flow.store({ ...row, state: 'retry' }));
			expect(account('kim@example.com')?.membership).toBe('member');
		});

		test('has a link of its own where two companies number their employees alike', async () => {
			flow.enter('n1', { email: 'company-one@example.com' });
			await flow.report('n1', 'hired', { companyId: 'one' });
			flow.enter('n1', { email: 'company-two@example.com' });
			await flow.report('n1', 'hired', { companyId: 'two' });

			expect(flow.links.map(({ companyId, email }) => [companyId, email])).toEqual([
				['one', 'company-one@example.com'],
				['two', 'company-two@example.com'],
			]);
		});

		test('that the HRIS denies makes no member, and a member is told to the admin', async () => {
			flow.enter('gone', { endDate: '2026-02-01' });
			flow.enter('still', { endDate: '2026-02-01' });
			notion.sandbox.workspace.addUser({ email: 'still@example.com' });

			expect((await flow.report('gone')).alerts).toEqual([]);
			expect((await flow.report('still')).alerts).toEqual([expect.stringContaining('is a member')]);
			expect(account('gone@example.com')).toBeUndefined();
			expect(writes()).toEqual([]);
		});

		test('uses the groups that were picked from the list, and tells their names', async () => {
			const sales = notion.sandbox.workspace.groupByName('Sales');
			const picked = { __rl: true, mode: 'list', value: sales?.id ?? '', cachedResultName: 'Sales (1 member)' };
			flow.settings = { ...SETTINGS, departmentGroups: { entries: [{ department: '*', group: picked }] } };
			flow.enter('picked', { department: 'Anything' });
			const { rows } = await flow.report('picked');

			expect(groups('picked@example.com')).toEqual(['Sales']);
			expect(rows[0]).toMatchObject({ details: '{"groupsJoined":["Sales"]}' });
		});
	});

	describe('a hire for a later day', () => {
		test('gets nothing until the day, then everything', async () => {
			flow.enter('ahead', { startDate: dateIn(30), status: 'notStarted' });
			await flow.report('ahead');
			const [row] = flow.journal('ahead');
			expect(row).toMatchObject({ kind: 'hire', state: 'scheduled', effectiveDate: dateIn(30), timeZone: 'Europe/Berlin' });
			const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' });
			expect(local.format(new Date(String(row?.['dueAt'])))).toBe(`${dateIn(30)} 00:00:00`);

			// Called too early, it waits on.
			await flow.callFor(row);
			expect(flow.journal('ahead')).toEqual([expect.objectContaining({ state: 'scheduled', dueAt: row?.['dueAt'] })]);
			expect(account('ahead@example.com')).toBeUndefined();

			flow.enter('ahead', { startDate: dateIn(-1), status: 'active' });
			await flow.callFor(flow.journal('ahead')[0]);
			expect(flow.journal('ahead')).toEqual([expect.objectContaining({ state: 'done', outcome: 'created' })]);
			expect(groups('ahead@example.com')).toEqual(['All Staff', 'Sales']);
			expect(flow.links).toHaveLength(1);
		});

		test('waits in one row, which follows the day', async () => {
			flow.enter('moved', { startDate: dateIn(30), email: '' });
			await flow.report('moved');
			flow.enter('moved', { startDate: dateIn(60) });
			await flow.report('moved', 'changed');
			await flow.report('moved', 'rehired');
			const waiting = () => flow.journal('moved').filter(({ state }) => state === 'scheduled');
			expect(waiting()).toEqual([expect.objectContaining({ effectiveDate: dateIn(60), event: 'hired' })]);

			flow.enter('moved', { startDate: dateIn(-1), email: 'moved@example.com' });
			const { alerts } = await flow.report('moved', 'changed');
			// A change makes no one a member: the clock does, within minutes.
			expect(account('moved@example.com')).toBeUndefined();
			expect(Date.parse(String(waiting()[0]?.['dueAt']))).toBeLessThanOrEqual(Date.now());
			expect(alerts).toEqual([]);
		});

		test('of a person who does not come after all gets nothing', async () => {
			for (const id of ['cancelled', 'deleted']) {
				flow.enter(id, { startDate: dateIn(30), status: 'notStarted' });
				await flow.report(id);
			}
			flow.enter('cancelled', { endDate: dateIn(30), status: 'inactive' });
			await flow.report('cancelled', 'changed');
			flow.staff.delete('deleted');
			await flow.report('deleted', 'hireCancelled');

			for (const id of ['cancelled', 'deleted']) {
				expect(flow.journal(id)[0]).toMatchObject({ state: 'withdrawn' });
				await flow.callFor(flow.journal(id)[0]);
			}
			expect(writes()).toEqual([]);
		});
	});

	describe('a change', () => {
		test('makes no one a member, also not a person who has left', async () => {
			flow.enter('never');
			flow.enter('left');
			await flow.report('left');
			notion.sandbox.workspace.removeUser('left@example.com');
			notion.sandbox.requests.clear();

			await flow.report('never', 'changed');
			await flow.report('left', 'changed');
			flow.enter('left', { status: 'inactive', endDate: dateIn(-2) });
			await flow.report('left', 'changed');

			expect(writes()).toEqual([]);
		});

		test('brings the attributes of a member up to date, and not the role', async () => {
			flow.enter('changing', { title: 'Clerk' });
			await flow.report('changing');
			notion.sandbox.workspace.changeRole('changing@example.com', 'restricted_member');
			flow.enter('changing', { displayName: 'Changing Newname' });
			const { rows } = await flow.report('changing', 'changed');

			expect(account('changing@example.com')).toMatchObject({ role: 'restricted_member' });
			expect(account('changing@example.com')?.profile.name.formatted).toBe('Changing Newname');
			expect(rows).toEqual([expect.objectContaining({ event: 'changed', state: 'done', outcome: 'updated' })]);
		});

		test('of the address is told to the admin', async () => {
			flow.enter('maiden');
			await flow.report('maiden');
			flow.enter('maiden', { email: 'married@example.com' });
			notion.sandbox.requests.clear();

			const alerts = [await flow.report('maiden', 'changed'), await flow.report('maiden')].flatMap((worked) => worked.alerts);
			expect(writes()).toEqual([]);
			expect(alerts).toEqual([expect.stringContaining('differs from the linked one'), expect.stringContaining('differs from')]);
		});

		test('that Notion does not take is done, and says so', async () => {
			notion.sandbox.workspace.addUser({ email: 'ken@contractor.example', name: { formatted: 'Ken Thompson' } });
			flow.enter('ken', { email: 'ken@contractor.example' });
			const { rows, alerts } = await flow.report('ken', 'changed');

			expect(rows).toEqual([expect.objectContaining({ state: 'done', outcome: 'notTaken' })]);
			expect(alerts).toEqual([]);
		});
	});

	describe('when something fails', () => {
		test('it is tried again while the HRIS cannot be read, and the admin is told from the third time on', async () => {
			flow.enter('patient');
			flow.failure = 'BambooHR answered 503.';
			expect((await flow.report('patient')).alerts).toEqual([]);
			const row = () => flow.journal('patient')[0];
			expect(row()).toMatchObject({ kind: 'hire', state: 'retry', attempts: 1 });
			const minutes = (Date.parse(String(row()?.['dueAt'])) - Date.now()) / 60_000;
			expect(minutes).toBeGreaterThan(4);
			expect(minutes).toBeLessThanOrEqual(5);
			expect((await flow.callFor(row())).alerts).toEqual([]);
			expect((await flow.callFor(row())).alerts).toEqual([expect.stringContaining('BambooHR answered 503')]);

			flow.failure = undefined;
			await flow.callFor(row());
			expect(flow.journal('patient')).toEqual([expect.objectContaining({ state: 'done', outcome: 'created' })]);
		});

		test('a change comes back as a change, and still makes no one a member', async () => {
			flow.enter('stranger');
			flow.failure = 'down';
			await flow.report('stranger', 'changed');
			flow.failure = undefined;
			await flow.callFor(flow.journal('stranger')[0]);

			expect(flow.journal('stranger')).toEqual([expect.objectContaining({ state: 'done', outcome: 'ignored' })]);
			expect(account('stranger@example.com')).toBeUndefined();
		});

		test('what a group held up is completed', async () => {
			flow.enter('half');
			const sales = notion.sandbox.workspace.groupByName('Sales');
			notion.sandbox.faults.add({ method: 'PATCH', path: `/Groups/${sales?.id}`, fault: { status: 500 } });
			await flow.report('half');
			const [row] = flow.journal('half');
			expect(row).toMatchObject({ state: 'retry', outcome: 'created', reason: expect.stringContaining('500') });
			expect(JSON.parse(String(row?.['details']))).toMatchObject({ groupsJoined: ['All Staff'], groupsMissing: ['Sales'] });
			expect(flow.links).toHaveLength(1);

			notion.sandbox.faults.clear();
			notion.sandbox.requests.clear();
			await flow.callFor(row);
			expect(flow.journal('half')[0]).toMatchObject({ state: 'done', outcome: 'unchanged' });
			expect(writes()).toEqual([`PATCH /scim/v2/Groups/${sales?.id}`]);
		});

		test('missing groups are made only where the settings say so', async () => {
			const departmentGroups = { entries: [{ department: 'Guild', group: { __rl: true, mode: 'name', value: 'Guild' } }] };
			flow.settings = { ...SETTINGS, departmentGroups };
			flow.enter('guild', { department: 'Guild' });
			const { rows, alerts } = await flow.report('guild');
			expect(rows).toEqual([
				expect.objectContaining({ state: 'needsPerson', outcome: 'created', details: '{"groupsMissing":["Guild"]}' }),
			]);
			expect(alerts).toEqual([expect.stringContaining('No group is called "Guild"')]);

			flow.settings = { ...flow.settings, createMissingGroups: true };
			await flow.report('guild');
			expect(groups('guild@example.com')).toEqual(['Guild']);
			expect(flow.journal('guild').map(({ state }) => state)).toEqual(['done', 'done']);
		});

		test('everything waits while the settings cannot be used, and the admin is told', async () => {
			for (const timeZone of ['Moon/Base', '+02:00']) {
				flow.settings = { ...SETTINGS, timeZone: { __rl: true, mode: 'name', value: timeZone } };
				flow.enter('zoneless');
				const { alerts } = await flow.report('zoneless');
				expect(alerts).toEqual([expect.stringContaining('Time Zone must be')]);
			}
			expect(flow.journal('zoneless').filter(({ state }) => state === 'retry')).toHaveLength(1);
			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test('a credential that may only read leaves the hire to the admin', async () => {
			flow.credential = { access: 'readOnly' };
			flow.enter('readonly');
			const { rows, alerts } = await flow.report('readonly');
			expect(rows).toEqual([expect.objectContaining({ state: 'needsPerson', outcome: 'refused' })]);
			expect(alerts).toEqual([expect.stringContaining('may only read')]);
		});

		test('one person does not stop another', async () => {
			flow.enter('unlucky');
			flow.enter('lucky');
			notion.sandbox.faults.add({ method: 'POST', path: '/Users', fault: { status: 500 }, times: 1 });
			await flow.run(
				['unlucky', 'lucky'].map((employeeId) => ({ kind: 'hired', source: 'bamboohr', eventId: employeeId, employeeId })),
			);
			expect(flow.journal('unlucky')).toEqual([expect.objectContaining({ state: 'retry', outcome: 'failed' })]);
			expect(flow.journal('lucky')).toEqual([expect.objectContaining({ state: 'done', outcome: 'created' })]);
		});
	});
});
