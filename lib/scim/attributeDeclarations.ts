import { ENTERPRISE_USER_SCHEMA } from './schemaUrns';

/** What is true of one attribute of a person. Every list of attributes is derived from this. */
export interface AttributeDeclaration {
	/** As in the items of a workflow. */
	name: string;
	/** As an admin reads it. */
	label: string;
	placeholder?: string;
	/** What an admin has to know about it. */
	hint?: string;
	/** The extension that has it; the core schema has the others. */
	schema?: string;
	/** Names from the resource to the value, or to the list of values (RFC 7643 section 4.1). */
	path: readonly string[];
	/** Another place of the value, which is read where the path has none. */
	alsoAt?: readonly string[];
	/** The attribute is a list; this name of the primary entry has the value. */
	entry?: 'value' | 'formatted';
	holds: 'text' | 'address' | 'addresses';
	/** How two values are compared. */
	compared: 'prose' | 'email' | 'emails' | 'phone' | 'language' | 'exact';
	/** Notion reads it when a person is created and never again, so it is neither compared nor updated later. */
	onlyAtCreation?: true;
	/** Servers bring the value into a form of their own, so that another text may be the same value. */
	isReformatted?: true;
	/** Notion changes it only for people of a verified email domain (Notion help, "SCIM"). */
	needsVerifiedDomain?: true;
	/** A directory that is a list has a column for it. */
	inLists?: true;
	/** A group rule can ask for it. */
	inGroupRules?: true;
}

const language = {
	placeholder: 'e.g. en-US',
	holds: 'text',
	compared: 'language',
	isReformatted: true,
	inLists: true,
	inGroupRules: true,
} as const;
const usual = { holds: 'text', compared: 'prose', inLists: true, inGroupRules: true } as const;
const NAME_PART_HINT = 'If Display Name is set as well, an update uses only that';

/**
 * `role` is the workspace role and no attribute; SCIM's core attribute `roles` is the job role and is
 * called `jobRole` here.
 */
