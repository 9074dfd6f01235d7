import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../../host/poll.mts';
import { ELSEWHERE, type Outage } from '../../../vendors/accountVendor.mts';
import { type AppName, APPS, startAppsWorld, type World } from './appsWorld.mts';

// The machine may be busy.
jest.setTimeout(120_000);

let folder: string;
let world: World;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'apps-'));
	world = await startAppsWorld(folder);
}, 180_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	for (const app of APPS) {
		world[app].recover();
		world[app].clearRequests();
	}
});

/** The requests that change something. */
const LOCK: Readonly<Record<AppName, RegExp>> = {
	entra: /^PATCH/,
	okta: /^POST .*\/suspend/,
	google: /^PATCH/,
};
const SESSIONS: Readonly<Record<AppName, RegExp>> = {
	entra: /^POST .*revokeSignInSessions/,
	okta: /^DELETE .*\/sessions/,
	google: /^POST .*\/signOut/,
};
const FIND: Readonly<Record<AppName, RegExp>> = {
	entra: /^GET .*users\?/,
	okta: /^GET .*users\?/,
	google: /^GET .*users\/[^/]*%40/,
};
const READ_AGAIN: Readonly<Record<AppName, RegExp>> = {
	entra: /^GET .*users\/[\w-]+\?/,
	okta: /^GET .*users\/00u/,
	google: /^GET .*users\/\d+$/,
};

describe.each(APPS)('in %s', (app) => {
	it('locks a person out, ends the sessions, and keeps what was seen', async () => {
		const ann = `ann.o'neil@example.com`;
		world.hire(app, ann, `xann.o'neil@example.com`, `ann.o'neil@example.com.evil.example`);

		const [row] = await world.lockOut(app, [ann], { details: { callReason: 'Stolen laptop' } });

		expect(row).toMatchObject({ state: 'done', outcome: 'lockedDown', attempts: 0, execution: '' });
		expect(Date.parse(String(row?.['removedAt']))).toBeGreaterThan(Date.now() - 60_000);
		expect(canGetIn(app, ann)).toBe(false);
		expect(canGetIn(app, `xann.o'neil@example.com`)).toBe(true);
		expect(canGetIn(app, `ann.o'neil@example.com.evil.example`)).toBe(true);
		expect(hasSessions(app, ann)).toBe(false);
		expect(await world.evidence(app, ann)).toEqual([
			expect.objectContaining({
				app,
				email: ann,
				account: idOf(app, ann),
				outcome: 'lockedDown',
				requestedBy: 'analyst@example.com',
				reason: 'Stolen laptop',
				...STATES[app],
				open: [],
			}),
		]);
		expect(await world.alerts(app, ann)).toEqual([]);
	});

	it('ends the sessions again of a person who is locked out already', async () => {
		const kim = 'kim@example.com';
		world.hire(app, kim);
		await world.lockOut(app, [kim]);
		world[app].clearRequests();
		// As when the tool calls again after an hour.
		world.entra.expireTokens();

		const [row] = await world.lockOut(app, ['Kim@Example.com']);

		expect(row).toMatchObject({ state: 'done', outcome: 'alreadyLocked', removedAt: '' });
		expect(asked(app).some((request) => SESSIONS[app].test(request))).toBe(true);
		expect(await world.alerts(app, 'Kim@Example.com')).toEqual([]);
	});

	it('tells of a person the app does not have, unless that is usual', async () => {
		const [row] = await world.lockOut(app, ['gus@example.com']);
		const [usual] = await world.lockOut(app, ['hal@example.com'], { details: { quietNotFound: true } });

		for (const each of [row, usual]) expect(each).toMatchObject({ state: 'done', outcome: 'notFound' });
		expect(await world.alerts(app, 'gus@example.com')).toEqual([expect.stringMatching(/no one of this address was found/)]);
		expect(await world.alerts(app, 'hal@example.com')).toEqual([]);
		expect(writes(app)).toEqual([]);
	});

	it.each<[string, Outage, RegExp]>([
		['is down', 503, /503/],
		['refuses the search', 403, /403/],
		['asks to wait', 429, /429/],
		['breaks off', 'break', /No answer|502/],
		['is not the one that answers', 'html', /not what/],
		['sends the search elsewhere', 'elsewhere', /302/],
	])('touches no one where the app %s', async (_case, outage, why) => {
		const email = `fay.${outage}@example.com`;
		world.hire(app, email);
		world[app].fail(outage, FIND[app]);

		const [row] = await world.lockOut(app, [email]);

		expect(row).toMatchObject({ state: 'needsPerson', outcome: 'failed', reason: expect.stringMatching(why) });
		expect(writes(app)).toEqual([]);
		expect(await world.alerts(app, email)).toEqual([expect.stringMatching(/access has not been ended.*by hand/)]);
		expect(await world.host.proxy.requests(ELSEWHERE)).toEqual([]);
	});

	it('says what was refused, and what is not certain', async () => {
		const [refused, kept, unseen] = ['ned.refused@example.com', 'ned.kept@example.com', 'ned.unseen@example.com'];
		world.hire(app, refused, kept, unseen);

		world[app].fail(403, LOCK[app]);
		const [first] = await world.lockOut(app, [refused]);
		world[app].recover();
		world[app].fail('elsewhere', SESSIONS[app]);
		const [second] = await world.lockOut(app, [kept]);
		world[app].recover();
		world[app].fail(500, READ_AGAIN[app]);
		const [third] = await world.lockOut(app, [unseen]);

		expect(first).toMatchObject({ state: 'needsPerson', outcome: 'failed', reason: expect.stringMatching(/403/) });
		expect(second).toMatchObject({ state: 'needsPerson', outcome: 'notVerified', reason: expect.stringMatching(/302/) });
		expect(third).toMatchObject({ state: 'needsPerson', outcome: 'notVerified', reason: expect.stringMatching(/500/) });
		expect([refused, kept, unseen].map((email) => canGetIn(app, email))).toEqual([true, false, false]);
		expect(await world.alerts(app, refused)).toEqual([expect.stringMatching(/access has not been ended/)]);
		expect(await world.alerts(app, unseen)).toEqual([expect.stringMatching(/not certain/)]);
		expect(await world.evidence(app, refused)).toEqual([expect.objectContaining({ outcome: 'failed' })]);
		expect(await world.host.proxy.requests(ELSEWHERE)).toEqual([]);
	});

	it('lets one who fails stop no other one', async () => {
		const people = ['ida@example.com', 'no one@example.com', 'jan@example.com', 'joe@example.com'];
		world.hire(app, 'ida@example.com', 'jan@example.com', 'joe@example.com');
		world[app].fail(500, new RegExp(`${LOCK[app].source.replace('/suspend', '')}.*${idOf(app, 'ida@example.com')}`));

		const rows = await world.lockOut(app, people);

		expect(rows.map(({ outcome }) => outcome)).toEqual(['failed', 'notFound', 'lockedDown', 'lockedDown']);
		expect(people.map((email) => canGetIn(app, email) ?? 'no one')).toEqual([true, 'no one', false, false]);
	});

	it('leaves protected people and rows of others alone', async () => {
		const account = 'pam@example.com';
		world.hire(app, account, 'board@example.com', 'quinn@example.com');
		const [responder] = await world.lockOut(app, [account], { details: { protectedEmails: ['Pam@example.com'] } });
		const [board] = await world.lockOut(app, ['board@example.com']);
		const [other] = await world.lockOut(app, ['quinn@example.com'], { details: { app: 'notion' } });
		const [done] = await world.lockOut(app, ['quinn@example.com'], { state: 'done' });

		for (const row of [responder, board]) expect(row).toMatchObject({ state: 'refused', outcome: 'protected' });
		expect(other).toMatchObject({ state: 'needsPerson', outcome: '' });
		expect(done).toMatchObject({ state: 'done', outcome: '' });
		expect(writes(app)).toEqual([]);
		expect(await world.alerts(app, account)).toEqual([expect.stringMatching(/protected/)]);
		expect(await world.alerts(app, 'quinn@example.com')).toHaveLength(1);
	});
});

