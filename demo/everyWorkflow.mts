import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

import { makeDataTables } from '../host/dataTables.mts';
import type { CredentialReference } from '../host/importedWorkflow.mts';
import { workflowFiles } from '../host/pullWorkflows.mts';
import type { N8nHost } from '../host/startHost.mts';
import { importSource, SOURCE } from './world.mts';

/** Has a manual trigger only, so that n8n publishes it never. */
const TABLES = 'Notion SCIM: data tables';

/** By the name of an Execute Sub-workflow node: the workflow that a person would pick there. */
const PICKS: Record<string, string> = {
	'Read the employee': SOURCE,
	'Read the employees': SOURCE,
	'Read leavers': SOURCE,
	'Read joiners': SOURCE,
	'Read the HRIS': SOURCE,
	'Directory source': SOURCE,
	'Raise alert': 'Notion SCIM: error notification',
	'Raise failure alert': 'Notion SCIM: error notification',
	'Call onboarding': 'Notion SCIM: onboarding',
	'Call offboarding': 'Notion SCIM: offboarding lockdown',
	'Call emergency': 'Notion SCIM: emergency lockdown',
	'Lock out': 'Notion SCIM: offboarding lockdown',
	'Lock out missed': 'Notion SCIM: offboarding lockdown',
	'Lock out of Entra': 'Notion SCIM: lock out of Entra',
	'Lock out of Okta': 'Notion SCIM: lock out of Okta',
	'Lock out of Google': 'Notion SCIM: lock out of Google',
};

/** A workflow of this repository in an n8n. */
export interface ShownWorkflow {
	name: string;
	id: string;
	/** Why it is not published; undefined where it is. */
	problem?: string;
}

/**
 * Imports every workflow of workflows/ as its file has it, with the credentials and sub-workflows that a
 * person would pick, and publishes those that can be published.
 */
export async function showEveryWorkflow(
	host: N8nHost,
	credentials: Record<string, CredentialReference>,
): Promise<ShownWorkflow[]> {
	const ids = new Map([
		[TABLES, await makeDataTables(host)],
		[SOURCE, await importSource(host, credentials)],
	]);
	const shown: ShownWorkflow[] = [...ids].map(([name, id]) => ({ name, id }));
	for (const { name, file, picks } of inOrder(workflowFiles())) {
		if (ids.has(name)) continue;
		const subWorkflows = Object.fromEntries(picks.flatMap(([node, pick]) => pairs(node, ids.get(pick))));
		const workflow: unknown = JSON.parse(readFileSync(file, 'utf8'));
		const { id } = await host.client.importWorkflow(workflow, { credentials, subWorkflows, settings: 'keep' });
		ids.set(name, id);
		shown.push({ name, id });
	}
	// The first two need nothing: one is run by hand, the other is published.
	for (const one of shown.slice(2)) {
		try {
			await host.client.publish(one.id);
		} catch (error) {
			one.problem = error instanceof Error ? error.message : String(error);
		}
	}
	return shown;
}

function pairs(node: string, id: string | undefined): Array<[string, string]> {
	return id === undefined ? [] : [[node, id]];
}

interface FileToImport {
	name: string;
	file: string;
	/** Names of nodes that call a workflow, and the workflow's name. */
	picks: Array<[node: string, workflow: string]>;
}

const callsSchema = z.object({
	nodes: z.array(
		z.object({
			name: z.string(),
			type: z.string(),
			parameters: z.object({
				workflowId: z
					.object({ value: z.string(), cachedResultName: z.string().optional() })
					.optional()
					.catch(undefined),
			}),
		}),
	),
});

/** A workflow comes behind those that it calls. */
function inOrder(files: Map<string, string>): FileToImport[] {
	const all = [...files].map(([name, file]) => ({ name, file, picks: picksOf(file) }));
	const ordered: FileToImport[] = [];
	const visit = (one: FileToImport, on: readonly string[]) => {
		if (ordered.includes(one) || on.includes(one.name)) return;
		for (const [, pick] of one.picks) {
			const called = all.find(({ name }) => name === pick);
			if (called) visit(called, [...on, one.name]);
		}
		ordered.push(one);
	};
	for (const one of all) visit(one, []);
	return ordered;
}

function picksOf(file: string): FileToImport['picks'] {
	const { nodes } = callsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	const isDrawn = existsSync(join(dirname(file), 'canvas.mts'));
	return nodes.flatMap(({ name, type, parameters: { workflowId } }) => {
		if (!type.endsWith('.executeWorkflow') || workflowId?.value !== '') return [];
		const pick = PICKS[name] ?? workflowId.cachedResultName;
		if (pick === undefined && !isDrawn) throw new Error(`Say in demo/everyWorkflow.mts what "${name}" of ${file} calls.`);
		return pick === undefined ? [] : [[name, pick] satisfies [string, string]];
	});
}
