import { daysFromNow, startSweepWorld, type SweepWorld } from './sweepWorld.mts';

const MINUTE = 60_000;

let world: SweepWorld;

beforeAll(async () => {
	world = await startSweepWorld();
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(async () => {
	await world.forget();
	await world.store('claims', {
		key: 'Notion onboarding|bamboohr||e-1|1',
		execution: '1',
		state: 'done',
	});
});

function employee(id: string, endDate: string, more: object = {}) {
	world.hris.staff.setEmployee({
		id,
		email: `p${id}@example.com`,
		givenName: 'Person',
		familyName: id,
		startDate: '2020-01-01',
		endDate,
		...more,
	});
}

/** A row of the audit: the last day is over at the end of that day, in UTC, and minutes later it is done. */
async function audited(
	id: string,
	lastDay: string,
	minutes: number,
	more: Record<string, string | boolean> = {},
) {
	const over = Date.parse(`${lastDay}T00:00:00Z`) + 24 * 60 * MINUTE;
	const at = new Date(over + minutes * MINUTE).toISOString();
	await world.store('leaverAudit', {
		source: 'bamboohr',
		employeeId: id,
		email: `p${id}@example.com`,
		displayName: `Person ${id}`,
		effectiveAt: new Date(over).toISOString(),
		knownAt: new Date(over - 5 * 24 * 60 * MINUTE).toISOString(),
		removedAt: at,
		outcome: 'removed',
		verified: true,
		record: JSON.stringify({ verifiedAt: at }),
		...more,
	});
}

async function seedPeriod() {
	const day = daysFromNow(-10);
	employee('501', day);
	await audited('501', day, 3);
	employee('502', day);
	await audited('502', day, 16);
	employee('503', day);
	await audited('503', day, 0, { outcome: 'alreadyGone', removedAt: '' });
	employee('504', day);
	world.sandbox.workspace.addUser({ email: 'p504@example.com' });
	employee('505', day);
	await audited('505', day, 0, {
		outcome: 'held',
		removedAt: '',
		verified: false,
		needsPerson: true,
		error: 'The limit is reached.',
	});
	world.sandbox.workspace.addUser({ email: 'p505@example.com' });
	employee('506', day);
	employee('507', daysFromNow(-60));
	await audited('507', daysFromNow(-60), 3);
	employee('508', daysFromNow(3));
	employee('509', day, {
		givenName: '=HYPERLINK("http://evil.example")',
		familyName: '<img src=x>',
	});
	await audited('509', day, 2, {
		requestedBy: 'Nightly sweep',
		displayName: '=HYPERLINK("http://evil.example") <img src=x>',
	});
}

const TOTALS = {
	leavers: 7,
	removedInTime: 2,
	removedLate: 1,
	alreadyGone: 1,
	open: 2,
	noRecord: 1,
	stays: 0,
	unclear: 0,
	missed: 1,
	memberAgain: 0,
};

describe('the leaver report', () => {
	it('has exactly the people of the period, with their figures, in HTML and CSV', async () => {
		await seedPeriod();

		const run = await world.run('MakeReport');

		expect(run.error).toBeUndefined();
		expect(run.items('Leaver report')).toEqual([expect.objectContaining({ totals: TOTALS })]);
		const [mail, ...others] = world.mail.mails();
		expect(others).toEqual([]);
		expect(mail?.to).toEqual(['it-security@example.com']);
		expect(mail?.subject).toBe('Notion leavers: 7 left, 2 removed in time, 1 late, 2 open');
		const [html, csv] = mail?.attachments ?? [];
		expect([html?.type, csv?.type]).toEqual(['text/html', 'text/csv']);
		expect([html?.name, csv?.name]).toEqual([
			`leavers-${daysFromNow(0)}.html`,
			`leavers-${daysFromNow(0)}.csv`,
		]);

		const lines = (csv?.text ?? '')
			.replace(/^\uFEFF/, '')
			.trim()
			.split('\r\n');
		expect(lines).toHaveLength(8);
		const of = (id: string) => lines.find((line) => line.includes(`bamboohr ${id}`));
		const over = `${daysFromNow(-9)}T00:00:00.000Z`;
		const at = (minutes: number) => new Date(Date.parse(over) + minutes * MINUTE).toISOString();
		const known = `${daysFromNow(-14)}T00:00:00.000Z`;
		expect(of('501')).toBe(
			`Person 501,p501@example.com,bamboohr 501,${daysFromNow(-10)},${over},${known},${at(3)},${at(3)},3,15,,Removed,,`,
		);
		expect(of('502')).toBe(
			`Person 502,p502@example.com,bamboohr 502,${daysFromNow(-10)},${over},${known},${at(16)},${at(16)},16,15,LATE,Removed,,`,
		);
		expect(of('504')).toMatch(/LATE,STILL A MEMBER,,$/);
		expect(of('505')).toMatch(
			/LATE,Held by the limit: waits for a person,,The limit is reached\.$/,
		);
		expect(of('506')).toMatch(
			/,No member, nothing on record here,|,"No member, nothing on record here",/,
		);
		expect(of('509')).toMatch(/^"'=HYPERLINK\(""http:\/\/evil\.example""\) <img src=x>",/);
		expect(csv?.text).not.toMatch(/bamboohr 507|bamboohr 508/);

		expect(html?.text).not.toMatch(/<img|<script/);
		expect(html?.text).toContain('&lt;img src=x&gt;');
		expect(html?.text).toContain('said that its list is whole');
		expect(html?.text).toContain('Guests, who are not members');
		expect(world.writes()).toEqual([]);
		expect(await world.rows('alarms')).toEqual([]);
	}, 120_000);

	it('goes out in the night of its day only, and says so where it is not whole', async () => {
		const today = new Date().getUTCDate();
		employee('511', daysFromNow(-2));
		const ofToday = await world.importSweep({ settings: { reportDay: today } });
		const ofAnotherDay = await world.importSweep({ settings: { reportDay: (today % 28) + 1 } });

		await world.run('Nightly', ofAnotherDay);
		expect(world.mail.mails()).toEqual([]);

		world.hris.fail({ status: 500 });
		const run = await world.run('Nightly', ofToday);

		expect(run.status).toBe('error');
		expect(world.mail.mails()).toHaveLength(1);
		expect(world.mail.mails()[0]?.text).toContain(
			'NOT known to be whole. The HRIS could not be read',
		);
	}, 180_000);

	it('says of whom the same night has removed that they are gone, but late, and not that they are back', async () => {
		employee('512', daysFromNow(-2));
		world.sandbox.workspace.addUser({ email: 'p512@example.com' });
		const sweep = await world.importSweep({ settings: { reportDay: new Date().getUTCDate() } });

		const run = await world.run('Nightly', sweep);

		expect(run.error).toBeUndefined();
		expect(run.items('Leaver report')).toEqual([
			expect.objectContaining({
				totals: expect.objectContaining({
					leavers: 1,
					missed: 1,
					removedInTime: 0,
					removedLate: 1,
					open: 0,
					memberAgain: 0,
				}),
			}),
		]);
	}, 120_000);

	it('that cannot be mailed is an alarm', async () => {
		world.mail.fail();

		const run = await world.run('MakeReport');

		expect(run.status).toBe('error');
		expect((await world.rows('alarms')).map(({ key }) => key)).toEqual(['sweep: report']);
	}, 120_000);
});

describe('an execution that fails unexpectedly', () => {
	it('gives its rows back, releases its claims and raises an alarm', async () => {
		// Its own clock runs it here: the Error Trigger takes no notice of runs by hand.
		const id = await world.importSweep({
			name: 'Sweep that breaks',
			publish: true,
			replace: [
				['"field": "minutes"', '"field": "seconds"'],
				['"minutesInterval": 5', '"secondsInterval": 5'],
				["const taken = rowsOf('Take rows');", "throw new Error('A mistake in this node.');"],
			],
		});
		const row = await world.store('scheduledChanges', {
			kind: 'remind',
			state: 'waiting',
			dueAt: new Date().toISOString(),
			displayName: 'Broken',
			about: '{"managerEmail":"boss@example.com","transferUntil":"2030-01-01"}',
		});
		await world.host.client.waitForExecution(
			({ mode, status }) => mode === 'error' && status === 'success',
			{ workflowId: id, within: 60_000 },
		);
		await world.host.client.unpublish(id);

		const alarms = await world.rows('alarms');
		expect(alarms[0]).toMatchObject({
			key: 'sweep: failed',
			text: expect.stringContaining('A mistake in this node.'),
		});
		expect((await world.rows('scheduledChanges')).find((one) => one['id'] === row)).toMatchObject({
			state: 'waiting',
			attempts: 1,
			note: 'The execution that worked on it failed.',
		});
		const states = (await world.rows('claims'))
			.filter(({ key }) => String(key).includes(`scheduled:${row}|`))
			.map(({ state }) => state);
		expect(states[0]).toBe('released');
	}, 120_000);
});
