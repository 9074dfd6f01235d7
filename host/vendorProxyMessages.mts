import { z } from 'zod';

/** The messages between the proxy's process and the process that started it. */

const requestSchema = z.object({
	host: z.string(),
	method: z.string(),
	path: z.string(),
	status: z.number(),
});

/**
 * One request that was answered through the proxy. `host` is the true name that the client requested, `path`
 * includes its query, and `status` is 418 for a host without an emulator. Headers and bodies are not kept,
 * because they contain the tokens.
 */
export type VendorRequest = z.infer<typeof requestSchema>;

export const startedSchema = z.object({ url: z.string(), caCertificate: z.string() });

export const questionSchema = z.discriminatedUnion('ask', [
	z.object({ ask: z.literal('route'), id: z.number(), host: z.string(), target: z.string() }),
	z.object({ ask: z.literal('requests'), id: z.number() }),
]);

export const answerSchema = z.object({ id: z.number(), requests: z.array(requestSchema) });
