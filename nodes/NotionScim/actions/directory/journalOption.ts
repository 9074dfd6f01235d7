import type { INodeProperties } from 'n8n-workflow';

import type { ReinstatementBlock } from '../../../../lib/directory/plan/policy';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { reinstatementBlocks } from '../../../../lib/lifecycle/reinstatementBlocks';
import { usedOfDay } from '../../../../lib/lifecycle/rollingDay';
import type { Options } from '../../execution/scalarParameters';
import { readLetBackIn } from './letBackIn';
import { rowsOf } from './optionValues';

export const journalOption: INodeProperties = {
	displayName: 'Journal',
	name: 'journal',
	type: 'json',
	default: '[]',
	hint: 'An expression that returns the rows, such as {{ $(\'Read journal\').all().map(item => item.json) }}',
	description:
		'Rows of the table notion_scim_changes of the last two days, and those about emergencies. With them, no one gets access whom an emergency or an offboarding has blocked since the plan was made, and the usage of the limits by others is counted.',
};

/** What the journal shows about the limits of the day and about blocked people. */
export interface JournalFacts {
	/** In the form of the option `alreadyUsed`; an empty text if it cannot be counted. */
	used: { removals: number; creations: number } | '';
	blocks: ReinstatementBlock[];
}

/** How long a block that was raised after a plan can hold that plan back: longer than any plan is valid. */
const BLOCK_DAYS = 30;

/** @returns undefined if the option was not added. @throws ScimError `invalidInput` */
export function readJournal(
	options: Options,
	{ execution, now }: { execution: string; now: number },
): JournalFacts | undefined {
	if (!Object.hasOwn(options, 'journal')) return undefined;
	const rows = rowsOf(options, 'journal', 'Journal', '[{"id": 1, "kind": "emergency", …}]');
	return journalFacts(rows, { execution, letBackIn: readLetBackIn(options), now });
}

/** @param items rows as a Data Table node returns them */
export function journalFacts(
	items: readonly unknown[],
	{ execution, letBackIn, now }: { execution: string; letBackIn: readonly string[]; now: number },
): JournalFacts {
	const journal = readChanges(items);
	return {
		used: usedOfDay(journal, { execution, now }) ?? '',
		blocks: reinstatementBlocks(journal.rows, { blockDays: BLOCK_DAYS, letBackIn, now }),
	};
}
