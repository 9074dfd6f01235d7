import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { readChanges } from '../../../../lib/lifecycle/journal';
import { readReviews } from '../../../../lib/review/records';
import { plannedRevocations } from '../../../../lib/review/revocations';
import { readRows } from '../../../../lib/review/rows';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { alertItems, changeItems } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { inputRows, reviewRows, revocationRows, storedRows } from './reviewParameters';

const decidedIn: INodeProperties = {
	displayName: 'Decided In',
	name: 'decidedIn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1204',
	description:
		'The execution that stored the decisions to carry out. If left empty, everything that waits is carried out.',
};

export const planRevocations: ListedOperation = {
	name: 'Plan Revocations',
	value: 'planRevocations',
	action: 'Plan the revocations of an access review',
	description:
		'Turn decisions into rows of the journal: intentions to store before they are carried out, and rows that are no longer needed. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'planRevocationsNotice',
			'access-review',
			'The items are the rows of notion_scim_reviews whose state is revoke.',
		),
		reviewRows,
		revocationRows,
		decidedIn,
	],
	outputs: ['Changes', 'Alerts'],
	compute: async (context) => await Promise.resolve(planned(context)),
};

function planned(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const { rows: journal, unreadable } = readChanges(storedRows(parameters, revocationRows));
	const changes = plannedRevocations({
		reviews: readReviews(storedRows(parameters, reviewRows)),
		rows: readRows(inputRows(context)),
		journal,
		decidedIn: parameters.text('decidedIn'),
		execution: context.getExecutionId(),
		now: systemClock.now(),
	});
	const alerts = unreadable.map(({ id, why }) => ({ key: `journal: row ${id}`, text: `${why} It is passed over.` }));
	return [changeItems(changes, { item: 0 }), alertItems(alerts, { item: 0 })];
}
