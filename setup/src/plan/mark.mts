import { z } from 'zod';

import { type Answers, type RememberedAnswers, rememberedSchema } from '../answers/answers.mts';
import { ALERTS } from '../catalog/jobs.mts';
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
	/** There, too: the answers of the last run, none of them a secret. */
	answers: rememberedSchema.optional().catch(undefined),
});

export type Mark = z.infer<typeof markSchema>;

export function markOf({ staticData }: Pick<ExistingWorkflow, 'staticData'>): Mark | undefined {
	return markSchema.safeParse(staticData[ENTRY]).data;
}

/** @param kept what only the workflow of alerts keeps */
export function newMark(workflow: string, content: WorkflowContent, kept: Pick<Mark, 'tables' | 'answers'> = {}): Mark {
	const settings = Object.keys(content.settings).sort();
	return { workflow, digest: digestOf(content, settings), settings, ...kept };
}

/** What is kept of the answers: not what belongs to the address or to one run. */
export const rememberedOf = (answers: Answers): RememberedAnswers => rememberedSchema.parse(answers);

/** The answers of the last run in this n8n. */
export function rememberedIn(workflows: readonly ExistingWorkflow[]): RememberedAnswers | undefined {
	const marks = workflows.flatMap((one) => (one.isArchived ? [] : [markOf(one)]));
	return marks.find((mark) => mark?.workflow === ALERTS)?.answers;
}

export function withMark(staticData: ExistingWorkflow['staticData'], mark: Mark): ExistingWorkflow['staticData'] {
	return { ...staticData, [ENTRY]: mark };
}

/** Whether a person has changed it since it was made here. */
export function isChangedByHand(workflow: ExistingWorkflow, mark: Mark): boolean {
	return digestOf(workflow, mark.settings) !== mark.digest;
}
