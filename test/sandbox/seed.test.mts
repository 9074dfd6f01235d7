import { closeAll, start } from './scimCalls.mts';

afterEach(closeAll);

const people = async (seed: number) => {
	const { sandbox } = await start({ seed, people: 300 });
	return sandbox.workspace
		.members()
		.map(({ id, profile, role }) => ({ id, profile, role, groups: sandbox.workspace.groupNames(id) }));
};

it('gives the same people for the same seed, and others for another', async () => {
	const one = await people(5);
	expect(await people(5)).toEqual(one);
	expect(await people(6)).not.toEqual(one);
});

it('gives people of every kind', async () => {
	const { sandbox } = await start({ people: 3000 });
	const members = sandbox.workspace.members();
	const has = (what: (member: (typeof members)[number]) => boolean) =>
		expect(members.filter(what).length).toBeGreaterThan(3);
	has(({ profile }) => profile.name.formatted === undefined);
	has(({ profile }) => profile.name.givenName !== undefined && !profile.name.familyName);
	has(({ profile }) => /[^\x20-\x7e]/.test(profile.name.formatted ?? ''));
	has(({ profile }) => profile.userName.endsWith('@contractor.example'));
	has(({ profile }) => profile.secondaryEmails.length > 0);
	has(({ role }) => role === 'restricted_member');
	expect(new Set(members.map(({ id }) => id)).size).toBe(3007);
	expect(new Set(members.map(({ profile }) => profile.userName)).size).toBe(3007);
});

it('can start with no one but the owner', async () => {
	const { sandbox, get } = await start({ empty: true });
	expect(sandbox.workspace.members().map(({ profile }) => profile.userName)).toEqual([
		'owner@example.com',
	]);
	expect((await get('/Groups')).body.totalResults).toBe(0);
});

it('goes back to the start', async () => {
	const calls = await start({ people: 20, switches: { createStatus: 200 } });
	const before = (await calls.get('/Users?count=100')).body.Resources.map(({ id }) => id);
	const { sandbox } = calls;
	sandbox.workspace.removeUser('ada@example.com');
	sandbox.setSwitches({ createStatus: 201 });
	sandbox.faults.add({ fault: { status: 500 } });
	sandbox.reset();
	const after = (await calls.get('/Users?count=100')).body.Resources.map(({ id }) => id);
	expect(after).toEqual(before);
	expect(sandbox.switches.createStatus).toBe(200);
	expect(sandbox.requests.count()).toBe(1);
});

it('holds 100,000 people and stays quick', async () => {
	const timed = async <Result,>(work: () => Promise<Result>): Promise<[Result, number]> => {
		const started = performance.now();
		const result = await work();
		return [result, performance.now() - started];
	};
	const [calls, seedMs] = await timed(() => start({ people: 100_000 }));
	await calls.get('/Users?count=1');
	const [page, pageMs] = await timed(() => calls.get('/Users?startIndex=99901&count=100'));
	const filter = encodeURIComponent('email eq "kenji@example.com"');
	const [lookup, lookupMs] = await timed(() => calls.get(`/Users?filter=${filter}`));
	expect(page.body).toMatchObject({ totalResults: 100_007, itemsPerPage: 100 });
	expect(lookup.body.totalResults).toBe(1);

	const round = (milliseconds: number) => `${milliseconds.toFixed(1)} ms`;
	process.stdout.write(
		`100,000 people: seeded in ${round(seedMs)}, a page in ${round(pageMs)}, ` +
			`a look-up by e-mail in ${round(lookupMs)}\n`,
	);
	// Generous bounds: they catch a look-up that reads everyone, and not a busy machine.
	expect(seedMs).toBeLessThan(30_000);
	expect(pageMs + lookupMs).toBeLessThan(2_000);
}, 60_000);
