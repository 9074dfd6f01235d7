import type { INodeProperties } from 'n8n-workflow';

/** The zone in which the days of the company begin and end. */
export const timeZoneProperty: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The zone in which your company's days begin and end. It applies if neither the HRIS nor the event names a zone; the server's zone never applies.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a time zone...',
			typeOptions: { searchListMethod: 'searchTimeZones', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Europe/Berlin',
			hint: 'A name of the IANA database',
		},
	],
};
