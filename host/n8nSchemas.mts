import { parse } from 'flatted';
import { z } from 'zod';

/** Describes only the fields that are read: n8n's answers contain far more. */

const credentialUse = z.object({ id: z.string().nullish(), name: z.string() });

export const workflowNodeSchema = z
	.object({
		name: z.string(),
		type: z.string(),
		typeVersion: z.number().optional(),
		parameters: z.record(z.unknown()).default({}),
		credentials: z.record(credentialUse).optional(),
		webhookId: z.string().optional(),
	})
	.passthrough();

/** A workflow as n8n exports it. */
export const workflowFileSchema = z
	.object({
		name: z.string(),
		nodes: z.array(workflowNodeSchema),
		connections: z.record(z.unknown()),
		settings: z.record(z.unknown()).optional(),
		pinData: z.record(z.unknown()).optional(),
	})
	.passthrough();

export const savedWorkflowSchema = z.object({
	id: z.string(),
	name: z.string(),
	versionId: z.string(),
});

/** A workflow with all fields that n8n stores. */
export const storedWorkflowSchema = savedWorkflowSchema
	.extend({
		nodes: z.array(workflowNodeSchema),
		connections: z.record(z.unknown()),
		settings: z.record(z.unknown()).optional(),
		isArchived: z.boolean().optional(),
	})
	.passthrough();

export const workflowListSchema = z.array(z.object({ id: z.string() }));

export const nodeTypesSchema = z.array(
	z.object({
		name: z.string(),
		webhooks: z.array(z.unknown()).optional(),
		credentials: z
			.array(
				z.object({
					name: z.string(),
					displayOptions: z
						.object({
							show: z.record(z.array(z.unknown())).optional(),
							hide: z.record(z.array(z.unknown())).optional(),
						})
						.optional(),
				}),
			)
			.optional(),
	}),
);

export const savedCredentialSchema = z.object({
	id: z.string(),
	name: z.string(),
	type: z.string(),
});

export const credentialWithDataSchema = savedCredentialSchema.extend({
	data: z.record(z.unknown()),
});

export const credentialTestSchema = z.object({ status: z.string(), message: z.string() });

export const publicationSchema = z.object({
	status: z.enum(['in_progress', 'not_published', 'published', 'partial', 'failed']),
	triggers: z.array(z.object({ errorMessage: z.string().nullable() })),
});

export const executionSchema = z.object({
	id: z.coerce.string(),
	workflowId: z.string(),
	/** `new`, `running`, `waiting`, `success`, `error`, `canceled`, `crashed` */
	status: z.string(),
	mode: z.string(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
});

export const executionListSchema = z.object({ results: z.array(executionSchema) });

const item = z.object({ json: z.record(z.unknown()) }).passthrough();

const nodeRun = z.object({
	data: z.object({ main: z.array(z.array(item).nullable()).optional() }).optional(),
	error: z.object({ message: z.string() }).passthrough().optional(),
	hints: z.array(z.object({ message: z.string() })).optional(),
});

const executionDataSchema = z.object({
	resultData: z.object({
		runData: z.record(z.array(nodeRun)).default({}),
		error: z.object({ message: z.string() }).passthrough().optional(),
		lastNodeExecuted: z.string().optional(),
	}),
});

/** n8n sends the run's data as a string of `flatted` JSON, because it may refer to itself. */
export const executionDetailSchema = executionSchema.extend({
	data: z
		.string()
		.transform((text): unknown => parse(text))
		.pipe(executionDataSchema),
});

export const manualRunSchema = z.object({ executionId: z.string() });

export const dataTableSchema = z.object({ id: z.string(), name: z.string(), projectId: z.string() });

export const dataTablesSchema = z.object({ data: z.array(dataTableSchema) });

export const rowsSchema = z.object({ count: z.number(), data: z.array(z.record(z.unknown())) });

