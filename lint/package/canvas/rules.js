const { bottomOfText, boxOfNode, boxOfNote, contains, isNote, overlap } = require('./geometry');

/** The limits of a canvas that a person can read. */
const MOST_NODES = 25;
const MOST_BYTES = 64_000;
const LONGEST_EXPRESSION = 120;

const OURS = ['n8n-nodes-notion-scim.notionScim', 'n8n-nodes-notion-scim.notionScimTool'];

/** Parameters that n8n adds to a node as a tool. */
const OF_TOOL = ['descriptionType', 'toolDescription'];

const BASE = 'n8n-nodes-base.';

/** What n8n 2.41 itself calls deprecated or out of date, in the panel of the node. */
const DEPRECATED = [
	{
		type: `${BASE}executeWorkflow`,
		is: ({ typeVersion }) => typeVersion < 1.2,
		why: 'n8n calls this version out of date',
	},
	{
		type: `${BASE}executeWorkflow`,
		is: ({ parameters }) => ['localFile', 'url'].includes(parameters.source),
		why: 'n8n calls the sources "Local File" and "URL" deprecated',
	},
	{
		type: `${BASE}executeWorkflow`,
		is: ({ parameters }) => parameters.mode === 'each',
		why: 'n8n calls "Run once for each item" deprecated',
	},
	{
		type: `${BASE}executeWorkflowTrigger`,
		is: ({ typeVersion }) => typeVersion < 1.1,
		why: 'n8n calls this version out of date',
	},
];

/** Nodes that run custom code, under their names in n8n. */
const CODE = ['code', 'function', 'functionItem'].map((name) => BASE + name);

/** Columns that n8n adds to every table. */
const OF_N8N = ['id', 'createdAt', 'updatedAt'];

/**
 * @typedef {object} Known
 * @property {Record<string, { versions: number[], trigger: boolean }>} types node types
 * @property {{ properties: object[] }} description of the node Notion SCIM
 * @property {Record<string, Record<string, string>>} tables names and columns of the Data Tables
 */

/**
 * Each rule gives sentences about what is wrong.
 *
 * @type {Record<string, (workflow: object, known: Known, file: { path: string, text: string }) => string[]>}
 */
const RULES = {
	size: ({ nodes }, _known, { text }) => {
		const count = nodesOf(nodes).length;
		const bytes = Buffer.byteLength(text);
		return [
			...(count > MOST_NODES ? [`has ${count} nodes beside its notes, and at most ${MOST_NODES} can be read`] : []),
			...(bytes > MOST_BYTES ? [`has ${kilobytes(bytes)} kB, and ${MOST_BYTES / 1000} are the most`] : []),
		];
	},

	code: ({ nodes }, _known, { path }) =>
		isSource(path)
			? []
			: nodes
					.filter(({ type }) => CODE.includes(type))
					.map(({ name }) => `"${name}" is a Code node: what is decided stands in lib/`),

	expressions: ({ nodes }) =>
		nodes.flatMap(({ name, parameters }) =>
			textsIn(parameters)
				.flatMap(expressionsIn)
				.filter((expression) => expression.length > LONGEST_EXPRESSION || expression.includes('\n'))
				.map((expression) => `"${name}" has an expression of more than a line: ${expression.slice(0, 60)}…`),
		),

	wires: ({ nodes, connections }) => {
		const places = new Map(nodes.map(({ name, position }) => [name, position]));
		return wiresOf(connections)
			.filter(({ from, to, isMain }) => isMain && (places.get(to)?.[0] ?? 0) < (places.get(from)?.[0] ?? 0))
			.map(({ from, to }) => `the wire from "${from}" to "${to}" runs back`);
	},

	reached: ({ nodes, connections }, { types }) => {
		const reached = new Set(nodes.filter(({ type }) => types[type]?.trigger).map(({ name }) => name));
		const wires = wiresOf(connections);
		// A set that grows while it is walked through comes to its end when nothing new is reached.
		for (const name of reached) {
			for (const { from, to, isMain } of wires) {
				if (from === name) reached.add(to);
				// What a node uses, such as a model or a tool, is wired towards it.
				if (to === name && !isMain) reached.add(from);
			}
		}
		return nodesOf(nodes)
			.filter(({ name }) => !reached.has(name))
			.map(({ name }) => `no trigger leads to "${name}"`);
	},

	notes: ({ nodes, connections }) => {
		const boxes = nodesOf(nodes).map((node) => ({
			name: node.name,
			box: boxOfNode(node, connections[node.name]?.main?.length),
		}));
		return nodes.filter(isNote).flatMap((note) => {
			const frame = boxOfNote(note);
			const framed = boxes.filter(({ box }) => contains(frame, box));
			const covered = boxes.filter(({ box }) => overlap(frame, box) && !contains(frame, box));
			const end = Math.min(frame.bottom, ...framed.map(({ box }) => box.top));
			return [
				...covered.map(({ name }) => `the note "${note.name}" covers a part of "${name}"`),
				...(bottomOfText(note) > end + 24 ? [`the text of the note "${note.name}" does not fit`] : []),
			];
		});
	},

	operations: ({ nodes }, { description }) =>
		nodes.filter(({ type }) => OURS.includes(type)).flatMap((node) => problemsOfOperation(node, description)),

	references: ({ nodes }, { description }) => {
		const names = new Set(nodes.map(({ name }) => name));
		return nodes.flatMap((node) =>
			[...new Set([...textsIn(node.parameters), ...defaultsOf(node, description)].flatMap(namesIn))]
				.filter((name) => !names.has(name))
				.map((name) => `"${node.name}" takes something from "${name}", which is no node here`),
		);
	},

	subWorkflows: ({ nodes }) =>
		nodes
			.filter(({ type }) => type === `${BASE}executeWorkflow`)
			.filter(({ parameters: { workflowId } }) => !isUnpicked(workflowId))
			.map(({ name }) => `"${name}" names a workflow of one installation: its picker must be an empty list`),

	// The source of a list reads whatever table its Settings name.
	tables: ({ nodes }, { tables }, { path }) =>
		(isSource(path) ? [] : nodes)
			.filter(({ type, parameters }) => type === `${BASE}dataTable` && parameters.resource !== 'table')
			.flatMap((node) => problemsOfTable(node, tables)),

	triggers: ({ nodes }, { types }) =>
		nodes
			.filter(({ type, name }) => types[type]?.trigger && name.includes(' '))
			.map(({ name }) => `the name of the trigger "${name}" has a space`),

	versions: ({ nodes }, { types }) =>
		nodes.flatMap((node) => {
			const newest = types[node.type]?.versions.at(-1) ?? node.typeVersion;
			const isOld = Math.trunc(node.typeVersion) < Math.trunc(newest);
			const deprecated = DEPRECATED.filter(({ type, is }) => type === node.type && is(node));
			return [
				...(isOld ? [`"${node.name}" has version ${node.typeVersion} of ${node.type}, and ${newest} is the newest`] : []),
				...deprecated.map(({ why }) => `"${node.name}": ${why}`),
			];
		}),
};

