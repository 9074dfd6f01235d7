import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../../host/poll.mts';
import { APPS, type Lockdown, revoked, type Row, World } from './lockdownWorld.mts';

// The machine may be busy.
jest.setTimeout(120_000);

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

// First of all tests, because the limit counts everyone in the last hour.
it('locks out as many people as the limit, and lets the others wait for a person', async () => {
	const limited = await world.publish({ plan: { limitPeople: 2 } });
	const people = ['first@example.com', 'second@example.com', 'third@example.com', 'fourth@example.com'];
	world.hire(...people);

	expect(await world.call(limited, revoked(...people))).toBe(200);

	const rows = await world.results(people);
	expect(outcomesOf(rows, 'first@example.com')).toEqual(everywhere('lockedDown'));
	expect(outcomesOf(rows, 'second@example.com')).toEqual(everywhere('lockedDown'));
	for (const email of people.slice(2)) {
		expect(outcomesOf(rows, email)).toEqual(everywhere('held'));
		expect(world.isMember(email)).toBe(true);
	}
	expect(await world.alerts('wait for a person')).toEqual([
		expect.stringMatching(/emergency-confirm.*fourth@example\.com, third@example\.com/s),
	]);
	expect((await world.ended(limited)).status).toBe('success');
});

it('locks one person out of all four apps, verifies it, and has the person watched', async () => {
	world.hire('ann@example.com');
	const asked = Date.now();

	expect(await world.call(lockdown, revoked('Ann@Example.com'))).toBe(200);

	const rows = await world.results(['ann@example.com']);
	console.log('ms', Date.parse(String(ofNotion(rows)['removedAt'])) - asked);
	expect(outcomesOf(rows, 'ann@example.com')).toEqual(everywhere('lockedDown'));
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
