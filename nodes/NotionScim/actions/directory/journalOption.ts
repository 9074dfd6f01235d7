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
	description:
		'Rows of the table notion_scim_changes of the last two days, and those about emergencies. With them, no one is let in whom an emergency or an offboarding has blocked since the plan was made, and what others have used of the limits is counted.',
};

/** What the journal says about the limits of the day and about people who are blocked. */
export interface JournalFacts {
	/** As the option `alreadyUsed` takes it; an empty text where it cannot be counted. */
	used: { removals: number; creations: number } | '';
	blocks: ReinstatementBlock[];
}

/** How long a block that was raised after a plan can hold that plan back: longer than any plan is good. */
const BLOCK_DAYS = 30;

/** @returns undefined where the option was not added. @throws ScimError `invalidInput` */
export function readJournal(
	options: Options,
	{ execution, now }: { execution: string; now: number },
): JournalFacts | undefined {
	if (!Object.hasOwn(options, 'journal')) return undefined;
	const rows = rowsOf(options, 'journal', 'Journal', '[{"id": 1, "kind": "emergency", …}]');
	return journalFacts(rows, { execution, letBackIn: readLetBackIn(options), now });
}

/** @param items rows as a Data Table node gives them */
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