/** @returns {string[]} everything that is wrong with a workflow */
function problemsOf(workflow, known, file) {
	return Object.values(RULES).flatMap((rule) => rule(workflow, known, file));
}

/** What a line of the table of all workflows says. */
function figuresOf({ name, nodes }, text) {
	return {
		name,
		nodes: nodesOf(nodes).length,
		code: nodes.filter(({ type }) => CODE.includes(type)).length,
		kB: kilobytes(Buffer.byteLength(text)),
	};
}

const isSource = (path) => path.startsWith('workflows/sources/');

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

function nodesOf(nodes) {
	return nodes.filter((node) => !isNote(node));
}

function wiresOf(connections) {
	return Object.entries(connections).flatMap(([from, outputs]) =>
		Object.values(outputs)
			.flat(2)
			.flatMap((target) => (target ? [{ from, to: target.node, isMain: target.type === 'main' }] : [])),
	);
}

/** Every text in a value, however deep. */
function textsIn(value) {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The expressions of a text: n8n reads them only where it begins with an equals sign. */
function expressionsIn(text) {
	return text.startsWith('=') ? [...text.matchAll(/\{\{(.*?)\}\}(?!\})/gs)].map(([, inner]) => inner.trim()) : [];
}

function isUnpicked(workflowId) {
	return workflowId?.mode === 'list' && workflowId.value === '' && workflowId.cachedResultName === undefined;
}

/** The nodes that an expression names. */
function namesIn(text) {
	return text.startsWith('=') ? [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name) : [];
}

/** The texts in the default values of parameters that a node of ours does not set. */
function defaultsOf({ type, parameters }, { properties }) {
	if (!OURS.includes(type)) return [];
	return properties
		.filter((property) => shownBy(parameters)(property) && parameters[property.name] === undefined)
		.flatMap((property) => textsIn(property.default));
}

/** Whether a property is there for this resource, operation and whatever else it depends on. */
function shownBy(parameters) {
	return ({ displayOptions: { show } = {} }) =>
		Object.entries(show ?? {}).every(([key, values]) => parameters[key] === undefined || values.includes(parameters[key]));
}

function problemsOfOperation({ name, parameters }, { properties }) {
	const { resource, operation } = parameters;
	const shows = shownBy({ resource, operation });
	const isOption = (key, value) =>
		properties.some((property) => property.name === key && shows(property) && property.options?.some((one) => one.value === value));
	if (!isOption('resource', resource) || !isOption('operation', operation)) {
		return [`"${name}" asks Notion SCIM for ${resource}.${operation}, which is no operation of it`];
	}
	const names = new Set([...properties.filter(shows).map((property) => property.name), ...OF_TOOL]);
	return Object.keys(parameters)
		.filter((key) => !names.has(key))
		.map((key) => `"${name}" sets "${key}", which ${resource}.${operation} does not have`);
}

function problemsOfTable({ name, parameters }, tables) {
	const { dataTableId, operation, columns, filters } = parameters;
	const own = Object.keys(tables[dataTableId?.value] ?? {});
	if (dataTableId?.mode !== 'name' || own.length === 0) {
		return [`"${name}" must name one of ${Object.keys(tables).join(', ')}`];
	}
	const known = [...own, ...OF_N8N];
	const unknown = (keys, what) =>
		keys.filter((key) => !known.includes(key)).map((key) => `"${name}" ${what} "${key}", which ${dataTableId.value} does not have`);
	const problems = unknown((filters?.conditions ?? []).map(({ keyName }) => keyName), 'looks for');
	if (!['insert', 'update', 'upsert'].includes(operation)) return problems;
	problems.push(...unknown(Object.keys(columns?.value ?? {}), 'writes'));
	const shown = (columns?.schema ?? []).map(({ id }) => id);
	const isWhole = own.length === shown.length && own.every((column) => shown.includes(column));
	// Without a list of columns n8n takes those of the table.
	if (columns?.mappingMode === 'autoMapInputData' && shown.length > 0 && !isWhole) {
		problems.push(`"${name}" does not show exactly the columns of ${dataTableId.value}`);
	}
	return problems;
}

module.exports = { figuresOf, problemsOf };
