import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ScimError } from '../../../../lib/scim/scimError';
import { isCancellation } from '../../execution/nodeErrors';
import type { ItemParameters } from '../../execution/parameters';
import { rowsIn, rowsProperty } from '../lifecycle/rows';

/** The open reviews, if they are not the items. */
export const reviewRows: INodeProperties = rowsProperty(
	{
		displayName: 'Open Reviews',
		name: 'reviewRows',
		description: 'The rows of notion_scim_reviews of the kind review whose state is open',
	},
	'Read open reviews',
);

export const letterRows: INodeProperties = rowsProperty(
	{
		displayName: 'Letters',
		name: 'letterRows',
		description: 'The rows of notion_scim_reviews of the kind letter',
	},
	'Read letters',
);

export const revocationRows: INodeProperties = rowsProperty(
	{
		displayName: 'Revocations',
		name: 'revocationRows',
		description: 'The rows of the journal of the kind revoke',
	},
	'Read revocations',
);

/**
 * Rows of a node that always returns an item: an empty one stands for none. @throws ScimError `invalidInput`
 */
export function storedRows(parameters: ItemParameters, { name, displayName }: INodeProperties): unknown[] {
	return rowsIn(parameters, name, displayName).filter(isStored);
}

export function inputRows(context: IExecuteFunctions): unknown[] {
	return context.getInputData().map(({ json }) => json);
}

function isStored(row: unknown): boolean {
	return typeof row === 'object' && row !== null && Object.keys(row).length > 0;
}

/** Returns a failure that can be reported. @throws any other error */
export async function toldFailure(error: unknown): Promise<ScimError> {
	if (error instanceof ScimError && !isCancellation(error)) return error;
	return await Promise.reject(error);
}
