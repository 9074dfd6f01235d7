import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { endQuarantine as ended } from '../../../../lib/lifecycle/sync/endQuarantine';
import { readRuns } from '../../../../lib/lifecycle/sync/runs';
import { sentencePage } from '../../../../lib/report/stepsHtml';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { itemOf, pairedWithAll } from '../lifecycle/rows';
import { ASSURANCES, assuranceProperty } from '../lifecycle/releaseProperties';
import type { ListedOperation } from '../operation';

const forgetProperty: INodeProperties = {
	displayName: 'The Directory Is Right',
	name: 'forget',
	type: 'boolean',
	default: false,
	description:
		'Whether the directory is correct as it is now, even if it is much smaller than before. The next run then does not compare it with its previous state, and removes nothing.',
};

export const endQuarantine: ListedOperation = {
	name: 'End Quarantine',
	value: 'endQuarantine',
	action: 'End the quarantine of a sync',
	description:
		'Let a person decide that a sync may act again after too many failed runs. The items are the last rows of notion_scim_runs of the kind syncRun. Nothing is written to Notion.',
	properties: [
		notice(
			'endQuarantineNotice',
			'directory',
			'The items are the last rows of notion_scim_runs of the kind syncRun, the newest first.',
		),
		{
			displayName: 'Person at the Form',
			name: 'decider',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@example.com',
			description: 'The address of the person who ends the quarantine, for the record',
			hint: 'With n8n sign-in: the field user.email of the form node',
		},
		assuranceProperty,
		forgetProperty,
	],
	outputs: ['Runs', 'Answer'],
	compute: async (context) => await Promise.resolve(computed(context)),
};

function computed(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const items = context.getInputData();
	const assurance = ASSURANCES[parameters.choice(assuranceProperty, ['n8nSignIn', 'typedAddress'])];
	const { row, sentence } = ended(
		readRuns(items.map(({ json }) => json)),
		{ email: parameters.text('decider'), assurance },
		{
			forget: parameters.switch(forgetProperty),
			workflow: workflowOf(items),
			execution: context.getExecutionId(),
			now: systemClock.now(),
		},
	);
	const paired = pairedWithAll(items);
	const html = sentencePage('Quarantine of the directory sync', sentence);
	return [row ? [itemOf(row, paired)] : [], [itemOf({ sentence, html }, paired)]];
}

/** The workflow of the runs. The newest row comes first. */
function workflowOf([newest]: INodeExecutionData[]): string {
	const name = newest?.json['workflow'];
	return typeof name === 'string' ? name : '';
}
