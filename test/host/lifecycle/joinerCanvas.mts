import { CHANGE_COLUMNS, LINK_COLUMNS } from '../../../lib/lifecycle/journal.ts';

type Parameters = Record<string, unknown>;

const JOURNAL = 'notion_scim_changes';
const LINKS = 'notion_scim_links';

/** Each node stands below the one before it. */
let places = 0;

const node = (name: string, type: string, typeVersion: number, parameters: Parameters, more: object = {}) => ({
	id: name,
	name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, (places += 100)],
	parameters,
	...more,
});

const notion = (name: string, operation: string, parameters: Parameters) =>
	node(name, 'n8n-nodes-notion-scim.notionScim', 1, { resource: 'lifecycle', operation, ...parameters });

const webhook = (path: string) =>
	node('Webhook', 'webhook', 2.1, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} });

const table = (name: string, columns: Record<string, string>) =>
	node(`Make ${name}`, 'dataTable', 1, {
		resource: 'table',
		operation: 'create',
		tableName: name,
		columns: { column: Object.entries(columns).map(([column, type]) => ({ name: column, type })) },
		options: { createIfNotExists: true },
	});

/** Each row by its ID where it has one; all columns as the item has them. */
const store = (name: string, into: string, columns: Record<string, string>, by: Array<[string, string]>) =>
	node(name, 'dataTable', 1, {
		resource: 'row',
		operation: 'upsert',
		dataTableId: { __rl: true, mode: 'name', value: into },
		matchType: 'allConditions',
		filters: { conditions: by.map(([keyName, keyValue]) => ({ keyName, condition: 'eq', keyValue })) },
		columns: {
			mappingMode: 'autoMapInputData',
			value: {},
			matchingColumns: [],
			schema: Object.entries(columns).map(([id, type]) => ({ id, displayName: id, type, display: true })),
		},
		options: {},
	});

const storeRows = (name: string) => store(name, JOURNAL, CHANGE_COLUMNS, [['id', '={{ $json.id ?? 0 }}']]);

const read = (name: string, from: string, by: Array<[string, string, string]>) =>
	node(
		name,
		'dataTable',
		1,
		{
			resource: 'row',
			operation: 'get',
			dataTableId: { __rl: true, mode: 'name', value: from },
			matchType: 'anyCondition',
			filters: { conditions: by.map(([keyName, condition, keyValue]) => ({ keyName, condition, keyValue })) },
			returnAll: true,
		},
		{ alwaysOutputData: true },
	);

const byEmployee: Array<[string, string, string]> = [
	['employeeId', 'eq', "={{ $json.employeeId || '-' }}"],
	['email', 'ilike', "={{ $json.email || '(none)' }}"],
];

/** What an HRIS source answers about each of the stored events. */
const hris = () =>
	node('Read the employee', 'set', 3.4, {
	mode: 'raw',
	jsonOutput:
		"={{ { found: true, source: 'bamboohr', sourceId: $json.employeeId, status: 'active', email: $json.employeeId + '@example.com', displayName: 'Person ' + $json.employeeId, department: 'Sales', startDate: '2026-01-05', asked: { employeeId: $json.employeeId, email: $json.email } } }}",
	options: {},
});

type Connections = Record<string, { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> }>;

function chain(...names: string[]): Connections {
	return Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1] ?? '', type: 'main', index: 0 }]] }]),
	);
}

/** Makes the Data Tables. */
export const setUp = {
	name: 'set up',
	nodes: [webhook('set-up'), table(JOURNAL, CHANGE_COLUMNS), table(LINKS, LINK_COLUMNS)],
	connections: chain('Webhook', `Make ${JOURNAL}`, `Make ${LINKS}`),
};

const group = (name: string) => ({ __rl: true, mode: 'name', value: name });

/** n8n takes the branches of a node from top to bottom, by the positions of their first nodes, each to its end. */
const fork = (from: string, ...to: string[]): Connections => ({
	[from]: { main: [to.map((node) => ({ node, type: 'main', index: 0 }))] },
});

/** The workflow onboarding in short: the parameters that take rows have their defaults. */
export const onboarding = {
	name: 'onboarding in short',
	nodes: [
		webhook('onboard'),
		notion('Receive events', 'receive', { job: 'joiners', source: 'bamboohr' }),
		storeRows('Store events'),
		read('Read journal', JOURNAL, [['key', 'eq', '={{ $json.key }}'], ...byEmployee]),
		read('Read links', LINKS, byEmployee),
		hris(),
		notion('Plan changes', 'plan', {
			job: 'joiners',
			timeZone: { __rl: true, mode: 'list', value: 'Europe/Berlin' },
			departmentGroups: { entries: [{ department: '*', group: group('All Staff') }] },
			createMissingGroups: true,
		}),
		storeRows('Store plan'),
		notion('Apply changes', 'apply', {}),
		storeRows('Store outcome'),
		store('Store links', LINKS, LINK_COLUMNS, [
			['source', '={{ $json.source }}'],
			['employeeId', '={{ $json.employeeId }}'],
			['companyId', '={{ $json.companyId }}'],
		]),
	],
	connections: {
		...chain('Webhook', 'Receive events', 'Store events'),
		...fork('Store events', 'Read journal', 'Read links', 'Read the employee'),
		...chain('Read the employee', 'Plan changes', 'Store plan', 'Apply changes'),
		'Apply changes': {
			main: ['Store outcome', 'Store links'].map((name) => [{ node: name, type: 'main', index: 0 }]),
		},
	},
};
