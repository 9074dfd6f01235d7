import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** What n8n's database has of executions. */
interface Stored {
	/** The highest ID so far: n8n gives one to every execution, also to those that it does not keep. */
	newest: number;
	executions: Array<{ id: number; workflow: string; bytes: number }>;
}

const rowSchema = z.object({ id: z.number(), workflow: z.string(), bytes: z.number() });

/** @param file n8n's SQLite database */
export function stored(file: string): Stored {
	const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
	try {
		const rows = database
			.prepare(
				`SELECT e.id AS id, w.name AS workflow,
					coalesce(length(CAST(d.data AS BLOB)), 0) + coalesce(length(CAST(d.workflowData AS BLOB)), 0) AS bytes
				FROM execution_entity e
				JOIN workflow_entity w ON w.id = e.workflowId
				LEFT JOIN execution_data d ON d.executionId = e.id`,
			)
			.all();
		const sequence = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'execution_entity'").get();
		const newest = z.object({ seq: z.number() }).catch({ seq: 0 }).parse(sequence).seq;
		return { newest, executions: z.array(rowSchema).parse(rows) };
	} finally {
		database.close();
	}
}

/** Bytes of what n8n keeps for the nodes of a workflow between two executions. @param file n8n's SQLite database */
export function staticDataBytes(file: string, workflowId: string): number {
	const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
	try {
		const row = database.prepare('SELECT coalesce(length(CAST(staticData AS BLOB)), 0) AS bytes FROM workflow_entity WHERE id = ?').get(workflowId);
		return z.object({ bytes: z.number() }).parse(row).bytes;
	} finally {
		database.close();
	}
}

/** What came between two looks: how many executions began, and what n8n keeps of them. */
export function since(before: Stored, after: Stored) {
	const fresh = after.executions.filter(({ id }) => id > before.newest);
	const names = [...new Set(fresh.map(({ workflow }) => workflow))].sort();
	const kept = names.map((workflow) => {
		const own = fresh.filter((one) => one.workflow === workflow);
		return { workflow, executions: own.length, bytes: sum(own) };
	});
	return { started: after.newest - before.newest, bytes: sum(fresh), kept };
}

function sum(rows: Array<{ bytes: number }>): number {
	return rows.reduce((total, { bytes }) => total + bytes, 0);
}
