import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Alert } from '../../../../lib/lifecycle/decision';
import type { Change, StoredChange } from '../../../../lib/lifecycle/journal';
import { changeRow } from '../../../../lib/lifecycle/journal';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { allItemsOf, jsonParameter } from '../../execution/parameters';

/**
 * A parameter that takes the rows of a Data Table.
 * @param node the default source of the rows
 */
export function rowsProperty(
	field: { displayName: string; name: string; description: string },
	node: string,
): INodeProperties {
	return {
		...field,
		type: 'json',
		required: true,
		default: allItemsOf(node),
		hint: `The rows that the node "${node}" returns`,
	};
}

/**
 * The rows of such a parameter.
 * @throws ScimError `invalidInput` for anything but a list: lost rows must not look like an empty table
 */
export function rowsIn(parameters: ItemParameters, name: string, label: string): unknown[] {
	const example = '[{"id": 1, "state": "received", …}]';
	const rows = jsonParameter(parameters.rawRows(name), label, z.array(z.unknown()), example);
	if (rows) return rows;
	throw new ScimError(
		'invalidInput',
		`${label} is empty, although it must be a list of rows. Nothing was done.`,
		'Check the expression: it must give all items of the node that reads the Data Table. A table without rows is an empty list.',
	);
}

/** Rows of the journal as items. @param pairedItem the incoming items that they come from */
export function changeItems(
	changes: ReadonlyArray<Change | StoredChange>,
	pairedItem: INodeExecutionData['pairedItem'],
): INodeExecutionData[] {
	return changes.map((change) => itemOf(changeRow(change), pairedItem));
}

export function alertItems(
	alerts: readonly Alert[],
	pairedItem: INodeExecutionData['pairedItem'],
): INodeExecutionData[] {
	return alerts.map(({ key, text, note = false }) => itemOf({ key, text, note }, pairedItem));
}

export function itemOf(json: IDataObject, pairedItem: INodeExecutionData['pairedItem']): INodeExecutionData {
	return { json, ...(pairedItem === undefined ? {} : { pairedItem }) };
}

/** The result of all incoming items together belongs to each of them. */
export function pairedWithAll(items: readonly unknown[]): Array<{ item: number }> {
	return items.map((_item, item) => ({ item }));
}
