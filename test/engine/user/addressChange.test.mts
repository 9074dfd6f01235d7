import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { applying } from '../directory/applying.mts';
import { ChangesAbout } from '../directory/plannedChanges.mts';
import { applicable, directory, planning } from '../directory/planning.mts';
import type { NotionRunOptions } from '../support/notionTest.mts';
import { byEmail, failureOf, itemFailures, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

describe('an account gets another address', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const plan = planning(notion);
	const { apply, notes, outcomes } = applying(notion);

	const move = async (from: string, to: string, more: NotionRunOptions & { options?: IDataObject } = {}) => {
		const { options = {}, ...run } = more;
		return await notion.run('user.update', {
			parameters: { user: byEmail(from), updateFields: { email: to }, options: JSON.parse(JSON.stringify(options)) },
			...run,
		});
	};
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const add = (email: string, more: IDataObject = {}) => notion.sandbox.workspace.addUser({ email, ...more });

	test.each(['noRemovals', 'readOnly'])('only with full access, not with %s', async (access) => {
		const failure = failureOf(await move('ada@example.com', 'ada.king@example.com', { credential: { access } }));

		expect(failure.context).toMatchObject({ kind: 'accessDenied' });
		expect(failure.description).toContain('whose Access is');
		expect(notion.writes()).toEqual([]);
	});

	test('the credential that is usual says what a change of address is, and how to get unstuck', async () => {
		const failure = failureOf(
			await move('ada@example.com', 'ada.king@example.com', { credential: { access: 'noRemovals' } }),
		);

		expect(failure.message).toBe(
			'This credential may not change the address of ada@example.com, because that takes the account from its holder. Nothing was done.',
		);
		expect(failure.description).toContain(
			'Use a credential whose Access is Full, or change the address in Notion under Settings, People.',
		);
	});

	test.each<[string, string, () => void]>([
		['looks like the address of аda.king@example.com', 'ada.king@example.com', () => add('аda.king@example.com')],
		['looks like the address of ada.kıng@example.com', 'ada.king@example.com', () => add('ada.kıng@example.com')],
		['is a secondary address of grace@example.com', 'ada.king@example.com', () => add('grace@example.com', { secondaryEmails: ['Ada.King@example.com'] })],
		['is the address of kenji@example.com', 'kenji@example.com', () => {}],
		['is the address of kenji@example.com', 'KENJI@example.com', () => {}],
	])('not where it %s', async (why, to, happens) => {
		happens();

		const failure = failureOf(await move('ada@example.com', to));

		expect(failure.message).toContain(`${to} ${why}`);
		expect(failure.context).toMatchObject({ kind: 'emailTaken' });
		expect(notion.writes()).toEqual([]);
	});

	test('not that of a protected person, who may not be a member', async () => {
		const credential = { protectedEmails: 'ceo@example.com' };
		const failure = failureOf(await move('ada@example.com', 'ceo@example.com', { credential }));

		expect(failure.context).toMatchObject({ kind: 'protectedPerson' });
		expect(notion.writes()).toEqual([]);
	});

	test('not where the list of people has gaps, because no one can tell', async () => {
		const body = { totalResults: 7, startIndex: 1, itemsPerPage: 1, Resources: [{ id: '1', userName: 'x@example.com' }] };
		notion.sandbox.faults.add({ path: 'Users\\?startIndex=', fault: { status: 200, body } });
		const failure = failureOf(await move('ada@example.com', 'ada.king@example.com'));

		expect(failure.message).toContain('could not be read completely');
		expect(notion.writes()).toEqual([]);
	});

	test.each(['kenji.watanabe@home.example', 'kenjı@example.com'])('also one that is, or looks like, their own: %s', async (to) => {
		const item = onlyItem(await move('kenji@example.com', to, { options: { allowExternalMember: true } }));

		expect(item).toMatchObject({ outcome: 'updated', email: to });
	});

	test.each(['Ada King <ada.king@example.com>', 'mailto:ada.king@example.com'])('that was pasted as "%s"', async (written) => {
		const item = onlyItem(await move('ada@example.com', written));

		expect(item).toMatchObject({ outcome: 'updated', email: 'ada.king@example.com' });
	});

	test('that another one gave up in the same run, and reads the list of people once', async () => {
		const run = await notion.run('user.update', {
			parameters: {
				user: byEmail('={{ $json.from }}'),
				updateFields: { email: '={{ $json.to }}' },
				options: { removalLimit: 10 },
			},
			items: [
				{ from: 'ada@example.com', to: 'ada.king@example.com' },
				{ from: 'kenji@example.com', to: 'ada@example.com' },
				{ from: 'maria@example.com', to: 'ada.king@example.com' },
			],
			onError: 'continueErrorOutput',
		});

		expect(jsons(run).map(({ email }) => email)).toEqual(['ada.king@example.com', 'ada@example.com']);
		expect(itemFailures(run, 1).map(({ message }) => message)).toEqual([
			expect.stringContaining('ada.king@example.com is the address of ada.king@example.com'),
		]);
		const lists = notion.sandbox.requests.all().filter(({ query }) => query === 'startIndex=1&count=100');
		expect(lists).toHaveLength(1);
	});

	test('and each counts for the limit', async () => {
		const run = await notion.run('user.update', {
			parameters: {
				user: byEmail('={{ $json.who }}'),
				updateFields: { email: '={{ "new." + $json.who }}' },
				options: { removalLimit: 1 },
			},
			items: [{ who: 'ada@example.com' }, { who: 'kenji@example.com' }],
			onError: 'continueErrorOutput',
		});

		expect(jsons(run)).toHaveLength(1);
		expect(itemFailures(run, 1)[0]?.context).toMatchObject({ kind: 'limitReached' });
	});

	describe('in a plan', () => {
		const people = directory([{ id: '1', email: 'maria.lopez@example.com' }]);
		const links = () =>
			JSON.stringify([{ source: 'test', sourceId: '1', userId: account('maria@example.com')?.id, email: 'maria@example.com' }]);

		test.each(['noRemovals', 'readOnly'])('is blocked with the access %s, with the reason', async (access) => {
			const { changes } = await plan(people, { links: links() }, { credential: { access } });

			const change = changes.find(({ action }) => action === 'user.rename');
			expect(change?.['guard']).toMatch(/^blocked: The credential may not change addresses, .* Use one whose Access is Full/);
			expect(applicable(changes)).toEqual([]);
		});

		test('is open with full access', async () => {
			const { changes } = await plan(people, { links: links() });

			expect(applicable(changes).map(({ action, impact }) => [action, impact])).toEqual([['user.rename', 1]]);
		});

		test('is looked at once more when it is applied', async () => {
			const binding = { guards: { access: 'noRemovals' as const } };
			const changes = [about.rename('ada@example.com', 'ada.king@example.com')];

			const run = await apply(changes, { binding, credential: { access: 'noRemovals' } });

			expect(outcomes(run)).toEqual(['blocked']);
			expect(notes(run)[0]).toContain('may not change the address of ada@example.com');
			expect(notion.writes()).toEqual([]);
		});

		test.each<[string, () => void]>([
			['looks like the address of аda.king@example.com', () => add('аda.king@example.com')],
			['is a secondary address of grace@example.com', () => add('grace@example.com', { secondaryEmails: ['ada.king@example.com'] })],
		])('is stale where it %s by then', async (why, happens) => {
			const changes = about.signed([about.rename('ada@example.com', 'ada.king@example.com')]);
			happens();

			const run = await apply(changes, { onError: 'continueRegularOutput' });

			expect(outcomes(run)).toEqual(['stale']);
			expect(notes(run)[0]).toContain(`ada.king@example.com ${why}`);
			expect(notion.writes()).toEqual([]);
		});
	});

	describe('with a credential that may not remove', () => {
		const addresses = fc.constantFrom(
			'ada@example.com', 'ADA@example.com', 'ada.king@example.com', 'kenji@example.com', 'аda@example.com',
			'Ada <other@example.com>', 'new@elsewhere.example', 'kenji.watanabe@home.example',
		);
		const who = fc.constantFrom('ada@example.com', 'kenji@example.com', 'maria@example.com', 'robin@contractor.example');
		const operations = fc.record({
			access: fc.constantFrom('noRemovals', 'readOnly', 'unknown'),
			operation: fc.constantFrom('update', 'upsert', 'create', 'restore', 'apply', 'plan'),
			who,
			to: addresses,
			secondary: fc.constantFrom('', 'ada.king@example.com', 'second@home.example, ada@example.com'),
		});

		const perform = async ({ access, operation, who: from, to, secondary }: typeof operations extends fc.Arbitrary<infer T> ? T : never) => {
			const credential = { access };
			const options = { allowPrivileged: true, allowExternalMember: true };
			const more: IDataObject = secondary === '' ? {} : { secondaryEmails: secondary };
			const fields = JSON.parse(JSON.stringify(more));
			const user = account(from);
			switch (operation) {
				case 'update':
					return await notion.run('user.update', {
						credential,
						parameters: { user: byEmail(from), updateFields: { email: to, ...fields }, options },
					});
				case 'upsert':
				case 'create':
					return await notion.run(`user.${operation}`, {
						credential,
						parameters: { email: to, additionalFields: { displayName: 'New Name', ...fields }, options },
					});
				case 'restore': {
					const record = { person: { id: user?.id, email: to, displayName: 'x', role: 'member', active: true }, groups: [], groupsComplete: true };
					return await notion.run('user.restore', { credential, parameters: { record: JSON.stringify(record), options } });
				}
				case 'apply':
					return await apply([about.rename(from, to)], {
						credential,
						binding: { guards: { access: access === 'noRemovals' ? 'noRemovals' : 'readOnly' } },
					});
				default: {
					const links = [{ source: 'test', sourceId: '1', userId: user?.id ?? '', email: from }];
					const run = await notion.run('directory.plan', {
						credential, items: directory([{ id: '1', email: to }]),
						parameters: { memory: { links: JSON.stringify(links) } },
					});
					return await notion.run('directory.apply', { credential, items: jsons(run) });
				}
			}
		};

		test('no request that reaches Notion takes an address away', async () => {
			await fc.assert(
				fc.asyncProperty(operations, async (one) => {
					notion.renew();
					const before = new Map(notion.sandbox.workspace.members().map(({ id, profile }) => [id, profile.userName]));

					await perform(one);

					for (const { method, path, body } of notion.writes()) {
						if (method !== 'PATCH' || !path.includes('/Users/')) continue;
						const text = JSON.stringify(body);
						expect(text).not.toContain('"userName"');
						const primaries = [...text.matchAll(/"value":"([^"]*)","primary":true/g)].map(([, value]) => value?.toLowerCase());
						const own = before.get(path.split('/').at(-1) ?? '')?.toLowerCase();
						expect(primaries.every((value) => value === own)).toBe(true);
					}
					for (const [id, userName] of before) {
						const now = notion.sandbox.workspace.members().find((member) => member.id === id);
						expect([id, now?.profile.userName]).toEqual([id, userName]);
					}
				}),
				{ numRuns: 60 },
			);
		});
	});
});
