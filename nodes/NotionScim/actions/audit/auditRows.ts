import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditInputs } from '../../../../lib/audit/checkJournal';
import { readJournal } from '../../../../lib/audit/journalRow';
import { readSeals } from '../../../../lib/audit/seal';
import { ScimError } from '../../../../lib/scim/scimError';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { rowsIn, rowsProperty } from '../lifecycle/rows';

export const sealRows = rowsProperty(
	{
		displayName: 'Seals',
		name: 'sealRows',
		description: 'The rows of notion_scim_evidence whose key begins with audit:seal:',
	},
	'Read seals',
);

/**
 * The journal as items, and its seals.
 * @throws ScimError `invalidInput` if the seals got lost, or the items come from another table: the journal would
 * look as if it had been emptied
 */
export function auditInputs(context: IExecuteFunctions): AuditInputs {
	const items = context.getInputData().map(({ json }) => json);
	if (items.some((item) => Object.keys(item).length > 0 && !('kind' in item && 'state' in item))) {
		throw new ScimError(
			'invalidInput',
			'The items are not rows of the journal: they have no kind or no state. Nothing was sealed or checked.',
			'Put the node that reads notion_scim_changes directly before this one.',
		);
	}
	return {
		journal: readJournal(items),
		stored: readSeals(rowsIn(new ItemParameters(context, 0), sealRows.name, sealRows.displayName)),
		now: systemClock.now(),
	};
}
