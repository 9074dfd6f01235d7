import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ProvisionedOne } from '../../../../lib/lifecycle/sync/onePerson';
import { readAnswerAboutOne, toldAboutOne, whyNotAsked } from '../../../../lib/lifecycle/sync/onePerson';
import { stepsHtml, stepsPage, stepsText } from '../../../../lib/report/stepsHtml';
import { ScimError } from '../../../../lib/scim/scimError';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { atFormProperty, dryRunProperty, lookedAgainProperty, showStepsProperties, stepProperty } from './showStepsProperties';

export const showSteps: ListedOperation = {
	name: 'Show One Person',
	value: 'showSteps',
	action: 'Show what a sync does about one person',
	description:
		'Create pages and a mail from the answer of directory-sync about one person. Nothing is written to Notion.',
	properties: [
		notice(
			'showStepsNotice',
			'directory',
			'Words for a person, from what the workflow directory-sync returns about one employee. Nothing is done here.',
		),
		...showStepsProperties,
	],
	outputs: ['Question', 'Page', 'Mail', 'Answer', 'Failure'],
	compute: async (context) => await Promise.resolve(shown(context)),
};

/** The items of the outputs, in their order. */
interface Outputs {
	question?: IDataObject;
	page?: IDataObject;
	mail?: IDataObject;
	answer?: IDataObject;
	failure?: IDataObject;
}

function shown(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const paired = pairedWithAll(context.getInputData());
	const step = parameters.choice(stepProperty, ['ask', 'told']);
	const { question, page, mail, answer, failure } = step === 'ask' ? asked(context, parameters) : told(context, parameters);
	return [question, page, mail, answer, failure].map((json) => (json ? [itemOf(json, paired)] : []));
}

function asked(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const answer = readAnswerAboutOne(context.getInputData()[0]?.json);
	if (!answer) throw noAnswer();
	const why = whyNotAsked(answer, parameters.text('decider'));
	const { steps } = answer;
	return why === ''
		? { question: { html: stepsHtml(steps) } }
		: { page: { html: stepsPage(parameters.text('person'), steps, why) } };
}

function told(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const provisioned = provisionedIn(context, parameters);
	const { person, requestedBy } = provisioned;
	const result = toldAboutOne(provisioned);
	const { title, steps, wrong, outcomes } = result;
	const mail = {
		subject: `${title}: ${person}`,
		body: [...(requestedBy === '' ? [] : [`Asked by ${requestedBy}.`]), stepsText(steps)].join('\n\n'),
		key: 'Provision now: mail',
		text: `"${title}" of ${person} could not be mailed.`,
	};
	const isTold = Object.keys(outcomes).length > 0;
	const ending = parameters.switch(atFormProperty)
		? { page: { html: stepsPage(title, steps) } }
		: wrong === ''
			? { answer: { person, requestedBy, ...result } }
			: { failure: { message: `Provision now for ${person}: ${wrong}` } };
	return { ...(isTold ? { mail } : {}), ...ending };
}

function provisionedIn(context: IExecuteFunctions, parameters: ItemParameters): ProvisionedOne {
	const [item] = context.getInputData();
	const done = parsed(parameters.raw('done'));
	const isAgain = parameters.switch(lookedAgainProperty);
	return {
		person: parameters.text('person'),
		requestedBy: parameters.text('decider'),
		isDryRun: parameters.switch(dryRunProperty),
		answer: readAnswerAboutOne(done) ?? { failure: failureOf(item, done) },
		again: isAgain ? readAnswerAboutOne(item?.json) : undefined,
	};
}

/** The error of the node that called directory-sync arrives as its item. */
function failureOf(item: INodeExecutionData | undefined, done: unknown): string {
	const said = item?.error?.message ?? item?.json['error'] ?? (isRecord(done) ? done['error'] : undefined);
	return typeof said === 'string' && said !== '' ? said : noAnswer().message;
}

/** An expression may return the item as JSON text. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		const read: unknown = JSON.parse(value);
		return read;
	} catch {
		return undefined;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function noAnswer(): ScimError {
	return new ScimError(
		'invalidInput',
		'The workflow directory-sync has given no answer about the person.',
		'Pick directory-sync in the node before this one, and look at its last execution.',
	);
}

