import type { IDataObject } from 'n8n-workflow';

import { callAsTool } from '../runner/callAsTool.mts';
import { byEmail, nodeOfOneExecution, setUpNotion } from '../support/notionTest.mts';

const fromAi = (name: string) => `={{ $fromAI('${name}', 'What the model knows', 'string') }}`;

describe('the node as a tool', () => {
	const notion = setUpNotion();
	const call = async (
		parameters: IDataObject & { operation: string },
		given: IDataObject,
		credential: IDataObject = {},
	) =>
		await callAsTool(notion.engine, {
			node: nodeOfOneExecution(),
			parameters: JSON.parse(JSON.stringify({ resource: 'user', ...parameters })),
			arguments: given,
			credentials: notion.credential(credential),
		});

	test('plans the update that the model decides, for the person that it names', async () => {
		const { response } = await call(
			{
				operation: 'update',
				user: byEmail(fromAi('email')),
				updateFields: { title: fromAi('title') },
			},
			{ email: 'ada@example.com', title: 'Countess' },
		);

		expect(response).toMatchObject([
			{
				outcome: 'planned',
				plannedChange: expect.stringContaining('ada@example.com ("Ada Lovelace", member). Update Fields: title "Countess".'),
			},
		]);
		expect(notion.writes()).toEqual([]);
	});

	test('reads, and leaves out what is empty', async () => {
		const { response } = await call({ operation: 'getAll', filters: { email: fromAi('email') } }, { email: 'ada@example.com' });

		expect(response).toEqual([expect.objectContaining({ email: 'ada@example.com', displayName: 'Ada Lovelace' })]);
		expect(JSON.stringify(response)).not.toMatch(/:(null|""|\[\])/);
	});

	test.each<[string, IDataObject, unknown]>([
		['the most useful fields', {}, expect.objectContaining({ email: 'ada@example.com', displayName: 'Ada Lovelace', role: 'member', active: true })],
		['what Notion answered', { output: 'raw' }, expect.objectContaining({ userName: 'ada@example.com', name: expect.objectContaining({ familyName: 'Lovelace' }) })],
		['only the fields that were picked', { output: 'selectedFields', fields: ['email', 'role'] }, { email: 'ada@example.com', role: 'member' }],
	])('gives the model %s', async (_what, output, expected) => {
		for (const operation of [{ operation: 'get', user: byEmail('ada@example.com') }, { operation: 'getAll', filters: { email: 'ada@example.com' } }]) {
			const { response } = await call({ ...operation, ...output }, {});
			expect(response).toEqual([expected]);
		}
	});

	test('asks for a field where none is picked', async () => {
		const { error } = await call({ operation: 'get', user: byEmail('ada@example.com'), output: 'selectedFields', fields: [] }, {});
		expect(error?.message).toContain('Output is Selected Fields, and no field is selected.');
	});

	test('tells the model what happened and how to get unstuck', async () => {
		const { error, response } = await call(
			{ operation: 'get', user: byEmail(fromAi('email')) },
			{ email: 'nobody@example.com' },
		);

		expect(response).toBeUndefined();
		expect(error?.message).toContain('No one in the workspace has the email nobody@example.com.');
		expect(error?.message).toContain('Check the spelling.');
	});

	test('stays within the guards of the credential, whatever the model wants', async () => {
		const remove = { operation: 'remove', user: byEmail(fromAi('email')) };
		const { error } = await call(
			remove, { email: 'ada@example.com', allowPrivileged: true }, { access: 'noRemovals' },
		);

		expect(error?.message).toContain('This credential may not remove people.');
		expect(notion.sandbox.requests.all()).toEqual([]);

		const owner = await call(remove, { email: 'second.owner@example.com', allowPrivileged: true });
		expect(owner.error?.message).toContain('is an owner of the workspace');
		expect(notion.writes()).toEqual([]);
	});
});
