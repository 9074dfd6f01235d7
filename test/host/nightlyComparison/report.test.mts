import { ago, type ClockWorld, daysFromNow, JOURNAL, MINUTE, startClockWorld } from '../clock/clockWorld.mts';
import { alertBook } from '../clock/stubWorkflows.mts';

let world: ClockWorld;
let called: Record<string, string>;

const UTC = { timeZone: { __rl: true, mode: 'list', value: 'UTC' } };
const MAIL = { fromEmail: 'n8n@example.com', toEmail: 'it-security@example.com' };
const importNight = async (given: Parameters<ClockWorld['importJob']>[1] = {}) =>
	await world.importJob('nightly-comparison', {
		parameters: { 'Find missed': UTC, 'Leaver report': UTC, 'Mail report': MAIL },
		subWorkflows: called,
		...given,
	});

beforeAll(async () => {
	world = await startClockWorld();
	const bambooHr = await world.importJob('sources/bamboohr', {
		parameters: { Settings: { company: 'acme' } },
		publish: true,
	});
	const alerts = await world.publishMade(alertBook);
	called = { 'HRIS employees': bambooHr, 'HRIS leavers': bambooHr, 'Raise alert': alerts };
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(() => world.forget());

jest.setTimeout(60_000);

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

/** A row of the journal: the last day is over at the end of that day, in UTC, and minutes later it is done. */
function departure(id: string, lastDay: string, minutes: number, more: Record<string, string> = {}) {
	const over = Date.parse(`${lastDay}T00:00:00Z`) + 24 * 60 * MINUTE;
	const at = new Date(over + minutes * MINUTE).toISOString();
	world.store(
		JOURNAL,
		{
			kind: 'leave',
			state: 'done',
			source: 'bamboohr',
			employeeId: id,
			email: `p${id}@example.com`,
			displayName: `Person ${id}`,
			effectiveAt: new Date(over).toISOString(),
			knownAt: new Date(over - 5 * 24 * 60 * MINUTE).toISOString(),
			removedAt: at,
			outcome: 'removed',
			details: JSON.stringify({ verifiedAt: at }),
			...more,
		},
		{ createdAt: ago(60) },
	);
}

function seedPeriod() {
	const day = daysFromNow(-10);
	for (const id of ['501', '502', '503', '504', '505', '506']) employee(id, day);
	departure('501', day, 3);
	departure('502', day, 16);
	departure('503', day, 0, { outcome: 'alreadyGone', removedAt: '', details: '' });
	departure('505', day, 0, { state: 'held', outcome: 'held', removedAt: '', details: '', reason: 'The limit is reached.' });
	for (const id of ['504', '505']) world.sandbox.workspace.addUser({ email: `p${id}@example.com` });
	employee('507', daysFromNow(-60));
	departure('507', daysFromNow(-60), 3);
	employee('508', daysFromNow(3));
	const hostile = { givenName: '=HYPERLINK("http://evil.example")', familyName: '<img src=x>' };
	employee('509', day, hostile);
	departure('509', day, 2, {
		requestedBy: 'Nightly comparison',
		displayName: `${hostile.givenName} ${hostile.familyName}`,
	});
}

describe('the leaver report', () => {
	it('has exactly the people of the period, with their figures, in a mail, a page and a list', async () => {
		seedPeriod();

		const run = await world.run(await importNight(), 'Monthly');

		expect([run.status, run.error]).toEqual(['success', undefined]);
		const [mail, ...others] = world.mail.mails();
		expect(others).toEqual([]);
		expect(mail?.to).toEqual(['it-security@example.com']);
		expect(mail?.subject).toBe('Notion leavers: 7 left, 2 removed in time, 1 late, 2 open');
		expect(mail?.text).toMatch(/Found by the nightly comparison only: 1\nMembers again: 0/);
		expect(mail?.text).not.toContain('NOT known to be complete');
		const [html, csv] = mail?.attachments ?? [];
		expect([html?.type, csv?.type]).toEqual(['text/html', 'text/csv']);
		expect([html?.name, csv?.name]).toEqual(['html', 'csv'].map((kind) => `leavers-${daysFromNow(0)}.${kind}`));

		const lines = (csv?.text ?? '').replace(/^\uFEFF/, '').trim().split('\r\n');
		expect(lines).toHaveLength(8);
		const of = (id: string) => lines.find((line) => line.includes(`bamboohr ${id}`));
		const over = `${daysFromNow(-9)}T00:00:00.000Z`;
		const known = `${daysFromNow(-14)}T00:00:00.000Z`;
		const at = (minutes: number) => new Date(Date.parse(over) + minutes * MINUTE).toISOString();
		const start = (id: string) => `Person ${id},p${id}@example.com,bamboohr ${id},${daysFromNow(-10)},${over},${known}`;
		expect(of('501')).toBe(`${start('501')},${at(3)},${at(3)},3,15,,Removed,,`);
		expect(of('502')).toBe(`${start('502')},${at(16)},${at(16)},16,15,LATE,Removed,,`);
		expect(of('504')).toMatch(/LATE,STILL A MEMBER,,$/);
		expect(of('505')).toMatch(/LATE,Held by the limit: waits for a person,,The limit is reached\.$/);
		expect(of('506')).toMatch(/No member, nothing on record here/);
		expect(of('509')).toMatch(/^"'=HYPERLINK\(""http:\/\/evil\.example""\) <img src=x>",/);
		expect(csv?.text).not.toMatch(/bamboohr 507|bamboohr 508/);

		expect(html?.text).not.toMatch(/<img|<script/);
		expect(html?.text).toContain('&lt;img src&#61;x&gt;');
		expect(html?.text).toContain('stated that its list is complete');
		expect(html?.text).toContain('Guests, who are not members');
		expect(world.writes()).toEqual([]);
		expect(await world.alerts()).toEqual([]);
	});

	it('is not mailed by the night, and touches no one itself', async () => {
		employee('511', daysFromNow(-2));
		world.sandbox.workspace.addUser({ email: 'p511@example.com' });
		const id = await importNight();

		await world.run(id, 'Monthly');
		expect(await world.rows(JOURNAL)).toEqual([]);
		world.mail.clear();
		await world.run(id, 'Nightly');

		expect(world.mail.mails()).toEqual([]);
		expect(await world.rows(JOURNAL)).toHaveLength(1);
	});

	it('says so where it is not complete', async () => {
		world.hris.fail({ status: 500 });

		await world.run(await importNight(), 'Monthly');

		expect(world.mail.mails()[0]?.text).toContain('NOT known to be complete. The HRIS could not be read');
	});
});

describe('an execution that fails', () => {
	it('is told of, as where the report cannot be mailed', async () => {
		world.mail.fail();
		// Its own clock runs it here: the Error Trigger takes no notice of runs by hand.
		const id = await importNight({
			replace: [
				['"field": "months",', '"field": "seconds", "secondsInterval": 3,'],
				['"field": "days",', '"field": "months", "triggerAtDayOfMonth": 28,'],
			],
			publish: true,
		});
		const { client } = world.host;
		await client.waitForExecution(({ mode, status }) => mode === 'error' && status === 'success', { workflowId: id });
		await client.unpublish(id);

		expect((await world.alerts())[0]).toMatch(/^nightly comparison: failed: .*Mail report \(execution \d+\)/);
	});
});
