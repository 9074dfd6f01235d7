import { z } from 'zod';

import type { CredentialUses } from '../assets.mts';
import { type Answers, WEBHOOK } from '../answers/answers.mts';
import { isEventWorkflow, webhookIdOf } from '../catalog/events.mts';
import { ALERTS } from '../catalog/jobs.mts';
import type { ExistingWorkflow, WorkflowFile, WorkflowNode } from '../n8n/schemas.mts';
import { credentialTypesOf } from './credentialTypes.mts';
import { filledParameters } from './parameters.mts';
import type { WantedWorkflow } from './wantedWorkflows.mts';

export type WorkflowContent = WorkflowFile;

/** What the content of a workflow depends on, besides its file. */
export interface Surroundings {
	answers: Answers;
	uses: CredentialUses;
	/** The ID of a workflow in n8n. */
	idOf(key: string): string;
	/** The credential for a node, if there is one. */
	credentialFor(type: string, workflow: string): { id: string; name: string } | undefined;
}

/** Of these two triggers one is used. */
const SIGNED_EVENTS = 'n8n-nodes-hris-trigger.hrisTrigger';
const HEADER_EVENTS = 'HrisWebhook';
/** The Webhook node for hints of a directory, by its name. */
const HINTS = 'DirectoryHint';

/**
 * A workflow as it is made in this n8n: filled in, with its credentials, wired to what it calls.
 * @param existing whose addresses stay as they are
 */
export function contentOf(wanted: WantedWorkflow, surroundings: Surroundings, existing?: ExistingWorkflow): WorkflowContent {
	const { key, file } = wanted;
	const used = file.nodes.filter((node) => !isUnusedTrigger(node, key, surroundings.answers));
	const unused = new Set(file.nodes.filter((node) => !used.includes(node)).map(({ name }) => name));
	return {
		name: file.name,
		nodes: used.map((node) => nodeOf(node, wanted, surroundings, existing)),
		connections: Object.fromEntries(Object.entries(file.connections).filter(([from]) => !unused.has(from))),
		settings: settingsOf(wanted, surroundings),
	};
}

/**
 * n8n publishes no trigger without its package and its credential. The Webhook node for events is delivered disabled;
 * the one for hints serves only where no HRIS reports changes. Emergencies have no HRIS.
 */
function isUnusedTrigger({ type, name }: WorkflowNode, workflow: string, { provider }: Answers): boolean {
	if (type === SIGNED_EVENTS) return provider === WEBHOOK || (provider === undefined && isEventWorkflow(workflow));
	return name === HINTS && provider !== undefined && provider !== WEBHOOK;
}

function nodeOf(node: WorkflowNode, { key, calls }: WantedWorkflow, surroundings: Surroundings, existing?: ExistingWorkflow): WorkflowNode {
	const { answers, uses } = surroundings;
	const callee = calls.get(node.name);
	const isUnusedCall = calls.has(node.name) && callee === undefined;
	const isUsedTrigger = node.name === HEADER_EVENTS && answers.provider === WEBHOOK;
	const { disabled, ...rest } = node;
	const isDisabled = isUnusedCall || (disabled === true && !isUsedTrigger);
	const filled: WorkflowNode = {
		...rest,
		...(isDisabled ? { disabled: true } : {}),
		parameters: wired(filledParameters(key, node, answers), callee === undefined ? undefined : surroundings.idOf(callee)),
	};
	const credentials = credentialTypesOf(filled, uses).flatMap((type) => {
		const found = surroundings.credentialFor(type, key);
		return found === undefined ? [] : [[type, found] as const];
	});
	const fixed = node.type === SIGNED_EVENTS && isEventWorkflow(key) ? webhookIdOf(answers.n8nUrl, key) : undefined;
	const webhookId = existing?.nodes.find(({ name }) => name === node.name)?.webhookId ?? fixed;
	return {
		...filled,
		...(webhookId === undefined ? {} : { webhookId }),
		...(credentials.length > 0 ? { credentials: Object.fromEntries(credentials) } : {}),
	};
}

const pickerSchema = z.object({ workflowId: z.looseObject({}) });

function wired(parameters: WorkflowNode['parameters'], id: string | undefined): WorkflowNode['parameters'] {
	const picker = pickerSchema.safeParse(parameters);
	if (!picker.success || id === undefined) return parameters;
	return { ...parameters, workflowId: { ...picker.data.workflowId, value: id } };
}

const hasOwnErrorTrigger = ({ nodes }: WorkflowFile) => nodes.some(({ type }) => type === 'n8n-nodes-base.errorTrigger');

/**
 * n8n runs the error workflow of the settings *instead of* a workflow's own Error Trigger, which puts rows back
 * for another try. So only workflows without one get it; the callers of sources try again by themselves.
 */
function settingsOf({ key, file }: WantedWorkflow, { answers, idOf }: Surroundings): WorkflowFile['settings'] {
	const isLeftToCaller = key === ALERTS || key.startsWith('sources/');
	return {
		...file.settings,
		timezone: answers.zone,
		...(isLeftToCaller || hasOwnErrorTrigger(file) ? {} : { errorWorkflow: idOf(ALERTS) }),
	};
}
