import { systemClock } from '../../../nodes/NotionScim/transport/clock.ts';
import type { FaultRule } from '../../../sandbox/server.mts';
import { applying } from '../directory/applying.mts';
import { ChangesAbout } from '../directory/plannedChanges.mts';
import { byEmail, failureOf, itemFailures, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

/** As Notion's public API answers while it saves something else. */
const busy: FaultRule['fault'] = {
	status: 409,
	body: { object: 'error', status: 409, code: 'conflict_error', message: 'Conflict occurred while saving. Please try again.' },
};

describe('a conflict with another change', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, results } = applying(notion);
	const idOf = (email: string) => notion.sandbox.workspace.userByEmail(email)?.id ?? '';
	const isMember = (email: string) => notion.sandbox.workspace.isMember(email);
	const once = (method: string) => notion.sandbox.faults.add({ method, times: 1, fault: busy });

	test('that passes does not stop a lockdown, a removal, an update or a membership', async () => {
		once('DELETE');
		const locked = await notion.run('user.lockDown', { parameters: { user: byEmail('ada@example.com'), reason: 'Left' } });
		expect(onlyItem(locked)).toMatchObject({ outcome: 'removed', verified: true });

		once('DELETE');
		notion.sandbox.faults.add({ method: 'DELETE', times: 1, fault: busy });
		const removed = await notion.run('user.remove', { parameters: { user: byEmail('kenji@example.com') } });
		expect(onlyItem(removed)).toMatchObject({ outcome: 'removed' });

		once('PATCH');
		const updated = await notion.run('user.update', {
			parameters: { user: byEmail('maria@example.com'), updateFields: { title: 'Treasurer' } },
		});
		expect(onlyItem(updated)).toMatchObject({ outcome: 'updated', title: 'Treasurer' });

		once('PATCH');
		const added = await notion.run('group.addMembers', {
			parameters: { group: { __rl: true, mode: 'name', value: 'Sales' }, members: 'maria@example.com' },
		});
		expect(onlyItem(added)).toMatchObject({ outcome: 'updated', added: [{ email: 'maria@example.com' }] });
	}, 20_000);

	test('that stays fails a lockdown as something for later, with the person still there', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', path: idOf('ada@example.com'), fault: busy });

		const run = await notion.run('user.lockDown', {
			parameters: {
				user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				reason: 'Left',
				options: { removalLimit: 1 },
			},
			items: [{ email: 'ada@example.com' }],
			onError: 'continueRegularOutput',
		});

		const [failure] = itemFailures(run);
		expect(failure?.context).toMatchObject({ kind: 'conflict', record: { verified: 'notRemoved', watchAt: [] } });
		expect(failure?.message).toContain('conflict with another change');
		expect(failure?.message).toContain('Run the item again in a few minutes.');
		expect(isMember('ada@example.com')).toBe(true);
	}, 20_000);

	test('that stays gives back what a removal had reserved', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', path: idOf('ada@example.com'), fault: busy });

		const run = await notion.run('user.remove', {
			parameters: {
				user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				options: { removalLimit: 1 },
			},
			items: [{ email: 'ada@example.com' }, { email: 'kenji@example.com' }],
			onError: 'continueErrorOutput',
		});

		expect(itemFailures(run, 1)[0]?.context).toMatchObject({ kind: 'conflict' });
		expect(jsons(run)).toMatchObject([{ outcome: 'removed', user: { email: 'kenji@example.com' } }]);
	}, 20_000);

	test('that stays is a failed line of a plan, without an impact, and the others are done', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', path: idOf('ada@example.com'), fault: busy });

		const run = await apply([about.remove('ada@example.com'), about.remove('kenji@example.com')], {
			onError: 'continueRegularOutput',
		});

		expect(results(run)).toMatchObject([{ outcome: 'failed', impact: 0 }, { outcome: 'done', impact: 1 }]);
		expect(itemFailures(run)[0]?.context).toMatchObject({ kind: 'conflict' });
	}, 20_000);

	test('over an address names who has it, and no operation of the node', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: busy });

		const failure = failureOf(
			await notion.run('user.update', {
				parameters: { user: byEmail('ada@example.com'), updateFields: { email: 'maria@example.com' } },
			}),
		);

		expect(`${failure.message} ${failure.description}`).toContain('maria@example.com');
		expect(`${failure.message} ${failure.description}`).not.toMatch(/Create or Update/);
		expect(isMember('ada@example.com')).toBe(true);
	});

	test('over the name of a group: Create says that it exists, Create or Update takes it', async () => {
		const made = notion.sandbox.workspace.groupByName('Sales');
		// Neither sees the group before it writes: another person makes it at the same moment.
		const blind = () => {
			notion.sandbox.faults.clear();
			notion.sandbox.faults.add({
				method: 'GET', path: '/Groups\\?', times: 1, fault: { status: 200, body: { totalResults: 0, Resources: [] } },
			});
			notion.sandbox.faults.add({ method: 'POST', fault: busy });
		};

		blind();
		const created = failureOf(await notion.run('group.create', { parameters: { displayName: 'Sales' } }));
		expect(created.message).toBe(`A group called "Sales" exists already (${made?.id}).`);

		blind();
		const taken = await notion.run('group.upsert', { parameters: { displayName: 'Sales' } });
		expect(onlyItem(taken)).toMatchObject({ id: made?.id, outcome: 'unchanged' });
	});
});

