/**
 * `npm start`: a real n8n with the package, a Notion workspace, the workflow and its credentials, and
 * then what it is all for: the HRIS reports hires, and they are members with groups.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

import Table from 'cli-table3';

import { expectedPeople, sendHires, type Delivery } from './hires.mts';
import { showAddresses, startWorld, type World } from './world.mts';

/** Without colours, which logs and light terminals spoil. */
const PLAIN = { style: { head: [], border: [] } };

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
/** Asked for at any time, also while things start: they are started, then stopped properly. */
const interrupted = new Promise<void>((resolveInterrupted) => {
	process.once('SIGINT', () => resolveInterrupted());
	process.once('SIGTERM', () => resolveInterrupted());
});

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'demo-'));

const world = await startWorld({
	folder,
	...(await usualPort(4010, 'sandboxPort')),
	...(await usualPort(5678, 'n8nPort')),
	progress: (step) => console.log(`▸ ${step} …`),
}).catch(async (error: unknown) => {
	await rm(folder, { recursive: true, force: true });
	throw error;
});

try {
	console.log('▸ The HRIS reports three hires; the last delivery is a repetition …\n');
	const deliveries = await sendHires(world);
	const right = show(world, deliveries);
	if (values.once) {
		process.exitCode = right ? 0 : 1;
	} else {
		showAddresses(world);
		await interrupted;
		console.log('\n▸ Stopping …');
	}
} finally {
	await world.stop();
	await rm(folder, { recursive: true, force: true });
}

/** The usual address where it is free, so that people find things again; any other where it is not. */
async function usualPort(
	port: number,
	name: 'sandboxPort' | 'n8nPort',
): Promise<{ sandboxPort?: number; n8nPort?: number }> {
	const free = await new Promise<boolean>((resolveFree) => {
		const server = createServer();
		server.once('error', () => resolveFree(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolveFree(true)));
	});
	return free ? { [name]: port } : {};
}

/** Prints what happened, read back from the sandbox. @returns whether it is what should have happened */
function show({ sandbox }: World, deliveries: Delivery[]): boolean {
	const sent = new Table({ ...PLAIN, head: ['HRIS delivery', 'answer', 'milliseconds', 'writes to Notion'] });
	for (const { file, status, milliseconds, writes } of deliveries) {
		sent.push([file, status, milliseconds, writes]);
	}
	console.log(sent.toString());

	const people = expectedPeople.map((expected) => {
		const account = sandbox.workspace.userByEmail(expected.email);
		const groups = [...sandbox.workspace.groupNames(expected.email)].sort();
		return {
			person: account?.profile.name.formatted ?? '(nobody)',
			email: expected.email,
			role: account?.standing === 'member' ? account.role : '(not a member)',
			groups: groups.join(', '),
			right:
				account?.standing === 'member' &&
				account.role === expected.role &&
				groups.join() === [...expected.groups].sort().join(),
		};
	});
	const joined = new Table({ ...PLAIN, head: ['person', 'email', 'role', 'groups', 'as it should be'] });
	for (const { person, email, role, groups, right } of people) {
		joined.push([person, email, role, groups, right ? 'yes' : 'NO']);
	}
	console.log(joined.toString());

	const repetition = deliveries.at(-1);
	const answered = deliveries.every(({ status }) => status === 200);
	const wroteNothing = repetition?.writes === 0;
	if (!answered) console.log('A delivery was not answered with 200:', JSON.stringify(deliveries));
	if (!wroteNothing) console.log('The repetition wrote to Notion, which it must not.');
	return people.every(({ right }) => right) && answered && wroteNothing;
}
