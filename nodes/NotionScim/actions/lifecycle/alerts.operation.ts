import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { StoredAlert } from '../../../../lib/lifecycle/alerts';
import { alertsToTell, groupAlerts, rangeOf, readAlerts, toldRange } from '../../../../lib/lifecycle/alerts';
import { isoText } from '../../../../lib/lifecycle/zones';
import { alertForm, chosenAlerts, CHOICE } from '../../../../lib/report/alertForm';
import { alertMail } from '../../../../lib/report/alertMail';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { itemOf, pairedWithAll, rowsIn, rowsProperty } from './rows';

const PURPOSES = ['mail', 'form', 'answer'] as const;

const purpose: INodeProperties = {
	displayName: 'For',
	name: 'purpose',
	type: 'options',
	noDataExpression: true,
	default: 'mail',
	description: 'What the alerts are collected for',
	options: [
		{
			name: 'Answer of the Form',
			value: 'answer',
			description: 'Rows that someone acknowledges',
		},
		{
			name: 'Form',
			value: 'form',
			description: 'The fields of a page that shows the open alerts',
		},
		{
			name: 'Mail',
			value: 'mail',
			description: 'The alerts to mail now, if any',
		},
	],
};

/**
 * Rows that this execution has stored; empty if the clock started the execution, because the node has not
 * run.
 */
const storedAlerts: INodeProperties = {
	...rowsProperty(
		{
			displayName: 'Stored Alerts',
			name: 'storedAlerts',
			description: 'The alerts that this execution has raised; an empty list where it only reminds',
		},
		'Store alerts',
	),
	default: "={{ $('Store alerts').isExecuted ? $('Store alerts').all().map(item => item.json) : [] }}",
	displayOptions: { show: { purpose: ['mail'] } },
};

export const alerts: ListedOperation = {
	name: 'Compose Alerts',
	value: 'alerts',
	action: 'Compose the alerts for a mail or a form',
	description:
		'Decide which stored alerts are mailed now, with one entry for each key, and write the content of a mail or a form. Needs no credential.',
	properties: [
		notice(
			'alertsNotice',
			'lifecycle',
			'Store new alerts before this node, and read all open ones again: alerts with the same key become one entry.',
		),
		purpose,
		rowsProperty(
			{
				displayName: 'Alert Rows',
				name: 'alertRows',
				description: 'All rows that are open or were never mailed, read after new ones were stored',
			},
			'Read open alerts',
		),
		storedAlerts,
		{
			displayName: 'Chosen',
			name: 'chosen',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json[\'Which alerts do you take care of?\'] }}',
			displayOptions: { show: { purpose: ['answer'] } },
			description: 'The entries selected on the form',
			hint: `The answer of the form under "${CHOICE}"`,
		},
		{
			displayName: 'Acknowledged By',
			name: 'acknowledgedBy',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@example.com',
			displayOptions: { show: { purpose: ['answer'] } },
			description: 'The person who handles the alert, as the form knows them',
		},
	],
	outputs: ['Rows', 'Texts'],
	compute: async (context) => await Promise.resolve(composed(context)),
};

function composed(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const chosenPurpose = parameters.choice(purpose, PURPOSES);
	const rows = readAlerts(rowsIn(parameters, 'alertRows', 'Alert Rows'));
	switch (chosenPurpose) {
		case 'mail':
			return mail(context, parameters, rows);
		case 'form':
			return [[], [itemOf({ page: formOf(context, rows).page }, allItems(context))]];
		case 'answer':
			return [answer(context, parameters, rows), []];
	}
}

function mail(context: IExecuteFunctions, parameters: ItemParameters, rows: StoredAlert[]): INodeExecutionData[][] {
	const stored = readAlerts(rowsIn(parameters, 'storedAlerts', 'Stored Alerts')).map(({ id }) => id);
	const now = systemClock.now();
	const groups = alertsToTell(rows, { stored, now });
	if (groups.length === 0) return [[], []];
	const settings = { n8nUrl: context.getInstanceBaseUrl(), timeZone: context.getTimezone() };
	const paired = allItems(context);
	return [
		groups.map((group) => itemOf({ ...toldRange(group, now) }, paired)),
		[itemOf({ ...alertMail(groups, settings, isoText(now)) }, paired)],
	];
}

function answer(context: IExecuteFunctions, parameters: ItemParameters, rows: StoredAlert[]): INodeExecutionData[] {
	const acknowledgedBy = parameters.requiredText('acknowledgedBy', 'Acknowledged By').slice(0, 200);
	const acknowledgedAt = isoText(systemClock.now());
	return chosenAlerts(formOf(context, rows), parameters.raw('chosen')).map((group) =>
		itemOf({ ...rangeOf(group), acknowledgedAt, acknowledgedBy }, allItems(context)),
	);
}

/** The form and its answer read the same rows, and so show the same entries. */
function formOf(context: IExecuteFunctions, rows: readonly StoredAlert[]) {
	const open = groupAlerts(rows).filter(({ state }) => state === 'open');
	return alertForm(open, context.getTimezone());
}

function allItems(context: IExecuteFunctions): Array<{ item: number }> {
	return pairedWithAll(context.getInputData());
}
