import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { readChanges } from '../../../../lib/lifecycle/journal';
import { readLinks } from '../../../../lib/lifecycle/links';
import type { HrisList } from '../../../../lib/lifecycle/lists';
import { readHrisList } from '../../../../lib/lifecycle/lists';
import { compareNightly } from '../../../../lib/lifecycle/nightly/comparison';
import { notice } from '../../descriptions/notice';
import { ItemParameters, jsonParameter } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { listMembers } from './memberList';
import { alertItems, changeItems, itemOf, pairedWithAll, rowsIn, rowsProperty } from './rows';
import { timeZoneProperty } from './timeZone';

const daysBack: INodeProperties = {
	displayName: 'Days Back',
	name: 'daysBack',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'How many days back a missed first day may be',
	hint: 'Ask the HRIS for the leavers of the same number of days',
};

const silentAfterDays: INodeProperties = {
	displayName: 'Silent After (Days)',
	name: 'silentAfterDays',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 14,
	description: 'After how many days without any event of the HRIS an alert is raised',
};

export const compare: ListedOperation = {
	name: 'Find Missed',
	value: 'compare',
	action: 'Find missed leavers and hires',
	description:
		'Compare the HRIS with the members of Notion, and look for unfinished rows. What was missed becomes a row that is due at once. Nothing is written to Notion, and while a list is incomplete, no one is changed.',
	properties: [
		notice(
			'compareNotice',
			'lifecycle',
			'The items are the leavers that the HRIS source lists, with its statement that the list is complete.',
		),
		timeZoneProperty,
		daysBack,
		silentAfterDays,
		{
			displayName: 'Employees',
			name: 'employees',
			type: 'json',
			default: '',
			description:
				'The current employees from the HRIS or directory source, with the statement that the list is complete. If left empty, missed hires are not looked for.',
			hint: "For example {{ $('HRIS employees').all().map(item => item.json) }}",
		},
		rowsProperty(
			{
				displayName: 'Journal Rows',
				name: 'journalRows',
				description: 'All recent rows of the journal, including open ones',
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
	outputs: ['Changes', 'Alerts', 'Outdated'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const settings = {
		timeZone: parameters.optionalLocator('timeZone').value,
		daysBack: parameters.number(daysBack),
		silentAfterDays: parameters.number(silentAfterDays),
	};
	const items = context.getInputData();
	const joiners = employeesIn(parameters);
	const { changes, alerts, outdated } = compareNightly({
		leavers: readHrisList(items.map(({ json }) => json)),
		...(joiners ? { joiners } : {}),
		members: await listMembers(session),
		links: readLinks(rowsIn(parameters, 'links', 'Links')),
		journal: readChanges(rowsIn(parameters, 'journalRows', 'Journal Rows')),
		settings,
		now: systemClock.now(),
	});
	const paired = pairedWithAll(items);
	return [
		changeItems(changes, paired),
		alertItems(alerts, paired),
		outdated.map(({ id }) => itemOf({ id }, paired)),
	];
}

/** A deactivated node returns its input: the question. */
const questionSchema = z.object({ ask: z.string() }).strict();

/** @returns undefined if the HRIS was not asked. @throws ScimError `invalidInput` */
function employeesIn(parameters: ItemParameters): HrisList | undefined {
	const example = '[{"source": "bamboohr", "sourceId": "7", "status": "active", …}, {"manifest": true, …}]';
	const given = jsonParameter(parameters.raw('employees'), 'Employees', z.array(z.unknown()), example);
	const isAsked = given?.some((item) => !questionSchema.safeParse(item).success) ?? false;
	return given && (isAsked || given.length === 0) ? readHrisList(given) : undefined;
}
