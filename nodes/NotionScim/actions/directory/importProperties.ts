import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../descriptions/notice';
import { rowsProperty } from '../lifecycle/rows';

export const updateChanged: INodeProperties = {
	displayName: 'Update Changed',
	name: 'updateChanged',
	type: 'boolean',
	default: false,
	description:
		'Whether existing rows are updated if Notion differs. Values that Notion does not state stay unchanged.',
};

export const leaveOutPrivileged: INodeProperties = {
	displayName: 'Leave Out Privileged',
	name: 'leaveOutPrivileged',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out owners and membership admins',
};

export const delimiter: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	default: ',',
	description: 'What separates the cells of the CSV file',
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Pipe', value: '|' },
		{ name: 'Semicolon', value: ';' },
		{ name: 'Tab', value: '\t' },
	],
};

export const DELIMITERS = [',', '|', ';', '\t'] as const;

const whom: INodeProperties = {
	displayName: 'Only',
	name: 'only',
	type: 'collection',
	placeholder: 'Add Condition',
	default: {},
	description: 'The people to import. Without a condition, all people are imported; with several, all conditions must be met.',
	options: [
		{
			displayName: 'Domains',
			name: 'domains',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com, *.example.org',
			description: 'Only addresses of these domains, between commas; *.example.com means its subdomains, too',
		},
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@example.com, maria@example.com',
			description: 'Only these addresses, between commas',
		},
		{
			displayName: 'Group Names or IDs',
			name: 'groups',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'loadGroups' },
			default: [],
			description:
				'Only people who are in at least one of these groups of Notion. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			hint: 'An expression may give names, too',
		},
		leaveOutPrivileged,
		{
			displayName: 'Roles',
			name: 'roles',
			type: 'multiOptions',
			default: [],
			description: 'Only people with one of these workspace roles',
			options: [
				{ name: 'Member', value: 'member' },
				{ name: 'Membership Admin', value: 'membership_admin' },
				{ name: 'Owner', value: 'owner' },
				{ name: 'Restricted Member', value: 'restricted_member' },
			],
		},
	],
};

const importOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Closing Row',
			name: 'closingRow',
			type: 'string',
			default: '',
			placeholder: 'e.g. END',
			description:
				'First cell of a last row of the CSV file, which also states the number of people. Enter it in the source of a list, too.',
		},
		delimiter,
		{
			displayName: 'Group Prefix',
			name: 'groupPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. eng-',
			description:
				'Only groups whose names begin with this text are imported. Groups then no longer count as a difference.',
		},
	],
};

/** The parameters of Import Members. */
export const importProperties: INodeProperties[] = [
	notice(
		'importNotice',
		'import-members',
		'Reads all members and groups of Notion, and changes nothing there. The outputs Rows to Write and Links to Write are for Data Table nodes.',
	),
	{
		displayName: 'Code of the Preview',
		name: 'previewCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3f2a9c0b1d',
		description:
			'If left empty, nothing is written. With the code that the preview shows, exactly what it shows is written; if something has changed since, nothing is.',
	},
	updateChanged,
	whom,
	rowsProperty(
		{
			displayName: 'People Rows',
			name: 'peopleRows',
			description: 'All rows of the Data Table directory_people',
		},
		'Read people',
	),
	rowsProperty(
		{
			displayName: 'Links',
			name: 'links',
			description: 'The rows that link people of the list to accounts',
		},
		'Read links',
	),
	importOptions,
];
