import type { INodeProperties } from 'n8n-workflow';

export const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'ask',
	description: 'Whether the steps are planned or done',
	options: [
		{ name: 'Show What Is Planned', value: 'ask', description: 'Before the page that asks for a confirmation' },
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
		'Whether a page shows the result. Otherwise the answer goes to the calling workflow, and a failure fails the execution.',
	displayOptions: shownForTold,
};

export const dryRunProperty: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether the run must not change anything',
	displayOptions: shownForTold,
};

export const lookedAgainProperty: INodeProperties = {
	displayName: 'Looked Again',
	name: 'lookedAgain',
	type: 'boolean',
	default: false,
	description: 'Whether the item is the result of a second check, after changes were made',
	displayOptions: shownForTold,
};

export const showStepsProperties: INodeProperties[] = [
	stepProperty,
	{
		displayName: 'Person',
		name: 'person',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'Name or email of the person, as the page, the mail and the answer show it',
	},
	{
		displayName: 'Who Asks',
		name: 'decider',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'The address of the requester. A person the plan is about cannot confirm it.',
		hint: 'With n8n sign-in: the field user.email of the form node',
	},
	{
		displayName: 'What Was Done',
		name: 'done',
		type: 'json',
		default: "={{ $('Provision').first().json }}",
		hint: 'The item that the node "Provision" returns',
		description: 'The answer of directory-sync after it carried out the plan, or checked it in a dry run',
		displayOptions: shownForTold,
	},
	atFormProperty,
	dryRunProperty,
	lookedAgainProperty,
];
