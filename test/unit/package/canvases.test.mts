import { figuresOf, problemsOf } from '../../../lint/package/canvas/rules.js';

const types = {
	'n8n-nodes-base.manualTrigger': { versions: [1], trigger: true },
	'n8n-nodes-base.noOp': { versions: [1], trigger: false },
	'n8n-nodes-base.set': { versions: [1, 2, 3, 3.4], trigger: false },
	'n8n-nodes-base.stickyNote': { versions: [1], trigger: false },
	'n8n-nodes-notion-scim.notionScim': { versions: [1], trigger: false },
};
const description = {
	properties: [
		{ name: 'resource', options: [{ value: 'user' }, { value: 'lifecycle' }] },
		{ name: 'operation', options: [{ value: 'get' }], displayOptions: { show: { resource: ['user'] } } },
		{ name: 'operation', options: [{ value: 'plan' }, { value: 'apply' }], displayOptions: { show: { resource: ['lifecycle'] } } },
		{ name: 'user', displayOptions: { show: { resource: ['user'], operation: ['get'] } } },
		{
			name: 'journalRows',
			default: "={{ $('Read journal').all() }}",
			displayOptions: { show: { resource: ['lifecycle'], operation: ['apply'], job: ['leavers'] } },
		},
		{ name: 'job', displayOptions: { show: { resource: ['lifecycle'], operation: ['apply'] } } },
	],
};
const tables = { notion_scim_links: { email: 'string', userId: 'string' } };
const known = { types, description, tables };

type Parameters = Record<string, unknown>;

const node = (name: string, type: string, x: number, parameters: Parameters = {}, more: Parameters = {}) => ({
	name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion: types[`n8n-nodes-base.${type}` as keyof typeof types]?.versions.at(-1) ?? 1,
	position: [x, 0],
	parameters,
	...more,
});
const note = (x: number, y: number, width: number, height: number, content = '## About') =>
	node('Note: about', 'stickyNote', x, { content, width, height }, { position: [x, y] });

