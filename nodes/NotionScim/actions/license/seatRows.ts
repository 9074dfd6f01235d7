import { z } from 'zod';

import type { PlannedChange } from '../../../../lib/directory/plan/plannedChange';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { rowsIn } from '../lifecycle/rows';

/**
 * Rows of the journal about seats. @throws ScimError `invalidInput` for an unreadable one: it may be about
 * anyone
 */
export function readSeatRows(items: readonly unknown[]): StoredChange[] {
	const { rows, unreadable } = readChanges(items);
	const [first] = unreadable;
	if (first === undefined) return rows.filter(({ kind }) => kind === 'seat');
	throw new ScimError(
		'invalidInput',
		`${first.why} Nothing was done.`,
		'Correct the row in the Data Table, then run the workflow again.',
	);
}

/** @throws ScimError `invalidInput` */
export function seatRowsIn(parameters: ItemParameters, name: string, label: string): StoredChange[] {
	return readSeatRows(rowsIn(parameters, name, label));
}

/** Enough to choose by. Apply verifies the signature of a planned change. */
const plannedSchema = z
	.object({
		action: z.string(),
		reason: z.string(),
		explanation: z.string(),
		planDigest: z.string(),
		impact: z.number(),
		target: z.object({ type: z.string() }).passthrough(),
	})
	.passthrough();

/** The planned changes of one plan. */
export function plannedIn(items: readonly unknown[], planDigest: string): PlannedChange[] {
	return items.filter((item): item is PlannedChange => {
		const read = plannedSchema.safeParse(item);
		return read.success && read.data.planDigest === planDigest;
	});
}
