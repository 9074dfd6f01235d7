import type { IDataObject } from 'n8n-workflow';

import { readConfiguration } from '../../../../lib/scim/workspaceConfiguration';
import { forEachItem } from '../../execution/items';
import type { ListedOperation } from '../operation';
import { resourceItem } from '../../execution/resourceItem';

export const getConfiguration: ListedOperation = {
	name: 'Get Configuration',
	value: 'getConfiguration',
	action: 'Get the configuration of a workspace',
	description:
		'Retrieve the capabilities of the SCIM server, the number of members and groups, and how the credential is interpreted',
	properties: [],
	execute: async (context, session) =>
		await forEachItem(context, async () => {
			const configuration = await readConfiguration(session.requester);
			const { guards } = session;
			const item: IDataObject = {
				...resourceItem({ ...configuration }),
				credential: {
					access: guards.access,
					ownedDomains: [...guards.ownedDomains],
					protectedEmails: [...guards.protectedEmails],
					tokenCreatorEmail: guards.tokenCreatorEmail ?? null,
					maxRequestsPerSecond: session.maxRequestsPerSecond ?? null,
				},
			};
			return item;
		}),
};
