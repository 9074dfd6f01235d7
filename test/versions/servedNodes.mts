import { z } from 'zod';

const propertySchema = z
	.object({
		name: z.string(),
		options: z.array(z.object({}).passthrough()).optional(),
		modes: z.array(z.object({ name: z.string() })).optional(),
	})
	.passthrough();

/** Nodes as n8n serves them to its editor, with only the fields that are read. */
export const servedNodesSchema = z.array(
	z.object({
		name: z.string(),
		version: z.union([z.number().transform((one) => [one]), z.array(z.number())]),
		properties: z.array(propertySchema),
	}),
);

export type ServedNode = z.infer<typeof servedNodesSchema>[number];
