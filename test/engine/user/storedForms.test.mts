import { byEmail, failureOf, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

describe('a person the server shows in forms of its own', () => {
	const notion = setUpNotion();
	const upsert = async (email: string, additionalFields: Record<string, string> = {}) =>
		await notion.run('user.upsert', { parameters: { email, additionalFields, options: {} } });

	test.each(['text', 'number'] as const)('who left, with active as %s, is added again', async (activeForm) => {
		notion.sandbox.setSwitches({ activeForm, afterRemoval: 'inactive' });

		const removed = onlyItem(
			await notion.run('user.remove', { parameters: { user: byEmail('kenji@example.com') } }),
		);
		expect(removed).toMatchObject({ outcome: 'removed', evidence: { seenAs: 'inactive' } });
		expect(onlyItem(await upsert('kenji@example.com'))).toMatchObject({ outcome: 'created' });
	});

	test('whose active cannot be read makes the list unusable, and is named', async () => {
		const rows = [
			{ id: 'u1', userName: 'owner@example.com', active: true },
			{ id: 'u2', userName: 'strange@example.com', active: 'perhaps' },
		];
		notion.sandbox.faults.add({
			path: 'count=100',
			fault: { status: 200, body: { totalResults: 2, Resources: rows } },
		});
		const { message } = failureOf(
			await notion.run('user.getAll', { parameters: { returnAll: true, options: { allowIncomplete: true } } }),
		);
		expect(message).toContain('strange@example.com (u2)');
	});

	test('with a name in NFC and single blanks is written to once', async () => {
		notion.sandbox.setSwitches({ nameStorage: 'normalized' });
		const names = { displayName: 'Jose\u0301  Pérez', title: 'VP \u00a0Sales', department: 'R&D' };

		expect(onlyItem(await upsert('jose@example.com', names))).toMatchObject({ outcome: 'created' });
		notion.sandbox.requests.clear();
		expect(onlyItem(await upsert('jose@example.com', names))).toMatchObject({ outcome: 'unchanged' });
		const again = { ...names, title: 'SVP  Sales' };
		expect(onlyItem(await upsert('jose@example.com', again))).toMatchObject({ outcome: 'updated', title: 'SVP Sales' });
		expect(onlyItem(await upsert('jose@example.com', again))).toMatchObject({ outcome: 'unchanged' });
		expect(notion.writes()).toHaveLength(1);
	});

	test.each([
		['the phone number', 'phoneNumber', 'phoneNumbers', '030 1234', [{ value: '+49 30 1234', primary: true }], '+49 30 1234'],
		['the locale', 'locale', 'locale', 'en_GB', 'en-GB-oxendict', 'en-GB-oxendict'],
		['the language', 'preferredLanguage', 'preferredLanguage', 'de', 'de-DE', 'de-DE'],
	] as const)('with %s in another form is unconfirmed, and not written to again', async (_, field, path, sent, stored, shown) => {
		const account = notion.sandbox.workspace.userByEmail('ada@example.com');
		const restore = () => {
			if (account) account.profile.attributes[path] = stored;
		};
		notion.sandbox.workspace.changes.on('change', restore);
		try {
			const first = onlyItem(await upsert('ada@example.com', { [field]: sent }));
			const body = { id: account?.id, userName: 'ada@example.com', [path]: stored };
			expect([first['outcome'], first['unconfirmed'], first[field], body.id]).toEqual([
				'unconfirmed',
				[field],
				shown,
				account?.id,
			]);
			notion.sandbox.requests.clear();
			expect(onlyItem(await upsert('ada@example.com', { [field]: sent }))).toMatchObject({ outcome: 'unchanged' });
			expect(notion.writes()).toEqual([]);
		} finally {
			notion.sandbox.workspace.changes.off('change', restore);
		}
	});

	test('whose title is kept hears nothing of verified domains', async () => {
		const account = notion.sandbox.workspace.userByEmail('ada@example.com');
		const keep = () => {
			if (account) account.profile.attributes['title'] = 'Countess';
		};
		keep();
		notion.sandbox.workspace.changes.on('change', keep);
		try {
			const { message, description } = failureOf(await upsert('ada@example.com', { title: 'Programmer' }));
			expect(message).toContain('title is still "Countess"');
			expect(description).not.toContain('verified');
		} finally {
			notion.sandbox.workspace.changes.off('change', keep);
		}
	});
});

describe('an address that is stored with capitals, where the filter compares exactly', () => {
	const notion = setUpNotion({ people: 250 });
	beforeEach(() => notion.sandbox.setSwitches({ emailFilterCase: 'exactWithCapitals' }));
	const isMember = (email: string) => notion.sandbox.workspace.isMember(email);
	const lists = () => notion.sandbox.requests.count({ method: 'GET', path: /startIndex=1&count=100$/ });

	test.each(['user.create', 'user.upsert'])('is found by %s', async (operation) => {
		const item = onlyItem(await notion.run(operation, { parameters: { email: 'ada@example.com' } }));
		expect(item).toMatchObject({ outcome: operation === 'user.create' ? 'alreadyMember' : 'unchanged' });
		expect(notion.writes()).toEqual([]);
	});

	test('is found by Get and by Get Many', async () => {
		const read = await notion.run('user.get', { parameters: { user: byEmail('ada@example.com') } });
		expect(onlyItem(read)).toMatchObject({ email: 'Ada@example.com' });
		const listed = await notion.run('user.getAll', {
			parameters: { returnAll: true, filters: { email: 'ada@example.com' } },
		});
		expect(jsons(listed)).toHaveLength(1);
	});

	test('can leave a group and the workspace', async () => {
		const group = { __rl: true, mode: 'name', value: 'Engineering' };
		const left = await notion.run('group.removeMembers', {
			parameters: { group, members: 'ada@example.com' },
		});
		expect(onlyItem(left)).toMatchObject({ outcome: 'updated' });
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).not.toContain('Engineering');
		const joined = await notion.run('group.addMembers', { parameters: { group, members: 'ada@example.com' } });
		expect(onlyItem(joined)).toMatchObject({ outcome: 'updated' });
		await notion.run('user.remove', { parameters: { user: byEmail('ada@example.com') } });
		expect(isMember('ada@example.com')).toBe(false);
	});

	test('does not make a batch of creations read everyone once for each', async () => {
		const emails = Array.from({ length: 30 }, (_, index) => `hire${index}@example.com`);
		for (const operation of ['user.create', 'user.upsert']) {
			notion.renew();
			notion.sandbox.setSwitches({ emailFilterCase: 'exactWithCapitals' });
			notion.sandbox.requests.clear();
			const run = await notion.run(operation, {
				parameters: { email: '={{ $json.email }}' },
				items: emails.map((email) => ({ email })),
			});
			expect(jsons(run).map(({ outcome }) => outcome)).toEqual(emails.map(() => 'created'));
			expect(lists()).toBeLessThanOrEqual(2);
		}
	});

	test('makes no second account where two items name one new person', async () => {
		const run = await notion.run('user.create', {
			parameters: { email: '={{ $json.email }}' },
			items: [{ email: 'twin@example.com' }, { email: 'Twin@Example.com' }],
		});
		expect(jsons(run).map(({ outcome }) => outcome)).toEqual(['created', 'alreadyMember']);
		expect(notion.writes()).toHaveLength(1);
	});
});
