import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { AnswerAboutOne } from '../../../../lib/lifecycle/sync/onePerson';
import { readAnswerAboutOne, toldAboutOne, whyNotAsked } from '../../../../lib/lifecycle/sync/onePerson';
import { stepsHtml, stepsPage, stepsText } from '../../../../lib/report/stepsHtml';
import { ScimError } from '../../../../lib/scim/scimError';
import { ItemParameters } from '../../execution/parameters';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';

const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'ask',
	description: 'Whether the steps are what is planned, or what was done',
	options: [
		{ name: 'Show What Is Planned', value: 'ask', description: 'Before the page that asks whether it is done' },
		{ name: 'Tell What Was Done', value: 'told', description: 'For the last page, the mail and the alert' },
	],
};

const personProperty: INodeProperties = {
	displayName: 'Whom It Is About',
	name: 'person',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'As the mail and the alert name the person',
};

const askerProperty: INodeProperties = {
	displayName: 'Person at the Form',
	name: 'decider',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'The address of the person who is asked. Whom the plan is about is not asked.',
	hint: 'With n8n sign-in: the field user.email of the form node',
	displayOptions: { show: { step: ['ask'] } },
};

export const showSteps: ListedOperation = {
	name: 'Show One Person',
	value: 'showSteps',
	action: 'Show what a directory sync does about one person',
	description:
		'Make pages, a mail and an alert of what directory-sync gives back about one person. Nothing is written to Notion.',
	properties: [stepProperty, personProperty, askerProperty],
	outputs: ['Question', 'Answer', 'Mail', 'Alerts'],
	compute: async (context) => await Promise.resolve(shown(context)),
};

function shown(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const paired = pairedWithAll(context.getInputData());
	const answer = answerIn(context);
	const items = (jsons: IDataObject[]): INodeExecutionData[] => jsons.map((json) => itemOf(json, paired));
	if (parameters.choice(stepProperty, ['ask', 'told']) === 'ask') {
		const why = whyNotAsked(answer, parameters.text('decider'));
		const { steps, title } = answer;
		return why === ''
			? [items([{ html: stepsHtml(steps) }]), [], [], []]
			: [[], items([{ html: stepsPage(title, steps, why) }]), [], []];
	}
	const person = parameters.text('person');
	const { title, isChanged, wrong, alert } = toldAboutOne(answer, person);
	const { steps, outcomes, verified } = answer;
	return [
		[],
		items([{ title, steps, outcomes, verified, wrong, html: stepsPage(title, steps) }]),
		items(isChanged ? [{ subject: `${title}: ${person}`, text: stepsText(steps) }] : []),
		alertItems(alert ? [alert] : [], paired),
	];
}

/** @throws ScimError `invalidInput` */
function answerIn(context: IExecuteFunctions): AnswerAboutOne {
	const [first] = context.getInputData();
	const answer = readAnswerAboutOne(first?.json);
	if (answer) return answer;
	throw new ScimError(
		'invalidInput',
		'The workflow directory-sync has given no answer about the person.',
		'Pick directory-sync in the node before this one, and look at its last execution.',
	);
}