it('tells that nodes could not run', async () => {
	const people = ['rob@example.com', 'ron@example.com'] as const;
	world.hire('okta', ...people);

	const [unsought] = await world.lockOut('okta', [people[0]], { without: ['Find account'] });
	const [unlocked] = await world.lockOut('okta', [people[1]], { without: ['Lock account', 'End sessions'] });

	for (const row of [unsought, unlocked]) {
		expect(row).toMatchObject({ state: 'needsPerson', outcome: 'failed', reason: expect.stringMatching(/deactivated/) });
	}
	expect(people.map((email) => canGetIn('okta', email))).toEqual([true, true]);
});

it('waits ten seconds for an answer', async () => {
	const people = ['tim@example.com', 'tom@example.com', 'tea@example.com'] as const;
	for (const [index, app] of APPS.entries()) world.hire(app, people[index] ?? '');
	// n8n repeats a request to Entra once, after whatever error.
	world.entra.fail('hang', FIND.entra, 1);
	world.okta.fail('hang', READ_AGAIN.okta);
	world.google.fail('hang', LOCK.google);

	const [entra, okta, google] = await Promise.all(
		APPS.map(async (app, index) => (await world.lockOut(app, [people[index] ?? '']))[0]),
	);

	expect(entra).toMatchObject({ outcome: 'lockedDown' });
	expect(okta).toMatchObject({ outcome: 'notVerified', reason: expect.stringMatching(/not seen again. No answer/) });
	expect(google).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/No answer/) });
});

