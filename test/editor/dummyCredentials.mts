import { z } from 'zod';

import type { CredentialReference, N8nClient } from '../../host/n8nClient.mts';
import type { RestCall } from '../../host/n8nRest.mts';
import { nodeTypesSchema, type workflowFileSchema } from '../../host/n8nSchemas.mts';

const TEXT = 'for-the-picture.example';

const credentialTypesSchema = z.array(
	z.object({
		name: z.string(),
		properties: z.array(
			z.object({ name: z.string(), type: z.string(), default: z.unknown(), required: z.boolean().optional() }),
		),
	}),
);

/** What the credential's own declaration does not tell. */
const KNOWN: Record<string, Record<string, unknown>> = {
	httpHeaderAuth: { name: 'X-Picture', value: TEXT },
	oAuth2Api: {
		grantType: 'clientCredentials',
		authUrl: `https://${TEXT}/authorize`,
		accessTokenUrl: `https://${TEXT}/token`,
		serverUrl: `https://${TEXT}`,
	},
};

/**
 * Makes a credential of every type that a node of the workflow may ask for, from the declarations of
 * n8n and the packages: each field has its default, or a text that means nothing.
 *
 * @returns by type, for the import
 */
export async function dummyCredentials(
	client: N8nClient,
	rest: RestCall,
	workflow: z.infer<typeof workflowFileSchema>,
): Promise<Record<string, CredentialReference>> {
	const nodeTypes = await rest(nodeTypesSchema, 'GET', 'types/nodes.json');
	const credentialTypes = await rest(credentialTypesSchema, 'GET', 'types/credentials.json');
	const asked = workflow.nodes.flatMap(({ type, parameters }) => [
		...nodeTypes.filter(({ name }) => name === type).flatMap(({ credentials = [] }) => credentials.map(({ name }) => name)),
		...[parameters['genericAuthType'], parameters['nodeCredentialType']].filter((name) => typeof name === 'string'),
	]);
	const made: Record<string, CredentialReference> = {};
	for (const type of new Set(asked)) {
		const properties = credentialTypes.find(({ name }) => name === type)?.properties ?? [];
		const data = Object.fromEntries(
			properties
				.filter((property) => property.type !== 'notice' && property.type !== 'hidden')
				.map((property) => [property.name, property.default === '' ? TEXT : property.default]),
		);
		const name = `${type} for the picture`;
		try {
			made[type] = await client.createCredential({ type, name, data: { ...data, ...KNOWN[type] } });
		} catch (error) {
			// n8n looks at some fields. The node is then drawn with the sign that one is missing.
			console.log(`Without a credential ${type}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return made;
}
