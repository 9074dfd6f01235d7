import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { readChanges } from '../../../../lib/lifecycle/journal';
import { findOutOfBand } from '../../../../lib/lifecycle/outOfBand';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { alertItems, changeItems, pairedWithAll, rowsIn, rowsProperty } from './rows';

const explainedWithin = {
	displayName: 'Explained Within (Hours)',
	name: 'explainedWithinHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 72 },
	default: 24,
	description: 'For how long a row of the journal explains what the trigger tells',
} satisfies INodeProperties;

const confirmWithin = {
	displayName: 'Confirm Within (Hours)',
	name: 'confirmWithinHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 720 },
	default: 24,
	description: 'For how long a lockdown waits for a person to confirm it',
	hint: 'No answer is a no',
} satisfies INodeProperties;

export const outOfBand: ListedOperation = {
	name: 'Find Out-of-Band Access',
	value: 'outOfBand',
	action: 'Find access that nothing explains',
	description:
		'Report people who were added, or given a higher role, without a row of the journal or the directory that explains it. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'outOfBandNotice',
			'out-of-band-access',
			'Each person becomes an alert, and a lockdown that waits in emergency-confirm.',
		),
		rowsProperty(
			{
				displayName: 'Events',
				name: 'events',
				description: 'The items of the Notion SCIM Trigger',
			},
			'NotionChanged',
		),
		rowsProperty(
			{
				displayName: 'Journal Rows',
				name: 'journalRows',
				description: 'The rows of the journal that were written lately',
			},
			'Read journal',
		),
		rowsProperty(
			{
				displayName: 'Directory Rows',
				name: 'directoryRows',
				description: 'The people of the Data Table directory_people; an empty list if no list is the directory',
			},
			'Read directory',
		),
		explainedWithin,
		confirmWithin,
	],
	outputs: ['Held', 'Alerts'],
	compute: async (context) => await Promise.resolve(found(context)),
};

function found(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const { held, alerts } = findOutOfBand(
		{
			events: rowsIn(parameters, 'events', 'Events'),
			journal: readChanges(rowsIn(parameters, 'journalRows', 'Journal Rows')),
			directory: rowsIn(parameters, 'directoryRows', 'Directory Rows'),
			execution: context.getExecutionId(),
			now: systemClock.now(),
		},
		{
			explainedWithinHours: parameters.number(explainedWithin),
			confirmWithinHours: parameters.number(confirmWithin),
		},
	);
	const paired = pairedWithAll(context.getInputData());
	return [changeItems(held, paired), alertItems(alerts, paired)];
}
