import { z } from 'zod';

import { type BenchNode, httpRequest, notionScim } from '../workflow.mts';
import { expectCount, type Scenario } from './scenario.mts';

const unchangedSchema = z.object({ outcome: z.literal('unchanged') });

/**
 * People who are in the workspace as they should be. Our node looks at each attribute; with the HTTP
 * Request node people are only looked up and told from those who are missing.
 */
export function upsertUnchanged(people: number): Scenario {
	return {
		title: `Upsert ${people} people of whom nothing differs`,
		rounds: 3,
		contenders: async (stage) => {
			const items = stage.sandbox.workspace
				.members()
				.flatMap(({ profile: { userName, name } }) =>
					name.formatted ? [{ email: userName, displayName: name.formatted }] : [],
				)
				.slice(0, people);
			const lookUp = httpRequest({
				url: `${stage.sandbox.scimUrl}/Users`,
				sendQuery: true,
				queryParameters: {
					parameters: [{ name: 'filter', value: '=email eq "{{ $json.email }}"' }],
				},
			});
			const upsert = notionScim({
				resource: 'user',
				operation: 'upsert',
				email: '={{ $json.email }}',
				additionalFields: { displayName: '={{ $json.displayName }}' },
			});
			return {
				usual: [
					{
						name: 'HTTP Request and If, all at once',
						run: async () => {
							const job = { items, nodes: [lookUp, isMember], credentials: stage.bearer };
							return await stage.run(job, (found) =>
								expectCount('people found', found.length, people),
							);
						},
					},
				],
				ours: [
					{
						name: 'Notion SCIM, first use of a token',
						run: async () => {
							const job = { items, nodes: [upsert], credentials: await stage.newToken() };
							return await stage.run(job, (results) =>
								expectCount(
									'people left as they are',
									z.array(unchangedSchema).parse(results).length,
									people,
								),
							);
						},
					},
				],
			};
		},
	};
}

/** Lets those through who were found. */
const isMember: BenchNode = {
	name: 'Is member',
	type: 'n8n-nodes-base.if',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'found',
					leftValue: '={{ $json.totalResults }}',
					rightValue: 0,
					operator: { type: 'number', operation: 'gt' },
				},
			],
			combinator: 'and',
		},
		options: {},
	},
};
