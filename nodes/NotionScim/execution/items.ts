import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isCancellation, toItemError, toNodeError } from './nodeErrors';

/**
 * Runs an operation for one item after the other, in order, so that two items about one person never race. A
 * failing item ends the run, or becomes an error item if the node may continue.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	run: (itemIndex: number) => Promise<IDataObject | IDataObject[]>,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	const count = context.getInputData().length;
	for (let itemIndex = 0; itemIndex < count; itemIndex += 1) {
		try {
			const result = await run(itemIndex);
			for (const json of Array.isArray(result) ? result : [result]) {
				results.push({ json, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			if (isCancellation(error) || !context.continueOnFail()) {
				throw toNodeError(context.getNode(), error, itemIndex, doneBefore(itemIndex, count));
			}
			results.push(errorItem(context, error, itemIndex));
		}
	}
	return results;
}

/** More than the rate limiter ever allows in flight, so the rate limiter alone decides. */
const PARALLEL_READERS = 16;

/**
 * Runs a read operation for many items in parallel. The items keep their order, and if the node may not
 * continue, no further item is started after the first failure.
 */
export async function forAllItems(
	context: IExecuteFunctions,
	read: (itemIndex: number) => Promise<IDataObject>,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const outcomes = new Map<number, ItemOutcome>();
	let next = 0;
	const readItems = async (): Promise<void> => {
		while (next < count) {
			const itemIndex = next;
			next += 1;
			try {
				outcomes.set(itemIndex, { json: await read(itemIndex) });
			} catch (error) {
				if (isCancellation(error)) return Promise.reject(error);
				outcomes.set(itemIndex, { error });
				if (!context.continueOnFail()) next = count;
			}
		}
	};
	await Promise.all(Array.from({ length: PARALLEL_READERS }, readItems));
	const inOrder = [...outcomes].sort(([one], [other]) => one - other);
	const failure = inOrder.find(([, outcome]) => 'error' in outcome);
	if (failure && 'error' in failure[1] && !context.continueOnFail()) {
		throw toNodeError(context.getNode(), failure[1].error, failure[0]);
	}
	return toItems(context, inOrder.map(([, outcome]) => outcome));
}

/** The result of a batch operation for one item. */
export type ItemOutcome = { json: IDataObject } | { error: unknown };

/**
 * The items of an operation that handled all of them together: everything possible was done, so if the node
 * may not continue, the error says how many failed.
 * @param done a sentence on what was done to the others
 */
export function toItems(
	context: IExecuteFunctions,
	outcomes: ItemOutcome[],
	done = '',
): INodeExecutionData[] {
	const failures = outcomes.flatMap((outcome, itemIndex) =>
		'error' in outcome ? [{ error: outcome.error, itemIndex }] : [],
	);
	const [first] = failures;
	if (first && !context.continueOnFail()) {
		const report = [failureReport(failures.length, outcomes.length), done]
			.filter((sentence) => sentence !== '')
			.join(' ');
		throw toNodeError(context.getNode(), first.error, first.itemIndex, report);
	}
	return outcomes.map((outcome, itemIndex) =>
		'error' in outcome
			? errorItem(context, outcome.error, itemIndex)
			: { json: outcome.json, pairedItem: { item: itemIndex } },
	);
}

function errorItem(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const nodeError = toItemError(context.getNode(), error, itemIndex);
	return { json: { error: nodeError.message }, error: nodeError, pairedItem: { item: itemIndex } };
}

function failureReport(failed: number, count: number): string {
	if (count === 1) return '';
	const others = failed < count ? '; the others were done' : '';
	return `${failed} of ${count} items failed${others}.`;
}

function doneBefore(itemIndex: number, count: number): string {
	if (itemIndex === 0) return '';
	const done = itemIndex === 1 ? '1 item was' : `${itemIndex} items were`;
	return `Of ${count} items, ${done} done before this one.`;
}
