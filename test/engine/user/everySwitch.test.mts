import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { SwitchSettings } from '../../../sandbox/server.mts';
import { describeSwitches, switchesSchema } from '../../../sandbox/switches.mts';
import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

const settings = (entries: Array<[string, unknown]>): SwitchSettings =>
	switchesSchema.partial().parse(Object.fromEntries(entries));

/** The examples for a rate limit make for long waits; a few more requests a second show the same. */
const quick = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'perSecond' in value ? { ...value, perSecond: 8 } : value;

const switches = describeSwitches().map(({ name, values }) => ({ name, values: values.map(quick) }));

/** No one can work where a proxy answers 404 to everything; the tests of each operation cover it. */
const isWorkable = (name: string, value: unknown): boolean =>
	!(name === 'gateway404' && value === 'on');

const singles = switches.flatMap(({ name, values }) =>
	values
		.filter((value) => isWorkable(name, value))
		.map((value): [string, SwitchSettings] => [
			`${name}: ${JSON.stringify(value)}`,
			settings([[name, value]]),
		]),
);

/** Waiting takes seconds with these, so they keep their default where many are drawn. */
const SLOW = ['rateLimit', 'writeConflict'];

const combination = fc
	.tuple(
		...switches.map(({ name, values }) =>
			fc
				.constantFrom(...(SLOW.includes(name) ? values.slice(0, 1) : values))
				.filter((value) => isWorkable(name, value))
				.map((value): [string, unknown] => [name, value]),
		),
	)
	.map(settings);

/** Addresses as the server shows them may have capitals. */
const lowered = (item: IDataObject): IDataObject => ({ ...item, email: String(item['email']).toLowerCase() });

