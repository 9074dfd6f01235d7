import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';

export type Item = Record<string, unknown>;

/** What the vendor answers; nothing for 404. */
export type Answers = (url: URL, body: unknown) => { body: unknown; headers?: Record<string, string> } | undefined;

const assignmentSchema = z.object({ name: z.string(), type: z.string(), value: z.unknown() });
const fileSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
});
const itemsSchema = z.array(z.object({ json: z.record(z.unknown()) }));

/** More than any test needs. */
const MOST_ROUNDS = 100;

/**
 * Asks a source, with the code of its delivered file and without n8n. Each request brings one page.
 *
 * @param settings values of Settings that shall not be those of the file
 * @returns what it gives out in the end
 */
export function askWithoutHost(source: string, questions: Item[], settings: Item, answers: Answers): Item[] {
	const rounds: Rounds = { 'Read people': [], Ask: [] };
	const run = codeOf(source, questions, settings, rounds);
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const items = run(round);
		if (items[0]?.['url'] === undefined) return items;
		rounds['Read people']?.push(items);
		rounds['Ask']?.push(
			items.map(({ url, body }) => {
				const found = answers(new URL(String(url)), body);
				return found === undefined ? { statusCode: 404, headers: {}, body: {} } : { statusCode: 200, headers: {}, ...found };
			}),
		);
	}
	throw new Error(`${source} never comes to an end`);
}

/** The requests that a directory source makes first. @throws Error for settings that it refuses */
export function firstRequestsOf(source: string, settings: Item): Item[] {
	return codeOf(source, [{ ask: 'everybody' }], settings, {})(0);
}

type Rounds = Record<string, Item[][]>;

/** The Code node of the delivered file. @returns what it gives out in a round */
function codeOf(source: string, questions: Item[], settings: Item, rounds: Rounds): (round: number) => Item[] {
	const file: unknown = JSON.parse(readFileSync(`workflows/sources/${source}/${source}.json`, 'utf8'));
	const { nodes } = fileSchema.parse(file);
	const given: Record<string, Item[]> = { WhenCalled: questions, Settings: [{ ...deliveredSettings(nodes), ...settings }] };
	const itemsOf = (name: string, run = 0) =>
		(given[name] ?? rounds[name]?.[run] ?? []).map((json, item) => ({ json, pairedItem: { item } }));
	const $ = (name: string) => ({
		all: (_output?: number, run?: number) => itemsOf(name, run),
		first: () => itemsOf(name)[0],
	});
	const code = String(nodes.find(({ type }) => type.endsWith('.code'))?.parameters['jsCode']);
	const run = new Function('$', '$runIndex', 'DateTime', code);
	return (round) => {
		const made: unknown = run($, round, DateTime);
		return itemsSchema.parse(made).map(({ json }) => json);
	};
}

/** Reads everyone. */
export function readWithoutHost(source: string, settings: Item, answers: Answers): { people: Item[]; manifest: Item } {
	const items = askWithoutHost(source, [{ ask: 'everybody' }], settings, answers);
	return { people: items.slice(0, -1), manifest: items.at(-1) ?? {} };
}

function deliveredSettings(nodes: z.infer<typeof fileSchema>['nodes']): Item {
	const parameters = nodes.find(({ name }) => name === 'Settings')?.parameters;
	const { assignments } = z.object({ assignments: z.object({ assignments: z.array(assignmentSchema) }) }).parse(parameters);
	return Object.fromEntries(
		assignments.assignments.map(({ name, type, value }) => [
			name,
			type === 'object' || type === 'array' ? JSON.parse(String(value)) : value,
		]),
	);
}
