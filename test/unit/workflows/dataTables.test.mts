import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { TABLES } from '../../../lib/lifecycle/tables.ts';

const makes = z.object({
	parameters: z.object({
		tableName: z.string(),
		columns: z.object({ column: z.array(z.object({ name: z.string(), type: z.string() })) }),
		options: z.object({ createIfNotExists: z.literal(true) }),
	}),
});

function tablesMade(): Record<string, Record<string, string>> {
	const file: unknown = JSON.parse(readFileSync('workflows/data-tables/data-tables.json', 'utf8'));
	const { nodes } = z.object({ nodes: z.array(z.unknown()) }).parse(file);
	return Object.fromEntries(
		nodes.flatMap((node) => {
			const read = makes.safeParse(node);
			if (!read.success) return [];
			const { tableName, columns } = read.data.parameters;
			return [[tableName, Object.fromEntries(columns.column.map(({ name, type }) => [name, type]))]];
		}),
	);
}

it('makes every Data Table with exactly the columns that the node reads and writes', () => {
	expect(tablesMade()).toEqual(TABLES);
});

it('gives no table a name that is part of another one, because n8n finds a table by a part of its name', () => {
	const names = Object.keys(TABLES);
	for (const name of names) expect(names.filter((other) => other.includes(name))).toEqual([name]);
});

it('gives no column the name "error", which a node with Retry On Fail takes for a failure', () => {
	for (const columns of Object.values(TABLES)) expect(Object.keys(columns)).not.toContain('error');
});
