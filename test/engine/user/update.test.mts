import type { INodeParameters } from 'n8n-workflow';

import {
	byEmail,
	byId,
	failureOf,
	itemFailures,
	onlyItem,
	pairs,
	setUpNotion,
} from '../support/notionTest.mts';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const extension = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';

describe('user.update', () => {
	const notion = setUpNotion();
	const update = async (
		email: string,
		updateFields: INodeParameters,
		{ options = {}, credential = {} }: { options?: INodeParameters; credential?: object } = {},
	) =>
		await notion.run('user.update', {
			parameters: { user: byEmail(email), updateFields, options },
			credential: { ...credential },
		});
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const operations = () => notion.writes().map(({ method, body }) => ({ method, body }));
	const patches = () => notion.sandbox.requests.count({ method: 'PATCH' });

	test('brings every attribute into the workspace, in one request', async () => {
		const run = await update('ada@example.com', {
			address: '12 St James\'s Square, London',
			costCenter: 'CC-7',
			department: 'Analytical Engine',
			displayName: 'Augusta Ada King',
			division: 'Computing',
			email: 'countess@example.com',
			employeeNumber: '1815',
			jobRole: 'Mathematician',
			locale: 'en-GB',
			managerDisplayName: 'Charles Babbage',
			managerEmail: 'charles@example.com',
			organization: 'Lovelace',
			phoneNumber: '+44 20 5550 0100',
			preferredLanguage: 'en',
			secondaryEmails: 'ada@example.org',
			title: 'Countess',
			userType: 'Contractor',
		});

		expect(operations()).toEqual([
			{
				method: 'PATCH',
				body: {
					schemas: [patchOp],
					Operations: [
						{ op: 'Replace', path: 'userName', value: 'countess@example.com' },
						{
							op: 'Replace',
							path: 'emails',
							value: [
								{ value: 'countess@example.com', primary: true },
								{ value: 'ada@example.org', primary: false },
							],
						},
						{ op: 'Replace', path: 'name.formatted', value: 'Augusta Ada King' },
						{ op: 'Replace', path: 'title', value: 'Countess' },
						{ op: 'Replace', path: `${enterprise}:department`, value: 'Analytical Engine' },
						{ op: 'Replace', path: `${enterprise}:division`, value: 'Computing' },
						{ op: 'Replace', path: `${enterprise}:costCenter`, value: 'CC-7' },
						{ op: 'Replace', path: `${enterprise}:organization`, value: 'Lovelace' },
						{ op: 'Replace', path: `${enterprise}:employeeNumber`, value: '1815' },
						{ op: 'Replace', path: `${enterprise}:manager.value`, value: 'charles@example.com' },
						{ op: 'Replace', path: `${enterprise}:manager.displayName`, value: 'Charles Babbage' },
						{ op: 'Replace', path: 'roles', value: [{ value: 'Mathematician', primary: true }] },
						{ op: 'Replace', path: 'locale', value: 'en-GB' },
						{ op: 'Replace', path: 'preferredLanguage', value: 'en' },
						{ op: 'Replace', path: 'userType', value: 'Contractor' },
						{
							op: 'Replace',
							path: 'phoneNumbers',
							value: [{ value: '+44 20 5550 0100', primary: true }],
						},
						{
							op: 'Replace',
							path: 'addresses',
							value: [{ formatted: '12 St James\'s Square, London', primary: true }],
						},
					],
				},
			},
		]);
		expect(account('countess@example.com')?.profile).toEqual({
			userName: 'countess@example.com',
			secondaryEmails: ['ada@example.org'],
			name: { formatted: 'Augusta Ada King', givenName: 'Augusta', familyName: 'Ada King' },
			attributes: {
				title: 'Countess',
				locale: 'en-GB',
				preferredLanguage: 'en',
				userType: 'Contractor',
				roles: [{ value: 'Mathematician', primary: true }],
				phoneNumbers: [{ value: '+44 20 5550 0100', primary: true }],
				addresses: [{ formatted: '12 St James\'s Square, London', primary: true }],
				[enterprise]: {
					department: 'Analytical Engine',
					division: 'Computing',
					costCenter: 'CC-7',
					organization: 'Lovelace',
					employeeNumber: '1815',
					manager: { value: 'charles@example.com', displayName: 'Charles Babbage' },
				},
			},
		});
		expect(onlyItem(run)).toMatchObject({
			outcome: 'updated',
			email: 'countess@example.com',
			title: 'Countess',
			phoneNumber: '+44 20 5550 0100',
		});
		expect(pairs(run)).toEqual([{ item: 0 }]);
	});

	test('changes a name by its parts', async () => {
		const run = await update('ada@example.com', { givenName: 'Augusta', familyName: 'King' });

		expect(account('ada@example.com')?.profile.name).toEqual({
			formatted: 'Augusta King',
			givenName: 'Augusta',
			familyName: 'King',
		});
		expect(onlyItem(run)['changes']).toEqual([
			{ attribute: 'givenName', from: 'Ada', to: 'Augusta' },
			{ attribute: 'familyName', from: 'Lovelace', to: 'King' },
		]);
	});

	test('patches only what differs', async () => {
		await update('kenji@example.com', {
			displayName: 'Kenji Watanabe',
			department: 'Sales',
			secondaryEmails: 'KENJI.watanabe@home.example',
			title: 'Head of sales',
		});

		expect(operations()).toEqual([
			{
				method: 'PATCH',
				body: {
					schemas: [patchOp],
					Operations: [{ op: 'Replace', path: 'title', value: 'Head of sales' }],
				},
			},
		]);
	});

	test('wipes nothing with empty fields, and writes nothing where nothing differs', async () => {
		const run = await update('ada@example.com', {
			email: '',
			department: '={{ $json.missing }}',
			displayName: ' ',
			title: 'Engineer',
		});

		expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged', changes: [], title: 'Engineer' });
		expect(notion.writes()).toEqual([]);
	});

	test('finds the person by ID too', async () => {
		const run = await notion.run('user.update', {
			parameters: {
				user: byId(account('ada@example.com')?.id ?? ''),
				updateFields: { title: 'Countess' },
			},
		});

		expect(onlyItem(run)).toMatchObject({ outcome: 'updated', email: 'ada@example.com' });
	});

	test('says that no one has the address', async () => {
		const failure = failureOf(await update('nobody@example.com', { title: 'Ghost' }));

		expect(failure.message).toBe('No one in the workspace has the email nobody@example.com.');
		expect(failure.description).toContain('Check the spelling.');
		expect(notion.writes()).toEqual([]);
	});

	describe('a domain that is not verified', () => {
		const expectNamed = (message: string) => {
			expect(message).toContain('robin@contractor.example');
			expect(message).toContain('displayName');
			expect(message).toContain('"Robin Adeyemi"');
			expect(message).toContain('"Robin Hood"');
		};

		test.each(['scim', 'empty'] as const)(
			'answered with 403 (error body: %s) is an error that names attribute and values',
			async (errorBody) => {
				notion.sandbox.setSwitches({ unverifiedDomainUpdate: 403, errorBody });

				const failure = failureOf(
					await update('robin@contractor.example', { displayName: 'Robin Hood' }),
				);
				expectNamed(failure.message);
				expect(failure.description).toContain('verified');
				expect(failure.httpCode).toBe('403');
				expect(patches()).toBe(1);
			},
		);

		test('answered with the old value is the same error, which says what was taken', async () => {
			notion.sandbox.setSwitches({ unverifiedDomainUpdate: 'keepsOldValue' });

			const failure = failureOf(
				await update('robin@contractor.example', { displayName: 'Robin Hood', title: 'Archer' }),
			);
			expectNamed(failure.message);
			expect(failure.message).toContain('Taken: title.');
			expect(failure.description).toContain('verified');
			expect(account('robin@contractor.example')?.profile.attributes['title']).toBe('Archer');
			expect(account('robin@contractor.example')?.profile.name.formatted).toBe('Robin Adeyemi');
		});

		test('leaves everything else free to change', async () => {
			const run = await update('robin@contractor.example', { title: 'Archer' });
			expect(onlyItem(run)).toMatchObject({ outcome: 'updated', title: 'Archer' });
		});
	});

	test('takes secondary emails from the text of an array', async () => {
		const secondaryEmails = '={{ \'["ada@home.example","ada@old.example"]\' }}';
		const item = onlyItem(await update('ada@example.com', { secondaryEmails }));

		expect(item).toMatchObject({ outcome: 'updated', secondaryEmails: 'ada@home.example, ada@old.example' });
	});

	describe('an address', () => {
		test('of another account is an error of its own, and is sent once', async () => {
			notion.sandbox.workspace.removeUser('kenji@example.com');

			const failure = failureOf(await update('ada@example.com', { email: 'kenji@example.com' }));

			expect(failure.message).toContain('when ada@example.com was to become kenji@example.com');
			expect(failure.description).toContain('Find out who has kenji@example.com');
			expect(failure.httpCode).toBe('500');
			expect(patches()).toBe(1);
			expect(account('ada@example.com')?.membership).toBe('member');
		});

		test.each(['ada', 'ada@', 'a b@example.com'])('"%s" is none', async (email) => {
			const failure = failureOf(await update('ada@example.com', { email }));

			expect(failure.message).toBe(`Email has "${email}" in it, which is not an email address.`);
			expect(notion.writes()).toEqual([]);
		});

		test('of a foreign domain is refused unless that is allowed', async () => {
			const credential = { ownedDomains: 'example.com' };
			const wish = { email: 'ada@elsewhere.example' };
			const refused = failureOf(await update('ada@example.com', wish, { credential }));

			expect(refused.message).toBe(
				'ada@elsewhere.example is outside the owned domains of the credential. Nothing was written.',
			);
			expect(refused.description).toContain('Allow External Members');
			expect(notion.writes()).toEqual([]);

			const options = { allowExternalMember: true };
			const allowed = await update('ada@example.com', wish, { credential, options });
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'updated', email: 'ada@elsewhere.example' });
		});
	});

	describe('a role', () => {
		test.each([
			['extensionObject', 'ignored', 1],
			['extensionObject', 400, 1],
			['extensionPath', 'ignored', 2],
			['extensionPath', 400, 2],
			['both', 'ignored', 1],
		] as const)('is written where the server takes %s (else: %s)', async (rolePatch, other, count) => {
			notion.sandbox.setSwitches({ rolePatch, unsupportedPatchForm: other });

			const run = await update('robin@contractor.example', { role: 'member' });
			expect(onlyItem(run)).toMatchObject({
				outcome: 'updated',
				role: 'member',
				changes: [{ attribute: 'role', from: 'restricted_member', to: 'member' }],
			});
			expect(account('robin@contractor.example')?.role).toBe('member');
			expect(patches()).toBe(count);
		});

		test('is written in the form that has worked before', async () => {
			notion.sandbox.setSwitches({ rolePatch: 'extensionPath' });
			await update('robin@contractor.example', { role: 'member' });
			notion.sandbox.requests.clear();

			await update('robin@contractor.example', { role: 'restricted_member' });
			expect(operations()).toEqual([
				{
					method: 'PATCH',
					body: {
						schemas: [patchOp],
						Operations: [
							{ op: 'Replace', path: `${extension}:role`, value: 'restricted_member' },
						],
					},
				},
			]);
		});

		test('is written beside other attributes', async () => {
			const run = await update('robin@contractor.example', { role: 'member', title: 'Lead' });

			expect(onlyItem(run)).toMatchObject({ outcome: 'updated', role: 'member', title: 'Lead' });
			expect(account('robin@contractor.example')?.role).toBe('member');
		});

		test('is lowered only with full access', async () => {
			const wish = { role: 'restricted_member' };
			const refused = failureOf(
				await update('ada@example.com', wish, { credential: { access: 'noRemovals' } }),
			);

			expect(refused.message).toBe(
				'This credential may not lower the role of ada@example.com. Nothing was done.',
			);
			expect(notion.writes()).toEqual([]);
			expect(onlyItem(await update('ada@example.com', wish))).toMatchObject({
				outcome: 'updated',
				role: 'restricted_member',
			});
		});

		test.each(['owner', 'membership_admin'])('becomes %s only where allowed', async (role) => {
			const refused = failureOf(await update('ada@example.com', { role }));
			expect(refused.message).toContain(`would get the role ${role}`);
			expect(notion.writes()).toEqual([]);

			const options = { allowPrivileged: true };
			expect(onlyItem(await update('ada@example.com', { role }, { options }))).toMatchObject({
				outcome: 'updated',
				role,
			});
		});

		test('of a stranger is raised only where that is allowed', async () => {
			const credential = { ownedDomains: 'example.com' };
			const wish = { role: 'member' };
			const refused = failureOf(await update('robin@contractor.example', wish, { credential }));

			expect(refused.message).toContain(
				'robin@contractor.example is outside the owned domains of the credential',
			);
			expect(notion.writes()).toEqual([]);

			const options = { allowExternalMember: true };
			const allowed = await update('robin@contractor.example', wish, { credential, options });
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'updated', role: 'member' });
		});

		test('of the token\'s creator is never changed', async () => {
			const failure = failureOf(
				await update(
					'owner@example.com',
					{ role: 'member' },
					{
						options: { allowPrivileged: true },
						credential: { tokenCreatorEmail: ' Owner@Example.com ' },
					},
				),
			);

			expect(failure.message).toContain('owner@example.com created the SCIM token.');
			expect(failure.description).toContain('Have another owner create a token first');
			expect(notion.writes()).toEqual([]);
			expect(account('owner@example.com')?.role).toBe('owner');
		});

		test.each([403, 400] as const)('of the last owner stays (status %s)', async (status) => {
			notion.sandbox.setSwitches({ lastOwnerRemoval: status, errorBody: 'empty' });
			notion.sandbox.workspace.removeUser('second.owner@example.com');

			const failure = failureOf(
				await update(
					'owner@example.com', { role: 'member' }, { options: { allowPrivileged: true } },
				),
			);
			expect(failure.httpCode).toBe(String(status));
			expect(failure.description).toContain('last owner');
			expect(account('owner@example.com')?.role).toBe('owner');
		});
	});

	test('says what was changed before a role was refused, and counts it', async () => {
		notion.sandbox.workspace.removeUser('second.owner@example.com');

		const run = await notion.run('user.update', {
			parameters: {
				user: byEmail('={{ $json.email }}'),
				updateFields: { role: '={{ $json.role }}', email: '={{ $json.newEmail }}' },
				options: { allowPrivileged: true },
			},
			items: [
				{ email: 'owner@example.com', role: 'member', newEmail: 'grace@example.com' },
				{ email: 'ada@example.com', newEmail: 'countess@example.com' },
			],
			onError: 'continueRegularOutput',
		});
		const [refused, second] = itemFailures(run);
		expect(refused?.message).toContain(
			'Notion does not let grace@example.com go from the role owner to member.',
		);
		expect(refused?.message).toContain('Changed before: email.');
		expect(account('grace@example.com')?.role).toBe('owner');
		expect(second?.message).toContain('has used 2 of the 2 that it may');
	});

	describe('guards', () => {
		test('send nothing with a credential that may only read', async () => {
			const failure = failureOf(
				await update('ada@example.com', { title: 'X' }, { credential: { access: 'readOnly' } }),
			);

			expect(failure.message).toBe('This credential may only read. Nothing was written.');
			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test.each([
			['second.owner@example.com', {}, 'is an owner of the workspace'],
			['admin@example.com', {}, 'is a membership admin of the workspace'],
			['ada@example.com', { protectedEmails: 'ada@example.com' }, 'is on the list'],
			['ada@example.com', { tokenCreatorEmail: 'ada@example.com' }, 'created the SCIM token'],
		])('keep %s as they are unless that is allowed (%j)', async (email, credential, reason) => {
			const refused = failureOf(await update(email, { title: 'New' }, { credential }));
			expect(refused.message).toContain(`${email} ${reason}`);
			expect(notion.writes()).toEqual([]);

			const options = { allowPrivileged: true };
			const allowed = await update(email, { title: 'New' }, { credential, options });
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'updated', title: 'New' });
		});

		test('count new addresses and lower roles against the removal limit', async () => {
			const run = await notion.run('user.update', {
				parameters: {
					user: byEmail('={{ $json.email }}'),
					updateFields: { role: '={{ $json.role }}', email: '={{ $json.newEmail }}' },
				},
				items: [
					{ email: 'ada@example.com', role: 'restricted_member' },
					{ email: 'kenji@example.com', newEmail: 'ken@example.com' },
					{ email: 'maria@example.com', role: 'restricted_member' },
				],
			});

			expect(failureOf(run).message).toBe(
				'This would remove 1 access grant, but this execution has used 2 of the 2 that it may. Nothing was done.',
			);
			expect(failureOf(run).itemIndex).toBe(2);
			expect(account('ken@example.com')?.membership).toBe('member');
			expect(account('maria@example.com')?.role).toBe('member');
		});
	});

	test('is done once where the answer to the PATCH is lost', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: { cutConnection: 'after' }, times: 1 });

		const run = await update('ada@example.com', { title: 'Countess' });
		expect(onlyItem(run)).toMatchObject({ outcome: 'updated', title: 'Countess' });
		expect(patches()).toBe(1);
	});

	test('writes to no one else where Notion answers about another person', async () => {
		const owner = account('second.owner@example.com');
		notion.sandbox.faults.add({
			method: 'PATCH',
			path: `/Users/${account('ada@example.com')?.id}$`,
			fault: { status: 200, body: { id: owner?.id, userName: 'second.owner@example.com', title: 'Countess' } },
		});

		const run = await update('ada@example.com', { title: 'Countess', role: 'restricted_member' }, {
			credential: { access: 'full' },
		});

		expect(failureOf(run).message).toContain('another ID than the one asked for');
		expect(account('second.owner@example.com')?.role).toBe('owner');
		expect(patches()).toBe(1);
	});

	test('knows of a role that an item before has given', async () => {
		// Without its filter, everyone is read once and kept until the next write.
		notion.sandbox.faults.add({ method: 'GET', path: 'filter=', fault: { status: 400 } });

		const run = await notion.run('user.update', {
			parameters: {
				user: byEmail('ada@example.com'),
				updateFields: { role: '={{ $json.role }}', title: '={{ $json.title }}' },
				options: { allowPrivileged: '={{ $json.allow }}' },
			},
			items: [
				{ role: 'owner', title: '', allow: true },
				{ role: '', title: 'Countess', allow: false },
			],
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run)[0]?.message).toContain('ada@example.com is an owner of the workspace');
		expect(account('ada@example.com')?.profile.attributes['title']).toBe('Engineer');
	});
});
