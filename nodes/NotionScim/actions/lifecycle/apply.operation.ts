import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Applied } from '../../../../lib/lifecycle/applied';
import { nothingApplied } from '../../../../lib/lifecycle/applied';
import { nameOf } from '../../../../lib/lifecycle/employees';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { linkRow, readLinks } from '../../../../lib/lifecycle/links';
import type { Message } from '../../../../lib/lifecycle/words/messages';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { APPLIERS, applierProperties } from './appliers';
import { HRIS_JOBS, jobIn, jobProperty, shownForJobs } from './job';
import { alertItems, changeItems, itemOf, pairedWithAll, rowsIn, rowsProperty } from './rows';

export const apply: ListedOperation = {
	name: 'Apply Changes',
	value: 'apply',
	mayRevoke: true,
	writes: 'rows',
	action: 'Apply lifecycle changes to Notion',
	description:
		'Carry out the rows of the journal in state intended. Every guard is checked again, a failed row does not stop the others, and each is returned with its outcome.',
	properties: [
		notice(
			'applyNotice',
			'lifecycle',
			'The items are the rows of Plan Changes, as returned by the Data Table node that stored them. Rows in another state are skipped.',
		),
		jobProperty,
		...applierProperties,
		...shownForJobs(HRIS_JOBS, [
			rowsProperty(
				{
					displayName: 'Links',
					name: 'links',
					description: 'The rows that link employees to accounts, for the same employee or address',
				},
				'Read links',
			),
		]),
	],
	outputs: ['Changes', 'Links', 'Evidence', 'Messages', 'Alerts', 'Reminders'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const job = jobIn(parameters);
	const { kinds, apply: applyRows } = APPLIERS[job];
	const links = job === 'emergency' ? [] : readLinks(rowsIn(parameters, 'links', 'Links'));
	const items = context.getInputData();
	const { rows, unreadable } = readChanges(items.map(({ json }) => json));
	const intended = rows.filter(({ state }) => state === 'intended');
	const own = intended.filter(({ kind }) => kinds.includes(kind));
	const results = [
		ofOthers(intended.filter((row) => !own.includes(row))),
		...(own.length > 0 ? [await applyRows(own, { context, session, parameters, links })] : []),
	];
	const told = unreadable.map(({ why }) => ({ key: `lifecycle: ${why.slice(0, 60)}`, text: `${why} It was not acted on.` }));
	return outputsOf(results, told, pairedWithAll(items));
}

/** A row of another workflow raises an alert; it is never silently skipped. */
function ofOthers(others: readonly StoredChange[]): Applied {
	const why = 'This workflow does not carry out such a row: the parameter For of Apply Changes says which.';
	return {
		...nothingApplied(),
		changes: others.map((row) => ({ ...row, state: 'needsPerson', reason: why })),
		alerts: others.map((row) => ({
			key: `lifecycle: ${row.kind}`,
			text: `${nameOf(row)}: row ${row.id} is a "${row.kind}". ${why}`,
		})),
	};
}

/** Each mail has its own output and Send Email node, which contains its wording. */
function messageItems(
	results: readonly Applied[],
	kind: Message['message'],
	paired: INodeExecutionData['pairedItem'],
): INodeExecutionData[] {
	return results
		.flatMap(({ messages }) => messages)
		.filter(({ message }) => message === kind)
		.map((message) => itemOf({ ...message }, paired));
}

function outputsOf(
	results: readonly Applied[],
	told: Applied['alerts'],
	paired: INodeExecutionData['pairedItem'],
): INodeExecutionData[][] {
	return [
		changeItems(results.flatMap(({ changes }) => changes), paired),
		results.flatMap(({ links }) => links).map((link) => itemOf(linkRow(link), paired)),
		results.flatMap(({ evidence }) => evidence).map((record) => itemOf({ ...record }, paired)),
		messageItems(results, 'accessEnded', paired),
		alertItems([...results.flatMap(({ alerts }) => alerts), ...told], paired),
		messageItems(results, 'pagesReminder', paired),
	];
}
