import type { INodeProperties } from 'n8n-workflow';

export const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'ask',
	description: 'Whether the steps are what is planned, or what was done',
	options: [
		{ name: 'Show What Is Planned', value: 'ask', description: 'Before the page that asks whether it is done' },
		{ name: 'Tell What Was Done', value: 'told', description: 'For the last page, the mail and the answer' },
	],
};

const shownForTold = { show: { step: ['told'] } };

export const atFormProperty: INodeProperties = {
	displayName: 'A Person Is at the Form',
	name: 'atForm',
	type: 'boolean',
	default: false,
	description:
		'Whether a page shows what came of it. Otherwise the answer goes to the workflow that has called, and a failure fails the execution.',
	displayOptions: shownForTold,
};

export const dryRunProperty: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether nothing was to be changed',
	displayOptions: shownForTold,
};

export const lookedAgainProperty: INodeProperties = {
	displayName: 'Looked Again',
	name: 'lookedAgain',
	type: 'boolean',
	default: false,
	description: 'Whether the item is what a second look has found, after something was done',
	displayOptions: shownForTold,
};

export const showStepsProperties: INodeProperties[] = [
	stepProperty,
	{
		displayName: 'Whom It Is About',
		name: 'person',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'As the page, the mail and the answer name the person',
	},
	{
		displayName: 'Who Asks',
		name: 'decider',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'The address of the person who has asked. Whom the plan is about is not asked whether it is done.',
		hint: 'With n8n sign-in: the field user.email of the form node',
	},
	{
		displayName: 'What Was Done',
		name: 'done',
		type: 'json',
		default: "={{ $('Provision').first().json }}",
		description: 'What directory-sync has given back after it carried out the plan, or looked at it in a dry run',
		displayOptions: shownForTold,
	},
	atFormProperty,
	dryRunProperty,
	lookedAgainProperty,
];
