import { failureOf, onlyItem, pairs, setUpNotion } from '../support/notionTest.mts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const extension = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';

describe('user.create', () => {
	const notion = setUpNotion();
	const create = async (
		email: string,
		more: { additionalFields?: Record<string, string>; options?: Record<string, boolean> } = {},
		credential = {},
	) => await notion.run('user.create', { parameters: { email, ...more }, credential });

	test('brings every attribute into the workspace', async () => {
		const run = await create('grace@example.com', {
			additionalFields: {
				address: '1 Navy Yard, Washington',
				costCenter: 'CC-7',
				department: 'Research',
				displayName: 'Grace Brewster Hopper',
				division: 'Computing',
				employeeNumber: '1906',
				familyName: 'Hopper',
				givenName: 'Grace',
				jobRole: 'Rear admiral',
				locale: 'en-US',
				managerDisplayName: 'Ada Lovelace',
				managerEmail: 'ada@example.com',
				organization: 'Navy',
				phoneNumber: '+1 555 0100',
				photoUrl: 'https://example.com/grace.png',
				preferredLanguage: 'en',
				role: 'restricted_member',
				secondaryEmails: 'grace@example.org, hopper@example.org',
				title: 'Programmer',
				userType: 'Employee',
			},
		});

		const account = notion.sandbox.workspace.userByEmail('grace@example.com');
		expect(account?.profile).toEqual({
			userName: 'grace@example.com',
			secondaryEmails: ['grace@example.org', 'hopper@example.org'],
			name: { formatted: 'Grace Brewster Hopper', givenName: 'Grace', familyName: 'Hopper' },
			attributes: {
				title: 'Programmer',
				locale: 'en-US',
				preferredLanguage: 'en',
				userType: 'Employee',
				phoneNumbers: [{ value: '+1 555 0100', primary: true }],
				addresses: [{ formatted: '1 Navy Yard, Washington', primary: true }],
				roles: [{ value: 'Rear admiral', primary: true }],
				[enterprise]: {
					department: 'Research',
					division: 'Computing',
					costCenter: 'CC-7',
					organization: 'Navy',
					employeeNumber: '1906',
					manager: { value: 'ada@example.com', displayName: 'Ada Lovelace' },
				},
			},
		});
		expect(account?.photos).toEqual([{ value: 'https://example.com/grace.png', primary: true }]);
		expect(account?.role).toBe('restricted_member');
		expect(onlyItem(run)).toEqual({
			id: account?.id,
			email: 'grace@example.com',
			displayName: 'Grace Brewster Hopper',
			givenName: 'Grace',
			familyName: 'Hopper',
			title: 'Programmer',
			department: 'Research',
			division: 'Computing',
			costCenter: 'CC-7',
			organization: 'Navy',
			employeeNumber: '1906',
			managerEmail: 'ada@example.com',
			managerDisplayName: 'Ada Lovelace',
			jobRole: 'Rear admiral',
			locale: 'en-US',
			preferredLanguage: 'en',
			userType: 'Employee',
			phoneNumber: '+1 555 0100',
			address: '1 Navy Yard, Washington',
			photoUrl: 'https://example.com/grace.png',
			secondaryEmails: 'grace@example.org, hopper@example.org',
			role: 'restricted_member',
			active: true,
			outcome: 'created',
		});
		expect(pairs(run)).toEqual([{ item: 0 }]);
	});

	test('sends a POST alone, with nothing in it that was not filled in', async () => {
		await create('new@example.com', { additionalFields: { title: '', department: '  ' } });

		expect(notion.writes().map(({ method, body }) => ({ method, body }))).toEqual([
			{
				method: 'POST',
				body: {
					schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
					userName: 'new@example.com',
				},
			},
		]);
	});

	test('leaves a member who is there already as they are, and says so', async () => {
		const run = await create('ada@example.com', {
			additionalFields: { title: 'Countess', role: 'restricted_member' },
		});

		expect(onlyItem(run)).toMatchObject({
			outcome: 'alreadyMember',
			email: 'ada@example.com',
			title: 'Engineer',
			role: 'member',
		});
		const ada = notion.sandbox.workspace.userByEmail('ada@example.com');
		expect(ada?.profile.attributes['title']).toBe('Engineer');
		expect(ada?.role).toBe('member');
		expect(notion.writes()).toEqual([]);
	});

	test('finds the member another run created at the same moment (409)', async () => {
		notion.sandbox.faults.add({ method: 'POST', fault: { delayMs: 100 } });

		const runs = await Promise.all([create('new@example.com'), create('new@example.com')]);

		expect(runs.map((run) => onlyItem(run)['outcome']).sort()).toEqual(['alreadyMember', 'created']);
		expect(notion.writes().map(({ status }) => status).sort()).toEqual([201, 409]);
	});

	test('does not call a member created who was there before the answer was lost', async () => {
		notion.sandbox.faults.add({ method: 'POST', fault: { status: 502 } });

		const run = await create('second.owner@example.com');

		expect(onlyItem(run)).toMatchObject({ outcome: 'alreadyMember', role: 'owner' });
	});

	test('is an error where Notion takes the address for the account of another person', async () => {
		notion.sandbox.workspace.addGuest({
			email: 'old@personal.example',
			secondaryEmails: ['hire@example.com'],
		});

		const failure = failureOf(await create('hire@example.com'));

		expect(failure.message).toContain('with the account old@personal.example');
		expect(failure.message).toContain('has it as a secondary address');
	});

	test('makes a member of a guest', async () => {
		expect(onlyItem(await create('guest@partner.example'))).toMatchObject({ outcome: 'created' });
		expect(notion.sandbox.workspace.userByEmail('guest@partner.example')?.membership).toBe('member');
	});

	test('brings a person back, and says what their account did not take', async () => {
		const { id } = notion.sandbox.workspace.removeUser('robin@contractor.example');

		const run = await create('robin@contractor.example', {
			additionalFields: { displayName: 'Robin Hood' },
		});
		expect(onlyItem(run)).toMatchObject({
			outcome: 'created',
			id,
			displayName: 'Robin Adeyemi',
			notTaken: [{ attribute: 'displayName', from: 'Robin Adeyemi', to: 'Robin Hood' }],
		});
	});

	test.each(['grace', 'grace@', 'two words@example.com', 'a@example.com,b@example.com'])(
		'refuses "%s" as an address, before anything is sent',
		async (email) => {
			const failure = failureOf(await create(email));

			expect(failure.message).toBe(`"${email}" is not an email address.`);
			expect(failure.description).toBe('Check the expression, or the data of this item.');
			expect(failure.itemIndex).toBe(0);
			expect(notion.sandbox.requests.all()).toEqual([]);
		},
	);

	test('says which field is empty where an expression finds nothing', async () => {
		const run = await notion.run('user.create', { parameters: { email: '={{ $json.mail }}' } });

		expect(failureOf(run).message).toBe('Email is empty.');
		expect(failureOf(run).description).toContain('Check the expression');
	});

	test('refuses the address that is a secondary one of a person', async () => {
		const failure = failureOf(await create('kenji.watanabe@home.example'));

		expect(failure.message).toContain(
			'kenji.watanabe@home.example is a secondary address of kenji@example.com',
		);
		expect(notion.sandbox.workspace.members()).toHaveLength(7);
	});

	describe('guards', () => {
		const owned = { ownedDomains: 'example.com' };

		test('sends nothing with a credential that may only read', async () => {
			const failure = failureOf(await create('new@example.com', {}, { access: 'readOnly' }));

			expect(failure.message).toBe('This credential may only read. Nothing was written.');
			expect(failure.description).toContain('Access is No Removals or Full');
			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test.each(['noRemovals', 'full'])('creates with the access %s', async (access) => {
			const run = await create('new@example.com', {}, { access });
			expect(onlyItem(run)).toMatchObject({ outcome: 'created' });
		});

		test.each([undefined, 'member', 'owner'])(
			'makes a restricted member of a stranger who was to be %s, with a note',
			async (role) => {
				const item = onlyItem(
					await create(
						'sam@agency.example',
						role === undefined ? {} : { additionalFields: { role } },
						owned,
					),
				);

				expect(item).toMatchObject({ outcome: 'created', role: 'restricted_member' });
				expect(item['note']).toContain('outside the owned domains');
				expect(item['requestedRole']).toBe(role);
				const account = notion.sandbox.workspace.userByEmail('sam@agency.example');
				expect(account?.role).toBe('restricted_member');
			},
		);

		test('makes a member of a stranger where that is allowed', async () => {
			const run = await create(
				'sam@agency.example',
				{ additionalFields: { role: 'member' }, options: { allowExternalMember: true } },
				owned,
			);

			expect(onlyItem(run)).not.toHaveProperty('note');
			const account = notion.sandbox.workspace.userByEmail('sam@agency.example');
			expect(account?.role).toBe('member');
		});

		test('does not take a subdomain or a look-alike for an owned domain', async () => {
			for (const email of ['a@sub.example.com', 'b@notexample.com', 'c@example.com.evil.example']) {
				expect(onlyItem(await create(email, {}, owned))['role']).toBe('restricted_member');
			}
			expect(onlyItem(await create('d@EXAMPLE.com', {}, owned))['role']).toBe('member');
		});

		test.each(['owner', 'membership_admin'])('creates no %s unless allowed', async (role) => {
			const additionalFields = { role };
			const failure = failureOf(await create('boss@example.com', { additionalFields }));

			expect(failure.message).toBe(
				`boss@example.com would get the role ${role}, which may manage other people. Nothing was written.`,
			);
			expect(failure.description).toContain('Allow Privileged People');
			expect(notion.writes()).toEqual([]);

			const options = { allowPrivileged: true };
			expect(onlyItem(await create('boss@example.com', { additionalFields, options }))).toMatchObject({
				outcome: 'created',
				role,
			});
			expect(notion.writes()[0]?.body).toMatchObject({ [extension]: { role } });
		});
	});

	describe('faults', () => {
		test('creates once where the answer to the POST is lost', async () => {
			notion.sandbox.faults.add({ method: 'POST', fault: { cutConnection: 'after' }, times: 1 });

			expect(onlyItem(await create('new@example.com'))).toMatchObject({ outcome: 'created' });
			expect(notion.sandbox.requests.count({ method: 'POST' })).toBe(1);
			expect(notion.sandbox.workspace.members()).toHaveLength(8);
		});

		test('creates in the end where the connection broke before', async () => {
			notion.sandbox.faults.add({ method: 'POST', fault: { cutConnection: 'before' }, times: 1 });

			expect(onlyItem(await create('new@example.com'))).toMatchObject({ outcome: 'created' });
			expect(notion.sandbox.requests.count({ method: 'POST' })).toBe(2);
			expect(notion.sandbox.workspace.members()).toHaveLength(8);
		});

		test('creates once where the answer is cut off in the middle', async () => {
			notion.sandbox.faults.add({ method: 'POST', fault: { truncateBody: true }, times: 1 });

			expect(onlyItem(await create('new@example.com'))).toMatchObject({ outcome: 'created' });
			expect(notion.sandbox.requests.count({ method: 'POST' })).toBe(1);
			expect(notion.sandbox.workspace.members()).toHaveLength(8);
		});

		test('never repeats a POST after a 500', async () => {
			notion.sandbox.faults.add({ method: 'POST', fault: { status: 500 } });

			const failure = failureOf(await create('new@example.com'));
			expect(failure.message).toContain('Notion failed with status 500.');
			expect(failure.description).toContain('Look at the person or group in Notion');
			expect(failure.httpCode).toBe('500');
			expect(notion.sandbox.requests.count({ method: 'POST' })).toBe(1);
		});

		test('waits as long as it is asked to', async () => {
			notion.sandbox.faults.add({
				method: 'POST',
				fault: { status: 429, headers: { 'retry-after': '1' } },
				times: 1,
			});

			const run = await create('new@example.com');
			expect(onlyItem(run)).toMatchObject({ outcome: 'created' });
			expect(run.durationMs).toBeGreaterThanOrEqual(990);
		});
	});
});
