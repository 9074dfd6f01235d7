import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { findingAlerts, lateAlerts } from '../../../../lib/audit/alerts';
import type { AuditCheck, AuditInputs } from '../../../../lib/audit/checkJournal';
import { checkJournal } from '../../../../lib/audit/checkJournal';
import { exportedCsv, exportedJson } from '../../../../lib/audit/exported';
import { readMailed } from '../../../../lib/audit/mailed';
import { checkTitle, checkWords } from '../../../../lib/audit/words';
import { CHANGE_COLUMNS } from '../../../../lib/lifecycle/journal';
import { isoText } from '../../../../lib/lifecycle/zones';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { auditInputs, sealRows } from './auditRows';

const mailedHeads: INodeProperties = {
	displayName: 'Mailed Heads',
	name: 'mailedHeads',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Seal 12: 3f7a…',
	description: 'The lines with the heads from the mails of audit-seal, or the content of their attachments, one below the other',
	hint: 'Without them, a chain that was made anew looks right',
};

export const check: ListedOperation = {
	name: 'Check Journal',
	value: 'check',
	action: 'Check and export the journal for an audit',
	description:
		'Find rows of the journal that were removed, added, edited or reordered since they were sealed, and export the journal as CSV and JSON. Sends no request to Notion and needs no credential.',
	properties: [
		notice('checkNotice', 'audit', 'The items are all rows of the journal. The JSON file can be checked without n8n.'),
		sealRows,
		mailedHeads,
	],
	outputs: ['Result', 'Alerts'],
	compute: async (context) => await checked(context),
};

async function checked(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const inputs = auditInputs(context);
	const mailed = readMailed([new ItemParameters(context, 0).text(mailedHeads.name)]);
	const result = checkJournal(inputs, mailed);
	const paired = pairedWithAll(context.getInputData());
	const { findings, last, proven, unsealed } = result;
	const json = {
		checkedAt: isoText(inputs.now),
		isIntact: findings.length === 0 && last !== undefined,
		title: checkTitle(result),
		findings: findings.map(({ kind, row = null, text }) => ({ kind, row, text })),
		proven: proven.size,
		unsealed: unsealed.rows.length + unsealed.deleted.length,
		lastSeal: last?.number ?? 0,
		head: last?.head ?? '',
		summary: checkWords(result).join('\n'),
	};
	return [
		[{ ...itemOf(json, paired), binary: await filesOf(context, inputs, result) }],
		alertItems([...findingAlerts(findings), ...lateAlerts(last, inputs.now)], paired),
	];
}

async function filesOf(
	{ helpers }: IExecuteFunctions,
	{ journal, stored, now }: AuditInputs,
	{ proven }: AuditCheck,
): Promise<NonNullable<INodeExecutionData['binary']>> {
	const name = `journal-${isoText(now).slice(0, 10)}`;
	const csv = exportedCsv(journal.rows, Object.keys(CHANGE_COLUMNS), proven);
	const json = exportedJson(journal.rows, stored.seals, isoText(now));
	return {
		csv: await helpers.prepareBinaryData(Buffer.from(csv, 'utf8'), `${name}.csv`, 'text/csv'),
		json: await helpers.prepareBinaryData(Buffer.from(json, 'utf8'), `${name}.json`, 'application/json'),
	};
}
