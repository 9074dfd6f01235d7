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
	description: 'The apps that your company has. The result of any other is notSetUp, and no alert.',
};

const protectedResponders: INodeProperties = {
	displayName: 'Protected Responders',
	name: 'protectedResponders',
	type: 'string',
	default: '',
	placeholder: 'e.g. security@example.com, it@example.com',
	description:
		'Addresses of the people who answer the emergency. They are never locked out. While an entry is no address, no one is.',
	hint: 'For Notion, put them into Protected Emails of the credential as well',
};

const limitPeople: INodeProperties = {
	displayName: 'People Limit',
	name: 'limitPeople',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description: 'How many people are locked out in the hours of Limit Hours before a person must confirm',
	hint: 'With 0 everyone waits for a person',
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
	description: 'How long people beyond the limit wait for a person. After that, no answer is a no.',
};

const alertIfNotFound: INodeProperties = {
	displayName: 'Alert If Not Found',
	name: 'alertIfNotFound',
	type: 'boolean',
	default: true,
	description:
		'Whether it is an alert that one app has no one of the address. Turn it off where people usually have only some of the apps: then it is one if no app has them.',
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

/** @throws ScimError `invalidInput`, but not for protected responders that cannot be read: each call tells of those */
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

/** In whatever spelling. @throws ScimError `invalidInput` for a name that is none: it would be left out unnoticed */
function appsIn(parameters: ItemParameters): LockedApp[] {
	const written = textsOf(parameters.raw(apps.name), apps.displayName, splitList);
	return written.map((name) => choiceOf(name.trim().toLowerCase(), apps, LOCKED_APPS));
}
