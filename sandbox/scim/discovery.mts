import { json, urn } from './answer.mts';
import type { ScimHandler, ScimRoute } from './context.mts';

const serviceProviderConfig: ScimHandler = ({ switches }) =>
	json(
		200,
		{
			schemas: [urn.serviceProviderConfig],
			patch: { supported: true },
			bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
			filter: { supported: true, maxResults: 100 },
			changePassword: { supported: false },
			sort: { supported: false },
			etag: { supported: false },
			authenticationSchemes: [
				{
					type: 'oauthbearertoken',
					name: 'Bearer token',
					description: 'A SCIM token that an organization owner creates',
				},
			],
		},
		switches,
	);

/** A bare array, where RFC 7644 wants a ListResponse: seen in the field. */
const resourceTypes: ScimHandler = ({ switches }) =>
	json(
		200,
		[
			{
				schemas: [urn.resourceType],
				id: 'User',
				name: 'User',
				endpoint: '/Users',
				schema: urn.user,
				schemaExtensions: [
					{ schema: urn.enterprise, required: false },
					{ schema: urn.notion, required: false },
				],
			},
			{
				schemas: [urn.resourceType],
				id: 'Group',
				name: 'Group',
				endpoint: '/Groups',
				schema: urn.group,
			},
		],
		switches,
	);

export const discoveryRoutes: ScimRoute[] = [
	{
		method: 'GET',
		path: '/ServiceProviderConfig',
		needsToken: false,
		handle: serviceProviderConfig,
	},
	{ method: 'GET', path: '/ResourceTypes', handle: resourceTypes },
];
