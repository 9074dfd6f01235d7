import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { findingAlerts } from '../../../../lib/audit/alerts';
import { sealJournal } from '../../../../lib/audit/checkJournal';
import { sealKey } from '../../../../lib/audit/seal';
import { notice } from '../../descriptions/notice';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { auditInputs, sealRows } from './auditRows';

export const seal: ListedOperation = {
	name: 'Seal Journal',
	value: 'seal',
	action: 'Seal the journal for an audit',
	description:
		'Hash the new and changed rows of the journal into a chain, and find rows that were changed in a way no workflow changes them. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'sealNotice',
			'audit',
			'The items are all rows of the journal. Store the item of the output Seal, and send the head out of n8n: a chain that stays in n8n proves nothing against whoever can write to n8n.',
		),
		sealRows,
	],
	outputs: ['Seal', 'Summary', 'Alerts'],
	compute: async (context) => await Promise.resolve(sealed(context)),
};

function sealed(context: IExecuteFunctions): INodeExecutionData[][] {
	const { seal: made, findings } = sealJournal(auditInputs(context));
	const { number, at, previous, rows, deleted, head } = made;
	const paired = pairedWithAll(context.getInputData());
	const summary = {
		...{ number, at, previous, head },
		rows: rows.length,
		deleted: deleted.length,
		findings: findings.map(({ text }) => text).join(' '),
		fileName: `seal-${number}.json`,
	};
	return [
		[itemOf({ key: sealKey(number), record: JSON.stringify(made) }, paired)],
		[itemOf(summary, paired)],
		alertItems(findingAlerts(findings), paired),
	];
}
