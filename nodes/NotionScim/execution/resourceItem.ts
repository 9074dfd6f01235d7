import type { IDataObject } from 'n8n-workflow';

/** A SCIM resource as an item: it came as JSON and is nothing else. */
export function resourceItem(resource: Record<string, unknown>): IDataObject {
	const item: IDataObject = JSON.parse(JSON.stringify(resource));
	return item;
}
