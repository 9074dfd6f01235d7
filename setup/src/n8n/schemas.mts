import { z } from 'zod';

/** Describes only the fields that are read: n8n's answers contain far more. */

const credentialUse = z.object({ id: z.string().nullish(), name: z.string().optional() });

export const nodeSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	type: z.string(),
	parameters: z.record(z.string(), z.unknown()).default({}),
	disabled: z.boolean().optional(),
	webhookId: z.string().optional(),
	credentials: z.record(z.string(), credentialUse).optional(),
});

const contentShape = {
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(z.string(), z.unknown()),
};

const settingsSchema = z.record(z.string(), z.unknown());

/** A workflow of this repository. */
export const workflowFileSchema = z.object({ ...contentShape, settings: settingsSchema.default({}) });

export const tagSchema = z.object({ id: z.string(), name: z.string() });

/** A workflow in n8n. */
export const workflowSchema = z.object({
	...contentShape,
	id: z.string(),
	settings: settingsSchema.nullish().transform((settings) => settings ?? {}),
	staticData: z.record(z.string(), z.unknown()).nullish().transform((data) => data ?? {}),
	createdAt: z.string(),
	active: z.boolean(),
	versionId: z.string(),
	activeVersionId: z.string().nullish().transform((id) => id ?? undefined),
	isArchived: z.boolean().default(false),
	/** How many triggers are registered. */
	triggerCount: z.number().default(0),
	tags: z.array(tagSchema).optional(),
});

export const columnSchema = z.object({ name: z.string(), type: z.string() });

export const tableSchema = z.object({ id: z.string(), name: z.string(), columns: z.array(columnSchema).default([]) });

export const credentialSchema = z.object({ id: z.string(), name: z.string(), type: z.string() });

export const credentialTestSchema = z.object({ status: z.string(), message: z.string().optional() });

export const discoverSchema = z.object({ data: z.object({ scopes: z.array(z.string()) }) });

export const rowSchema = z.looseObject({ id: z.number(), state: z.string().nullish(), outcome: z.string().nullish(), reason: z.string().nullish() });

/** One page of a list. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
	z.object({ data: z.array(entry), nextCursor: z.string().nullish() });

export type WorkflowNode = z.infer<typeof nodeSchema>;
export type WorkflowFile = z.infer<typeof workflowFileSchema>;
export type ExistingWorkflow = z.infer<typeof workflowSchema>;
export type ExistingTable = z.infer<typeof tableSchema>;
export type ExistingCredential = z.infer<typeof credentialSchema>;
export type Tag = z.infer<typeof tagSchema>;
export type Row = z.infer<typeof rowSchema>;

export interface TableSpec {
	name: string;
	columns: z.infer<typeof columnSchema>[];
}
