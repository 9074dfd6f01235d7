import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { scriptOf, usedCode } from './usedCode.mts';

/** A node as it is drawn. */
export interface NodeDrawing {
	/** Unique in the workflow; a trigger's name must not contain a space (n8n's command line). */
	name: string;
	/** Without a dot it is one of n8n's own, as in `code`; otherwise the full name. */
	type: string;
	version: number;
	parameters?: Record<string, unknown>;
	/** Column and row of the grid. */
	at: [column: number, row: number];
	/** What n8n does where the node fails. Default: the execution ends. */
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** Tries and the milliseconds between them; n8n allows at most 5 and 5,000. */
	retry?: { tries: number; wait: number };
	/** Run once for all items instead of once for each. */
	once?: boolean;
	/** Give one empty item out where there would be none. */
	always?: boolean;
	disabled?: boolean;
}

export interface WorkflowFile {
	name: string;
	nodes: Record<string, unknown>[];
	connections: Record<string, { main: { node: string; type: 'main'; index: number }[][] }>;
	settings: Record<string, string>;
}

const COLUMN = 208;
const ROW = 192;

/** The grid of n8n's canvas, which nodes and notes snap to. */
const SNAP = 16;

/**
 * A workflow that is drawn by a program, so that the code of its Code nodes can stand in files of its
 * own, parts that several workflows share stand once, and the same drawing gives the same file.
 */
export class Workflow {
	readonly name: string;
	readonly #settings: Record<string, string>;
	readonly #nodes: Record<string, unknown>[] = [];
	readonly #connections: WorkflowFile['connections'] = {};

	/**
	 * @param name as n8n shows it in the list of workflows
	 * @param settings of the workflow, besides the order in which nodes run
	 */
	constructor(name: string, settings: Record<string, string> = {}) {
		this.name = name;
		this.#settings = { executionOrder: 'v1', ...settings };
	}

	/** @returns the node's name, for {@link connect} */
	add(node: NodeDrawing): string {
		if (this.#nodes.some(({ name }) => name === node.name)) {
			throw new Error(`${this.name} has two nodes called "${node.name}"`);
		}
		this.#nodes.push({
			parameters: node.parameters ?? {},
			id: this.#idOf(node.name),
			name: node.name,
			type: node.type.includes('.') ? node.type : `n8n-nodes-base.${node.type}`,
			typeVersion: node.version,
			position: [snapped(node.at[0] * COLUMN), snapped(node.at[1] * ROW)],
			...(node.onError ? { onError: node.onError } : {}),
			...(node.retry
				? { retryOnFail: true, maxTries: node.retry.tries, waitBetweenTries: node.retry.wait }
				: {}),
			...(node.once ? { executeOnce: true } : {}),
			...(node.always ? { alwaysOutputData: true } : {}),
			...(node.disabled ? { disabled: true } : {}),
		});
		return node.name;
	}

	/** From an output of one node to an input of another. The outputs count from 0. */
	connect(from: string, to: string, { output = 0, input = 0 } = {}): void {
		const outputs = (this.#connections[from] ??= { main: [] }).main;
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index: input });
	}

	/** Each one's first output to the first input of the next. */
	chain(...names: string[]): void {
		names.slice(1).forEach((to, index) => this.connect(names[index] ?? '', to));
	}

	/**
	 * A sticky note.
	 *
	 * @param at column and row of its upper left corner; fractions are fine
	 * @param size columns and rows
	 * @param color n8n's number, from 1 to 7; 7 is grey, 3 red, 4 green, 5 blue
	 */
	note(
		title: string,
		text: string,
		at: [column: number, row: number],
		size: [columns: number, rows: number],
		color = 7,
	): void {
		const name = `Note: ${title}`;
		this.#nodes.push({
			parameters: {
				content: text.trim(),
				width: snapped(size[0] * COLUMN),
				height: snapped(size[1] * ROW),
				color,
			},
			id: this.#idOf(name),
			name,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [snapped(at[0] * COLUMN), snapped(at[1] * ROW)],
		});
	}

	/** @throws Error for a connection to or from a node that was not added */
	file(): WorkflowFile {
		const names = new Set(this.#nodes.map(({ name }) => name));
		const targets = Object.values(this.#connections).flatMap(({ main }) => main.flat());
		for (const name of [...Object.keys(this.#connections), ...targets.map(({ node }) => node)]) {
			if (!names.has(name)) throw new Error(`${this.name} connects "${name}", which it does not have`);
		}
		return {
			name: this.name,
			nodes: this.#nodes,
			connections: this.#connections,
			settings: this.#settings,
		};
	}

	/** The same for the same names, so that drawing again changes nothing. */
	#idOf(name: string): string {
		const hex = createHash('sha256').update(`${this.name}\n${name}`).digest('hex');
		return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
	}
}

function snapped(length: number): number {
	return Math.round(length / SNAP) * SNAP;
}

/**
 * The code of a Code node.
 *
 * @param files from the root of the checkout. What stands in the earlier ones is known to the later
 * ones, and is left out where it is not used: that is how workflows share code, since n8n's Code nodes
 * cannot import. A file of TypeScript, such as one of `lib/`, gives its functions; the files that it
 * imports from are given before it.
 */
export function code(...files: string[]): Record<string, unknown> {
	return { jsCode: usedCode(files.map(scriptIn)) };
}

/** For Code nodes that compare or read addresses: the package reads them in the same way. */
export const ADDRESSES = [
	'canvas/code/emailKey.js',
	'lib/scim/emailAddress.ts',
	'canvas/code/bareAddresses.js',
] as const;

/** The text of a file as a Code node can run it. */
export function scriptIn(file: string): string {
	const text = readFileSync(join(file), 'utf8');
	return /\.m?ts$/.test(file) ? scriptOf(text) : text;
}

/** For a workflow that is only asked: n8n would keep what it answers, and a copy of the workflow, each time. */
export const KEEPS_NO_EXECUTIONS = { saveDataSuccessExecution: 'none' };
