import { z } from 'zod';

import { ScimError } from './answer.mts';

/** One operation of a PatchOp message. */
export interface PatchOperation {
	op: 'add' | 'remove' | 'replace';
	/** Undefined: the value is an object of attributes. */
	path: string | undefined;
	value: unknown;
}

const operationSchema = z.object({
	op: z
		.string()
		.transform((op) => op.toLowerCase())
		.pipe(z.enum(['add', 'remove', 'replace'])),
	path: z.string().min(1).optional(),
	value: z.unknown(),
});

const messageSchema = z.object({
	schemas: z.array(z.string()).optional(),
	Operations: z.array(operationSchema).min(1),
});

/**
 * The operations of a PATCH body. `op` is read in any case: Notion's users send `Replace`.
 *
 * @throws ScimError 400 invalidSyntax when it is not a PatchOp message
 */
export const parsePatchMessage = (body: unknown): PatchOperation[] => {
	const message = messageSchema.safeParse(body);
	if (!message.success) throw new ScimError(400, 'This is not a PatchOp message', 'invalidSyntax');
	return message.data.Operations.map(({ op, path, value }) => ({ op, path, value }));
};

/** Whether a JSON value is an object with members. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
