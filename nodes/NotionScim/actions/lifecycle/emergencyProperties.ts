import type { INodeProperties } from 'n8n-workflow';

import type { LockedApp } from '../../../../lib/lifecycle/emergency/emergencyRow';
import { LOCKED_APPS } from '../../../../lib/lifecycle/emergency/emergencyRow';
import type { EmergencySettings } from '../../../../lib/lifecycle/emergency/emergencyRules';
import { protectedList } from '../../../../lib/lifecycle/emergency/protectedList';
import { splitList } from '../../../../lib/scim/personAttributes';
import { textsOf } from '../../execution/lists';
import type { ItemParameters } from '../../execution/parameters';
import { choiceOf } from '../../execution/scalarParameters';

const apps: INodeProperties = {
	displayName: 'Apps',
	name: 'apps',
	type: 'multiOptions',
	required: true,
	default: [...LOCKED_APPS],
	options: [
		{ name: 'Google Workspace', value: 'google' },
		{ name: 'Microsoft Entra', value: 'entra' },
		{ name: 'Notion', value: 'notion' },
		{ name: 'Okta', value: 'okta' },
	],
	description: 'The apps that your company uses. A call for any other app has the result notSetUp, without an alert.',
};

const protectedResponders: INodeProperties = {
	displayName: 'Protected Responders',
	name: 'protectedResponders',
	type: 'string',
	default: '',
	placeholder: 'e.g. security@example.com, it@example.com',
	description:
		'Addresses of the people who respond to the emergency. They are never locked out. While an entry is not an address, no one is locked out.',
	hint: 'For Notion, put them into Protected Emails of the credential as well',
};

const limitPeople: INodeProperties = {
	displayName: 'People Limit',
	name: 'limitPeople',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description: 'How many people may be locked out within Limit Hours before a person must confirm',
	hint: 'With 0 each lockdown waits for a person',
};

const limitHours: INodeProperties = {
	displayName: 'Limit Hours',
	name: 'limitHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 24 },
	default: 1,
	description: 'The hours in which people are counted',
};

const confirmWithinHours: INodeProperties = {
	displayName: 'Confirm Within (Hours)',
	name: 'confirmWithinHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 168 },
	default: 4,
	description: 'How long lockdowns beyond the limit wait for a person. After that, a missing answer is a no.',
};

const alertIfNotFound: INodeProperties = {
	displayName: 'Alert If Not Found',
	name: 'alertIfNotFound',
	type: 'boolean',
	default: true,
	description:
		'Whether to raise an alert if one app does not have the address. Turn this off if people usually have only some of the apps: then the alert is raised if no app has them.',
};

/** The parameters of Plan Changes for emergencies. */
export const emergencyProperties: INodeProperties[] = [
	apps,
	protectedResponders,
	limitPeople,
	limitHours,
	confirmWithinHours,
	alertIfNotFound,
];

/** @throws ScimError `invalidInput`, but not for unreadable protected responders: each call reports those */
export function readEmergencySettings(parameters: ItemParameters): EmergencySettings {
	return {
		apps: appsIn(parameters),
		protectedResponders: protectedList(parameters.raw(protectedResponders.name)),
		limitPeople: parameters.number(limitPeople),
		limitHours: parameters.number(limitHours),
		confirmWithinHours: parameters.number(confirmWithinHours),
		alertIfNotFound: parameters.switch(alertIfNotFound),
	};
}

/** In any spelling. @throws ScimError `invalidInput` for an unknown name: it would be left out unnoticed */
function appsIn(parameters: ItemParameters): LockedApp[] {
	const written = textsOf(parameters.raw(apps.name), apps.displayName, splitList);
	return written.map((name) => choiceOf(name.trim().toLowerCase(), apps, LOCKED_APPS));
}
