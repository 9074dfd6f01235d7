import { z } from 'zod';

/** What the proxy's process and the one that started it say to each other. */

const requestSchema = z.object({
	host: z.string(),
	method: z.string(),
	path: z.string(),
	status: z.number(),
});

/**
 * One request that was answered through the proxy. `host` is the true name that the client asked
 * for, `path` has its query, and `status` is 418 for a host that nobody emulates. Headers and bodies
 * are not kept, because they carry the tokens.
 */
export type VendorRequest = z.infer<typeof requestSchema>;

export const startedSchema = z.object({ url: z.string(), caCertificate: z.string() });

export const questionSchema = z.discriminatedUnion('ask', [
	z.object({ ask: z.literal('route'), id: z.number(), host: z.string(), target: z.string() }),
	z.object({ ask: z.literal('requests'), id: z.number() }),
]);

export const answerSchema = z.object({ id: z.number(), requests: z.array(requestSchema) });
