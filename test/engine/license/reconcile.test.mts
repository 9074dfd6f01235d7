import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { NotionRunOptions } from '../support/notionTest.mts';
import { failureOf, jsons, onlyItem, pairs, setUpNotion } from '../support/notionTest.mts';

const itemSchema = z
	.object({
		title: z.string(),
		mayTakeAway: z.boolean(),
		whyNot: z.array(z.string()),
		seats: z.array(
			z.object({ userId: z.string(), email: z.string(), class: z.string(), reason: z.string(), removable: z.boolean(), cost: z.number().nullable(), groups: z.array(z.string()), department: z.string().nullable() }),
		),
		totals: z.record(z.number().nullable()),
		changes: z.object({ added: z.number(), changedClass: z.number(), gone: z.array(z.object({ email: z.string() })) }).nullable(),
		memory: z.record(z.unknown()),
	})
	.passthrough();

const manifest = (count: number, more: IDataObject = {}): IDataObject => ({
	manifest: true, source: 'entra', readAt: new Date().toISOString(), pages: 1, count,
	complete: true, groupsComplete: true, attributesRead: ['email', 'department'], ...more,
});

describe('license.reconcile', () => {
	const notion = setUpNotion();

	/** Everyone of the sandbox, in the directory. */
	const everyone = (): IDataObject[] =>
		notion.sandbox.workspace.members().map(({ profile: { userName: email } }, index) => ({
			source: 'entra', sourceId: `p-${index}`, active: true, status: 'active', email, department: 'Engineering',
		}));
	const directory = (persons: IDataObject[], more: IDataObject = {}): IDataObject[] => [...persons, manifest(persons.length, more)];

	const run = async ({ parameters, ...more }: NotionRunOptions) =>
		await notion.run('license.reconcile', {
			credential: { access: 'readOnly', ownedDomains: 'example.com', tokenCreatorEmail: 'owner@example.com' },
			parameters: { costPerSeat: 24, currency: 'EUR', contractedSeats: 10, renewalDate: '2030-06-01', options: {}, ...parameters },
			...more,
		});

	const reconciled = async (options: NotionRunOptions) => {
		const result = await run(options);
		return { item: itemSchema.parse(onlyItem(result)), result };
	};

	/** Content of a file that came with the item. */
	const fileOf = (result: Awaited<ReturnType<typeof run>>, name: string): string =>
		Buffer.from(result.outputs[0]?.[0]?.binary?.[name]?.data ?? '', 'base64').toString('utf8');

	const classesOf = ({ seats }: z.infer<typeof itemSchema>): Record<string, string> =>
		Object.fromEntries(seats.map((seat) => [seat.email, seat.class]));

	test('gives one item with every seat, the money, the report and the list, and writes nothing', async () => {
		notion.sandbox.workspace.addUser({ email: 'ghost@example.com' });
		notion.sandbox.workspace.addUser({ email: 'left@example.com', name: 'Someone Left' });
		const persons = everyone()
			.filter(({ email }) => email !== 'ghost@example.com')
			.map((person) => (person['email'] === 'left@example.com' ? { ...person, active: false, status: 'inactive' } : person));

		const { item, result } = await reconciled({ items: directory(persons) });

		expect(classesOf(item)).toMatchObject({
			'ghost@example.com': 'orphaned',
			'left@example.com': 'inactiveInDirectory',
			'ada@example.com': 'matched',
			'owner@example.com': 'matched',
		});
		expect(item.totals).toMatchObject({ seats: 9, perMonth: 216, removable: 2, removablePerYear: 576, free: 1 });
		expect(item.mayTakeAway).toBe(true);
		expect(item.seats.find(({ email }) => email === 'ada@example.com')).toMatchObject({ cost: 24, department: 'Engineering', removable: false });
		expect(pairs(result)).toEqual([[...persons, 'manifest'].map((_, index) => ({ item: index }))]);
		expect(result.outputs[0]?.[0]?.binary).toMatchObject({
			report: { fileName: 'report.html', mimeType: 'text/html' },
			seats: { fileName: 'seats.csv', mimeType: 'text/csv' },
		});
		expect(fileOf(result, 'report')).toContain('ghost@example.com');
		expect(fileOf(result, 'seats')).toMatch(/\r\nOrphaned,ghost@example\.com,/);
		expect(notion.writes()).toEqual([]);
		expect(jsons(result, 1)).toEqual([expect.objectContaining({ kind: 'licenseReport', state: 'whole' })]);
		expect(jsons(result, 2).map(({ key }) => String(key).split(':')[1])).toEqual(['page', 'memory', 'pickable', 'list']);
		expect(jsons(result, 2)[0]?.['record']).toBe(fileOf(result, 'report'));
		expect(jsons(result, 3)).toEqual([]);
	});

	test('compares with the last report', async () => {
		const { item: first } = await reconciled({ items: directory(everyone()) });
		expect(first.changes).toBeNull();

		const persons = everyone();
		notion.sandbox.workspace.addUser({ email: 'new@example.com' });
		const options = { lastReport: JSON.stringify(first.memory) };
		const { item } = await reconciled({ items: directory(persons), parameters: { options } });

		expect(item.changes).toEqual(expect.objectContaining({ added: 1, changedClass: 0, gone: [] }));
	});

	test.each<[string, (persons: IDataObject[]) => IDataObject[]]>([
		['half of the pages', (persons) => directory(persons.slice(0, 3), { complete: false, explanation: 'Page 2 failed.' })],
		['no page', () => directory([], { complete: false })],
		['no manifest', (persons) => persons.slice(0, 3)],
		['something else', () => [{ hello: 'world' }]],
		['an error', () => [{ error: 'The key was rejected.' }]],
		['no one, and says it is complete', () => directory([])],
	])('with %s of the directory calls no one orphaned and nothing removable', async (_what, itemsOf) => {
		const { item, result } = await reconciled({ items: itemsOf(everyone()) });

		expect(item.mayTakeAway).toBe(false);
		expect(item.whyNot).not.toEqual([]);
		expect(Object.values(classesOf(item))).not.toContain('orphaned');
		expect(item.seats.filter(({ removable }) => removable)).toEqual([]);
		expect(fileOf(result, 'report')).toContain('No seat may be ended on this report');
		expect(jsons(result, 1)).toEqual([expect.objectContaining({ state: 'incomplete', note: item.whyNot.join(' ') })]);
		expect(jsons(result, 3)).toEqual([
			expect.objectContaining({ key: 'license-reconciliation: report', text: expect.stringContaining(String(item.whyNot[0])) }),
		]);
	});

	test('notices the department missing from everyone', async () => {
		const { item: first } = await reconciled({ items: directory(everyone()) });
		const persons = everyone().slice(1).map(({ department: _gone, ...person }) => person);
		const options = { lastReport: JSON.stringify(first.memory), maxSourceShrink: 50 };
		const { item } = await reconciled({ items: directory(persons), parameters: { options } });

		expect(item.whyNot.join(' ')).toContain('had department');
	});

	test('goes by links and by the patterns of the admin', async () => {
		const { id } = notion.sandbox.workspace.addUser({ email: 'before.marriage@example.com' });
		notion.sandbox.workspace.addUser({ email: 'printer-3@example.com' });
		const persons = [
			...everyone().filter(({ email }) => !['before.marriage@example.com', 'printer-3@example.com'].includes(String(email))),
			{ source: 'entra', sourceId: 'bride', active: true, email: 'after.marriage@example.com' },
		];
		const options = {
			links: JSON.stringify([{ source: 'entra', employeeId: 'bride', userId: id, email: '' }, { source: 'entra', employeeId: 'x', userId: '' }]),
			nonHuman: 'printer-*@',
		};
		const { item } = await reconciled({ items: directory(persons), parameters: { options } });

		expect(classesOf(item)).toMatchObject({
			'before.marriage@example.com': 'matched',
			'printer-3@example.com': 'nonHuman',
		});
	});

	test.each(['x@@y', 'Ghost, at example.com', 'ghost(at)example.com', 'ghost@example.com, ghost2@example.com'])(
		'calls no unlisted seat orphaned while an address cannot be read, and names the entry: %s',
		async (written) => {
			notion.sandbox.workspace.addUser({ email: 'ghost@example.com' });
			notion.sandbox.workspace.addUser({ email: 'left@example.com' });
			const persons = everyone().map((person) =>
				person['email'] === 'ghost@example.com'
					? { ...person, sourceId: 'p-ghost', email: written }
					: { ...person, ...(person['email'] === 'left@example.com' ? { active: false, status: 'inactive' } : {}) },
			);

			const { item, result } = await reconciled({ items: directory(persons) });
			const removable = item.seats.filter((seat) => seat.removable).map(({ email }) => email);

			expect(classesOf(item)['ghost@example.com']).toBe('unclear');
			expect(removable).toEqual(['left@example.com']);
			expect(item['memory']).toMatchObject({ absentSince: {} });
			expect(String(item['notes'])).toContain(`entra p-ghost (email "${written}")`);
			expect(fileOf(result, 'report')).toContain('entra p-ghost (email ');
		},
	);

	test('reads a pasted address of the directory', async () => {
		notion.sandbox.workspace.addUser({ email: 'ghost@example.com' });
		const persons = everyone().map((person) => ({ ...person, email: `Somebody <mailto:${String(person['email'])}>` }));

		expect(classesOf((await reconciled({ items: directory(persons) })).item)['ghost@example.com']).toBe('matched');
	});

	test.each([
		['printer', 'Non-Human Addresses has "printer" in it'],
		['bot@, bots.example.com', 'Non-Human Addresses has "bots.example.com" in it'],
		['@', 'Non-Human Addresses has "@" in it'],
		['bot@@', 'Non-Human Addresses has "bot@@" in it'],
		['={{ ({ bot: true }) }}', 'Non-Human Addresses is neither text nor an array of texts.'],
	])('refuses a pattern that would match no address, so that no bot is called orphaned: %s', async (nonHuman, message) => {
		const failure = failureOf(await run({ items: directory(everyone()), parameters: { options: { nonHuman } } }));

		expect(failure.message).toContain(message);
	});

	test.each([
		['a pasted address', 'Printer <printer-3@example.com>'],
		['a domain', '@b\u00fccher.example'],
		['a domain with a star', '@*.example'],
		['a pattern in capitals', 'PRINTER-*@EXAMPLE.com; @b\u00fccher.example'],
	])('understands %s as a pattern', async (_what, nonHuman) => {
		notion.sandbox.workspace.addUser({ email: 'printer-3@example.com' });
		notion.sandbox.workspace.addUser({ email: 'x@b\u00fccher.example' });
		const { item } = await reconciled({ items: directory([]), parameters: { options: { nonHuman } } });

		expect(Object.values(classesOf(item))).toContain('nonHuman');
	});

	test('says nothing of money where no cost is known', async () => {
		const { item, result } = await reconciled({
			items: directory(everyone()),
			parameters: { costPerSeat: 0, contractedSeats: 0, renewalDate: '' },
		});
		expect(item.totals).toMatchObject({ perMonth: null, free: null });
		expect(fileOf(result, 'report')).not.toMatch(/€|a month<|a year</);
	});

	test.each(['2030-06-01 00:00:00', '20300601', '2030-06-01T00:00:00.000+02:00'])(
		'reads the renewal date %j as a source would',
		async (renewalDate) => {
			const { result } = await reconciled({ items: directory(everyone()), parameters: { renewalDate } });
			expect(fileOf(result, 'report')).toMatch(/1 June 2030|June 1, 2030|2030-06-01/);
		},
	);

	test('takes a renewal date of zeros for none', async () => {
		const { result } = await reconciled({ items: directory(everyone()), parameters: { renewalDate: '0000-00-00' } });
		expect(fileOf(result, 'report')).not.toContain('0000');
	});

	test.each([
		[{ renewalDate: 'next spring' }, 'Renewal Date is not a date'],
		[{ renewalDate: '2027-02-31' }, 'Renewal Date is not a date'],
		[{ contractedSeats: '1,234' }, 'Contracted Seats is "1,234". It must be a whole number from 0 on.'],
		[{ contractedSeats: '={{ "1.000" }}' }, 'Contracted Seats is "1.000". It must be a whole number'],
		[{ costPerSeat: '={{ "1.000" }}' }, 'Cost per Seat is "1.000". It must be a number with up to 2 decimals'],
		[{ costPerSeat: '={{ "1,000" }}' }, 'Cost per Seat is "1,000". It must be'],
		[{ costPerSeat: '={{ "24 EUR" }}' }, 'Cost per Seat is "24 EUR". It must be'],
		[{ options: { maxSourceShrink: '={{ "all" }}' } }, 'Max Source Shrink is "all". It must be'],
		[{ options: { maxSourceShrink: '={{ " " }}' } }, 'Max Source Shrink is empty. It must be'],
		[{ renewalDate: '2027-02-01 and later' }, 'Renewal Date is not a date'],
		[{ renewalDate: '02/01/2027' }, 'Renewal Date is not a date'],
		[{ options: { lastReport: 'last month' } }, 'Last Report is not the memory of a report'],
		[{ options: { links: '{"source":"entra"}' } }, 'of Links cannot be read'],
	])('refuses %j', async (parameters, message) => {
		const failure = failureOf(await run({ items: directory(everyone()), parameters }));
		expect(failure.message).toContain(message);
	});

	test('fails where the list of members has gaps', async () => {
		const [first] = notion.sandbox.workspace.members();
		const body = { totalResults: 7, startIndex: 1, itemsPerPage: 1, Resources: [{ id: first?.id, userName: first?.profile.userName }] };
		notion.sandbox.faults.add({ path: '/scim/v2/Users', fault: { status: 200, body } });
		const failure = failureOf(await run({ items: directory(everyone()) }));
		expect(failure.message).toMatch(/7 entries/);
	});
});
