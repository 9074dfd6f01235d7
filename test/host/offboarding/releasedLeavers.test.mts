import { readFile } from 'node:fs/promises';

import { signedInBrowser, type FormBrowser } from '../formBrowser.mts';
import { heldAnswer } from '../heldAnswer.mts';
import { addLeavers, FAST, type Leavers } from './leavers.mts';
import { CHANGES, type OffboardingWorld, startOffboarding } from './offboardingWorld.mts';

const LEAVERS = 6;
const LIMIT = 2;
const HELD = LEAVERS - LIMIT;
const YES = 'Yes, lock them out';
const NO = 'No, release no one';

let world: OffboardingWorld;
let leavers: Leavers;
let browser: FormBrowser;
let formUrl: string;

beforeAll(async () => {
	world = await startOffboarding({ environment: FAST, settings: { removalLimit: LIMIT } });
	const { client, url } = world.host;
	const file: unknown = JSON.parse(await readFile('workflows/offboarding-release/offboarding-release.json', 'utf8'));
	const { id } = await client.importWorkflow(file, {
		credentials: world.credentials,
		subWorkflows: { 'Lock out': world.workflowId },
	});
	await client.publish(id);
	formUrl = `${url}/form/notion-offboarding-release`;
	browser = await signedInBrowser(world.host);
	leavers = addLeavers(world, LEAVERS);
	await world.tell(...leavers.deliveries(LEAVERS));
}, 200_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

jest.setTimeout(100_000);

const decide = async (answer: string) => {
	const page = await browser.send(await browser.open(formUrl));
	return (await browser.send(page, heldAnswer(page, answer))).answer;
};
const held = async () => (await world.rows(CHANGES)).filter(({ state }) => state === 'held');

it('empties the list after a "No", and the night fills it again', async () => {
	expect(await held()).toHaveLength(HELD);

	expect(await decide(NO)).toContain('No one was released');

	expect(leavers.members()).toHaveLength(HELD);
	expect(await held()).toEqual([]);
	await world.call(
		...leavers.members().map((email) => ({
			kind: 'leave',
			state: 'scheduled',
			event: 'left',
			source: 'bamboohr',
			employeeId: leavers.idOf(email),
			email,
			key: `nightly|${email}`,
			requestedBy: 'Nightly comparison',
		})),
	);
	expect(leavers.members()).toHaveLength(HELD);
	expect(await held()).toHaveLength(HELD);
});

it('locks out all of them after a "Yes", but for the person the HRIS has taken back', async () => {
	const [rehired = ''] = leavers.members();
	world.hris.staff.withdrawTermination(leavers.idOf(rehired));

	const answer = await decide(YES);

	expect(answer).toContain(`<strong>${HELD - 1}</strong> locked out`);
	expect(leavers.members()).toEqual([rehired]);
	expect(await held()).toEqual([]);
	const released = (await world.rows(CHANGES)).filter(({ approvedBy, outcome }) => approvedBy && outcome === 'removed');
	expect(released).toHaveLength(HELD - 1);
	for (const { approvedBy } of released) expect(approvedBy).toBe(`${world.host.owner.email} (assurance: n8n sign-in)`);

	// The HRIS is read about them once more, and they stay.
	const [row] = await world.rows(CHANGES, leavers.idOf(rehired)).then((rows) => rows.filter(({ state }) => state === 'retry'));
	await world.call(row ?? {});
	expect(leavers.members()).toEqual([rehired]);
	expect((await world.rows(CHANGES, leavers.idOf(rehired))).filter(({ state }) => state === 'retry')).toEqual([]);
});
