import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../../host/poll.mts';
import { signedInBrowser } from './confirmForm.mts';
import {
	APPS,
	type Lockdown,
	type Row,
	revoked,
	RESULTS,
	startLockdownWorld,
	type World,
} from './lockdownWorld.mts';

// The machine may be busy.
jest.setTimeout(120_000);

/** As the form offers them. */
const YES = 'Lock these people out';
const NO = 'Leave these people alone';

let folder: string;
let world: World;
/** With a limit that no test reaches. */
let lockdown: Lockdown;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'emergency-'));
	world = await startLockdownWorld(folder);
	world.sandbox.seedPeople(30);
	lockdown = await world.publish({ settings: { limitPeople: 1_000 } });
}, 180_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.requests.clear();
	for (const vendor of [world.entra, world.okta, world.google]) {
		vendor.recover();
		vendor.clearRequests();
	}
});

describe('more people than the limit', () => {
	// First of all tests, because the limit counts everybody in the last hour.
	it('locks out the first, and the rest when somebody confirms it in the form', async () => {
		const limited = await world.publish({ settings: { limitPeople: 2, limitHours: 1 } });
		const people = ['first@example.com', 'second@example.com', 'third@example.com', 'fourth@example.com'];
		people.forEach((email) => world.hire(email));

		expect(await world.call(limited, revoked(...people))).toBe(200);

		const rows = await world.results(people);
		expect(outcomesOf(rows, 'first@example.com')).toEqual(everywhere('lockedDown'));
		expect(outcomesOf(rows, 'second@example.com')).toEqual(everywhere('lockedDown'));
		expect(outcomesOf(rows, 'third@example.com')).toEqual(everywhere('waitsForPerson'));
		expect(outcomesOf(rows, 'fourth@example.com')).toEqual(everywhere('waitsForPerson'));
		expect(accessOf('third@example.com')).toEqual(everywhere(true));
		await ended(limited, 'success');
		const code = codeOf(rows, 'third@example.com');
		expect(await alarmTexts(`${code} waits`)).toEqual([
			expect.stringMatching(/emergency-lockdown.*the code.*fourth@example\.com, third@example\.com/s),
		]);

		const browser = await signedInBrowser(world.host);
		const { status, page } = await browser.open(limited.formUrl);
		expect(status).toBe(200);
		expect(page).toContain('Confirm an emergency lockdown');
		await fetch(limited.formUrl, { method: 'HEAD' });
		await fetch(`${limited.formUrl}?request=${code}&decision=${encodeURIComponent(YES)}`);
		expect((await fetch(limited.formUrl, { method: 'POST', body: formOf(code, YES) })).status).toBe(401);
		expect(await webhookExecutions(limited)).toHaveLength(1);
		expect(accessOf('third@example.com')).toEqual(everywhere(true));

		expect(await browser.submit(limited.formUrl, [code, YES])).toBe(200);

		const after = await poll(
			async () => {
				const now = await world.results(people);
				return now.every(({ outcome }) => outcome === 'lockedDown') ? now : undefined;
			},
			'the confirmed people to be locked out',
			30_000,
		);
		expect(accessOf('third@example.com')).toEqual(everywhere(false));
		expect(accessOf('fourth@example.com')).toEqual(everywhere(false));
		for (const row of after.filter(({ person }) => person === 'third@example.com')) {
			expect(row).toMatchObject({
				decidedBy: world.host.owner.email,
				assurance: 'signed in to n8n',
				decidedAt: expect.stringMatching(/^\d{4}-/),
				verified: true,
			});
		}

		// Decided once is decided.
		await browser.submit(limited.formUrl, [code, YES]);
		await ended(limited, 'error', /decided already/);
	});

	it('leaves them alone when somebody says so, and when the one who asked confirms', async () => {
		const limited = await world.publish({ settings: { limitPeople: 0 } });
		const browser = await signedInBrowser(world.host);
		world.hire('declined@example.com');
		world.hire('own@example.com');
		await world.call(limited, revoked('declined@example.com'));
		const code = codeOf(await world.results(['declined@example.com']), 'declined@example.com');

		await browser.submit(limited.formUrl, [code, NO]);

		const rows = await poll(
			async () => {
				const now = await world.results(['declined@example.com']);
				return now.every(({ outcome }) => outcome === 'declined') ? now : undefined;
			},
			'the decision',
			20_000,
		);
		expect(rows).toHaveLength(4);
		expect(accessOf('declined@example.com')).toEqual(everywhere(true));

		const asked = { ...revoked('own@example.com').events[0], requestedBy: world.host.owner.email };
		await world.call(limited, { events: [asked] });
		const own = codeOf(await world.results(['own@example.com']), 'own@example.com');
		await browser.submit(limited.formUrl, [own, YES]);
		await ended(limited, 'error', /asked for it cannot confirm/);

		world.hire(world.host.owner.email);
		await world.call(limited, revoked(world.host.owner.email));
		const self = codeOf(await world.results([world.host.owner.email]), world.host.owner.email);
		await browser.submit(limited.formUrl, [self, YES]);
		await ended(limited, 'error', /Nobody decides about themselves/);
		expect(accessOf('own@example.com')).toEqual(everywhere(true));
		expect(accessOf(world.host.owner.email)).toEqual(everywhere(true));
	});

	it('takes no decision after its time, and says so', async () => {
		const limited = await world.publish({ settings: { limitPeople: 0, confirmWithinHours: 0 } });
		world.hire('late@example.com');
		await world.call(limited, revoked('late@example.com'));
		const code = codeOf(await world.results(['late@example.com']), 'late@example.com');

		await (await signedInBrowser(world.host)).submit(limited.formUrl, [code, YES]);
		await ended(limited, 'error', /has expired/);
		await world.host.client.runManually(limited.workflowId, 'EveryFiveMinutes');

		const texts = await poll(
			async () => {
				const found = await alarmTexts(`${code} expired`);
				return found.length > 0 ? found : undefined;
			},
			'the alarm about the expiry',
			20_000,
		);
		expect(texts[0]).toContain('late@example.com');
		expect(outcomesOf(await world.results(['late@example.com']), 'late@example.com')).toEqual(everywhere('expired'));
		expect(accessOf('late@example.com')).toEqual(everywhere(true));
	});
});

