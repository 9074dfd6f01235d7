import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { ReadRows, StoredChange } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import type { AftermathSettings } from '../../../../lib/lifecycle/leavers/afterLockdown';
import type { ItemParameters } from '../../execution/parameters';
import { jsonParameter } from '../../execution/parameters';
import { rowsIn, rowsProperty } from './rows';
import { addressIn, countsIn } from './settings';

const removalLimit: INodeProperties = {
	displayName: 'Removal Limit',
	name: 'removalLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Maximum number of people to remove in 24 hours, up to 999. Anyone beyond it is held until an admin releases them.',
	hint: '0 stands for 2 % of the members, at least 2 and at most 10',
};

const verifyWithinMinutes: INodeProperties = {
	displayName: 'Verify Within (Minutes)',
	name: 'verifyWithinMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 15,
	description:
		'From the end of the last day, or from when it was known, until the person is confirmed to be gone. A longer time raises an alert.',
};

const fallbackEmail: INodeProperties = {
	displayName: 'Fallback Email',
	name: 'fallbackEmail',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. it@example.com',
	description: 'The recipient of the mail if the HRIS names no manager with an address',
};

const reminderDays: INodeProperties = {
	displayName: 'Reminder Days',
	name: 'reminderDays',
	type: 'string',
	default: '',
	placeholder: 'e.g. 14, 25',
	description:
		'Days after the removal on which the manager is reminded that private pages can be transferred; 14 and 25 if left empty, and 0 for none',
	hint: 'The pages are gone after 30 days',
};

/** The settings of Apply Changes for leavers. */
export const leaverApplyProperties: INodeProperties[] = [removalLimit, verifyWithinMinutes, fallbackEmail, reminderDays];

/** The other inputs of Apply Changes for leavers. */
export const leaverRowsProperties: INodeProperties[] = [
	rowsProperty(
		{
			displayName: 'Rows of the Day',
			name: 'dayRows',
			description:
				'The rows of the journal of the last 24 hours with an impact, read after the plan was stored. Their use of the limit counts; while one cannot be read, every removal is held.',
		},
		'Read day',
	),
	{
		displayName: 'Earlier Evidence',
		name: 'evidence',
		type: 'json',
		default: '[]',
		hint: 'An expression that returns the rows, such as {{ $(\'Read evidence\').all().map(item => item.json) }}',
		description:
			'The rows of notion_scim_evidence of earlier attempts. With them, a removal by an earlier attempt is recorded with its groups.',
	},
];

/** The behaviour of Apply Changes for leavers. */
export interface LeaverApplySettings extends AftermathSettings {
	/** 0 means the default of the workspace. */
	removalLimit: number;
	/**
	 * Rows of these people. Plan Changes has raised an alert for unreadable ones, and decided nothing on
	 * them.
	 */
	journal: StoredChange[];
	day: ReadRows;
	/** Rows of `notion_scim_evidence`, oldest first. */
	evidence: Array<{ key: string; record: string }>;
}

const USUAL_REMINDER_DAYS = [14, 25];

function reminderDaysIn(parameters: ItemParameters): number[] {
	const days = countsIn(parameters, reminderDays);
	return days.length === 0 ? USUAL_REMINDER_DAYS : days.filter((day) => day > 0);
}

const evidenceRow = z.object({ key: z.string(), record: z.string() });

/** @throws ScimError `invalidInput` */
export function readLeaverApplySettings(parameters: ItemParameters): LeaverApplySettings {
	const history = rowsIn(parameters, 'journalRows', 'Journal Rows');
	const day = rowsIn(parameters, 'dayRows', 'Rows of the Day');
	const given = jsonParameter(parameters.raw('evidence'), 'Earlier Evidence', z.array(z.unknown()), '[{"key": "…", "record": "…"}]');
	return {
		removalLimit: parameters.number(removalLimit),
		verifyWithinMinutes: parameters.number(verifyWithinMinutes),
		fallbackEmail: addressIn(parameters, fallbackEmail),
		reminderDays: reminderDaysIn(parameters),
		journal: readChanges(history).rows,
		day: readChanges(day),
		evidence: (given ?? []).flatMap((row) => {
			const read = evidenceRow.safeParse(row);
			return read.success ? [read.data] : [];
		}),
	};
}
