import { z } from 'zod';

import { listOf, notionScim } from '../workflow.mts';
import { expectCount, type Scenario } from './scenario.mts';

const userSchema = z.object({ id: z.string() });
const pageSchema = z.object({ Resources: z.array(userSchema) });

const countPeople = (users: z.infer<typeof userSchema>[], people: number) =>
	expectCount('different people read', new Set(users.map(({ id }) => id)).size, people);

/** Everybody in the workspace, with everything that Notion says about them. */
export function readUsers(people: number): Scenario {
	return {
		title: `Read ${people.toLocaleString('en')} users`,
		rounds: 5,
		contenders: async (stage) => {
			const pages = listOf(`${stage.sandbox.scimUrl}/Users`);
			const known = await stage.newToken();
			const read = async (credentials: typeof known) =>
				await stage.run({ nodes: [allUsers], credentials }, (items) =>
					countPeople(z.array(userSchema).parse(items), people),
				);
			return {
				usual: [
					{
						name: 'HTTP Request with pagination',
						run: async () =>
							await stage.run({ nodes: [pages], credentials: stage.bearer }, (items) =>
								countPeople(
									z.array(pageSchema).parse(items).flatMap(({ Resources }) => Resources),
									people,
								),
							),
					},
				],
				ours: [
					{
						name: 'Notion SCIM, first use of a token',
						run: async () => await read(await stage.newToken()),
					},
					{ name: 'Notion SCIM, token in use', run: async () => await read(known) },
				],
			};
		},
	};
}

const allUsers = notionScim({
	resource: 'user',
	operation: 'getAll',
	returnAll: true,
	simplify: false,
});
