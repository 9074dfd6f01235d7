import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../descriptions/notice';
import { rowsProperty } from './rows';

export const STEPS = ['beforeLocking', 'afterLocking'] as const;

export const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'beforeLocking',
	description: 'Which answers of the app the items are',
	options: [
		{
			name: 'Before Locking',
			value: 'beforeLocking',
			description: 'The items are what the app answered to the search for each row',
		},
		{
			name: 'After Locking',
			value: 'afterLocking',
			description:
				'The items are the answers about all accounts: to locking them, to ending their sessions, for Google the grants before and after deleting them, and the accounts read again',
		},
	],
};

export const appProperty: INodeProperties = {
	displayName: 'App',
	name: 'app',
	type: 'options',
	noDataExpression: true,
	default: 'entra',
	description: 'The app whose accounts are locked',
	options: [
		{ name: 'Google Workspace', value: 'google' },
		{ name: 'Microsoft Entra', value: 'entra' },
		{ name: 'Okta', value: 'okta' },
	],
};

const rows = rowsProperty(
	{ displayName: 'Rows', name: 'rows', description: 'The rows of the journal whose accounts were searched for, in the same order' },
	'WhenCalled',
);

const accounts = rowsProperty(
	{ displayName: 'Accounts', name: 'accounts', description: 'The output of the step Before Locking, in the same order' },
	'Check account',
);

/** The parameters of Check App Account. */
export const checkAccountProperties: INodeProperties[] = [
	notice(
		'checkAccountNotice',
		'accounts-of-other-apps-in-an-emergency',
		'Decides which accounts HTTP Request nodes may lock, and afterwards what came of it. Those nodes give the whole response and go on after errors.',
	),
	stepProperty,
	appProperty,
	...shown({ step: ['beforeLocking'] }, [rows]),
	...shown({ step: ['afterLocking'] }, [accounts]),
];

function shown(show: Record<string, string[]>, properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({ ...property, displayOptions: { show } }));
}
