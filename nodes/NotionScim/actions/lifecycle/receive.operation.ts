import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { receiveEvents } from '../../../../lib/lifecycle/events';
import { changeRow } from '../../../../lib/lifecycle/journal';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { HRIS_JOBS, jobIn, jobProperty, shownForJobs } from './job';

export const receive: ListedOperation = {
	name: 'Receive Events',
	value: 'receive',
	action: 'Receive lifecycle events',
	description:
		'Turn the output of a trigger into rows of the journal: events of the HRIS Trigger, deliveries to a Webhook node, or rows that another workflow hands over',
	properties: [
		notice(
			'receiveNotice',
			'lifecycle',
			'The items are those of a trigger. Store the rows that come out in the journal, then pass them to Plan Changes.',
		),
		jobProperty,
		...shownForJobs(HRIS_JOBS, [
			{
				displayName: 'HRIS',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. bamboohr',
				description: 'The name of your HRIS, for events that do not state their source',
				hint: 'Write it as the HRIS source does, such as bamboohr, hibob, deel or personio',
			},
		]),
	],
	withoutNotion: async (context) => await Promise.resolve([received(context)]),
	execute: async (context) => await Promise.resolve(received(context)),
};

function received(context: IExecuteFunctions): INodeExecutionData[] {
	const parameters = new ItemParameters(context, 0);
	const reception = {
		job: jobIn(parameters),
		source: parameters.text('source').trim(),
		execution: context.getExecutionId(),
		now: systemClock.now(),
	};
	return context.getInputData().flatMap(({ json }, item) =>
		receiveEvents([json], reception).map((change) => ({
			json: changeRow(change),
			pairedItem: { item },
		})),
	);
}
