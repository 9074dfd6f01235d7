import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../../host/poll.mts';
import { signedInBrowser } from '../formBrowser.mts';
import { heldAnswer } from '../heldAnswer.mts';
import { APPS, type Lockdown, revoked, type Row, World } from './lockdownWorld.mts';

// The machine may be busy.
jest.setTimeout(120_000);

/** As the form offers them. */
const YES = 'Yes, lock them out';
const NO = 'No, leave them alone';

let folder: string;
let world: World;
/** With a limit that no test reaches. */
let lockdown: Lockdown;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'emergency-'));
	world = await World.start(folder);
	lockdown = await world.publish();
}, 180_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.requests.clear();
});

describe('more people than the limit', () => {
	// First of all tests, because the limit counts everyone in the last hour.
	it('locks out the first, and the others once a person who is signed in has confirmed it', async () => {
		// The alert does not wait until the apps have had their time.
		const limited = await world.publish({ plan: { limitPeople: 2 }, patience: 60 });
		const people = ['first@example.com', 'second@example.com', 'third@example.com', 'fourth@example.com'];
		world.hire(...people);

		expect(await world.call(limited, revoked(...people))).toBe(200);

		const rows = await world.results(people);
		for (const email of people.slice(0, 2)) expect(outcomesOf(rows, email)).toEqual(everywhere('lockedDown'));
		for (const email of people.slice(2)) expect(outcomesOf(rows, email)).toEqual(everywhere('held'));
		expect(people.filter((email) => world.isMember(email))).toEqual(people.slice(2));
		expect(await world.alerts('wait for a person')).toEqual([
			expect.stringMatching(/emergency-confirm.*fourth@example\.com, third@example\.com/s),
		]);

		const formUrl = await world.publishConfirmation(limited);
		const browser = await signedInBrowser(world.host);
		await fetch(formUrl, { method: 'HEAD' });
		expect((await browser.sendFrom('https://evil.example', formUrl, {})).status).not.toBe(200);
		const list = await browser.send(await browser.open(formUrl));
		expect(list.html).toMatch(/third@example\.com.*4 apps.*fourth@example\.com/s);
		expect(people.filter((email) => world.isMember(email))).toEqual(people.slice(2));

		const { html } = await browser.send(list, heldAnswer(list, YES));

		expect(html).toContain('They are locked out now');
		const after = await poll(
			async () => {
				const now = await world.rows(...people);
				return now.every(({ outcome }) => outcome === 'lockedDown') ? now : undefined;
			},
			'the confirmed people to be locked out',
			30_000,
		);
		expect(people.filter((email) => world.isMember(email))).toEqual([]);
		for (const row of after.filter(({ email }) => email === 'third@example.com')) {
			expect(row).toMatchObject({ state: 'done', approvedBy: `${world.host.owner.email} (assurance: n8n sign-in)` });
		}
	});

	it('leaves them alone when a person says so, and takes no decision of who asked or of who is meant', async () => {
		const limited = await world.publish({ plan: { limitPeople: 0 } });
		const formUrl = await world.publishConfirmation(limited);
		const browser = await signedInBrowser(world.host);
		const { email: owner } = world.host.owner;
		world.hire('declined@example.com', 'own@example.com', owner);
		const held = async (body: { events: object[] }, email: string) => {
			await world.call(limited, body);
			await world.results([email]);
			return await browser.send(await browser.open(formUrl));
		};

		const list = await held(revoked('declined@example.com'), 'declined@example.com');
		await browser.send(list, heldAnswer(list, NO));
		expect(outcomesOf(await world.rows('declined@example.com'), 'declined@example.com')).toEqual(everywhere('declined'));

		const [event] = revoked('own@example.com').events;
		const asked = await held({ events: [{ ...event, requestedBy: owner }] }, 'own@example.com');
		expect(asked.answer).toMatch(/asked/);
		await world.change({ columnName: 'email', condition: 'eq', value: 'own@example.com' }, { state: 'withdrawn' });
		const meant = await held(revoked(owner), owner);
		expect(meant.answer).toMatch(/yourself/);
		expect([world.isMember('declined@example.com'), world.isMember('own@example.com'), world.isMember(owner)]).toEqual([true, true, true]);
		await world.change({ columnName: 'email', condition: 'eq', value: owner }, { state: 'withdrawn' });
	});

	it('takes no answer for a no, when the clock hands over whom no one has confirmed', async () => {
		const limited = await world.publish({ plan: { limitPeople: 0, confirmWithinHours: 0 } });
		world.hire('late@example.com');
		await world.call(limited, revoked('late@example.com'));
		await world.results(['late@example.com']);

		await world.handOver(limited, await world.rows('late@example.com'));

		expect(await world.alerts('No one decided in time')).toEqual([expect.stringContaining('late@example.com')]);
		expect(outcomesOf(await world.results(['late@example.com']), 'late@example.com')).toEqual(everywhere('expired'));
		expect(world.isMember('late@example.com')).toBe(true);
	});
});

