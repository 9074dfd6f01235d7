import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { directory } from '../directory/planning.mts';
import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

/** What Notion takes for an address, stated apart from the code under test. */
const BARE = /^(?!['`])[^\s@<>()[\]",;:\\\p{C}]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]+$/iu;

const GUEST = 'ada_partner.example#EXT#@contoso.onmicrosoft.com';

const NO_ADDRESSES = ['x@@y', 'grace@example', 'grace.example.com', 'grace@example.com, bob@example.com', GUEST, 'n/a'];

describe('an address in a parameter', () => {
	const notion = setUpNotion();

	test.each([
		'grace@example.com',
		'Grace Hopper <grace@example.com>',
		'<grace@example.com>',
		'mailto:grace@example.com',
		'"grace@example.com"',
		' grace@example.com. ',
	])('is understood where a person is created as %s', async (email) => {
		for (const operation of ['user.create', 'user.upsert']) {
			notion.renew();
			expect(onlyItem(await notion.run(operation, { parameters: { email } }))).toMatchObject({
				outcome: 'created',
				email: 'grace@example.com',
			});
			expect(notion.writes()[0]?.body).toMatchObject({ userName: 'grace@example.com' });
		}
	});

	test.each(NO_ADDRESSES)('that is none creates no one and changes no one: %s', async (email) => {
		const runs = [
			await notion.run('user.create', { parameters: { email } }),
			await notion.run('user.upsert', { parameters: { email } }),
			await notion.run('user.update', {
				parameters: { user: byEmail('ada@example.com'), updateFields: { email } },
			}),
		];
		for (const run of runs) {
			expect(failureOf(run).message).toContain(`"${email}"`);
			expect(failureOf(run).message).toContain('not an email address');
		}
		expect(notion.writes()).toEqual([]);
	});

	test('is understood where a person is looked up', async () => {
		const user = byEmail('Ada Lovelace <ada@example.com>');
		expect(onlyItem(await notion.run('user.get', { parameters: { user } }))['email']).toBe('ada@example.com');
		const many = await notion.run('user.getAll', {
			parameters: { filters: { email: 'mailto:ada@example.com' } },
		});
		expect(onlyItem(many)['email']).toBe('ada@example.com');
		expect(
			onlyItem(
				await notion.run('user.lockDown', { parameters: { user, reason: 'Test' } }),
			)['outcome'],
		).toBe('removed');
	});

	test.each([
		['managerEmail', 'Manager Email', 'Bob Smith'],
		['secondaryEmails', 'Secondary Emails', 'grace@example.org, x@@y'],
	])('that is none in %s is refused by its name', async (field, label, value) => {
		const create = await notion.run('user.create', {
			parameters: { email: 'grace@example.com', additionalFields: { [field]: value } },
		});
		const update = await notion.run('user.update', {
			parameters: { user: byEmail('ada@example.com'), updateFields: { [field]: value } },
		});

		for (const run of [create, update]) {
			expect(failureOf(run).message).toMatch(new RegExp(`^${label} has ".*" in it, which is not an email address\\.$`));
		}
		expect(notion.writes()).toEqual([]);
	});

	test('of the pasted kind reaches Notion bare in every attribute', async () => {
		await notion.run('user.create', {
			parameters: {
				email: 'grace@example.com',
				additionalFields: {
					managerEmail: 'Ada <ada@example.com>',
					secondaryEmails: 'smtp:g@example.org; "h@example.org"',
				},
			},
		});

		expect(JSON.stringify(notion.writes()[0]?.body)).not.toMatch(/[<>]|smtp|\\"/);
	});
});

describe('no text that is not an address reaches Notion as one', () => {
	const notion = setUpNotion();

	/** Every text in a request that stands where SCIM has an address. */
	const addressesSent = (): string[] =>
		notion.sandbox.requests.all().flatMap(({ query, body }) => {
			const filter = new URLSearchParams(query).get('filter');
			const asked = filter === null ? [] : [JSON.parse(/ eq (".*")$/s.exec(filter)?.[1] ?? '""')];
			const written: string[] = [];
			JSON.stringify(body ?? null, (key, value: unknown) => {
				if (key === 'userName' && typeof value === 'string') written.push(value);
				if (key === 'emails' && Array.isArray(value)) written.push(...value.map((entry) => String(entry.value)));
				if (key === 'manager' && typeof value === 'object' && value !== null && 'value' in value) {
					written.push(String(value.value));
				}
				if (key === 'Operations' && Array.isArray(value)) {
					for (const { path, value: to } of value) {
						if (/userName|manager\.value/.test(path)) written.push(String(to));
					}
				}
				return value;
			});
			return [...asked, ...written];
		});

	const text = fc.oneof(
		fc.constantFrom(...NO_ADDRESSES, 'Grace <grace@example.com>', 'mailto:grace@example.com'),
		fc.string({ unit: fc.constantFrom(...'ab@.<>()"\',;: \\+\u200b\u00fc'), maxLength: 14 }),
		fc.emailAddress(),
	);

	test('by create, update, lookups and members, whatever comes in', async () => {
		await fc.assert(
			fc.asyncProperty(text, text, async (one, other) => {
				notion.renew();
				const run = async (operation: string, parameters: INodeParameters) =>
					await notion.run(operation, { parameters, items: [{ one, other }] });
				// A text that an item brings is not taken for an expression.
				const [first, second] = ['={{ $json.one }}', '={{ $json.other }}'];
				const fields = { managerEmail: second, secondaryEmails: second };
				await run('user.create', { email: first, additionalFields: fields });
				await run('user.upsert', { email: second });
				await run('user.update', {
					user: byEmail('ada@example.com'),
					updateFields: { email: first, ...fields },
				});
				await run('user.get', { user: byEmail(first) });
				await run('user.getAll', { filters: { email: second } });

				expect(addressesSent().filter((address) => !BARE.test(address))).toEqual([]);
			}),
			{ numRuns: 25 },
		);
	}, 60_000);

	test('by a plan that is applied', async () => {
		let writes = 0;
		await fc.assert(
			fc.asyncProperty(text, text, async (one, other) => {
				notion.renew();
				const people = directory([
					{ id: '1', email: one, managerEmail: other, secondaryEmails: other, displayName: 'One' },
					{ id: '2', email: 'ada@example.com', managerEmail: other, displayName: 'Ada Lovelace' },
				]);
				const run = await notion.run('directory.plan', {
					items: people,
					parameters: { syncAttributes: ['managerEmail', 'secondaryEmails'] },
				});
				await notion.run('directory.apply', {
					items: (run.outputs[0] ?? []).map(({ json }) => json),
					parameters: { approvedPlan: '', options: {} },
				});

				const sent = addressesSent();
				writes += notion.writes().length;
				expect(sent.filter((address) => !BARE.test(address))).toEqual([]);
			}),
			{ numRuns: 25 },
		);
		expect(writes).toBeGreaterThan(0);
	}, 60_000);
});
