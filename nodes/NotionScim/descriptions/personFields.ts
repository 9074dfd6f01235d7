import type { INodeProperties } from 'n8n-workflow';

import type { AttributeDeclaration } from '../../../lib/scim/attributeDeclarations';
import {
	ATTRIBUTE_DECLARATIONS,
	declarationOf,
	UPDATABLE_ATTRIBUTES,
} from '../../../lib/scim/attributeDeclarations';

export const email: INodeProperties = {
	...field(declarationOf('email')),
	required: true,
	description: 'The address that the person signs in with',
};

const newEmail: INodeProperties = {
	...field(declarationOf('email')),
	description:
		'A new address. Notion accepts it only if the organization has verified the domains.',
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

/** What an update can change besides the address. */
const attributeFields: INodeProperties[] = [
	...UPDATABLE_ATTRIBUTES.filter(({ name }) => name !== 'email').map(field),
	role,
];

/** What Notion reads only when a person is created. */
const creationFields = ATTRIBUTE_DECLARATIONS.filter(
	(declared) => 'onlyAtCreation' in declared,
).map(field);

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Further attributes of the person. Empty fields are left out.',
	options: sortedByName([...attributeFields, ...creationFields]),
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

function field({ name, label, placeholder, hint }: AttributeDeclaration): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: '',
		...(placeholder === undefined ? {} : { placeholder }),
		...(hint === undefined ? {} : { description: hint }),
	};
}
