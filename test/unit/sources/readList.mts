import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';

import { type Fields, SETTINGS } from './listCode.mts';

const fileSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) })),
});
const itemsSchema = z.array(z.object({ json: z.record(z.unknown()) }));

export interface Reading {
	people: Fields[];
	manifest: Fields;
}

/** What the delivered list source says of a CSV file with this text, without n8n. */
export function readCsv(csv: string, settings: Fields = {}): Reading {
	return answerOf({ File: [{}], Text: [{ csv }] }, { from: 'csvFile', ...settings });
}

/** What it says of a Data Table with these rows. */
export function readTable(rows: Fields[], settings: Fields = {}): Reading {
	const steps = { Tables: [{ name: SETTINGS.table }], Rows: rows.map((row, index) => ({ id: index + 1, ...row })) };
	return answerOf(steps, { from: 'dataTable', ...settings });
}

function answerOf(steps: Record<string, Fields[]>, settings: Fields): Reading {
	const { nodes } = fileSchema.parse(JSON.parse(readFileSync('workflows/sources/list/list.json', 'utf8')));
	const code = nodes.find(({ name }) => name === 'Read people')?.parameters['jsCode'];
	const all: Record<string, Fields[]> = { ...steps, WhenCalled: [{ ask: 'everybody' }], Settings: [{ ...SETTINGS, ...settings }] };
	const $ = (name: string) => {
		const items = (all[name] ?? []).map((json) => ({ json }));
		return { all: () => items, first: () => items[0] };
	};
	const made: unknown = new Function('$', '$runIndex', 'DateTime', String(code))($, 0, DateTime);
	const jsons = itemsSchema.parse(made).map(({ json }) => json);
	return { people: jsons.slice(0, -1), manifest: jsons.at(-1) ?? {} };
}