describe('a leaver whose removal is refused', () => {
	const notion = setUpNotion();

	test.each([405, 412, 413, 422, 501])('with %i is for a person to decide, after one request', async (status) => {
		notion.sandbox.faults.add({ method: 'DELETE', fault: { status } });

		const run = await notion.run('user.lockDown', {
			parameters: { user: byEmail('ada@example.com'), reason: 'Left' },
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run)[0]?.context).toMatchObject({ kind: 'refused', record: { verified: 'notRemoved' } });
		expect(notion.writes()).toHaveLength(1);
	});
});

describe('late reads', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, results } = applying(notion);

	test.each([{ reads: 1 }, { milliseconds: 250 }])('of %j make no one unverified', async (readLag) => {
		notion.sandbox.setSwitches({ readLag });
		const locked = await notion.run('user.lockDown', { parameters: { user: byEmail('ada@example.com'), reason: 'Left' } });
		expect(onlyItem(locked)).toMatchObject({ outcome: 'removed', verified: true });

		const run = await apply([about.remove('kenji@example.com'), about.renameGroup('Finance', 'Money')]);
		expect(results(run)).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
	});

	test('that never end are told as they are: still a member', async () => {
		notion.sandbox.setSwitches({ readLag: { milliseconds: 60_000 } });
		const run = await notion.run('user.remove', { parameters: { user: byEmail('ada@example.com') } });
		expect(failureOf(run).message).toContain('they are still a member');
	});

	test('are not waited for once the execution is canceled', async () => {
		notion.sandbox.setSwitches({ readLag: { milliseconds: 60_000 } });
		const stop = new AbortController();
		const sleep = jest.spyOn(systemClock, 'sleep').mockImplementationOnce(async (_milliseconds, signal) => {
			stop.abort();
			signal?.throwIfAborted();
		});

		const run = await notion.run('user.remove', {
			parameters: { user: byEmail('ada@example.com') },
			cancelSignal: stop.signal,
		});
		await expect(notion.nodeRun).rejects.toThrow('canceled');
		sleep.mockRestore();
		expect(run.status).toBe('canceled');
		// One looks for the person, one looks whether they are gone.
		expect(notion.sandbox.requests.count({ method: 'GET', path: /Users/ })).toBe(2);
	});
});

describe('Get Many where the filter is refused', () => {
	const notion = setUpNotion();

	test.each([400, 404, 500, 501] as const)('with %i', async (documentedFilter) => {
		notion.sandbox.setSwitches({ documentedFilter });
		const users = await notion.run('user.getAll', {
			parameters: { returnAll: true, filters: { email: 'ada@example.com' } },
		});
		expect(jsons(users)).toMatchObject([{ email: 'ada@example.com' }]);
		const noOne = failureOf(
			await notion.run('user.get', { parameters: { user: byEmail('nobody@example.com') } }),
		);
		expect(noOne.message).toBe('No one in the workspace has the email nobody@example.com.');
	});
});