describe('in Google', () => {
	it('knows a person, and a protected one, by an alias', async () => {
		world.google.addUser({ primaryEmail: 'uma@example.com', aliases: ['uma.alias@example.com'] });
		world.google.addUser({ primaryEmail: 'soc@example.com', aliases: ['desk@example.com'] });

		const rows = await world.lockOut('google', ['uma.alias@example.com', 'desk@example.com'], {
			details: { protectedEmails: ['soc@example.com'] },
		});

		expect(rows.map(({ outcome }) => outcome)).toEqual(['lockedDown', 'protected']);
		expect(world.google.user('soc@example.com')?.suspended).toBe(false);
	});

	it('deletes the grants of applications, and names what is left', async () => {
		world.google.addUser({ primaryEmail: 'vic@example.com', grants: [] });
		world.google.addUser({ primaryEmail: 'wes@example.com', grants: ['drive-sync.example', 'mail/plugin.example'] });
		world.google.addUser({ primaryEmail: 'xia@example.com', grants: ['kept.example', 'gone.example'] });
		world.google.fail(403, /^DELETE .*kept/);

		const rows = await world.lockOut('google', ['vic@example.com', 'wes@example.com', 'xia@example.com']);

		expect(rows.map(({ outcome }) => outcome)).toEqual(['lockedDown', 'lockedDown', 'notVerified']);
		expect(rows[2]).toMatchObject({ reason: expect.stringMatching(/still have access: kept\.example\./) });
		expect(world.google.user('wes@example.com')?.grants).toEqual([]);
		expect(world.google.user('xia@example.com')?.grants).toEqual(['kept.example']);
	});
});

it('touches none of two accounts of one address', async () => {
	world.entra.addUser({ userPrincipalName: 'yan@example.com' });
	world.entra.addUser({ userPrincipalName: 'other@example.com', mail: 'yan@example.com' });
	world.okta.addUser({ login: 'yan@example.com' });
	world.okta.addUser({ login: 'other@example.com', email: 'yan@example.com' });

	for (const app of ['entra', 'okta'] as const) {
		const [row] = await world.lockOut(app, ['yan@example.com']);
		expect(row).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/Several accounts/) });
		expect(writes(app)).toEqual([]);
	}
});

it('calls an account of Okta that cannot be suspended by its state', async () => {
	world.okta.addUser({ login: 'zoe@example.com', status: 'PASSWORD_EXPIRED' });

	const [row] = await world.lockOut('okta', ['zoe@example.com']);

	expect(row).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/PASSWORD_EXPIRED.*not active/) });
	expect(world.okta.user('zoe@example.com')).toMatchObject({ sessions: 0, oauthTokens: 0 });
});

it('tells of an execution that fails unforeseen', async () => {
	world.hire('okta', 'abe@example.com');

	await world.lockOutBroken('okta', 'abe@example.com');

	const texts = await poll(
		async () => {
			const found = await world.alertsOf('lock-out-of-okta: failed');
			return found.length > 0 ? found : undefined;
		},
		'the alert',
		20_000,
	);
	expect(texts).toEqual([expect.stringMatching(/^Notion SCIM: lock out of Okta: the execution \d+ failed at "Check outcome"\./)]);
	expect(canGetIn('okta', 'abe@example.com')).toBe(false);
});

// Last of all tests, so that what failed and what hung is in the record, too.
it('keeps the secrets of the apps out of every record', async () => {
	const secrets = world.secrets();
	expect(secrets.length).toBeGreaterThan(4);
	const n8n = join(folder, 'n8n');
	const files = (await readdir(n8n, { recursive: true })).filter((name) => /database\.sqlite/.test(name));
	const stored = await Promise.all(files.map(async (file) => await readFile(join(n8n, file))));
	expect(stored.some((bytes) => bytes.includes('uma.alias@example.com'))).toBe(true);
	expect(secrets.filter((secret) => stored.some((bytes) => bytes.includes(secret)))).toHaveLength(0);
});

/** What the evidence says of an account that is locked now. */
const STATES: Readonly<Record<AppName, Record<string, unknown>>> = {
	entra: {
		before: { accountEnabled: true, sessionsValidFrom: '2026-01-01T08:00:00Z' },
		after: { accountEnabled: false, sessionsValidFrom: expect.stringMatching(/^\d{4}-/) },
	},
	okta: { before: { status: 'ACTIVE' }, after: { status: 'SUSPENDED' } },
	google: {
		before: { suspended: false },
		after: { suspended: true, applications: ['drive-sync.example'], applicationsLeft: [] },
	},
};

function canGetIn(app: AppName, email: string): boolean | undefined {
	const { entra, okta, google } = world;
	if (app === 'entra') return entra.user(email)?.accountEnabled;
	if (app === 'okta') return okta.user(email) && okta.user(email)?.status === 'ACTIVE';
	return google.user(email) && !google.user(email)?.suspended;
}

function hasSessions(app: AppName, email: string): boolean {
	const { entra, okta, google } = world;
	if (app === 'entra') return !entra.sessionsRevoked(email);
	if (app === 'okta') return (okta.user(email)?.sessions ?? 1) > 0 || (okta.user(email)?.oauthTokens ?? 1) > 0;
	const user = google.user(email);
	return user === undefined || user.signedIn || user.grants.length > 0;
}

function idOf(app: AppName, email: string): string | undefined {
	return world[app].user(email)?.id;
}

/** As `METHOD /path`. */
function asked(app: AppName): string[] {
	return world[app].requests().map(({ method, path }) => `${method} ${path}`);
}

function writes(app: AppName): string[] {
	return asked(app).filter((request) => !request.startsWith('GET') && !request.endsWith('/token'));
}
