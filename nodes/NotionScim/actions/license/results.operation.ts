import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { resultAlerts, seatResults } from '../../../../lib/lifecycle/seats/seatResults';
import { seatResultMail } from '../../../../lib/report/seatResultMail';
import { notice } from '../../descriptions/notice';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { readSeatRows } from './seatRows';

export const results: ListedOperation = {
	name: 'Sum Up Ended Seats',
	value: 'results',
	action: 'Sum up which seats ended',
	description: 'The outcome of each seat that was approved to end: the fields of a mail, and alerts. Needs no credential.',
	properties: [
		notice(
			'resultsNotice',
			'license',
			'The items are the rows of the journal, read after everything was stored.',
		),
	],
	outputs: ['Mail', 'Alerts'],
	compute: async (context) => await Promise.resolve(summedUp(context)),
};

function summedUp(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	const found = seatResults(readSeatRows(items.map(({ json }) => json)));
	if (found.rows.length === 0) return [[], []];
	const paired = pairedWithAll(items);
	return [[itemOf({ ...seatResultMail(found) }, paired)], alertItems(resultAlerts(found), paired)];
}