export const ATTRIBUTE_DECLARATIONS = [
	{
		name: 'email',
		label: 'Email',
		placeholder: 'name@email.com',
		path: ['userName'],
		...usual,
		holds: 'address',
		compared: 'email',
		needsVerifiedDomain: true,
	},
	{
		name: 'secondaryEmails',
		label: 'Secondary Emails',
		placeholder: 'e.g. ada@example.org',
		hint: 'All other addresses of the person, comma-separated. Notion keeps up to five.',
		path: ['emails'],
		entry: 'value',
		holds: 'addresses',
		compared: 'emails',
		needsVerifiedDomain: true,
		inLists: true,
	},
	{
		name: 'displayName',
		label: 'Display Name',
		placeholder: 'e.g. Ada Lovelace',
		hint: 'The name that Notion shows. Notion prefers it to given and family name.',
		path: ['name', 'formatted'],
		alsoAt: ['displayName'],
		...usual,
		needsVerifiedDomain: true,
	},
	{
		name: 'givenName',
		label: 'Given Name',
		placeholder: 'e.g. Ada',
		hint: NAME_PART_HINT,
		path: ['name', 'givenName'],
		...usual,
		needsVerifiedDomain: true,
	},
	{
		name: 'familyName',
		label: 'Family Name',
		placeholder: 'e.g. Lovelace',
		hint: NAME_PART_HINT,
		path: ['name', 'familyName'],
		...usual,
		needsVerifiedDomain: true,
	},
	{
		name: 'title',
		label: 'Title',
		placeholder: 'e.g. Senior Engineer',
		hint: 'The job title',
		path: ['title'],
		...usual,
	},
	{
		name: 'department',
		label: 'Department',
		placeholder: 'e.g. Engineering',
		hint: 'The department as in your directory',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['department'],
		...usual,
	},
	{
		name: 'division',
		label: 'Division',
		placeholder: 'e.g. EMEA',
		hint: 'The division as in your directory',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['division'],
		...usual,
	},
	{
		name: 'costCenter',
		label: 'Cost Center',
		placeholder: 'e.g. 4711',
		hint: 'The cost center as in your directory',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['costCenter'],
		...usual,
	},
	{
		name: 'organization',
		label: 'Organization',
		placeholder: 'e.g. Example Ltd',
		hint: 'The company or legal entity as in your directory',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['organization'],
		...usual,
	},
	{
		name: 'employeeNumber',
		label: 'Employee Number',
		placeholder: 'e.g. E-1024',
		hint: 'The number that identifies the person in your HRIS',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['employeeNumber'],
		...usual,
	},
	{
		name: 'managerEmail',
		label: 'Manager Email',
		hint: 'The address of the manager',
		placeholder: 'e.g. grace@example.com',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['manager', 'value'],
		...usual,
		holds: 'address',
		compared: 'email',
	},
	{
		name: 'managerDisplayName',
		label: 'Manager Display Name',
		placeholder: 'e.g. Grace Hopper',
		hint: 'The name of the manager',
		schema: ENTERPRISE_USER_SCHEMA,
		path: ['manager', 'displayName'],
		holds: 'text',
		compared: 'prose',
	},
	{
		name: 'jobRole',
		label: 'Job Role',
		placeholder: 'e.g. Engineer',
		hint: 'The job of the person as text. The role in the workspace is Role.',
		path: ['roles'],
		entry: 'value',
		holds: 'text',
		compared: 'prose',
	},
	{
		name: 'locale',
		label: 'Locale',
		hint: 'The language and country whose formats the person uses',
		path: ['locale'],
		...language,
	},
	{
		name: 'preferredLanguage',
		label: 'Preferred Language',
		hint: 'The language in which the person wants to read',
		path: ['preferredLanguage'],
		...language,
	},
	{
		name: 'userType',
		label: 'User Type',
		hint: 'The kind of employment',
		placeholder: 'e.g. Employee',
		path: ['userType'],
		...usual,
	},
	{
		name: 'phoneNumber',
		label: 'Phone Number',
		placeholder: 'e.g. +1 555 0100',
		hint: 'Notion stores one number',
		path: ['phoneNumbers'],
		entry: 'value',
		holds: 'text',
		compared: 'phone',
		isReformatted: true,
		inLists: true,
	},
	{
		name: 'address',
		label: 'Address',
		placeholder: 'e.g. 12 St James Square, London',
		hint: 'The postal address as one text',
		path: ['addresses'],
		entry: 'formatted',
		holds: 'text',
		compared: 'prose',
		isReformatted: true,
	},
	{
		name: 'photoUrl',
		label: 'Photo URL',
		placeholder: 'e.g. https://example.com/ada.png',
		hint: 'Notion reads it only when a person is created',
		path: ['photos'],
		entry: 'value',
		holds: 'text',
		compared: 'exact',
		onlyAtCreation: true,
	},
] as const satisfies readonly AttributeDeclaration[];

type Declared = (typeof ATTRIBUTE_DECLARATIONS)[number];

export type PersonAttribute = Declared['name'];

const BY_NAME = new Map<PersonAttribute, AttributeDeclaration & { name: PersonAttribute }>(
	ATTRIBUTE_DECLARATIONS.map((declared) => [declared.name, declared]),
);

/** The attributes that an existing account can be given. */
export const UPDATABLE_ATTRIBUTES = ATTRIBUTE_DECLARATIONS.flatMap((declared) =>
	'onlyAtCreation' in declared ? [] : [declared],
);

export function declarationOf(attribute: PersonAttribute): AttributeDeclaration {
	const declared = BY_NAME.get(attribute);
	if (!declared) throw new RangeError(`${attribute} is no attribute of a person.`);
	return declared;
}

/** Undefined for a name that is no attribute of a person, such as `role`. */
export function declarationNamed(name: string): AttributeDeclaration | undefined {
	return ATTRIBUTE_DECLARATIONS.find((declared) => declared.name === name);
}

/** The path of an attribute in a PATCH (RFC 7644 section 3.10). */
export function patchPath({ schema, path }: AttributeDeclaration): string {
	return `${schema === undefined ? '' : `${schema}:`}${path.join('.')}`;
}
