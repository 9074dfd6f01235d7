import { z } from 'zod';

import { fields, lenientText } from '../cells';
import type { Alert } from '../decision';

const messageIn = z.object({ message: lenientText }).catch({ message: '' });

const executionSchema = z
	.object({ id: lenientText, lastNodeExecuted: lenientText, error: messageIn })
	.catch({ id: '', lastNodeExecuted: '', error: { message: '' } });

/** A run that failed as a whole. */
export interface FailedRun {
	/** The values to write into the row of the execution. */
	row: { execution: string; state: 'failed'; note: string };
	alert: Alert;
}

/**
 * Reads what an Error Trigger reports about a run.
 * @param toldBy the node at which a run ends in failure on purpose, after everything was reported
 * @returns undefined if people were notified already
 */
export function failedRun(
	item: unknown,
	{ toldBy, workflow }: { toldBy: string; workflow: string },
): FailedRun | undefined {
	const { execution, trigger } = fields.parse(item);
	const { id, lastNodeExecuted, error } = executionSchema.parse(execution ?? {});
	if (toldBy !== '' && lastNodeExecuted === toldBy) return undefined;
	const ofTrigger = messageIn.parse(fields.parse(trigger)['error']).message;
	const reason = error.message || ofTrigger || 'The reason is not known.';
	const node = lastNodeExecuted === '' ? '' : ` at the node "${lastNodeExecuted}"`;
	return {
		row: { execution: id || '-', state: 'failed', note: `The execution failed${node}: ${reason}` },
		alert: {
			key: `${workflow}: failed`,
			text: `An execution of ${workflow} failed${node}: ${reason} Look at execution ${id || '(it did not start)'}. What it had begun stays "intended" in notion_scim_changes; the next run compares again and tells.`,
		},
	};
}
