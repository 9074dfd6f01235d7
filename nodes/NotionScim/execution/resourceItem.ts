import type { IDataObject } from 'n8n-workflow';

/** A SCIM resource as an item: it was parsed from JSON. */
export function resourceItem(resource: Record<string, unknown>): IDataObject {
	const item: IDataObject = JSON.parse(JSON.stringify(resource));
	return item;
}