/** A canvas that nothing is wrong with, with these nodes behind its trigger, one behind the other. */
function canvas(...nodes: ReturnType<typeof node>[]) {
	const all = [node('RunOnce', 'manualTrigger', 0), ...nodes];
	const chained = all.filter(({ type }) => !type.endsWith('stickyNote'));
	const connections = Object.fromEntries(
		chained.slice(1).map(({ name }, index) => [chained[index]?.name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return { name: 'Canvas', nodes: all, connections };
}

const check = (workflow: ReturnType<typeof canvas>, path = 'workflows/job/job.json', text = '{}') =>
	problemsOf(workflow, known, { path, text });

const store = (columns: Parameters, more: Parameters = {}) =>
	node('Store links', 'dataTable', 240, {
		operation: 'upsert',
		dataTableId: { mode: 'name', value: 'notion_scim_links' },
		filters: { conditions: [{ keyName: 'email' }] },
		columns,
		...more,
	});
const schema = (...ids: string[]) => ids.map((id) => ({ id }));
const call = (parameters: Parameters, typeVersion = 1.3) =>
	node('Raise alert', 'executeWorkflow', 240, parameters, { typeVersion });
const ours = (parameters: Parameters) => node('Read', 'n8n-nodes-notion-scim.notionScim', 240, parameters);

describe('the check of canvases', () => {
	it('finds nothing where a person can read the canvas', () => {
		const whole = canvas(
			store({ mappingMode: 'autoMapInputData', schema: schema('userId', 'email') }),
			node('Raise alert', 'executeWorkflow', 480, { workflowId: { mode: 'list', value: '' }, mode: 'once' }, { typeVersion: 1.3 }),
			node('Read', 'n8n-nodes-notion-scim.notionScim', 720, { resource: 'user', operation: 'get', user: '={{ $json.email }}' }),
			note(200, -80, 640, 260),
		);

		expect(check(whole)).toEqual([]);
	});

	it('ignores the default values of hidden parameters, and of those that the node sets', () => {
		expect(check(canvas(ours({ resource: 'lifecycle', operation: 'apply', job: 'joiners' })))).toEqual([]);
		expect(check(canvas(ours({ resource: 'lifecycle', operation: 'apply', journalRows: '[]' })))).toEqual([]);
	});

	it.each<[string, ReturnType<typeof canvas>, RegExp]>([
		['too many nodes', canvas(...Array.from({ length: 25 }, (_, i) => node(`N${i}`, 'noOp', i * 240))), /has 26 nodes/],
		['a Code node', canvas(node('Decide', 'code', 240)), /"Decide" is a Code node/],
		['a long expression', canvas(node('Set', 'set', 240, { a: [`=x {{ ${'1+'.repeat(70)}1 }}`] })), /expression of more than a line/],
		['an expression of two lines', canvas(node('Set', 'set', 240, { a: '={{ 1\n+ 1 }}' })), /expression of more than a line/],
		['a reference to no node', canvas(node('Set', 'set', 240, { a: "={{ $('Read').first() }}" })), /takes something from "Read", which/],
		[
			'a default value that refers to no node',
			canvas(ours({ resource: 'lifecycle', operation: 'apply' })),
			/takes something from "Read journal", which/,
		],
		['a wire that runs back', canvas(node('Later', 'noOp', 480), node('Earlier', 'noOp', 240)), /"Later" to "Earlier" runs back/],
		['a node that nothing leads to', { ...canvas(node('Lost', 'noOp', 240)), connections: {} }, /no trigger leads to "Lost"/],
		['a note over half a node', canvas(node('Set', 'set', 240), note(280, -20, 400, 200)), /covers a part of "Set"/],
		['a note over the name of a node', canvas(node('Set', 'set', 240), note(200, 110, 200, 100)), /covers a part of "Set"/],
		['a note that is too small', canvas(note(0, 200, 240, 80, 'Many words. '.repeat(40))), /does not fit/],
		['text behind framed nodes', canvas(note(-40, -60, 300, 300, 'Many words. '.repeat(30))), /does not fit/],
		['an operation that is none', canvas(ours({ resource: 'user', operation: 'plan' })), /user\.plan, which is no operation/],
		['a parameter that is none', canvas(ours({ resource: 'lifecycle', operation: 'plan', user: 'x' })), /sets "user"/],
		['a picked sub-workflow', canvas(call({ workflowId: { mode: 'list', value: '42' } })), /empty list/],
		['a sub-workflow by ID', canvas(call({ workflowId: { mode: 'id', value: '' } })), /empty list/],
		['a name left in a picker', canvas(call({ workflowId: { mode: 'list', value: '', cachedResultName: 'X' } })), /empty list/],
		['one run for each item', canvas(call({ workflowId: { mode: 'list', value: '' }, mode: 'each' })), /deprecated/],
		['an old sub-workflow node', canvas(call({ workflowId: { mode: 'list', value: '' } }, 1)), /out of date/],
		['a table by its ID', canvas(store({}, { dataTableId: { mode: 'id', value: 'notion_scim_links' } })), /must name one of/],
		['a table of another', canvas(store({}, { dataTableId: { mode: 'name', value: 'people' } })), /must name one of/],
		['a missing column', canvas(store({ mappingMode: 'autoMapInputData', schema: schema('email') })), /exactly the columns/],
		['a column that is none', canvas(store({ mappingMode: 'defineBelow', value: { mail: 1 } })), /writes "mail"/],
		['a filter that is none', canvas(store({}, { filters: { conditions: [{ keyName: 'mail' }] } })), /looks for "mail"/],
		['a space in a trigger', canvas(node('Run once', 'manualTrigger', 240)), /trigger "Run once" has a space/],
		['an old version', canvas(node('Set', 'set', 240, {}, { typeVersion: 2 })), /3\.4 is the newest/],
	])('finds %s', (_what, workflow, sentence) => {
		expect(check(workflow)).toEqual([expect.stringMatching(sentence)]);
	});

	it('finds a file that is too large', () => {
		expect(check(canvas(), undefined, 'x'.repeat(64_001))).toEqual([expect.stringMatching(/has 64\.0 kB/)]);
	});

	it('allows Code nodes in sources', () => {
		expect(check(canvas(node('Map', 'code', 240)), 'workflows/sources/acme/acme.json')).toEqual([]);
	});

	it('counts nodes without notes', () => {
		expect(figuresOf(canvas(node('Decide', 'code', 240), note(0, 200, 240, 80)), 'x'.repeat(1_250))).toEqual({
			name: 'Canvas',
			nodes: 2,
			code: 1,
			kB: '1.3',
		});
	});
});
