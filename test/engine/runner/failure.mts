import { z } from 'zod';

/** An error as the user sees it in n8n's output panel. */
export type Failure = {
	/** `NodeApiError`, `NodeOperationError`, ... */
	name: string;
	/** The headline. */
	message: string;
	/** The text below it, which says how to get unstuck. */
	description?: string;
	/** Number of the input item at fault, from 0. */
	itemIndex?: number;
	/** Status of the answer, as n8n keeps it: a string. Some network errors put their code here. */
	httpCode?: string;
	context: Record<string, unknown>;
};

const shape = z.object({
	name: z.string().default('Error'),
	message: z.string(),
	description: z.string().nullish(),
	httpCode: z.string().nullish(),
	context: z.record(z.unknown()).default({}),
});

/**
 * Reads an error from an item or from an execution. The engine keeps an error either as the object
 * that was thrown or as a plain copy of it.
 */
export const toFailure = (error: object): Failure => {
	const { name, message, description, httpCode, context } = shape.parse(error);
	const { itemIndex } = context;
	return {
		name,
		message,
		...(typeof description === 'string' ? { description } : {}),
		...(typeof itemIndex === 'number' ? { itemIndex } : {}),
		...(typeof httpCode === 'string' ? { httpCode } : {}),
		context,
	};
};
