import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { SeatPlan } from '../../../../lib/lifecycle/seats/approvedSeats';
import { approvedSeats } from '../../../../lib/lifecycle/seats/approvedSeats';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { changeItems, pairedWithAll, rowsIn, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { plannedIn, seatRowsIn } from './seatRows';

export const choose: ListedOperation = {
	name: 'Choose Approved',
	value: 'choose',
	action: 'Choose the approved removals of a plan',
	description:
		'From a plan about the whole directory, choose only the removals of people whose seats were approved to end. Needs no credential.',
	properties: [
		notice(
			'chooseNotice',
			'license',
			'The item is the summary of Directory → Plan, or the item of its error output.',
		),
		rowsProperty(
			{
				displayName: 'Approved Rows',
				name: 'approvedRows',
				description: 'The rows of the journal that were approved, after this execution has taken them',
			},
			'Take the rows',
		),
		{
			...rowsProperty(
				{
					displayName: 'Planned Changes',
					name: 'plannedChanges',
					description: 'All planned changes of the plan, as Directory → Plan returns them',
				},
				'Plan the removals',
			),
			default: "={{ $('Plan the removals').all(0).map(item => item.json) }}",
		},
	],
	outputs: ['Changes'],
	compute: async (context) => await Promise.resolve(chosen(context)),
};

function chosen(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const rows = seatRowsIn(parameters, 'approvedRows', 'Approved Rows');
	const items = context.getInputData();
	const plan = planIn(items, rowsIn(parameters, 'plannedChanges', 'Planned Changes'));
	return [changeItems(approvedSeats(rows, plan, context.getExecutionId()), pairedWithAll(items))];
}

const summarySchema = z.object({ planDigest: z.string().min(1), mayTakeAway: z.boolean() });

function planIn(items: readonly INodeExecutionData[], changes: readonly unknown[]): SeatPlan {
	const summary = items.map(({ json }) => summarySchema.safeParse(json)).find(({ success }) => success)?.data;
	if (summary) return { changes: plannedIn(changes, summary.planDigest), mayTakeAway: summary.mayTakeAway };
	const said = items.map(({ json, error }) => error?.message ?? json['error']).find((why) => typeof why === 'string');
	return { failure: typeof said === 'string' ? said : 'The plan gave no summary.' };
}
