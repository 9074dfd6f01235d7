import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { z } from 'zod';

import { makeDataTables } from '../host/dataTables.mts';
import type { CredentialReference } from '../host/importedWorkflow.mts';
import { filledIn } from '../host/filledIn.mts';
import { type Filled, workflowFiles } from '../host/pullWorkflows.mts';
import type { N8nHost } from '../host/startHost.mts';
import { calleeOf } from '../setup/src/catalog/calls.mts';
import { zone } from './leaver.mts';
import { COMPANY_ZONE, importSource, SOURCE } from './world.mts';

/** Has only a manual trigger, so n8n never publishes it. */
const TABLES = 'Notion SCIM: data tables';

/** What a node calls that asks for people: here, always the same source. */
const ASKS_SOURCE = ['hris', 'directory', 'everybody'];

/** A workflow of this repository in an n8n. */
export interface ShownWorkflow {
	name: string;
	id: string;
	/** Why it is not published; undefined if it is. */
	problem?: string;
}

/**
 * Imports every workflow of workflows/ as in its file, with the credentials, sub-workflows, time zones and
 * addresses that a person would enter, and publishes those that can be published.
 * @param settings whether the settings of the files are kept; importing in the editor drops them
 */
export async function showEveryWorkflow(
	host: N8nHost,
	credentials: Record<string, CredentialReference>,
	settings: 'keep' | 'drop' = 'keep',
): Promise<{ shown: ShownWorkflow[]; filled: Filled }> {
	const filled: Filled = {};
	const ids = new Map([
		[TABLES, await makeDataTables(host)],
		[SOURCE, await importSource(host, credentials)],
	]);
	const shown: ShownWorkflow[] = [...ids].map(([name, id]) => ({ name, id }));
	for (const { name, file, picks } of inOrder(workflowFiles())) {
		if (ids.has(name)) continue;
		const subWorkflows = Object.fromEntries(picks.flatMap(([node, pick]) => pairs(node, ids.get(pick))));
		const workflow: unknown = JSON.parse(readFileSync(file, 'utf8'));
		const values = missingIn(workflow);
		filled[name] = values;
		const { id } = await host.client.importWorkflow(filledIn(workflow, values), { credentials, subWorkflows, settings });
		ids.set(name, id);
		shown.push({ name, id });
	}
	// The first two have no dependencies: a person runs one by hand, and the other is published.
	for (const one of shown.slice(2)) {
		try {
			await host.client.publish(one.id);
		} catch (error) {
			one.problem = error instanceof Error ? error.message : String(error);
		}
	}
	return { shown, filled };
}

const nodesSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
});

const emptyPick = z.object({ value: z.literal('') });

/** The values that a workflow needs before it can be published, the same in every company of the demo. */
function missingIn(workflow: unknown): Filled[string] {
	const values: Filled[string] = {};
	for (const { name, type, parameters } of nodesSchema.parse(workflow).nodes) {
		const { timeZone, fromEmail, toEmail, fallbackEmail, approvers, fallbackReviewer } = parameters;
		const own: Record<string, unknown> = {
			...(type.endsWith('.hrisTrigger') && timeZone === '' ? { timeZone: COMPANY_ZONE } : {}),
			...(emptyPick.safeParse(timeZone).success ? { timeZone: zone(COMPANY_ZONE) } : {}),
			...(isMail(type) && fromEmail === '' ? { fromEmail: 'n8n@example.com' } : {}),
			...(isMail(type) && toEmail === '' ? { toEmail: 'it@example.com' } : {}),
			...(fallbackEmail === '' ? { fallbackEmail: 'it@example.com' } : {}),
			...(approvers === '' ? { approvers: 'it@example.com' } : {}),
			...(fallbackReviewer === '' ? { fallbackReviewer: 'it@example.com', securityReviewer: 'security@example.com' } : {}),
		};
		if (Object.keys(own).length > 0) values[name] = own;
	}
	return values;
}

/** A mail, or the review step of an AI agent that mails. */
const isMail = (type: string): boolean => type.endsWith('.emailSend') || type.endsWith('.emailSendHitlTool');

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
				workflowId: z.object({ value: z.string() }).optional().catch(undefined),
			}),
		}),
	),
});

/** Each workflow follows those that it calls. */
function inOrder(files: Map<string, string>): FileToImport[] {
	const nameByKey = new Map([...files].map(([name, file]) => [keyOf(file), name]));
	const all = [...files].map(([name, file]) => ({ name, file, picks: picksOf(file, nameByKey) }));
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

function picksOf(file: string, nameByKey: ReadonlyMap<string, string>): FileToImport['picks'] {
	const { nodes } = callsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	return nodes.flatMap(({ name, type, parameters: { workflowId } }) => {
		if (!type.endsWith('.executeWorkflow') || workflowId?.value !== '') return [];
		const callee = calleeOf(keyOf(file), name);
		const pick = callee !== undefined && ASKS_SOURCE.includes(callee) ? SOURCE : nameByKey.get(callee ?? '');
		if (pick === undefined) throw new Error(`Say in setup/src/catalog/calls.mts what "${name}" of ${file} calls.`);
		return [[name, pick] satisfies [string, string]];
	});
}

/** The folder of a workflow, such as `onboarding`. */
const keyOf = (file: string): string => dirname(relative('workflows', file)).replaceAll(sep, '/');