describe('an emergency call', () => {
	it('locks one person out of all apps, keeps the evidence, and has the person watched', async () => {
		world.hire('ann@example.com');

		expect(await world.call(lockdown, revoked('Ann@Example.com'))).toBe(200);

		const rows = await world.results(['ann@example.com']);
		expect(outcomesOf(rows, 'ann@example.com')).toEqual(everywhere('lockedDown'));
		expect(world.isMember('ann@example.com')).toBe(false);
		const row = ofNotion(rows);
		expect(row).toMatchObject({ state: 'done', removedAt: expect.stringMatching(/^\d{4}-/), details: expect.stringContaining('"signed"') });
		// What was meant was stored before anything was asked of Notion.
		expect(world.sandbox.requests.all()[0]?.time).toBeGreaterThanOrEqual(Date.parse(String(row['createdAt'])));
		// The rows that watch the person are stored after the row of the removal.
		expect((await world.ended(lockdown)).status).toBe('success');
		const removed = Date.parse(String(row['removedAt']));
		expect(await world.watches('ann@example.com')).toEqual(
			[5 * 60, 3600, 24 * 3600].map((seconds) =>
				expect.objectContaining({
					state: 'scheduled',
					userId: row['userId'],
					dueAt: new Date(removed + seconds * 1000).toISOString(),
				}),
			),
		);
		const evidence = await world.host.client.rows('notion_scim_evidence');
		expect(evidence.filter(({ key }) => key === row['key'])).toEqual([
			expect.objectContaining({ record: expect.stringMatching(/"removedAt".*"verified":true/s) }),
		]);
	});

	it('takes a list of people through the webhook with a header, one bad entry among them', async () => {
		const people = ['bea@example.com', 'carl@example.com', 'dora@example.com'];
		world.hire(...people);

		const status = await world.callWithHeader(lockdown, {
			requestedBy: 'soc@example.com',
			reason: 'Phishing',
			reference: 'CASE-7',
			people: [...people.slice(0, 2), { email: 'no address' }, { person: { email: people[2] } }],
		});

		expect(status).toBe(200);
		const rows = await world.results(people);
		for (const email of people) expect(outcomesOf(rows, email)).toEqual(everywhere('lockedDown'));
		expect(people.filter((email) => world.isMember(email))).toEqual([]);
		expect(rows[0]).toMatchObject({ requestedBy: 'soc@example.com', reason: 'Phishing', reference: 'CASE-7' });
		const { status: ended, error } = await world.ended(lockdown);
		expect([ended, error]).toEqual(['error', expect.stringMatching(/no address.*is no email address/s)]);
		expect(await world.alerts('no address: ')).toHaveLength(1);
	});

	it('is not held up by an app that hangs, or whose workflow cannot be called, and tells what has no result', async () => {
		const slow = await world.publish({
			subWorkflows: { 'Lock out of Okta': world.apps.hangs, 'Lock out of Google': world.apps.dies },
			deactivated: ['Lock out of Entra'],
		});
		world.hire('eve@example.com');

		await world.call(slow, revoked('eve@example.com'));

		const rows = await poll(
			async () => {
				const now = await world.rows('eve@example.com');
				return outcomesOf(now, 'eve@example.com')['notion'] === 'lockedDown' ? now : undefined;
			},
			'Notion',
			20_000,
		);
		expect(outcomesOf(rows, 'eve@example.com')).toEqual({ ...everywhere(''), notion: 'lockedDown' });
		const [text] = await world.alerts('no result in time');
		expect(text).toMatch(/eve@example\.com in Entra\n.*Okta\n.*Google/s);
		expect((await world.ended(slow)).status).toBe('error');
		// A result that comes later counts.
		await poll(
			async () => outcomesOf(await world.rows('eve@example.com'), 'eve@example.com')['okta'] === 'lockedDown' || undefined,
			'Okta',
			20_000,
		);
	});

	it('acts in the other apps where Notion refuses, tells it at once, and fails at its end', async () => {
		world.hire('boss@example.com', 'ivo@example.com');
		world.sandbox.workspace.changeRole('boss@example.com', 'owner');

		await world.call(lockdown, revoked('boss@example.com', 'ivo@example.com'));

		const rows = await world.results(['boss@example.com', 'ivo@example.com']);
		expect(outcomesOf(rows, 'ivo@example.com')).toEqual(everywhere('lockedDown'));
		expect(outcomesOf(rows, 'boss@example.com')).toEqual({ ...everywhere('lockedDown'), notion: 'failed' });
		expect(world.isMember('boss@example.com')).toBe(true);
		expect(await world.alerts('boss@example.com in Notion')).toEqual([expect.stringMatching(/by hand.*owner/s)]);
		expect((await world.ended(lockdown)).error).toMatch(/boss@example\.com in Notion: access has not been ended/);
		expect([await world.watches('ivo@example.com'), await world.watches('boss@example.com')].map(({ length }) => length)).toEqual([3, 0]);
	});

	it('never locks out a protected responder, and locks out the others', async () => {
		const guarded = await world.publish({ plan: { protectedResponders: 'Responder <Responder@example.com>' } });
		world.hire('responder@example.com', 'ida@example.com');

		await world.call(guarded, revoked('responder@example.com', 'ida@example.com'));

		const rows = await world.results(['responder@example.com', 'ida@example.com']);
		expect(outcomesOf(rows, 'responder@example.com')).toEqual(everywhere('protected'));
		expect(outcomesOf(rows, 'ida@example.com')).toEqual(everywhere('lockedDown'));
		expect(world.isMember('responder@example.com')).toBe(true);
		expect(await world.alerts('responder@example.com: A protected responder')).toHaveLength(1);
		expect((await world.ended(guarded)).error).toMatch(/responder@example\.com in Notion: was named, but is protected/);
	});

	it('acts in the apps that the company has, and tells that Notion has no such person unless that is usual', async () => {
		// No workflow is picked for the apps that the company does not have.
		const absent = ['Lock out of Okta', 'Lock out of Google'];
		const small = await world.publish({
			plan: { apps: ['notion', 'entra'], alertIfNotFound: false },
			subWorkflows: Object.fromEntries(absent.map((node) => [node, ''])),
			deactivated: absent,
		});
		world.hire('jan@example.com');

		await world.call(small, revoked('jan@example.com', 'only-entra@example.com'));
		await world.call(lockdown, revoked('unknown@example.com'));

		const rows = await world.results(['jan@example.com', 'only-entra@example.com']);
		const expected = { notion: 'lockedDown', entra: 'lockedDown', okta: 'notSetUp', google: 'notSetUp' };
		expect(outcomesOf(rows, 'jan@example.com')).toEqual(expected);
		expect(outcomesOf(rows, 'only-entra@example.com')).toEqual({ ...expected, notion: 'notFound' });
		expect((await world.ended(small)).status).toBe('success');
		expect((await world.ended(lockdown)).error).toMatch(/unknown@example\.com in Notion: no one has this address/);
		expect(await world.alerts('unknown@example.com in Notion')).toHaveLength(1);
	});

	it('succeeds again for a person who is locked out already, and has one effect when twenty copies arrive at once', async () => {
		world.hire('lou@example.com');

		const copies = Array.from({ length: 20 }, async () => await world.call(lockdown, revoked('lou@example.com'), { id: 'msg_copies' }));
		expect(new Set(await Promise.all(copies))).toEqual(new Set([200]));

		const rows = await poll(
			async () => {
				const all = await world.results(['lou@example.com']);
				return all.length === 80 ? all : undefined;
			},
			'all copies',
			60_000,
		);
		expect(rows.filter(({ outcome }) => outcome === 'lockedDown')).toHaveLength(4);
		expect(rows.filter(({ outcome }) => outcome === 'copy')).toHaveLength(76);
		expect(world.sandbox.requests.all().filter(({ method }) => method === 'DELETE')).toHaveLength(1);

		await world.call(lockdown, revoked('lou@example.com'));
		await poll(async () => ((await world.results(['lou@example.com'])).length === 84 ? true : undefined), 'the next call', 20_000);
		const again = (await world.rows('lou@example.com')).slice(80);
		expect(outcomesOf(again, 'lou@example.com')).toMatchObject({ notion: 'alreadyLocked' });
	});

	it('is refused with a forged signature or a wrong header, and starts nothing', async () => {
		world.hire('mia@example.com');
		const before = (await world.calls(lockdown)).map(({ id }) => id);
		const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;

		expect(await world.call(lockdown, revoked('mia@example.com'), { secret })).toBe(401);
		expect(await world.callWithHeader(lockdown, revoked('mia@example.com'), 'wrong')).toBe(403);

		expect((await world.calls(lockdown)).map(({ id }) => id)).toEqual(before);
		expect(world.isMember('mia@example.com')).toBe(true);
	});

	it('locks no one out for an event that is no emergency, and tells it once', async () => {
		world.hire('ned@example.com');

		await world.callWithHeader(lockdown, { kind: 'left', person: { email: 'ned@example.com' } });

		expect((await world.ended(lockdown)).error).toMatch(/"left" is no emergency/);
		// The execution that n8n starts for a failed one tells nothing more.
		const { workflowId } = lockdown;
		await world.host.client.waitForExecution(({ mode }) => mode === 'error', { workflowId });
		expect(await world.alerts('"left" is no emergency')).toHaveLength(1);
		expect(world.isMember('ned@example.com')).toBe(true);
	});

	it('is told where the workflow itself fails, and an unusable credential of Notion stops no other app', async () => {
		const broken = await world.publish({ credential: { token: '', access: 'full' } });

		await world.call(broken, revoked('pat@example.com'));

		expect(await world.alerts('failed at "Apply changes"')).toHaveLength(1);
		const rows = await world.rows('pat@example.com');
		expect(outcomesOf(rows, 'pat@example.com')).toEqual({ ...everywhere('lockedDown'), notion: '' });
	});

	// Last of all tests: n8n is killed.
	it('does once more what was begun when n8n was killed, and lets no one pass the limit by that', async () => {
		const dying = await world.publish({ patience: 60, deactivated: ['Apply changes', 'Lock out of Entra', 'Lock out of Okta', 'Lock out of Google'] });
		const strict = await world.publish({ plan: { limitPeople: 1, limitHours: 1 } });
		const people = ['quinn@example.com', 'rosa@example.com'];
		world.hire(...people);
		// No one else counts.
		await world.change({ columnName: 'kind', condition: 'eq', value: 'emergency' }, { approvedBy: 'a person' });
		await world.call(dying, revoked(...people));
		await poll(
			async () => (await world.rows(...people)).filter(({ state }) => state === 'intended').length === 8 || undefined,
			'the intentions',
			20_000,
		);
		await world.host.kill();
		await world.host.restart();

		await world.handOver(strict, await world.rows(...people));

		const rows = await world.results(people);
		expect(outcomesOf(rows, 'quinn@example.com')).toEqual(everywhere('lockedDown'));
		expect(outcomesOf(rows, 'rosa@example.com')).toEqual(everywhere('held'));
		expect(people.filter((email) => world.isMember(email))).toEqual(['rosa@example.com']);
		expect(ofNotion(rows)).toMatchObject({ attempts: 2 });
	});
});

function everywhere<Value>(value: Value): Record<string, Value> {
	return Object.fromEntries(APPS.map((app) => [app, value]));
}

function appOf({ key }: Row): string {
	return String(key).split('|').at(-1) ?? '';
}

function outcomesOf(rows: Row[], email: string) {
	return Object.fromEntries(rows.filter((row) => row['email'] === email).map((row) => [appOf(row), row['outcome']]));
}

function ofNotion(rows: Row[]): Row {
	return rows.find((row) => appOf(row) === 'notion') ?? {};
}
