import type { ExistingTable, TableSpec } from '../n8n/schemas.mts';
import type { Plan } from './steps.mts';

/**
 * Tables are found by their names, because workflows do so too. What a table has besides is left alone: it may
 * be the admin's own.
 */
export function planTables(existing: readonly ExistingTable[], wanted: readonly TableSpec[]): Plan {
	const plan: Plan = { steps: [], problems: [] };
	for (const table of wanted) {
		const found = existing.find(({ name }) => name === table.name);
		if (found === undefined) {
			plan.steps.push({ kind: 'createTable', table });
			continue;
		}
		const typeOf = new Map(found.columns.map(({ name, type }) => [name, type]));
		const wrong = table.columns.filter(({ name, type }) => typeOf.has(name) && typeOf.get(name) !== type);
		const missing = table.columns.filter(({ name }) => !typeOf.has(name));
		if (wrong.length > 0) plan.problems.push(problemOf(table.name, wrong, typeOf));
		else if (missing.length > 0) plan.steps.push({ kind: 'addColumns', table: found, columns: missing });
	}
	return { ...plan, problems: [...plan.problems, ...containing(existing, wanted)] };
}

function problemOf(table: string, wrong: TableSpec['columns'], typeOf: ReadonlyMap<string, string>): string {
	const columns = wrong.map(({ name, type }) => `"${name}" is a ${typeOf.get(name)} instead of a ${type}`);
	return `The Data Table ${table} has other columns than the workflows need: ${columns.join(', ')}. Rename that table in n8n, then run this again.`;
}

/** n8n finds a table by a part of its name, the newest first. */
function containing(existing: readonly ExistingTable[], wanted: readonly TableSpec[]): string[] {
	return existing.flatMap(({ name }) => {
		const part = wanted.find((table) => name !== table.name && name.includes(table.name));
		if (part === undefined) return [];
		return [`The Data Table ${name} contains the name ${part.name}, so n8n may take the one for the other. Rename it, then run this again.`];
	});
}