describe('an emergency call', () => {
	it('locks one person out of all four apps, and verifies it', async () => {
		world.hire('ann@example.com');

		expect(await world.call(lockdown, revoked('Ann@Example.com'))).toBe(200);

		const rows = await world.results(['ann@example.com']);
		expect(outcomesOf(rows, 'ann@example.com')).toEqual(everywhere('lockedDown'));
		for (const row of rows) expect(row).toMatchObject({ verified: true, error: '', authenticity: 'signed' });
		expect(accessOf('ann@example.com')).toEqual(everywhere(false));
		expect(world.entra.sessionsRevoked('ann@example.com')).toBe(true);
		expect(world.okta.user('ann@example.com')).toMatchObject({ sessions: 0, oauthTokens: 0 });
		expect(world.google.user('ann@example.com')).toMatchObject({ signedIn: false, grants: [] });
		// What was meant was stored before anything was asked of an app.
		const stored = Math.max(...rows.map(({ createdAt }) => Date.parse(String(createdAt))));
		expect(world.entra.requests()[0]?.at).toBeGreaterThanOrEqual(stored);
		await ended(lockdown, 'success');
		const removed = removedAt(rows);
		expect(await watchRows('ann@example.com')).toEqual(
			[5 * 60, 3600, 24 * 3600].map((seconds) =>
				expect.objectContaining({
					kind: 'watch',
					state: 'waiting',
					source: 'emergency',
					userId: rows.find(({ app }) => app === 'Notion')?.['account'],
					dueAt: new Date(removed + seconds * 1000).toISOString(),
				}),
			),
		);
	});

	it('takes a list of people through the door with a header, one bad entry among them', async () => {
		const people = ['bea@example.com', 'carl@example.com', 'dora@example.com'];
		people.forEach((email) => world.hire(email));

		const status = await world.callWithHeader(lockdown, {
			requestedBy: 'soc@example.com',
			reason: 'Phishing',
			reference: 'CASE-7',
			people: [...people.slice(0, 2), { email: 'no address' }, { person: { email: people[2] } }],
		});

		expect(status).toBe(200);
		const rows = await world.results(people);
		for (const email of people) {
			expect(outcomesOf(rows, email)).toEqual(everywhere('lockedDown'));
			expect(accessOf(email)).toEqual(everywhere(false));
		}
		expect(rows[0]).toMatchObject({
			requestedBy: 'soc@example.com',
			reason: 'Phishing',
			reference: 'CASE-7',
			authenticity: 'token',
		});
		await ended(lockdown, 'error', /no address.*is no email address/s);
	});

	it('is not held up by an app that hangs', async () => {
		const timesToRemove = async (people: string[]) => {
			const times: number[] = [];
			for (const email of people) {
				world.hire(email);
				await world.call(lockdown, revoked(email));
				const rows = await poll(
					async () => {
						const now = (await world.host.client.rows(RESULTS)).filter(({ person }) => person === email);
						return outcomesOf(now, email)['Notion'] === 'lockedDown' ? now : undefined;
					},
					'Notion',
					60_000,
				);
				times.push(removedAt(rows) - askedAt(rows));
			}
			return times;
		};
		const usual = await timesToRemove(['ear@example.com', 'ebb@example.com', 'edd@example.com']);
		const people = ['eve@example.com', 'eva@example.com', 'evi@example.com'];
		world.okta.fail('hang');

		const hanging = await timesToRemove(people);

		// Three of each, because other programs may keep the machine busy for any of them.
		expect(Math.min(...hanging)).toBeLessThan(3 * Math.max(...usual));
		const rows = await world.results(people);
		for (const email of people) {
			expect(outcomesOf(rows, email)).toEqual({ ...everywhere('lockedDown'), Okta: 'failed' });
			// The others were on record before the request that hung had ended.
			const [okta, ...others] = rows
				.filter(({ person }) => person === email)
				.sort((one, other) => Number(other['app'] === 'Okta') - Number(one['app'] === 'Okta'))
				.map(({ endedAt }) => Date.parse(String(endedAt)));
			expect(Math.max(...others)).toBeLessThan(Number(okta));
			expect(await poll(async () => (await alarmTexts(`${email} in Okta`, 'text'))[0], 'the alarm', 20_000)).toMatch(
				/access has not been ended/,
			);
		}
		await ended(lockdown, 'error', /in Okta: access has not been ended/);
	});

	it('goes on where apps fail, and says what is not certain', async () => {
		world.hire('fay@example.com');
		world.entra.fail(403, /^PATCH/);
		world.google.fail(500, /^POST .*signOut/);
		world.okta.fail('hang', /^GET .*users\/00u/);

		await world.call(lockdown, revoked('fay@example.com'));

		const rows = await world.results(['fay@example.com']);
		expect(outcomesOf(rows, 'fay@example.com')).toEqual({
			Notion: 'lockedDown',
			Entra: 'failed',
			Okta: 'notVerified',
			Google: 'notVerified',
		});
		expect(errorOf(rows, 'Entra')).toMatch(/not seen disabled.*403/);
		expect(errorOf(rows, 'Google')).toMatch(/sessions are not ended.*500/);
		expect(accessOf('fay@example.com')).toEqual({ Notion: false, Entra: true, Okta: false, Google: false });
		await ended(lockdown, 'error', /fay@example\.com in Entra/);
	});

	it('tells that somebody is not found in an app, unless Settings say that this is usual', async () => {
		const relaxed = await world.publish({ settings: { limitPeople: 1_000, notFoundIsTrouble: false } });
		for (const [email, copy] of [['gus@example.com', lockdown], ['hal@example.com', relaxed]] as const) {
			world.hire(email, ['Notion', 'Okta']);
			await world.call(copy, revoked(email));
			expect(outcomesOf(await world.results([email]), email)).toEqual({
				Notion: 'lockedDown',
				Entra: 'notFound',
				Okta: 'lockedDown',
				Google: 'notFound',
			});
		}
		await ended(lockdown, 'error', /gus@example\.com in Entra: nobody of this address was found/);
		await ended(relaxed, 'success');

		await world.call(relaxed, revoked('unknown@example.com'));
		expect(outcomesOf(await world.results(['unknown@example.com']), 'unknown@example.com')).toEqual(everywhere('notFound'));
		await ended(relaxed, 'error', /unknown@example\.com in Notion: nobody/);
	});

	it('never locks out a protected responder, also not by an alias', async () => {
		const guarded = await world.publish({
			settings: { limitPeople: 1_000, protectedResponders: ['Responder@example.com'] },
		});
		world.hire('responder@example.com', ['Notion', 'Entra', 'Okta']);
		world.google.addUser({ primaryEmail: 'responder@example.com', aliases: ['soc-alias@example.com'] });
		world.hire('ida@example.com');

		await world.call(guarded, revoked('responder@example.com', 'soc-alias@example.com', 'ida@example.com'));

		const rows = await world.results(['responder@example.com', 'soc-alias@example.com', 'ida@example.com']);
		expect(outcomesOf(rows, 'responder@example.com')).toEqual(everywhere('protected'));
		expect(outcomesOf(rows, 'soc-alias@example.com')).toEqual({ ...everywhere('notFound'), Google: 'protected' });
		expect(outcomesOf(rows, 'ida@example.com')).toEqual(everywhere('lockedDown'));
		expect(accessOf('responder@example.com')).toEqual(everywhere(true));
		await ended(guarded, 'error', /responder@example\.com in Notion: was named, but is protected/);
	});

	it('acts in the other apps where Notion refuses, and fails at its end', async () => {
		world.hire('boss@example.com');
		world.sandbox.workspace.changeRole('boss@example.com', 'owner');

		world.hire('ivo@example.com');

		await world.call(lockdown, revoked('boss@example.com', 'ivo@example.com'));

		const rows = await world.results(['boss@example.com', 'ivo@example.com']);
		expect(outcomesOf(rows, 'ivo@example.com')).toEqual(everywhere('lockedDown'));
		expect(outcomesOf(rows, 'boss@example.com')).toEqual({ ...everywhere('lockedDown'), Notion: 'failed' });
		expect(errorOf(rows, 'Notion')).toMatch(/owner/);
		expect(accessOf('boss@example.com')).toEqual({ ...everywhere(false), Notion: true });
		await ended(lockdown, 'error', /boss@example\.com in Notion/);
		expect(await watchRows('ivo@example.com')).toHaveLength(3);
		expect(await watchRows('boss@example.com')).toEqual([]);
	});

	it('tells that nodes could not run, unless Settings say that there is no such app', async () => {
		const broken = await world.publish({ settings: { limitPeople: 1_000 }, deactivated: ['Notion', 'Okta'] });
		world.hire('jay@example.com');

		await world.call(broken, revoked('jay@example.com'));

		const rows = await world.results(['jay@example.com']);
		expect(outcomesOf(rows, 'jay@example.com')).toEqual({
			Notion: 'failed',
			Entra: 'lockedDown',
			Okta: 'failed',
			Google: 'lockedDown',
		});
		await ended(broken, 'error', /jay@example\.com in Notion: access has not been ended.*did not run/);
		expect(await alarmTexts('jay@example.com in Notion', 'text')).toHaveLength(1);
	});

	it('says of an app that is not in Settings that it is not set up', async () => {
		const small = await world.publish({ settings: { limitPeople: 1_000 }, without: ['Okta', 'Google'] });
		world.hire('jan@example.com');

		await world.call(small, revoked('jan@example.com'));

		const rows = await world.results(['jan@example.com']);
		expect(outcomesOf(rows, 'jan@example.com')).toEqual({
			Notion: 'lockedDown',
			Entra: 'lockedDown',
			Okta: 'notSetUp',
			Google: 'notSetUp',
		});
		expect(accessOf('jan@example.com')).toEqual({ Notion: false, Entra: false, Okta: true, Google: true });
		await ended(small, 'success');
	});

	it('succeeds again for somebody who is locked out already', async () => {
		world.hire('kim@example.com');
		await world.call(lockdown, revoked('kim@example.com'));
		await world.results(['kim@example.com']);
		// As when the tool calls again an hour later, with the token of the first time.
		world.entra.expireTokens();

		await world.call(lockdown, revoked('kim@example.com'));

		const rows = await poll(
			async () => {
				const all = await world.results(['kim@example.com']);
				return all.length === 8 ? all.slice(4) : undefined;
			},
			'the second call',
			20_000,
		);
		expect(outcomesOf(rows, 'kim@example.com')).toEqual(everywhere('alreadyLocked'));
		for (const row of rows) expect(row).toMatchObject({ verified: true });
		await ended(lockdown, 'success');
	});

	it('has one effect when twenty copies arrive at once', async () => {
		const copied = await world.publish({ settings: { limitPeople: 1_000 } });
		world.hire('lou@example.com');

		const statuses = await Promise.all(
			Array.from({ length: 20 }, async () => await world.call(copied, revoked('lou@example.com'), { id: 'msg_copies' })),
		);

		expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
		const rows = await poll(
			async () => {
				const all = await world.results(['lou@example.com']);
				return all.length === 80 ? all : undefined;
			},
			'all copies',
			100_000,
		);
		expect(rows.filter(({ outcome }) => outcome === 'lockedDown')).toHaveLength(4);
		expect(rows.filter(({ outcome }) => outcome === 'copy')).toHaveLength(76);
		expect(world.sandbox.requests.all().filter(({ method }) => method === 'DELETE')).toHaveLength(1);
		expect(world.okta.requests().filter(({ path }) => path.endsWith('/suspend'))).toHaveLength(1);
		expect(await webhookExecutions(copied)).toHaveLength(20);
	});

	it('is refused with a forged signature or a wrong header, and starts nothing', async () => {
		world.hire('mia@example.com');
		const before = await webhookExecutions(lockdown);
		const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;

		expect(await world.call(lockdown, revoked('mia@example.com'), { secret })).toBe(401);
		expect(await world.callWithHeader(lockdown, revoked('mia@example.com'), 'wrong')).toBe(403);

		expect(await webhookExecutions(lockdown)).toEqual(before);
		expect(accessOf('mia@example.com')).toEqual(everywhere(true));
	});

	it('locks nobody out for an event that is no emergency', async () => {
		world.hire('ned@example.com');

		await world.callWithHeader(lockdown, { kind: 'left', person: { email: 'ned@example.com' } });

		await ended(lockdown, 'error', /"left" is no emergency/);
		// The execution that n8n starts for a red one stores no second alarm.
		const { workflowId } = lockdown;
		await world.host.client.waitForExecution(({ mode }) => mode === 'error', { workflowId });
		expect(await alarmTexts('"left" is no emergency', 'text')).toHaveLength(1);
		expect(accessOf('ned@example.com')).toEqual(everywhere(true));
	});

	it('does once more what was begun when n8n was killed', async () => {
		// The clock of this copy takes what was begun for dead at once.
		const hasty = await world.publish({ settings: { limitPeople: 1_000, patienceSeconds: -120 } });
		world.hire('pia@example.com');
		for (const vendor of [world.entra, world.okta, world.google]) vendor.fail('hang');
		const rowsOfPia = async () =>
			(await world.host.client.rows(RESULTS)).filter(({ person }) => person === 'pia@example.com');

		await world.call(hasty, revoked('pia@example.com'));
		await poll(async () => ((await rowsOfPia()).length === 4 ? true : undefined), 'the intentions', 10_000);
		await world.host.kill();
		await world.host.restart();
		for (const vendor of [world.entra, world.okta, world.google]) vendor.recover();
		expect(outcomesOf(await rowsOfPia(), 'pia@example.com')).toMatchObject({
			Entra: 'intended',
			Okta: 'intended',
			Google: 'intended',
		});
		await world.host.client.runManually(hasty.workflowId, 'EveryFiveMinutes');

		const rows = await poll(
			async () => {
				const now = await rowsOfPia();
				return now.every(({ outcome }) => outcome !== 'intended') ? now : undefined;
			},
			'the second attempt',
			30_000,
		);
		expect(outcomesOf(rows, 'pia@example.com')).toMatchObject({
			Entra: 'lockedDown',
			Okta: 'lockedDown',
			Google: 'lockedDown',
		});
		expect(accessOf('pia@example.com')).toEqual(everywhere(false));
		expect(rows.find(({ app }) => app === 'Okta')).toMatchObject({ attempts: 2, verified: true });
	});

	it('lets nobody pass the limit because an execution died before it got there', async () => {
		const dying = await world.publish({ diesAt: 'Decide' });
		// The window of this copy holds only what was begun and not ended.
		const hasty = await world.publish({
			settings: { limitPeople: 1, limitHours: 0, patienceSeconds: -120 },
		});
		const people = ['quinn@example.com', 'rosa@example.com', 'sue@example.com'];
		people.forEach((email) => world.hire(email));
		const rowsOf = async () =>
			(await world.host.client.rows(RESULTS)).filter(({ person }) => people.includes(String(person)));
		await world.call(dying, revoked(...people));
		await ended(dying, 'error', /It died/);
		expect((await rowsOf()).filter(({ outcome }) => outcome === 'intended')).toHaveLength(12);

		await world.host.client.runManually(hasty.workflowId, 'EveryFiveMinutes');

		const rows = await world.results(people);
		expect(outcomesOf(rows, 'quinn@example.com')).toEqual(everywhere('lockedDown'));
		for (const email of people.slice(1)) {
			expect(outcomesOf(rows, email)).toEqual(everywhere('waitsForPerson'));
			expect(accessOf(email)).toEqual(everywhere(true));
		}
		const code = codeOf(rows, 'rosa@example.com');
		const texts = await poll(
			async () => {
				const found = await alarmTexts(`${code} waits`);
				return found.length > 0 ? found : undefined;
			},
			'the alarm about who waits',
			20_000,
		);
		expect(texts).toEqual([expect.stringMatching(/rosa@example\.com, sue@example\.com/)]);

		await (await signedInBrowser(world.host)).submit(hasty.formUrl, [code, YES]);
		await poll(
			async () => (await rowsOf()).every(({ outcome }) => outcome === 'lockedDown') || undefined,
			'the confirmed people to be locked out',
			30_000,
		);
	});

	// Last of all tests, so that what failed and what hung is in the record, too.
	it('keeps the secrets of the apps out of the record of executions', async () => {
		const { sandbox, okta, entra, google } = world;
		const secrets = [
			sandbox.token,
			okta.accessToken,
			entra.credential.clientSecret,
			...entra.issuedTokens(),
			...google.issuedTokens(),
		];
		expect(secrets.length).toBeGreaterThan(10);
		const n8n = join(folder, 'n8n');
		const files = (await readdir(n8n, { recursive: true })).filter((name) => /database\.sqlite/.test(name));
		const stored = await Promise.all(files.map(async (file) => await readFile(join(n8n, file))));
		expect(stored.some((bytes) => bytes.includes('boss@example.com'))).toBe(true);
		const leaked = secrets.filter((secret) => stored.some((bytes) => bytes.includes(secret)));
		expect(leaked).toHaveLength(0);
	});
});

