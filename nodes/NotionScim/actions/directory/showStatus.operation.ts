import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { readChanges } from '../../../../lib/lifecycle/journal';
import { fields, lenientText } from '../../../../lib/lifecycle/cells';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { readRuns, syncStateOf } from '../../../../lib/lifecycle/sync/runs';
import { instantOf } from '../../../../lib/lifecycle/zones';
import { readSyncPage, syncPageHtml } from '../../../../lib/report/syncPage';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { itemOf, pairedWithAll, rowsIn, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { SYNC_PAGE } from './finishRun.operation';

const everyMinutes: INodeProperties = {
	displayName: 'Every Minutes',
	name: 'everyMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: 'How often the sync runs, as in its schedule',
};

export const showStatus: ListedOperation = {
	name: 'Show Sync Status',
	value: 'showStatus',
	action: 'Show the status of a sync',
	description: 'Create the page that shows the status of a directory sync. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'showStatusNotice',
			'directory',
			'The item that comes out holds the page (html). It only shows what the tables hold: nothing is read from Notion.',
		),
		everyMinutes,
		{
			displayName: 'Form Address',
			name: 'formUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/form/directory-sync',
			description: 'The form in which a person decides on waiting changes',
		},
		{
			displayName: 'Search For',
			name: 'query',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@example.com',
			description: 'Words that an entry must contain',
		},
		rowsProperty({ displayName: 'Runs', name: 'runs', description: 'The last runs, from the table notion_scim_runs' }, 'Read runs'),
		rowsProperty({ displayName: 'Page', name: 'page', description: 'The page that the last run has stored, from the table notion_scim_runs' }, 'Read page'),
		rowsProperty({ displayName: 'Waiting', name: 'waiting', description: 'Planned changes that wait, from the table notion_scim_changes' }, 'Read what waits'),
	],
	outputs: ['Page'],
	compute: async (context) => await Promise.resolve(shown(context)),
};

function shown(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const runs = readRuns(rowsIn(parameters, 'runs', 'Runs'));
	const [stored] = rowsIn(parameters, 'page', 'Page').map((row) => fields.parse(row)).filter(({ kind }) => kind === SYNC_PAGE);
	const now = systemClock.now();
	const html = syncPageHtml({
		name: lenientText.parse(stored?.['workflow']) || 'Directory sync',
		syncState: syncStateOf(runs, { own: 0, quarantineAfter: Infinity, now }),
		runs,
		page: readSyncPage(stored?.['details']),
		waiting: waitingIn(readChanges(rowsIn(parameters, 'waiting', 'Waiting')).rows, now),
		query: parameters.text('query'),
		everyMinutes: parameters.number(everyMinutes),
		formUrl: parameters.text('formUrl'),
		zone: context.getTimezone(),
		now,
	});
	return [[itemOf({ html }, pairedWithAll(context.getInputData()))]];
}

function waitingIn(rows: readonly StoredChange[], now: number): { count: number; until: string } {
	const open = rows.filter(
		({ kind, state, dueAt }) => kind === 'sync' && state === 'held' && (instantOf(dueAt) ?? 0) > now,
	);
	return { count: open.length, until: open.map(({ dueAt }) => dueAt).sort()[0] ?? '' };
}
