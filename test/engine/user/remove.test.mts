import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';

import { createNode } from '../runner/engine.mts';
import {
	byEmail,
	byId,
	failureOf,
	itemFailures,
	jsons,
	nodeOfOneExecution,
	onlyItem,
	pairs,
	setUpNotion,
} from '../support/notionTest.mts';

describe('user.remove', () => {
	const notion = setUpNotion();
	const remove = async (
		email: string,
		{ options = {}, credential = {} }: { options?: INodeParameters; credential?: IDataObject } = {},
	) =>
		await notion.run('user.remove', { parameters: { user: byEmail(email), options }, credential });
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const deletes = () => notion.sandbox.requests.count({ method: 'DELETE' });
	const members = () => notion.sandbox.workspace.members().map(({ profile }) => profile.userName);

	test('ends membership, groups and sessions, and proves it', async () => {
		const before = Date.now();
		const run = await remove('ada@example.com');

		const item = onlyItem(run);
		expect(item).toMatchObject({
			deleted: true,
			outcome: 'removed',
			user: {
				id: account('ada@example.com')?.id,
				email: 'ada@example.com',
				displayName: 'Ada Lovelace',
				title: 'Engineer',
				role: 'member',
				active: false,
			},
			evidence: { seenAs: 'notFound', membersThen: 6 },
		});
		const { verifiedAt } = z.object({ verifiedAt: z.string().datetime() }).parse(item['evidence']);
		expect(Date.parse(verifiedAt)).toBeGreaterThanOrEqual(before);
		expect(Date.parse(verifiedAt)).toBeLessThanOrEqual(Date.now());
		expect(pairs(run)).toEqual([{ item: 0 }]);
		expect(account('ada@example.com')?.membership).toBe('outside');
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).toEqual([]);
		const sessions = notion.sandbox.workspace.sessions('ada@example.com');
		expect(sessions).toHaveLength(2);
		expect(sessions.every(({ endedAt }) => endedAt !== null)).toBe(true);
		expect(notion.sandbox.workspace.sessions('kenji@example.com')[0]?.endedAt).toBeNull();
		expect(deletes()).toBe(1);
	});

	test.each([
		['notFound', 404],
		['notFound', 204],
		['inactive', 404],
		['inactive', 204],
	] as const)('is done once, however often it runs (%s, DELETE again: %s)', async (after, again) => {
		notion.sandbox.setSwitches({ afterRemoval: after, removeUnknown: again });
		const { id = '' } = account('ada@example.com') ?? {};

		expect(onlyItem(await remove('ada@example.com'))).toMatchObject({
			outcome: 'removed',
			evidence: { seenAs: after },
		});
		expect(onlyItem(await remove('ada@example.com'))).toMatchObject({
			deleted: true,
			outcome: 'alreadyGone',
			user: { email: 'ada@example.com' },
			evidence: { seenAs: 'notFound', membersThen: 6 },
		});
		const third = await notion.run('user.remove', { parameters: { user: byId(id) } });
		expect(onlyItem(third)).toMatchObject({
			deleted: true,
			outcome: 'alreadyGone',
			user: { id },
			evidence: { seenAs: after },
		});
		expect(deletes()).toBe(1);
	});

	test.each([404, 204] as const)(
		'says already gone where another person was quicker (DELETE: %s)',
		async (removeUnknown) => {
			notion.sandbox.setSwitches({ removeUnknown });
			notion.sandbox.faults.add({ method: 'DELETE', fault: { delayMs: 60 } });
			const { id = '' } = account('ada@example.com') ?? {};

			const runs = await Promise.all([remove('ada@example.com'), remove('ada@example.com')]);
			expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
			expect(runs.map((run) => onlyItem(run)['deleted'])).toEqual([true, true]);
			expect(notion.sandbox.workspace.isMember(id)).toBe(false);
		},
	);

	test.each([
		['without hyphens', (id: string) => id.replaceAll('-', '')],
		['in upper case', (id: string) => id.toUpperCase()],
	])('removes the person whose ID is written %s', async (_, spell) => {
		const { id = '' } = account('ada@example.com') ?? {};

		const run = await notion.run('user.remove', { parameters: { user: byId(spell(id)) } });

		expect(onlyItem(run)).toMatchObject({ outcome: 'removed', user: { id } });
		expect(notion.sandbox.workspace.isMember(id)).toBe(false);
	});

	test.each(['1204', 'Ada Lovelace'])('does not call "%s" gone, which is no ID', async (value) => {
		const failure = failureOf(await notion.run('user.remove', { parameters: { user: byId(value) } }));

		expect(failure.message).toBe(`"${value}" is neither an ID nor an email address.`);
	});

	test('removes no one where the server answers for another person', async () => {
		const { id = '' } = account('ada@example.com') ?? {};
		const kenji = account('kenji@example.com');
		notion.sandbox.faults.add({
			method: 'GET',
			path: `/Users/${id}$`,
			fault: { status: 200, body: { id: kenji?.id, userName: 'kenji@example.com' } },
		});

		const failure = failureOf(await notion.run('user.remove', { parameters: { user: byId(id) } }));

		expect(failure.message).toContain('another ID than the one asked for');
		expect(notion.writes()).toEqual([]);
	});

	test('takes an address that no one has for gone only after everyone was read', async () => {
		notion.sandbox.seedPeople(250);

		expect(onlyItem(await remove('typo@example.com'))).toMatchObject({
			outcome: 'alreadyGone',
			evidence: { seenAs: 'notFound', membersThen: 257 },
		});
		const starts = notion.sandbox.requests
			.all()
			.map(({ query }) => new URLSearchParams(query))
			.filter((query) => !query.has('filter') && query.get('count') === '100')
			.map((query) => query.get('startIndex'));
		expect(starts.sort()).toEqual(['1', '101', '201']);
		expect(notion.writes()).toEqual([]);
	});

	test('does not take an address for gone where the list keeps changing', async () => {
		notion.sandbox.faults.add({
			method: 'GET',
			path: 'Users\\?startIndex=1&count=100$',
			fault: { status: 200, body: { totalResults: 9, startIndex: 1, itemsPerPage: 0, Resources: [] } },
		});

		const failure = failureOf(await remove('typo@example.com'));
		expect(failure.message).toContain('The list of users could not be read completely.');
		expect(failure.description).toContain('Nothing is decided from a list with gaps.');
	});

	test.each(['primary', 'primaryAndSecondary'] as const)(
		'removes no one for a secondary address (email filter: %s)',
		async (emailFilterMatches) => {
			notion.sandbox.setSwitches({ emailFilterMatches });

			const failure = failureOf(await remove('kenji.watanabe@home.example'));
			expect(failure.message).toContain('is a secondary address of kenji@example.com');
			expect(failure.description).toContain('use that address or the ID');
			expect(notion.writes()).toEqual([]);
		},
	);

	test('never claims that a person is gone where a proxy answers for Notion', async () => {
		notion.sandbox.setSwitches({ gateway404: 'on' });
		const { id = '' } = account('ada@example.com') ?? {};

		const byAddress = failureOf(await remove('ada@example.com'));
		const byNumber = failureOf(
			await notion.run('user.remove', { parameters: { user: byId(id) } }),
		);
		for (const { message, description } of [byAddress, byNumber]) {
			expect(message).toContain('nothing is known about the person');
			expect(description).toContain('whether a proxy answers in place of Notion');
		}
		expect(account('ada@example.com')?.membership).toBe('member');
	});

	test('says that it could not verify where a proxy steps in after the removal', async () => {
		const { id = '' } = account('ada@example.com') ?? {};
		const gateway = { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } };
		notion.sandbox.faults.add({ method: 'GET', path: `Users/${id}$`, fault: gateway });
		notion.sandbox.faults.add({ method: 'GET', path: 'count=1$', fault: gateway });

		const failure = failureOf(
			await notion.run('user.remove', {
				parameters: { user: byEmail('ada@example.com'), options: { removalLimit: 1 } },
			}),
		);
		expect(failure.message).toContain('whether they are gone could not be read');
		expect(failure.description).toContain('Running this item again is safe.');
	});

	test('is an error where the person is still there afterwards', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', fault: { status: 204 } });

		const failure = failureOf(await remove('ada@example.com'));
		expect(failure.message).toBe(
			'Notion accepted the removal of ada@example.com, but they are still a member.',
		);
		expect(failure.description).toContain('look for another system that adds them again');
	});

	test.each([
		['answer is lost', { cutConnection: 'after' }, 1],
		['request is lost', { cutConnection: 'before' }, 2],
		['server is overloaded', { status: 529, headers: { 'retry-after': '1' } }, 2],
		['gateway gives up', { status: 504 }, 2],
	] as const)('removes in the end where the %s', async (_what, fault, count) => {
		notion.sandbox.faults.add({ method: 'DELETE', fault, times: 1 });

		expect(onlyItem(await remove('ada@example.com'))).toMatchObject({ deleted: true });
		expect(account('ada@example.com')?.membership).toBe('outside');
		expect(deletes()).toBe(count);
	});

	describe('guards', () => {
		test.each([
			['readOnly', 'This credential may only read. Nothing was written.'],
			['noRemovals', 'This credential may not remove people. Nothing was done.'],
			['anything', 'Access of the credential is "anything", which is not one of its choices.'],
		])('send nothing with the access %s', async (access, message) => {
			const failure = failureOf(await remove('ada@example.com', { credential: { access } }));

			expect(failure.message).toBe(message);
			expect(failure.description).toMatch(/Access is|Pick one in the credential/);
			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test('are on by default: a credential may not remove unless it says so', async () => {
			const run = await notion.engine.runNode({
				node: nodeOfOneExecution(),
				parameters: { resource: 'user', operation: 'remove', user: byEmail('ada@example.com') },
				credentials: {
					notionScimApi: { token: notion.token, baseUrl: notion.sandbox.scimUrl },
				},
			});

			expect(failureOf(run).message).toBe('This credential may not remove people. Nothing was done.');
		});

		test.each([
			['second.owner@example.com', {}, 'is an owner of the workspace'],
			['admin@example.com', {}, 'is a membership admin of the workspace'],
			['maria@example.com', { protectedEmails: 'maria@example.com' }, 'is on the list'],
			['kenji@example.com', { protectedEmails: 'kenji.watanabe@home.example' }, 'is on the list'],
		])('keep %s unless that is allowed (%j)', async (email, credential, reason) => {
			const refused = failureOf(await remove(email, { credential }));
			expect(refused.message).toContain(`${email} ${reason}`);
			expect(refused.description).toContain('Allow Privileged People');
			expect(notion.writes()).toEqual([]);

			const allowed = await remove(email, { credential, options: { allowPrivileged: true } });
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'removed' });
		});

		test.each([
			['owner@example.com', 'Owner@example.com'],
			['kenji@example.com', 'kenji.watanabe@HOME.example'],
		])('keep the token\'s creator, whatever is allowed (%s)', async (email, tokenCreatorEmail) => {
			const failure = failureOf(
				await remove(email, {
					options: { allowPrivileged: true },
					credential: { tokenCreatorEmail },
				}),
			);

			expect(failure.message).toContain(`${email} created the SCIM token.`);
			expect(notion.writes()).toEqual([]);
		});

		test.each([403, 400] as const)(
			'of Notion itself are explained: the token\'s creator (status %s, no body)',
			async (status) => {
				notion.sandbox.setSwitches({ tokenOwnerRemoval: status, errorBody: 'empty' });

				const failure = failureOf(
					await remove('owner@example.com', { options: { allowPrivileged: true } }),
				);
				expect(failure.description).toContain(
					'The owner who created the token and the last owner cannot be removed through SCIM.',
				);
				expect(failure.httpCode).toBe(String(status));
				expect(members()).toContain('owner@example.com');
			},
		);

		test.each([403, 400] as const)(
			'of Notion itself are explained: the last owner (status %s, no body)',
			async (status) => {
				notion.sandbox.setSwitches({ lastOwnerRemoval: status, errorBody: 'empty' });
				const { workspace } = notion.sandbox;
				const token = workspace.addToken('admin@example.com');
				workspace.removeUser('second.owner@example.com');

				const failure = failureOf(
					await remove('owner@example.com', {
						options: { allowPrivileged: true },
						credential: { token },
					}),
				);
				expect(failure.description).toContain('the last owner cannot be removed through SCIM');
				expect(failure.httpCode).toBe(String(status));
				expect(members()).toContain('owner@example.com');
			},
		);
	});

	describe('the removal limit', () => {
		const four = ['ada', 'kenji', 'maria', 'robin'].map((name) => ({
			email: name === 'robin' ? 'robin@contractor.example' : `${name}@example.com`,
		}));
		const user = byEmail('={{ $json.email }}');
		const limitReached =
			'This would remove 1 access grant, but this execution has used 2 of the 2 that it may. Nothing was done.';

		test('is two in a small workspace', async () => {
			const run = await notion.run('user.remove', { parameters: { user }, items: four });

			expect(failureOf(run)).toMatchObject({ message: limitReached, itemIndex: 2 });
			expect(failureOf(run).description).toContain('set Removal Limit in the options');
			expect(failureOf(run).description).toContain('Of 4 items, 2 items were done before this one.');
			expect(deletes()).toBe(2);
			expect(members()).toContain('maria@example.com');
		});

		test('lets nothing more pass either where the run goes on', async () => {
			const run = await notion.run('user.remove', {
				parameters: { user },
				items: four,
				onError: 'continueErrorOutput',
			});

			expect(jsons(run).map(({ outcome }) => outcome)).toEqual(['removed', 'removed']);
			expect(pairs(run, 1)).toEqual([{ item: 2 }, { item: 3 }]);
			expect(deletes()).toBe(2);
		});

		test('is not used up by people who are gone already', async () => {
			const gone = ['x@example.com', 'y@example.com', 'z@example.com'].map((email) => ({ email }));
			const run = await notion.run('user.remove', {
				parameters: { user },
				items: [...gone, ...four.slice(0, 2)],
			});

			expect(jsons(run).map(({ outcome }) => outcome)).toEqual([
				'alreadyGone', 'alreadyGone', 'alreadyGone', 'removed', 'removed',
			]);
		});

		test('can be set', async () => {
			const wide = await notion.run('user.remove', {
				parameters: { user, options: { removalLimit: 3 } },
				items: four,
			});
			expect(failureOf(wide)).toMatchObject({ itemIndex: 3 });
			expect(failureOf(wide).message).toContain('has used 3 of the 3');
			expect(deletes()).toBe(3);
		});

		test('grows with the workspace, to 2 % of the members', async () => {
			notion.sandbox.seedPeople(203);
			const people = notion.sandbox.workspace.members().slice(7, 13);

			const run = await notion.run('user.remove', {
				parameters: { user },
				items: people.map(({ profile }) => ({ email: profile.userName })),
			});
			expect(failureOf(run).message).toContain('has used 4 of the 4');
		});

		test('counts all nodes of one execution together', async () => {
			const removeOne = (name: string, email: string) =>
				createNode(name, 'notionScim', {
					parameters: { resource: 'user', operation: 'remove', user: byEmail(email) },
				});
			const run = await notion.engine.with(nodeOfOneExecution()).runWorkflow({
				workflow: {
					nodes: [
						removeOne('First', 'ada@example.com'),
						removeOne('Second', 'kenji@example.com'),
						removeOne('Third', 'maria@example.com'),
					],
					connections: {
						First: { main: [[{ node: 'Second', type: 'main', index: 0 }]] },
						Second: { main: [[{ node: 'Third', type: 'main', index: 0 }]] },
					},
				},
				credentials: notion.credential(),
			});

			expect(failureOf(run).message).toBe(limitReached);
			expect(run.runData['Second']?.[0]?.executionStatus).toBe('success');
			expect(run.runData['Third']?.[0]?.executionStatus).toBe('error');
			expect(members()).toContain('maria@example.com');
		});

		test('is not shared by two executions', async () => {
			for (const { email } of four) {
				expect(onlyItem(await remove(email))).toMatchObject({ outcome: 'removed' });
			}
		});

		test('gets back what was reserved for a removal that Notion refused', async () => {
			notion.sandbox.faults.add({ method: 'DELETE', fault: { status: 403 }, times: 2 });

			const run = await notion.run('user.remove', {
				parameters: { user },
				items: [four[0] ?? {}, ...four],
				onError: 'continueRegularOutput',
			});
			expect(jsons(run).map(({ outcome }) => outcome)).toEqual([
				undefined, undefined, 'removed', 'removed', undefined,
			]);
			expect(itemFailures(run)).toHaveLength(3);
		});

		test('keeps what was reserved for a removal whose end is not certain', async () => {
			notion.sandbox.faults.add({ method: 'DELETE', fault: { status: 500 }, times: 2 });

			const run = await notion.run('user.remove', {
				parameters: { user },
				items: four,
				onError: 'continueRegularOutput',
			});
			expect(deletes()).toBe(2);
			expect(itemFailures(run).at(-1)?.message).toContain(limitReached);
		});
	});
});