function everywhere<Value>(value: Value): Record<string, Value> {
	return Object.fromEntries(APPS.map((app) => [app, value]));
}

function outcomesOf(rows: Row[], person: string) {
	return Object.fromEntries(
		rows.filter((row) => row['person'] === person).map(({ app, outcome }) => [app, outcome]),
	);
}

function errorOf(rows: Row[], name: string) {
	return rows.find(({ app }) => app === name)?.['error'];
}

function codeOf(rows: Row[], person: string): string {
	const code = String(rows.find((row) => row['person'] === person)?.['code'] ?? '');
	expect(code).toMatch(/^[0-9a-f]{10}$/);
	return code;
}

function formOf(...values: string[]) {
	const form = new FormData();
	for (const [index, value] of values.entries()) form.set(`field-${index}`, value);
	return form;
}

/** Whether somebody can still get into each app, as the apps themselves have it. */
function accessOf(email: string) {
	const { sandbox, entra, okta, google } = world;
	return {
		Notion: sandbox.workspace.userByEmail(email)?.standing === 'member',
		Entra: entra.user(email)?.accountEnabled === true,
		Okta: okta.user(email)?.status === 'ACTIVE',
		Google: google.user(email)?.suspended === false,
	};
}

/** When the call arrived, in milliseconds since 1970. */
function askedAt(rows: Row[]): number {
	return Date.parse(String(rows[0]?.['askedAt']));
}

