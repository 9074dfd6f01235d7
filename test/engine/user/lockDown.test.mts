import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';

import type { NotionRunOptions } from '../support/notionTest.mts';
import {
	byEmail,
	byId,
	failureOf,
	itemFailures,
	jsons,
	onlyItem,
	pairs,
	setUpNotion,
} from '../support/notionTest.mts';

const evidence = z.object({
	person: z.object({ id: z.string(), email: z.string(), role: z.string().optional() }).nullable(),
	groups: z.array(z.object({ id: z.string(), displayName: z.string() })).nullable(),
	startedAt: z.string().datetime(),
	removedAt: z.string().datetime().optional(),
	verifiedAt: z.string().datetime().optional(),
	watchAt: z.array(z.string().datetime()),
	transferUntil: z.string().datetime().optional(),
	leftToDo: z.array(z.string()),
	verified: z.union([z.literal(true), z.string()]),
	adminApi: z.record(z.object({ status: z.string() }).passthrough()),
});

const recordOf = (item: IDataObject) => evidence.parse(item['record']);

describe('user.lockDown', () => {
	const notion = setUpNotion();
	const lockDown = async (
		user: INodeParameters,
		parameters: INodeParameters = {},
		rest: Omit<NotionRunOptions, 'parameters'> = {},
	) => await notion.run('user.lockDown', { parameters: { user, ...parameters }, ...rest });
	/** One item for each address. */
	const lockDownAll = async (
		emails: string[],
		parameters: INodeParameters = {},
		rest: Omit<NotionRunOptions, 'parameters' | 'items'> = {},
	) =>
		await notion.run('user.lockDown', {
			parameters: { user: { __rl: true, mode: 'email', value: '={{ $json.email }}' }, ...parameters },
			items: emails.map((email) => ({ email })),
			...rest,
		});
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const membershipOf = (email: string) => account(email)?.membership;
	const deletes = () => notion.sandbox.requests.count({ method: 'DELETE' });

	test('removes, verifies and keeps the evidence that an auditor asks for', async () => {
		const { id = '' } = account('ada@example.com') ?? {};
		const run = await lockDown(byEmail('ada@example.com'), {
			reason: 'Left the company',
			reference: 'HR-1204',
			requestedBy: 'hr@example.com',
		});

		const item = onlyItem(run);
		expect(item).toMatchObject({
			outcome: 'removed',
			foundBy: 'email',
			verified: true,
			email: 'ada@example.com',
			userId: id,
			displayName: 'Ada Lovelace',
			record: {
				person: { id, email: 'ada@example.com', displayName: 'Ada Lovelace', role: 'member', active: true },
				groupsComplete: true,
				foundBy: 'email',
				reason: 'Left the company',
				reference: 'HR-1204',
				requestedBy: 'hr@example.com',
				verified: true,
				seenAs: 'notFound',
				control: { memberCount: 6 },
				adminApi: {
					sessions: { status: 'notTouched' },
					personalAccessTokens: { status: 'notTouched' },
					mcpConnections: { status: 'notTouched' },
				},
				survives: expect.stringContaining('account itself survives'),
			},
		});
		const record = recordOf(item);
		expect(record.groups?.map(({ displayName }) => displayName).sort()).toEqual(['All Staff', 'Engineering']);
		const removedAt = Date.parse(record.removedAt ?? '');
		expect(removedAt).toBeGreaterThanOrEqual(Date.parse(record.startedAt));
		expect(Date.parse(record.verifiedAt ?? '')).toBeGreaterThanOrEqual(removedAt);
		expect(record.watchAt.map((instant) => Date.parse(instant) - removedAt)).toEqual([
			300_000, 3_600_000, 86_400_000,
		]);
		expect(Date.parse(record.transferUntil ?? '') - removedAt).toBe(30 * 86_400_000);
		expect(record.leftToDo.join(' ')).toMatch(/Transfer their private pages before .*Admin API.*guests/s);
		expect(pairs(run)).toEqual([{ item: 0 }]);
		expect(membershipOf('ada@example.com')).toBe('outside');
		expect(notion.sandbox.workspace.sessions('ada@example.com').every(({ endedAt }) => endedAt !== null)).toBe(true);
	});

	test.each(['notFound', 'inactive'] as const)('is a success that says so when done again (%s)', async (after) => {
		notion.sandbox.setSwitches({ afterRemoval: after });
		const { id = '' } = account('ada@example.com') ?? {};
		await lockDown(byEmail('ada@example.com'));
		notion.sandbox.requests.clear();

		expect(onlyItem(await lockDown(byEmail('ada@example.com')))).toMatchObject({
			outcome: 'alreadyGone',
			verified: true,
			foundBy: 'none',
			record: { seenAs: 'notFound', watchAt: [] },
		});
		expect(onlyItem(await lockDown(byId(id)))).toMatchObject({
			outcome: 'alreadyGone',
			foundBy: 'id',
			userId: id,
			record: { seenAs: after },
		});
		expect(onlyItem(await lockDown(byEmail(''), { linkedUserId: id }))).toMatchObject({
			outcome: 'alreadyGone',
			foundBy: 'link',
		});
		expect(deletes()).toBe(0);
	});

	test('fails for an address that no one has where that was asked for', async () => {
		const run = await lockDown(byEmail('nobody@example.com'), { options: { ifNobody: 'fail' } });
		expect(failureOf(run).message).toContain('No one in the workspace has the email nobody@example.com');
		expect(deletes()).toBe(0);
	});

	test('finds a person by the link when the directory has cleared the address', async () => {
		const { id = '' } = account('ada@example.com') ?? {};
		const run = await lockDown(byEmail(''), { linkedUserId: id });
		expect(onlyItem(run)).toMatchObject({ outcome: 'removed', foundBy: 'link', email: 'ada@example.com' });
	});

	test('removes no one where the link and the address name different people', async () => {
		const { id = '' } = account('kenji@example.com') ?? {};
		const run = await lockDown(byEmail('ada@example.com'), { linkedUserId: id });
		expect(failureOf(run).message).toContain('name different people');
		expect(deletes()).toBe(0);
	});

	test('removes no one for an empty address without a link', async () => {
		const run = await lockDown(byEmail(''));
		expect(failureOf(run).message).toBe('There is no address and no ID of the person.');
		expect(deletes()).toBe(0);
	});

	test.each([
		['a link that is an address', byEmail(''), { linkedUserId: 'ada@example.com' }],
		['a link that an expression left undefined', byEmail(''), { linkedUserId: 'undefined' }],
		['an ID that is a name', byId('Ada Lovelace'), {}],
	])('does not take for gone what cannot be an ID: %s', async (_name, user, parameters) => {
		expect(failureOf(await lockDown(user, parameters)).message).toContain('cannot be the ID of a person');
		expect(membershipOf('ada@example.com')).toBe('member');
	});

	test('removes no one where the ID and the link name different people', async () => {
		const [ada, kenji] = ['ada@example.com', 'kenji@example.com'].map((email) => account(email)?.id ?? '');
		const run = await lockDown(byId(kenji ?? ''), { linkedUserId: ada ?? '' });
		expect(failureOf(run).message).toContain('No one was removed');
		expect(deletes()).toBe(0);
	});

	test('goes on with the others when one is refused, and fails at the end', async () => {
		const emails = ['ada@example.com', 'second.owner@example.com', 'kenji@example.com'];
		const run = await lockDownAll(emails);
		expect(failureOf(run)).toMatchObject({
			message: expect.stringContaining('second.owner@example.com is an owner'),
			description: expect.stringMatching(/1 of 3 items failed; the others were done\. Removed: ada@example\.com, kenji@example\.com\./),
		});
		expect(emails.map(membershipOf)).toEqual(['outside', 'member', 'outside']);
	});

	test('gives each its own item where the node may continue, with the record of the refused one', async () => {
		const emails = ['owner@example.com', 'no-address', 'ada@example.com'];
		const run = await lockDownAll(emails, {}, {
			onError: 'continueRegularOutput',
			credential: { tokenCreatorEmail: 'owner@example.com' },
		});
		expect(jsons(run)).toMatchObject([
			{ error: expect.stringContaining('created the SCIM token') },
			{ error: expect.stringContaining('"no-address" is not an email address') },
			{ outcome: 'removed', email: 'ada@example.com' },
		]);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(itemFailures(run)).toHaveLength(2);
		const context = z
			.object({ kind: z.string(), record: evidence })
			.parse(run.outputs[0]?.[0]?.error?.context);
		expect(context.kind).toBe('protectedPerson');
		expect(context.record).toMatchObject({
			person: { email: 'owner@example.com' },
			verified: 'notRemoved',
		});
	});

	test('removes a person once who is named twice', async () => {
		const { id = '' } = account('ada@example.com') ?? {};
		const run = await notion.run('user.lockDown', {
			parameters: { user: '={{ $json.who }}' },
			items: [{ who: 'ada@example.com' }, { who: id }],
		});
		expect(jsons(run)).toMatchObject([
			{ outcome: 'removed', foundBy: 'email' },
			{ outcome: 'alreadyGone', foundBy: 'id' },
		]);
		expect(deletes()).toBe(1);
	});

	const failedRecord = (run: Awaited<ReturnType<typeof lockDown>>) =>
		evidence.parse(run.outputs[0]?.[0]?.error?.context['record']);

	test('says that no one can tell, and when to look, where the answer to the removal was lost', async () => {
		const { id } = account('ada@example.com') ?? {};
		notion.sandbox.faults.add({ method: 'DELETE', fault: { cutConnection: 'after' } });
		notion.sandbox.faults.add({ method: 'GET', path: `/Users/${id}`, fault: { status: 500 } });
		const run = await lockDown(byEmail('ada@example.com'), {}, { onError: 'continueRegularOutput' });
		const record = failedRecord(run);
		expect(membershipOf('ada@example.com')).toBe('outside');
		expect(record).toMatchObject({ verified: 'unknown', transferUntil: expect.any(String) });
		expect(record.watchAt).toHaveLength(3);
		expect(record.leftToDo.join(' ')).not.toContain('still a member');
	});

	test('says that they are still a member where they were seen after it', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', fault: { status: 204, body: '' } });
		const run = await lockDown(byEmail('ada@example.com'), {}, { onError: 'continueRegularOutput' });
		const record = failedRecord(run);
		expect(record).toMatchObject({ verified: 'notRemoved', watchAt: [] });
		expect(record.leftToDo.join(' ')).toContain('still a member');
		expect(record.leftToDo.join(' ')).not.toContain('Transfer');
	});

	test('does not call a person a member whom it could not look for', async () => {
		const run = await lockDown(byEmail('no-address'), {}, { onError: 'continueRegularOutput' });
		const record = failedRecord(run);
		expect(record).toMatchObject({ person: null, verified: 'unknown' });
		expect(record.leftToDo.join(' ')).toContain('No one was removed');
	});

	test('believes no one to be gone of a server for which no one is there', async () => {
		notion.sandbox.faults.add({
			path: '/Users',
			fault: { status: 200, body: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] } },
		});
		expect(failureOf(await lockDown(byEmail('ada@example.com'))).message).toContain('no members at all');
	});

	test('removes each as soon as they are found, also while a person is hard to find', async () => {
		const { id = '' } = account('kenji@example.com') ?? {};
		notion.sandbox.faults.add({ path: `/Users/${id}`, fault: { delayMs: 3_000 }, times: 1 });
		const before = Date.now();
		const run = await notion.run('user.lockDown', {
			parameters: { user: '={{ $json.who }}' },
			items: [{ who: id }, { who: 'ada@example.com' }],
		});
		const [, ada] = jsons(run);
		expect(Date.parse(recordOf(ada ?? {}).removedAt ?? '') - before).toBeLessThan(2_500);
		expect(jsons(run).map(({ outcome }) => outcome)).toEqual(['removed', 'removed']);
	});

	test('gives the records of all with the error where the run fails', async () => {
		const run = await lockDownAll(['ada@example.com', 'second.owner@example.com']);
		const { records } = z.object({ records: z.array(evidence) }).parse(contextOf(run));
		expect(records.map(({ person }) => person?.email)).toEqual([
			'ada@example.com',
			'second.owner@example.com',
		]);
	});

	/** A proxy that answers in HTML to everything about one person, and to the control reading. */
	const proxyAnswers404 = (...methods: string[]) => {
		const fault = { status: 404, body: '<html>Not found</html>', headers: { 'content-type': 'text/html' } };
		for (const method of methods) notion.sandbox.faults.add({ method, path: '/Users/', fault });
		notion.sandbox.faults.add({ method: 'GET', path: 'count=1(&|$)', fault });
	};

	test('is not verified where a proxy answers 404 after the removal', async () => {
		proxyAnswers404('GET');
		const run = await lockDown(byEmail('ada@example.com'), {}, { onError: 'continueRegularOutput' });
		const [failure] = itemFailures(run);
		expect(failure?.message).toContain('whether they are gone could not be read');
		const { kind, record } = z
			.object({ kind: z.string(), record: evidence })
			.parse(run.outputs[0]?.[0]?.error?.context);
		expect(kind).toBe('notVerified');
		expect(record.verified).toBe('unknown');
		expect(record.leftToDo.join(' ')).toContain('Check in Notion');
	});

	test('does not take a proxy that answers 404 to the removal for a person who is gone', async () => {
		proxyAnswers404('GET', 'DELETE');
		const run = await lockDown(byEmail('ada@example.com'));
		expect(failureOf(run).message).toBeTruthy();
		expect(membershipOf('ada@example.com')).toBe('member');
	});

	test('removes although the groups cannot be read, and says that they are not known', async () => {
		notion.sandbox.faults.add({ path: '/Groups', fault: { status: 400 } });
		const item = onlyItem(await lockDown(byEmail('ada@example.com')));
		expect(item).toMatchObject({ outcome: 'removed', verified: true, record: { groups: null, groupsComplete: false } });
		expect(recordOf(item).leftToDo.join(' ')).toContain('groups could not be read');
	});

	test('does not let a list of groups that hangs hold up the removal', async () => {
		notion.sandbox.faults.add({ path: '/Groups', fault: { delayMs: 9_000 } });
		const before = Date.now();
		const item = onlyItem(await lockDown(byEmail('ada@example.com')));
		expect(item).toMatchObject({ outcome: 'removed', record: { groups: null } });
		expect(Date.parse(recordOf(item).removedAt ?? '') - before).toBeLessThan(8_000);
	}, 20_000);

	test('keeps to the limit of the rolling day, whichever execution used it', async () => {
		const run = await lockDownAll(['ada@example.com', 'kenji@example.com'], {
			options: { alreadyUsed: 1 },
		}, { onError: 'continueRegularOutput' });
		const [removed, held] = jsons(run).sort((one) => ('error' in one ? 1 : -1));
		expect(removed).toMatchObject({ outcome: 'removed' });
		expect(held).toMatchObject({
			error: expect.stringMatching(/has used 1 and others of the last day 1 of the 2/),
		});
		expect(deletes()).toBe(1);
	});

	test.each(['', 'unknown'])('removes no one where what was used cannot be read: "%s"', async (used) => {
		const run = await lockDown(byEmail('ada@example.com'), {
			options: { alreadyUsed: `={{ "${used}" }}` },
		});
		expect(failureOf(run).message).toContain('could not be read from Already Used');
		expect(deletes()).toBe(0);
	});

	test('needs a credential with full access', async () => {
		const run = await lockDown(byEmail('ada@example.com'), {}, { credential: { access: 'noRemovals' } });
		expect(failureOf(run).message).toContain('may not remove people');
		expect(deletes()).toBe(0);
	});
});

/** What the error of a failed run knows besides its message. */
const contextOf = ({ error }: { error?: unknown }): unknown =>
	z.object({ context: z.unknown() }).parse(error).context;

describe('user.lockDown in a large workspace', () => {
	const notion = setUpNotion({ people: 1_000 });

	test.each([1, 2, 8])('needs at most three requests for each of %i people, and one reading each of control and groups', async (count) => {
		const emails = notion.sandbox.workspace
			.members()
			.filter(({ role }) => role === 'member')
			.slice(0, count)
			.map(({ profile }) => profile.userName);
		const run = await notion.run('user.lockDown', {
			parameters: {
				user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				options: { removalLimit: 20 },
			},
			items: emails.map((email) => ({ email })),
		});
		expect(jsons(run).map(({ outcome }) => outcome)).toEqual(emails.map(() => 'removed'));
		const groups = notion.sandbox.requests.count({ path: /\/Groups/ });
		const all = notion.sandbox.requests.all().length;
		expect(groups).toBe(1);
		expect(all).toBeLessThanOrEqual(3 * count + 1 + 1);
	});
});
