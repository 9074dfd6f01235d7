import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** More would push the question out of a model's sight. */
const MOST_ITEMS = 100;

/**
 * The items of all outputs as a model reads them: n8n gives it the first output alone. Empty fields are left
 * out, and an item of an operation with several outputs says which it belongs to.
 */
export function forModel(outputs: INodeExecutionData[][], names: readonly string[] = []): INodeExecutionData[][] {
	const items = outputs.flatMap((ofOutput, position) =>
		ofOutput.map((item) => ({ ...item, json: { ...outputName(names, position), ...withoutEmpty(item.json) } })),
	);
	const more = items.length - MOST_ITEMS;
	return more > 0 ? [[...items.slice(0, MOST_ITEMS), { json: { note: `${more} more are not shown. Use a filter or a limit.` } }]] : [items];
}

function outputName(names: readonly string[], position: number): IDataObject {
	const name = names[position];
	return name !== undefined && names.length > 1 ? { output: name } : {};
}

function withoutEmpty(json: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(json).filter(
			([, value]) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}