/** When access to Notion ended, in milliseconds since 1970. */
function removedAt(rows: Row[]): number {
	const row = rows.find(({ app }) => app === 'Notion');
	const evidence: unknown = JSON.parse(String(row?.['evidence']));
	expect(evidence).toMatchObject({ record: { removedAt: expect.any(String) } });
	const [, at = ''] = /"removedAt":"([^"]+)"/.exec(String(row?.['evidence'])) ?? [];
	return Date.parse(at);
}

async function alarmTexts(part: string, column: 'key' | 'text' = 'key'): Promise<unknown[]> {
	const rows = await world.host.client.rows('notion_alarms');
	return rows.filter((row) => String(row[column]).includes(part)).map(({ text }) => text);
}

/** By which the sweep looks whether somebody is back, the earliest first. */
async function watchRows(person: string): Promise<Row[]> {
	const rows = (await world.host.client.rows('scheduled_changes')).filter(({ email }) => email === person);
	return rows.sort((one, other) => String(one['dueAt']).localeCompare(String(other['dueAt'])));
}

async function webhookExecutions({ workflowId }: Lockdown) {
	const executions = await world.host.client.executions(workflowId);
	return executions.filter(({ mode }) => mode === 'webhook').map(({ id }) => id);
}

/** Waits until the newest execution of a door has ended as it should. */
async function ended({ workflowId }: Lockdown, status: string, message?: RegExp): Promise<void> {
	const error = await poll(
		async () => {
			const executions = await world.host.client.executions(workflowId);
			const newest = executions.find(({ mode }) => mode === 'webhook');
			if (!newest || ['new', 'running', 'waiting'].includes(newest.status)) return undefined;
			const { error: text = '' } = await world.host.client.execution(newest.id);
			return { status: newest.status, text };
		},
		'the execution to end',
		100_000,
	);
	expect(error.status).toBe(status);
	if (message) expect(error.text).toMatch(message);
}
