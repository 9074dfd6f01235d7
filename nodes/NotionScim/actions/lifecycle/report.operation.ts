import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { leaverReport } from '../../../../lib/lifecycle/leaverReport';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { readLinks } from '../../../../lib/lifecycle/links';
import { readHrisList } from '../../../../lib/lifecycle/lists';
import { leaverReportCsv } from '../../../../lib/report/leaverReportCsv';
import { leaverReportHtml } from '../../../../lib/report/leaverReportHtml';
import { localTime } from '../../../../lib/report/leaverStatements';
import { PACKAGE_VERSION } from '../../../../lib/version';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { listMembers } from './memberList';
import { pairedWithAll, rowsIn, rowsProperty } from './rows';
import { timeZoneProperty } from './timeZone';

const DAY = 24 * 60 * 60 * 1000;

const daysBack: INodeProperties = {
	displayName: 'Days Back',
	name: 'daysBack',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'How many days the report covers, up to now',
	hint: 'Ask the HRIS for the leavers of the same number of days',
};

const promisedMinutes: INodeProperties = {
	displayName: 'Promised Minutes',
	name: 'promisedMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 15,
	description:
		'From the end of the last day, or from when the HRIS reported it, whichever is later, until access was confirmed to have ended',
};

export const report: ListedOperation = {
	name: 'Leaver Report',
	value: 'report',
	action: 'Create a leaver report',
	description:
		'Report who left, when that took effect, when it was known, when access ended and when that was confirmed: a page (HTML) and a list (CSV), with the text of a mail. Nothing is written to Notion.',
	sufficientAccess: 'readOnly',
	properties: [
		notice(
			'reportNotice',
			'lifecycle',
			'The items are the leavers that the HRIS source lists, with its statement that the list is complete.',
		),
		timeZoneProperty,
		daysBack,
		promisedMinutes,
		rowsProperty(
			{
				displayName: 'Journal Rows',
				name: 'journalRows',
				description: 'All rows of the journal about leavers',
			},
			'Read journal',
		),
		rowsProperty(
			{
				displayName: 'Links',
				name: 'links',
				description: 'All rows that link employees to accounts',
			},
			'Read links',
		),
	],
	execute: async (context, session) => {
		const parameters = new ItemParameters(context, 0);
		const items = context.getInputData();
		const timeZone = parameters.optionalLocator('timeZone').value;
		const membersReadAt = systemClock.now();
		const members = await listMembers(session);
		const to = systemClock.now();
		const made = leaverReport({
			leavers: readHrisList(items.map(({ json }) => json)),
			members,
			membersReadAt,
			links: readLinks(rowsIn(parameters, 'links', 'Links')),
			...readChanges(rowsIn(parameters, 'journalRows', 'Journal Rows')),
			from: to - parameters.number(daysBack) * DAY,
			to,
			settings: { timeZone, promisedMinutes: parameters.number(promisedMinutes) },
		});
		const name = `leavers-${DateTime.fromMillis(to, { zone: made.zone }).toISODate() ?? ''}`;
		const about = `Made by n8n-nodes-notion-scim ${PACKAGE_VERSION} in n8n, execution ${context.getExecutionId()}.`;
		const { prepareBinaryData } = context.helpers;
		return [
			{
				json: {
					from: localTime(made.from, made.zone),
					to: localTime(made.to, made.zone),
					totals: { ...made.totals },
					promisedMinutes: made.promisedMinutes,
					whole: made.population.trouble.length === 0,
					trouble: made.population.trouble.join(' '),
				},
				binary: {
					report: await prepareBinaryData(Buffer.from(leaverReportHtml(made, about), 'utf8'), `${name}.html`, 'text/html'),
					list: await prepareBinaryData(Buffer.from(leaverReportCsv(made), 'utf8'), `${name}.csv`, 'text/csv'),
				},
				pairedItem: pairedWithAll(items),
			},
		];
	},
};