describe('a person\'s way through the workspace is the same', () => {
	const notion = setUpNotion();
	const email = 'grace@example.com';
	const member = () => notion.sandbox.workspace.userByEmail(email);
	/** Reads may lag behind the writes of a run; until the next one they have caught up. */
	const run = async (...args: Parameters<typeof notion.run>): ReturnType<typeof notion.run> => {
		const result = await notion.run(...args);
		notion.sandbox.catchUp();
		return result;
	};
	const upsert = async (additionalFields: Record<string, string>, options: IDataObject = {}) =>
		onlyItem(
			await run('user.upsert', {
				parameters: { email, additionalFields, options: { syncRole: options['syncRole'] === true } },
			}),
		);

	const journey = async () => {
		const attributes = { title: 'Programmer', department: 'Research', phoneNumber: '+1 555 0100' };

		const created = onlyItem(
			await run('user.create', {
				parameters: {
					email,
					additionalFields: { ...attributes, displayName: 'Grace Hopper', role: 'restricted_member' },
				},
			}),
		);
		expect(lowered(created)).toMatchObject({ email, outcome: 'created', role: 'restricted_member' });
		expect(member()?.profile.name.formatted).toBe('Grace Hopper');

		notion.sandbox.requests.clear();
		expect(await upsert(attributes)).toMatchObject({ outcome: 'unchanged', id: created['id'] });
		expect(notion.writes()).toEqual([]);

		const again = await run('user.create', { parameters: { email } });
		expect(onlyItem(again)).toMatchObject({ outcome: 'alreadyMember', id: created['id'] });

		const updated = await run('user.update', {
			parameters: { user: byEmail(email), updateFields: { title: 'Rear admiral' } },
		});
		expect(onlyItem(updated)).toMatchObject({
			outcome: 'updated',
			title: 'Rear admiral',
			changes: [{ attribute: 'title', from: 'Programmer', to: 'Rear admiral' }],
		});
		expect(member()?.profile.attributes['title']).toBe('Rear admiral');

		expect(await upsert({ role: 'member' }, { syncRole: true })).toMatchObject({
			outcome: 'updated',
			role: 'member',
		});
		expect(member()?.role).toBe('member');

		const read = await run('user.get', { parameters: { user: byEmail(email) } });
		expect(lowered(onlyItem(read))).toMatchObject({
			id: created['id'],
			email,
			title: 'Rear admiral',
			department: 'Research',
			phoneNumber: '+1 555 0100',
			role: 'member',
		});

		const listed = await run('user.getAll', {
			parameters: { returnAll: true, filters: { email } },
		});
		expect(onlyItem(listed)).toMatchObject({ id: created['id'] });

		notion.sandbox.workspace.addToGroup('Engineering', email);
		const lockedDown = onlyItem(
			await run('user.lockDown', { parameters: { user: byEmail(email), reason: 'A test' } }),
		);
		expect(lockedDown).toMatchObject({ outcome: 'removed', verified: true, userId: created['id'] });
		expect(member()?.membership).toBe('outside');
		const lockedDownAgain = await run('user.lockDown', { parameters: { user: byEmail(email) } });
		expect(onlyItem(lockedDownAgain)).toMatchObject({ outcome: 'alreadyGone', verified: true });

		const restored = await run('user.restore', {
			parameters: { record: JSON.stringify(lockedDown['record']) },
		});
		expect(onlyItem(restored)).toMatchObject({ outcome: 'restored', id: created['id'], role: 'member' });
		const hasGroups = notion.sandbox.switches.groups === 'yes';
		expect(notion.sandbox.workspace.groupNames(email)).toEqual(hasGroups ? ['Engineering'] : []);

		const removed = await run('user.remove', { parameters: { user: byEmail(email) } });
		expect(onlyItem(removed)).toMatchObject({ deleted: true, outcome: 'removed' });
		expect(member()?.membership).toBe('outside');

		const gone = await run('user.get', { parameters: { user: byEmail(email) } });
		expect(failureOf(gone).message).toBe(`No one in the workspace has the email ${email}.`);
		const goneAgain = await run('user.remove', { parameters: { user: byEmail(email) } });
		expect(onlyItem(goneAgain)).toMatchObject({ deleted: true, outcome: 'alreadyGone' });
	};

	test('and every switch is tried', () => {
		expect(singles.length).toBeGreaterThan(50);
	});

	test.each(singles)('with %s', async (_name, switchSettings) => {
		notion.sandbox.setSwitches(switchSettings);
		await journey();
	}, 30_000);

	test('with switches set at random', async () => {
		await fc.assert(
			fc.asyncProperty(combination, async (switchSettings) => {
				notion.renew();
				notion.sandbox.setSwitches(switchSettings);
				await journey();
			}),
			{ seed: 20_260_601, numRuns: 15 },
		);
	}, 120_000);

	test('with names that no one states, which can then only be said to be unconfirmed', async () => {
		notion.sandbox.setSwitches({ nameFields: 'none' });

		const run = await notion.run('user.update', {
			parameters: { user: byEmail('ada@example.com'), updateFields: { displayName: 'Ada King' } },
		});
		expect(onlyItem(run)).toMatchObject({ outcome: 'unconfirmed', unconfirmed: ['displayName'] });
		expect(notion.sandbox.workspace.userByEmail('ada@example.com')?.profile.name.formatted).toBe(
			'Ada King',
		);
	});

	test('with names that no one states, which are sent once', async () => {
		notion.sandbox.setSwitches({ nameFields: 'none' });
		const upsert = async (givenName: string) =>
			onlyItem(
				await notion.run('user.upsert', {
					parameters: {
						email: 'new@example.com',
						additionalFields: { givenName, familyName: 'Hopper' },
					},
				}),
			)['outcome'];

		expect(await upsert('Grace')).toBe('created');
		expect(await upsert('Grace')).toBe('unchanged');
		expect(await upsert('Gracie')).toBe('unconfirmed');
		expect(await upsert('Gracie')).toBe('unchanged');
		expect(notion.writes().map(({ method }) => method)).toEqual(['POST', 'PATCH']);

		// Whatever else writes to the person makes the memory of it worthless.
		await notion.run('user.update', {
			parameters: { user: byEmail('new@example.com'), updateFields: { givenName: 'Graziella' } },
		});
		expect(await upsert('Gracie')).toBe('unconfirmed');
		expect(notion.sandbox.workspace.userByEmail('new@example.com')?.profile.name.givenName).toBe('Gracie');
	});

	test('with names of which only the whole is stated', async () => {
		notion.sandbox.setSwitches({ nameFields: 'formattedOnly' });
		const names = { givenName: 'Grace', familyName: 'Hopper' };

		expect(await upsert(names)).toMatchObject({ outcome: 'created' });
		expect(await upsert(names)).toMatchObject({ outcome: 'unchanged' });
	});
});
