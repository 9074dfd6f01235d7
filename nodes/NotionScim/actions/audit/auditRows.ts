import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditInputs } from '../../../../lib/audit/checkJournal';
import { readJournal } from '../../../../lib/audit/journalRow';
import { readSeals } from '../../../../lib/audit/seal';
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

/** The journal as items, and its seals. @throws ScimError `invalidInput` if the seals got lost */
export function auditInputs(context: IExecuteFunctions): AuditInputs {
	return {
		journal: readJournal(context.getInputData().map(({ json }) => json)),
		stored: readSeals(rowsIn(new ItemParameters(context, 0), sealRows.name, sealRows.displayName)),
		now: systemClock.now(),
	};
}
