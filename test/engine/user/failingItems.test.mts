import { byEmail, failureOf, itemFailures, jsons, pairs, setUpNotion } from '../support/notionTest.mts';

describe('a bad item among good ones', () => {
	const notion = setUpNotion();
	const parameters = {
		user: byEmail('={{ $json.email }}'),
		updateFields: { title: '={{ $json.title }}' },
	};
	const items = [
		{ email: 'ada@example.com', title: 'One' },
		{ email: 'nobody@example.com', title: 'Two' },
		{ email: 'kenji@example.com', title: 'Three' },
	];
	const titleOf = (email: string) =>
		notion.sandbox.workspace.userByEmail(email)?.profile.attributes['title'];
	const message = 'No one in the workspace has the email nobody@example.com.';
	const remedy = 'Check the spelling.';

	test('ends the run under "Stop Workflow", which says how far it came', async () => {
		const run = await notion.run('user.update', { parameters, items });

		expect(run.status).toBe('error');
		expect(run.outputs).toEqual([]);
		const failure = failureOf(run);
		expect(failure).toMatchObject({ name: 'NodeOperationError', message, itemIndex: 1 });
		expect(failure.description).toContain(remedy);
		expect(failure.description).toContain('Of 3 items, 1 item was done before this one.');
		expect(titleOf('ada@example.com')).toBe('One');
		expect(titleOf('kenji@example.com')).toBe('Account executive');
	});

	test('stays in its place under "Continue", with message and remedy', async () => {
		const run = await notion.run('user.update', {
			parameters, items, onError: 'continueRegularOutput',
		});

		expect(run.status).toBe('success');
		expect(run.outputs).toHaveLength(1);
		const [first, failed, third] = jsons(run);
		expect(first).toMatchObject({ outcome: 'updated', title: 'One' });
		expect(failed?.['error']).toContain(message);
		expect(failed?.['error']).toContain(remedy);
		expect(third).toMatchObject({ outcome: 'updated', title: 'Three' });
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(titleOf('kenji@example.com')).toBe('Three');
	});

	test('leaves by the error output under "Continue (using error output)"', async () => {
		const run = await notion.run('user.update', {
			parameters, items, onError: 'continueErrorOutput',
		});

		expect(run.status).toBe('success');
		expect(jsons(run).map(({ title }) => title)).toEqual(['One', 'Three']);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(pairs(run, 1)).toEqual([{ item: 1 }]);
		expect(jsons(run, 1)).toHaveLength(1);
		expect(jsons(run, 1)[0]?.['error']).toContain(message);
		expect(jsons(run, 1)[0]?.['error']).toContain(remedy);
		expect(itemFailures(run, 1)[0]).toMatchObject({ itemIndex: 1 });
	});

	test('keeps a message whole that happens to hold the name of a network error', async () => {
		const run = await notion.run('user.update', {
			parameters: { ...parameters, user: byEmail('keeperm@example.com') },
		});

		expect(failureOf(run).message).toBe(
			'No one in the workspace has the email keeperm@example.com.',
		);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'makes an error of every item where the credential is at fault (%s)',
		async (onError) => {
			notion.sandbox.workspace.revokeToken(notion.token);

			const run = await notion.run('user.update', { parameters, items, onError });
			const output = onError === 'continueErrorOutput' ? 1 : 0;
			expect(jsons(run, output)).toHaveLength(3);
			expect(jsons(run, output).every(({ error }) => String(error).includes('rejected the SCIM token')))
				.toBe(true);
			if (output === 1) expect(run.outputs[0]).toEqual([]);
		},
	);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'makes an error of every item where the credential cannot be used (%s)',
		async (onError) => {
			const run = await notion.run('user.update', {
				parameters, items, onError, credential: { token: 'two words' },
			});

			const output = onError === 'continueErrorOutput' ? 1 : 0;
			expect(jsons(run, output)).toHaveLength(3);
			expect(pairs(run, output)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(notion.sandbox.requests.all()).toEqual([]);
		},
	);

	test.each([
		[401, 'scim'],
		[403, 'scim'],
		[401, 'empty'],
		[403, 'text'],
	] as const)('says what kills a token (status %s, body %s)', async (invalidTokenStatus, errorBody) => {
		notion.sandbox.setSwitches({ invalidTokenStatus, errorBody });
		notion.sandbox.workspace.revokeToken(notion.token);

		const failure = failureOf(await notion.run('user.update', { parameters, items }));
		expect(failure.name).toBe('NodeApiError');
		expect(failure.message).toBe(`Notion rejected the SCIM token (status ${invalidTokenStatus}).`);
		expect(failure.description).toContain(
			'A token dies when the owner who created it leaves the workspace or changes role',
		);
		expect(failure.httpCode).toBe(String(invalidTokenStatus));
	});
});
