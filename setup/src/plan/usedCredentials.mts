import type { Secrets } from '../answers/answers.mts';
import { slotFor, type WantedCredential } from '../catalog/credentials.mts';
import { eventWebhooks, isEventWorkflow } from '../catalog/events.mts';
import { contentOf, type Surroundings, type WorkflowContent } from '../wanted/content.mts';
import { credentialTypesOf } from '../wanted/credentialTypes.mts';
import { ownWorkflows } from './planWorkflows.mts';
import type { Existing } from './steps.mts';
import type { Wanted } from './wanted.mts';

/** Whether n8n has a credential already. */
export type IsThere = (credential: WantedCredential) => boolean;

/** The credential of a slot, or the one that stands in while the slot has no secret of its own. */
export function servingCredential({ credentials, secrets }: Wanted, slot: string, isThere: IsThere): WantedCredential | undefined {
	const isKnown = (one: WantedCredential) => one.isReused === true || secrets[one.secret] !== undefined || isThere(one);
	const own = credentials.get(slot);
	const standIn = own?.standIn === undefined ? undefined : credentials.get(own.standIn);
	return own === undefined || standIn === undefined || isKnown(own) || !isKnown(standIn) ? own : standIn;
}

/** The credentials that a node of the wanted workflows asks for, each as it serves. */
export function usedCredentials(wanted: Wanted, isThere: IsThere): WantedCredential[] {
	const serving = [...usedSlots(wanted)].map((slot) => servingCredential(wanted, slot, isThere));
	return [...wanted.credentials.values()].filter((one) => serving.includes(one));
}

/** The credentials that nodes ask for, and those that may stand in for them. */
export function possibleCredentials(wanted: Wanted): WantedCredential[] {
	const slots = usedSlots(wanted);
	const standIns = [...slots].map((slot) => wanted.credentials.get(slot)?.standIn);
	return [...wanted.credentials.values()].filter(({ slot }) => slots.has(slot) || standIns.includes(slot));
}

/** A secret that no one has given yet. */
export interface MissingSecret {
	credential: WantedCredential;
	/** Whether another credential serves instead, as far as the secrets are known by then. */
	hasStandIn(secrets: Secrets): boolean;
}

/** What an admin is asked for: secrets of credentials that neither exist nor are the admin's own. */
export function missingSecrets(wanted: Wanted, { credentials, workflows }: Existing): MissingSecret[] {
	const isThere = ({ id, isReused }: WantedCredential) => isReused === true || credentials.has(id);
	const settled = new Set<string>([...ownWorkflows(workflows).keys()].filter(isEventWorkflow).map((key) => eventWebhooks[key].slot));
	const used = [...usedSlots(wanted)];
	return [...wanted.credentials.values()].flatMap((credential) => {
		const standIn = credential.standIn === undefined ? undefined : wanted.credentials.get(credential.standIn);
		const isSettled = standIn !== undefined && isThere(standIn) && settled.has(credential.slot);
		if (!used.includes(credential.slot) || isThere(credential) || isSettled) return [];
		return [{ credential, hasStandIn: (secrets) => standIn !== undefined && (isThere(standIn) || secrets[standIn.secret] !== undefined) }];
	});
}

function usedSlots(wanted: Wanted): Set<string> {
	const { answers, assets, workflows } = wanted;
	const slots = workflows.flatMap((workflow) =>
		contentOf(workflow, withoutIds(wanted))
			.nodes.flatMap((node) => credentialTypesOf(node, assets.credentialUses))
			.map((type) => slotFor(type, workflow.key, answers)),
	);
	return new Set(slots);
}

/** The contents, as far as they are known before anything is known of n8n. */
export const contentsOf = (wanted: Wanted): WorkflowContent[] => wanted.workflows.map((one) => contentOf(one, withoutIds(wanted)));

const withoutIds = ({ answers, assets }: Wanted): Surroundings => ({
	answers,
	uses: assets.credentialUses,
	idOf: (key) => key,
	credentialFor: () => undefined,
});
