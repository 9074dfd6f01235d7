import type { INodeProperties } from 'n8n-workflow';

import { SEATS_TO_END } from '../../../../lib/report/pickForm';
import { readEmails, shownEntry } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';

const STEPS = ['list', 'request'] as const;

export const stepProperty: INodeProperties = {
	displayName: 'Step',
	name: 'step',
	type: 'options',
	noDataExpression: true,
	default: 'list',
	description: 'The step of the form that this node serves',
	options: [
		{
			name: 'List the Seats',
			value: 'list',
			description: 'Before the page with the seats: creates its fields',
		},
		{
			name: 'Make the Request',
			value: 'request',
			description: 'After that page: creates the rows that wait for approval, and the mail about them',
		},
	],
};

/** @throws ScimError `invalidInput` */
export function stepIn(parameters: ItemParameters): (typeof STEPS)[number] {
	return parameters.choice(stepProperty, STEPS);
}

export const seatsRecord: INodeProperties = {
	displayName: 'Seats of the Report',
	name: 'seatsRecord',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.record }}',
	description: 'The newest record of notion_scim_evidence with the key licenseReport:pickable; empty if there is none',
	hint: 'The column record of the row, or nothing if there is no row',
};

export const picker: INodeProperties = {
	displayName: 'Person at the Form',
	name: 'picker',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'The address of the person who picks. The record names them, and they cannot approve.',
	hint: 'With n8n sign-in: the field user.email of the form node',
};

export const maxAgeDays: INodeProperties = {
	displayName: 'Max Age of the Report',
	name: 'maxAgeDays',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 35,
	description: 'After how many days no seat can be picked from a report',
};

const shownForRequest = { show: { step: ['request'] } };

export const chosenSeats: INodeProperties = {
	displayName: 'Chosen',
	name: 'chosenSeats',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json[\'Seats to end\'] }}',
	description: 'The entries selected on the form',
	hint: `The answer of the form under "${SEATS_TO_END}"`,
	displayOptions: shownForRequest,
};

export const approvers: INodeProperties = {
	displayName: 'Approvers',
	name: 'approvers',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ciso@example.com, finance@example.com',
	description:
		'Comma-separated addresses of the people who are asked to approve. Neither the person who picks nor anyone who is picked gets the mail.',
	displayOptions: shownForRequest,
};

export const expireHours: INodeProperties = {
	displayName: 'Expires After',
	name: 'expireHours',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 72,
	description: 'After how many hours an unanswered request counts as a no',
	displayOptions: shownForRequest,
};

/** @throws ScimError `invalidInput` if there is none, and for entries that are not addresses */
export function approversIn(parameters: ItemParameters): string[] {
	const { entries, unreadable } = readEmails(parameters.text(approvers.name));
	if (unreadable.length > 0) {
		throw new ScimError(
			'invalidInput',
			`Approvers holds entries that are no email addresses: ${unreadable.map(shownEntry).join(', ')}. Nothing was asked for.`,
			'Correct them, such as ciso@example.com, with commas between the addresses.',
		);
	}
	if (entries.length > 0) return entries;
	throw new ScimError(
		'invalidInput',
		'Approvers is empty, so no one could approve. Nothing was asked for.',
		'Enter the addresses of the people who may approve the end of seats.',
	);
}
