import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { poll } from '../../../host/poll.mts';
import { afterApply, intendedRow } from '../../../lib/lifecycle/directoryChanges.ts';
import { changeRow } from '../../../lib/lifecycle/journal.ts';
import { World } from '../emergencyLockdown/lockdownWorld.mts';
import { publishErrorNotification } from '../errorNotification/publish.mts';
import { type FormPage, signedInBrowser } from '../formBrowser.mts';
import { heldAnswer } from '../heldAnswer.mts';
import { publishOutOfBandAlert } from './publish.mts';

/** As the form offers them. */
const YES = 'Yes, lock them out';
const NO = 'No, leave them alone';

let folder: string;
let world: World;
let formUrl: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'out-of-band-'));
	world = await World.start(folder);
	formUrl = await world.publishConfirmation(await world.publish({ patience: 60 }));
	await publishOutOfBandAlert(world.host, world.credentials, await publishErrorNotification(world.host));
	world.sandbox.requests.clear();
}, 180_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Everyone whose access was told, once this person's was. */
const toldUpTo = async (email: string): Promise<string[]> =>
	await poll(
		async () => {
			const keys = (await world.host.client.rows('notion_scim_alerts')).map(({ key }) => String(key));
			return keys.includes(`out-of-band-alert: ${email}`) ? keys.sort() : undefined;
		},
		`the alert about ${email}`,
		90_000,
	);

const emergencies = async (email: string) => {
	const [row, ...others] = await world.rows(email);
	expect(others).toEqual([]);
	return row;
};

/** Answers the list of emergency-confirm, about all people on it or about some. */
const answer = async (choice: string, people?: string[]): Promise<FormPage> => {
	const browser = await signedInBrowser(world.host);
	const page = await browser.send(await browser.open(formUrl));
	return await browser.send(page, heldAnswer(page, choice, people));
};

const members = () => world.sandbox.workspace.members().map(({ profile, role }) => `${profile.userName} ${role}`).sort();

const writes = () => world.sandbox.requests.all().filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

it('tells at once of who was invited by hand and who became owner, each with a lockdown that waits for a person', async () => {
	const eve = world.sandbox.workspace.addUser({ email: 'eve@example.com' });
	const ada = world.sandbox.workspace.changeRole('ada@example.com', 'owner');
	world.sandbox.workspace.changeRole('second.owner@example.com', 'member');

	await toldUpTo('eve@example.com');
	expect(await toldUpTo('ada@example.com')).toEqual(['out-of-band-alert: ada@example.com', 'out-of-band-alert: eve@example.com']);

	const waiting = { kind: 'emergency', state: 'held', outcome: 'held', approvedBy: '' };
	expect(await emergencies('eve@example.com')).toMatchObject({ ...waiting, userId: eve.id });
	expect(await emergencies('ada@example.com')).toMatchObject({ ...waiting, userId: ada.id });
	expect(await world.host.client.rows('notion_scim_changes')).toHaveLength(2);
	expect(writes()).toEqual([]);
}, 120_000);

it('accepts one person after a no about that person, records who said it, and asks on about the other', async () => {
	const before = members();
	const eve = await emergencies('eve@example.com');

	expect((await answer(NO, [`eve@example.com, row ${String(eve?.['id'])}`])).answer).toMatch(/No one was locked out.*The others on the list still wait/s);

	const approvedBy = `${world.host.owner.email} (assurance: n8n sign-in)`;
	expect(await emergencies('eve@example.com')).toMatchObject({ state: 'done', outcome: 'declined', approvedBy });
	expect(await emergencies('ada@example.com')).toMatchObject({ state: 'held', outcome: 'held', approvedBy: '' });
	expect((await answer(NO)).answer).not.toContain('still wait');
	expect(await emergencies('ada@example.com')).toMatchObject({ state: 'done', outcome: 'declined', approvedBy });
	expect(members()).toEqual(before);
	expect(writes()).toEqual([]);
}, 120_000);

it('says nothing of a role that a sync in another process of n8n has given, and tells of any other', async () => {
	const { workspace } = world.sandbox;
	const raisedByWorker = workspace.userByEmail('maria@example.com');
	if (!raisedByWorker) throw new Error('Maria is not there');
	await world.store(syncedRole(raisedByWorker.id, 'maria@example.com', 'membership_admin'));
	await world.store(syncedRole('of-someone-else', 'mallory@example.com', 'member'));
	const before = await world.host.client.rows('notion_scim_alerts');

	workspace.changeRole('maria@example.com', 'membership_admin');
	workspace.addUser({ email: 'mallory@example.com' });

	const told = await toldUpTo('mallory@example.com');
	expect(told).toHaveLength(before.length + 1);
	expect(await world.rows('maria@example.com')).toEqual([]);
}, 120_000);

it('locks out that person and no one else after a yes', async () => {
	const before = members();
	expect(before).toContain('mallory@example.com member');

	expect((await answer(YES)).html).toContain('They are locked out now');

	const row = await poll(
		async () => {
			const now = await emergencies('mallory@example.com');
			return now?.['outcome'] === 'lockedDown' ? now : undefined;
		},
		'Mallory to be locked out',
		60_000,
	);
	expect(row).toMatchObject({ state: 'done', approvedBy: `${world.host.owner.email} (assurance: n8n sign-in)` });
	expect(members()).toEqual(before.filter((one) => one !== 'mallory@example.com member'));
}, 120_000);

/** The row of directory-sync about a role, as it stands once the change is made. */
function syncedRole(id: string, email: string, role: string): Record<string, unknown> {
	const now = Date.now();
	const at = new Date(now).toISOString();
	const intended = intendedRow(
		{
			action: 'user.update',
			target: { type: 'user', id, email, displayName: null, source: 'list', sourceId: email },
			member: null,
			changes: [{ attribute: 'role', from: 'member', to: role }],
			reason: 'role',
			explanation: `${email} gets the role ${role}.`,
			guard: 'ok',
			impact: 0,
			precondition: { role: 'member' },
			planDigest: 'p',
			workspace: 'w',
			policyDigest: 'd',
			plannedAt: at,
			expiresAt: at,
			signature: 's',
		},
		{ kind: 'sync', workflow: 'directory-sync', execution: '1', requestedBy: '', approvedBy: '', now },
	);
	return changeRow(afterApply(intended, { outcome: 'done', note: '', userId: id, groupId: null, impact: 0, seats: 0, at }));
}
