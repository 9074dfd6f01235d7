import type { INodeProperties } from 'n8n-workflow';

export const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'name@email.com',
	description: 'The address that the person signs in with',
};

const newEmail: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'name@email.com',
	description:
		'A new address. Notion accepts it only if the organization has verified the domains.',
};

const photoUrl: INodeProperties = {
	displayName: 'Photo URL',
	name: 'photoUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/ada.png',
	description: 'Notion reads it only when a person is created',
};

const role: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	type: 'options',
	options: [
		{ name: 'Member', value: 'member' },
		{ name: 'Membership Admin', value: 'membership_admin' },
		{ name: 'Owner', value: 'owner' },
		{ name: 'Restricted Member', value: 'restricted_member' },
	],
	default: 'member',
	description: 'The role in the workspace',
};

const attributeFields: INodeProperties[] = [
	{
		displayName: 'Address',
		name: 'address',
		type: 'string',
		default: '',
		description: 'The postal address as one text',
	},
	{ displayName: 'Cost Center', name: 'costCenter', type: 'string', default: '' },
	{ displayName: 'Department', name: 'department', type: 'string', default: '' },
	{
		displayName: 'Display Name',
		name: 'displayName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ada Lovelace',
		description: 'The name that Notion shows. Notion prefers it to given and family name.',
	},
	{ displayName: 'Division', name: 'division', type: 'string', default: '' },
	{ displayName: 'Employee Number', name: 'employeeNumber', type: 'string', default: '' },
	{
		displayName: 'Family Name',
		name: 'familyName',
		type: 'string',
		default: '',
		description: 'If Display Name is set as well, an update uses only that',
	},
	{
		displayName: 'Given Name',
		name: 'givenName',
		type: 'string',
		default: '',
		description: 'If Display Name is set as well, an update uses only that',
	},
	{
		displayName: 'Job Role',
		name: 'jobRole',
		type: 'string',
		default: '',
		description: 'The job of the person as text. The role in the workspace is Role.',
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-US',
	},
	{
		displayName: 'Manager Display Name',
		name: 'managerDisplayName',
		type: 'string',
		default: '',
	},
	{
		displayName: 'Manager Email',
		name: 'managerEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. grace@example.com',
	},
	{ displayName: 'Organization', name: 'organization', type: 'string', default: '' },
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +1 555 0100',
		description: 'Notion stores one number',
	},
	{
		displayName: 'Preferred Language',
		name: 'preferredLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-US',
	},
	role,
	{
		displayName: 'Secondary Emails',
		name: 'secondaryEmails',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.org',
		description: 'All other addresses of the person, comma-separated. Notion keeps up to five.',
	},
	{ displayName: 'Title', name: 'title', type: 'string', default: '', description: 'The job title' },
	{
		displayName: 'User Type',
		name: 'userType',
		type: 'string',
		default: '',
		placeholder: 'e.g. Employee',
	},
];

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Further attributes of the person. Empty fields are left out.',
	options: sortedByName([...attributeFields, photoUrl]),
};

export const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'The attributes to change. Empty fields are left unchanged, so that missing data erases nothing.',
	options: sortedByName([...attributeFields, newEmail]),
};

/** n8n shows the fields of a collection in the order given; people look for them by name. */
function sortedByName(fields: INodeProperties[]): INodeProperties[] {
	return [...fields].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}
