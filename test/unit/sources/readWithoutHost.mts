import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';

export type Item = Record<string, unknown>;

/** What the vendor answers; nothing for 404. */
export type Answers = (url: URL) => { body: unknown; headers?: Record<string, string> } | undefined;

const assignmentSchema = z.object({ name: z.string(), type: z.string(), value: z.unknown() });
const fileSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) })),
});

/**
 * Reads everybody from a directory source that reads in rounds, with the code of its delivered file and
 * without n8n.
 *
 * @param settings values of Settings that shall not be those of the file
 * @param answerNode the node that gives out what was read
 */
export function readWithoutHost(
	source: string,
	settings: Item,
	answers: Answers,
	answerNode = 'Answer',
): { people: Item[]; manifest: Item } {
	const { nodes } = fileSchema.parse(
		JSON.parse(readFileSync(`workflows/sources/${source}/${source}.json`, 'utf8')),
	);
	const parametersOf = (name: string) => nodes.find((node) => node.name === name)?.parameters ?? {};
	const set = z
		.object({ assignments: z.object({ assignments: z.array(assignmentSchema) }) })
		.parse(parametersOf('Settings')).assignments.assignments;
	const delivered = set.map(({ name, type, value }) => [
		name,
		type === 'object' || type === 'array' ? JSON.parse(String(value)) : value,
	]);

	const first: Record<string, Item> = {
		WhenCalled: { ask: 'everybody' },
		Settings: { ...Object.fromEntries(delivered), ...settings },
	};
	const rounds: Record<string, Item[][]> = { 'To read': [], Ask: [] };
	const itemsOf = (name: string, run = 0) =>
		(first[name] ? [first[name]] : (rounds[name]?.[run] ?? [])).map((json) => ({ json }));
	const $ = (name: string) => ({
		all: (_output?: number, run?: number) => itemsOf(name, run),
		first: () => itemsOf(name)[0],
	});
	const run = (node: string, input: Item[], runIndex: number): Item[] => {
		const items = input.map((json) => ({ json }));
		const $input = { all: () => items, first: () => items[0] };
		const made: unknown = new Function('$', '$input', '$runIndex', 'DateTime', String(parametersOf(node)['jsCode']))(
			$,
			$input,
			runIndex,
			DateTime,
		);
		return z.array(z.object({ json: z.record(z.unknown()) })).parse(made).map(({ json }) => json);
	};

	let asked: Item[] = [];
	for (let round = 0; ; round += 1) {
		const toRead = run('To read', asked, round);
		if (toRead[0]?.['isRead'] === true) {
			const items = run(answerNode, toRead, 0);
			return { people: items.slice(0, -1), manifest: items.at(-1) ?? {} };
		}
		rounds['To read']?.push(toRead);
		asked = toRead.map(({ url }) => {
			const found = answers(new URL(String(url)));
			return found === undefined
				? { statusCode: 404, headers: {}, body: {} }
				: { statusCode: 200, headers: {}, ...found };
		});
		rounds['Ask']?.push(asked);
	}
}
