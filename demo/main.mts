/**
 * `npm start`: a real n8n with the packages, a Notion workspace, an HRIS, the workflows and their
 * credentials, followed by a demonstration: hires become members with groups, a leaver and a person
 * whose laptop was stolen are locked out, and every seat is compared with the HRIS.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

import Table from 'cli-table3';

import { type Comparison, compareDirectory, showDirectory, startDirectory } from './directory.mts';
import { startMailServer } from '../vendors/mailServer.mts';
import { importErrorNotification } from './alerts.mts';
import { startClock } from './clock.mts';
import { callEmergency, startEmergency } from './emergency.mts';
import { expectedPeople, sendHires, type Delivery } from './hires.mts';
import { type Ending, sendLeaver, showLeaving, startOffboarding } from './leaver.mts';
import { showAddresses, startWorld, type World } from './world.mts';

/** Without colours, which are illegible in logs and light terminals. */
const PLAIN = { style: { head: [], border: [] } };

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
/**
 * Stops the servers at any time, even while they start: they finish starting, and are then stopped properly.
 */
const interrupted = new Promise<void>((resolveInterrupted) => {
	process.once('SIGINT', () => resolveInterrupted());
	process.once('SIGTERM', () => resolveInterrupted());
});

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'demo-'));

const formUser = { user: 'security', password: randomBytes(12).toString('base64url') };
const mail = await startMailServer({ user: 'n8n', password: randomBytes(16).toString('hex') });

const world = await startWorld({
	folder,
	alerts: async (host) => await importErrorNotification(host, { mail, formUser }),
	...(await usualPort(4010, 'sandboxPort')),
	...(await usualPort(5678, 'n8nPort')),
	progress: (step) => console.log(`▸ ${step} …`),
}).catch(async (error: unknown) => {
	await mail.close();
	await rm(folder, { recursive: true, force: true });
	throw error;
});

const started: Array<{ stop(): Promise<void> }> = [world, { stop: async () => await mail.close() }];

try {
	console.log('▸ Publishing the workflows for leavers, for emergencies and for the whole directory …');
	const offboarding = await startOffboarding(world, { mail, formUser });
	const emergency = await startEmergency(world);
	started.unshift(emergency);
	await startClock(world, offboarding, emergency);
	const directory = await startDirectory(world, offboarding);

	console.log('▸ The HRIS reports three hires, signed; the last delivery is a repetition …\n');
	const deliveries = await sendHires(world);
	const areHiresRight = showHires(world, deliveries);

	console.log('\n▸ An employment ends, and a security tool reports a stolen laptop …\n');
	const endings = [await sendLeaver(world, offboarding), await callEmergency(world, emergency)];
	const areEndingsRight = showEndings(endings);
	const { subject, to } = await offboarding.mail.waitFor((mail) => mail.text.includes('kenji@example.com'));
	console.log(`The manager was told by mail: "${subject}" to ${to.join(', ')}.`);

	console.log('\n▸ Every seat is compared with the HRIS, and a directory sync says what it would do …\n');
	const isComparisonRight = showComparison(await compareDirectory(world, directory));

	const right = areHiresRight && areEndingsRight && isComparisonRight;
	if (values.once) {
		process.exitCode = right ? 0 : 1;
	} else {
		showAddresses(world);
		showLeaving(world, offboarding);
		showDirectory(world, offboarding);
		console.log('\nCtrl-C stops it.');
		await interrupted;
		console.log('\n▸ Stopping …');
	}
} finally {
	for (const one of started) await one.stop();
	await rm(folder, { recursive: true, force: true });
}

/** The usual port if it is free, so that bookmarks keep working; otherwise any other. */
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

/** Prints what happened, as read from the sandbox. @returns whether it is as expected */
function showHires({ sandbox }: World, deliveries: Delivery[]): boolean {
	const sent = new Table({ ...PLAIN, head: ['HRIS delivery', 'answer', 'after ms', 'done after ms', 'writes to Notion'] });
	for (const { file, status, answeredAfter, doneAfter, writes } of deliveries) {
		sent.push([file, status, answeredAfter, doneAfter, writes]);
	}
	console.log(sent.toString());

	const people = expectedPeople.map((expected) => {
		const account = sandbox.workspace.userByEmail(expected.email);
		const groups = [...sandbox.workspace.groupNames(expected.email)].sort();
		return {
			person: account?.profile.name.formatted ?? '(no one)',
			email: expected.email,
			role: account?.membership === 'member' ? account.role : '(not a member)',
			groups: groups.join(', '),
			right:
				account?.membership === 'member' &&
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

/** Prints how quickly access ended. @returns whether everything went as it should */
function showEndings(endings: Ending[]): boolean {
	const table = new Table({
		...PLAIN,
		head: ['what', 'who', 'answer', 'after ms', 'session ended after ms', 'on record'],
	});
	for (const { what, email, status, answeredAfter, sessionEndedAfter, result } of endings) {
		table.push([what, email, status, answeredAfter, sessionEndedAfter, result]);
	}
	console.log(table.toString());
	console.log('Milliseconds count from sending the webhook; the end of a session is measured at the sandbox.');
	return endings.every(({ right, status }) => right && status === 200);
}

/** Prints the seats, and the changes of a sync. @returns whether they are as expected */
function showComparison({ classes, lines, right }: Comparison): boolean {
	const table = new Table({ ...PLAIN, head: ['seats that are', 'seats', 'EUR a month'] });
	for (const { class: name, seats, perMonth } of classes) {
		table.push([name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), seats, perMonth ?? '']);
	}
	console.log(table.toString());
	for (const line of lines) console.log(`  ${line}`);
	console.log('It is a dry run: nothing was written to Notion.');
	if (!right) console.log('That is not what should have come out.');
	return right;
}
