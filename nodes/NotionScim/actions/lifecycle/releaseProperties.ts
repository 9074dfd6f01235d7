import type { INodeProperties } from 'n8n-workflow';

import { readEmails, shownEntry } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { rowsIn, rowsProperty } from './rows';

const STEPS = ['show', 'decide', 'result'] as const;

type Step = (typeof STEPS)[number];

export const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'show',
	description: 'The step of the form that this node serves',
	options: [
		{
			name: 'Show the List',
			value: 'show',
			description: 'Before the page with the list: creates the list and its code',
		},
		{
			name: 'Decide on the List',
			value: 'decide',
			description: 'After that page: checks the code and the person, and returns the updated rows',
		},
		{
			name: 'Say What Became of It',
			value: 'result',
			description: 'For the last page: whether another answer was faster, and the outcome of each row',
		},
	],
};

/** @throws ScimError `invalidInput` */
export function stepIn(parameters: ItemParameters): Step {
	return parameters.choice(stepProperty, STEPS);
}

export const kindProperty: INodeProperties = {
	displayName: 'For',
	name: 'heldKind',
	type: 'options',
	noDataExpression: true,
	default: 'leave',
	description: 'What the list is about',
	options: [
		{
			name: 'Emergency Lockdowns',
			value: 'emergency',
			description: 'People beyond the limit of an emergency, who wait until the instant in dueAt',
		},
		{ name: 'Leavers', value: 'leave', description: 'Leavers beyond the limit of a day' },
		{
			name: 'Planned Changes',
			value: 'sync',
			description: 'Changes of a directory sync, which wait until the instant in dueAt',
		},
		{
			name: 'Seats',
			value: 'seat',
			description: 'License seats that a person has picked to end, which wait until the instant in dueAt',
		},
	],
};

/** The assurance of who decides, as it is recorded. */
export const ASSURANCES = { n8nSignIn: 'n8n sign-in', typedAddress: 'typed address, password of the form' };

export const assuranceProperty: INodeProperties = {
	displayName: 'Assurance',
	name: 'assurance',
	type: 'options',
	noDataExpression: true,
	default: 'n8nSignIn',
	description: 'The assurance of who the person is. It is recorded with the decision.',
	options: [
		{ name: 'Sign-In', value: 'n8nSignIn', description: 'The form uses n8n User Auth' },
		{
			name: 'What Was Typed',
			value: 'typedAddress',
			description: 'The form asks for the address, and its password is shared',
		},
	],
};

const shownForDecisions = { show: { step: ['show', 'decide'] } };

/** The person who uses the form. */
export const personProperties: [INodeProperties, INodeProperties, INodeProperties] = [
	{
		displayName: 'Person at the Form',
		name: 'decider',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. name@example.com',
		description:
			'The address of the person who sent the page. A person who is on the list, or has requested an entry of it, neither sees the list nor decides.',
		hint: 'With n8n sign-in: the field user.email of the form node',
		displayOptions: shownForDecisions,
	},
	{ ...assuranceProperty, displayOptions: shownForDecisions },
	{
		displayName: 'Who May Decide',
		name: 'deciders',
		type: 'string',
		default: '',
		placeholder: 'e.g. ciso@example.com, hr@example.com',
		description:
			'Comma-separated addresses. If left empty, all people who may open the form; with Assurance What Was Typed it must not be empty.',
		displayOptions: shownForDecisions,
	},
];

export function assuranceIn(parameters: ItemParameters): keyof typeof ASSURANCES {
	return parameters.choice(assuranceProperty, ['n8nSignIn', 'typedAddress']);
}

/**
 * @throws ScimError `invalidInput` with the entries that are not addresses: a guard must not get lost. If the
 * address is only typed, any person who knows the password of the form could claim any address, so a list is
 * required.
 */
export function decidersIn(parameters: ItemParameters): string[] {
	const { entries, unreadable } = readEmails(parameters.text('deciders'));
	if (unreadable.length === 0 && entries.length === 0 && assuranceIn(parameters) === 'typedAddress') {
		throw new ScimError(
			'invalidInput',
			'Who May Decide is empty, and the form only asks for an address. Nothing was done.',
			'Enter the addresses of the people who decide, or let the form use n8n User Auth and set Assurance to Sign-In.',
		);
	}
	if (unreadable.length === 0) return entries;
	throw new ScimError(
		'invalidInput',
		`Who May Decide holds entries that are no email addresses: ${unreadable.map(shownEntry).join(', ')}. Nothing was done.`,
		'Correct them, such as ciso@example.com, with commas between the addresses.',
	);
}

/** Rows that block a planned change. */
export const journalProperties: INodeProperties[] = [
	{
		...rowsProperty(
			{
				displayName: 'Emergencies and Leavers',
				name: 'blockingRows',
				description:
					'Rows of notion_scim_changes of the kinds emergency and leave that have changed in the last two days. People they have blocked since the plan was made are shown, but not released.',
			},
			'Read blocks',
		),
		displayOptions: { show: { step: ['show', 'decide'], heldKind: ['sync'] } },
	},
];

/** @throws ScimError `invalidInput` */
export function blockingIn(parameters: ItemParameters): unknown[] {
	return rowsIn(parameters, 'blockingRows', 'Emergencies and Leavers');
}

const decidedProperty: INodeProperties = {
	...rowsProperty(
		{
			displayName: 'Decided Lately',
			name: 'decidedRows',
			description:
				'Rows of notion_scim_changes that a person has decided in the last two hours. From them, a late answer learns who was faster.',
		},
		'Read what was decided',
	),
	displayOptions: { show: { step: ['decide'] } },
};

/** @throws ScimError `invalidInput` */
export function decidedIn(parameters: ItemParameters): unknown[] {
	return rowsIn(parameters, 'decidedRows', 'Decided Lately');
}

const shownForAnswer = { show: { step: ['decide'] } };

export const releasedProperty: INodeProperties = {
	displayName: 'Release Them',
	name: 'released',
	type: 'boolean',
	default: false,
	description: 'Whether the person has said yes. A no takes the people off the list, and nothing is carried out.',
	displayOptions: shownForAnswer,
};

export const chosenProperty: INodeProperties = {
	displayName: 'Chosen People',
	name: 'chosen',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.chosen }}',
	description:
		'The people the answer is about, as the page gave them back. All others stay on the list. A page with one person gives back none.',
	displayOptions: { show: { step: ['decide'], heldKind: ['emergency', 'leave'] } },
};

/** The answer of the page with the list. */
export const answerProperties: INodeProperties[] = [
	{
		...rowsProperty(
			{
				displayName: 'Shown List',
				name: 'shownList',
				description:
					'The row of notion_scim_runs that has the digest of the code, after this execution has changed its state from shown to taken. So a code works once, even if two people send it at the same time.',
			},
			'Take the list',
		),
		displayOptions: { show: { step: ['decide', 'result'] } },
	},
	decidedProperty,
	{
		displayName: 'Code of the List',
		name: 'code',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.code }}',
		description: 'The code that the page with the list sends back',
		displayOptions: shownForAnswer,
	},
	releasedProperty,
	chosenProperty,
];
