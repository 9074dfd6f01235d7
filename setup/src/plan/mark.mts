import { z } from 'zod';

import type { ExistingWorkflow } from '../n8n/schemas.mts';
import type { WorkflowContent } from '../wanted/content.mts';
import { digestOf } from './digest.mts';

/**
 * The public API of n8n lets no one write `meta` or tags, and keeps `staticData`, which the editor leaves
 * alone. So the mark is an entry there, beside those of n8n's own triggers.
 */
const ENTRY = 'notionScimSetup';

const markSchema = z.object({
	/** The workflow's folder. */
	workflow: z.string(),
	/** Of the content as it was made. */
	digest: z.string(),
	/** The settings that the digest covers. */
	settings: z.array(z.string()),
	/** In the workflow of alerts: names of the tables that were made here. */
	tables: z.array(z.string()).optional(),
});

export type Mark = z.infer<typeof markSchema>;

export function markOf({ staticData }: Pick<ExistingWorkflow, 'staticData'>): Mark | undefined {
	return markSchema.safeParse(staticData[ENTRY]).data;
}

export function newMark(workflow: string, content: WorkflowContent, tables?: readonly string[]): Mark {
	const settings = Object.keys(content.settings).sort();
	return { workflow, digest: digestOf(content, settings), settings, ...(tables === undefined ? {} : { tables: [...tables] }) };
}

export function withMark(staticData: ExistingWorkflow['staticData'], mark: Mark): ExistingWorkflow['staticData'] {
	return { ...staticData, [ENTRY]: mark };
}

/** Whether a person has changed it since it was made here. */
export function isChangedByHand(workflow: ExistingWorkflow, mark: Mark): boolean {
	return digestOf(workflow, mark.settings) !== mark.digest;
}
