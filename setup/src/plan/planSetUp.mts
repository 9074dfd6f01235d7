import type { Assets } from '../assets.mts';
import { type Answers, type Secrets, WEBHOOK } from '../answers/answers.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import { slotFor } from '../catalog/credentials.mts';
import { credentialTypesOf } from '../wanted/credentialTypes.mts';
import { contentOf, type Surroundings } from '../wanted/content.mts';
import type { WantedWorkflow } from '../wanted/wantedWorkflows.mts';
import { planCredentials } from './planCredentials.mts';
import { planTables } from './planTables.mts';
import { planWorkflows } from './planWorkflows.mts';
import type { Existing, Plan } from './steps.mts';

/** The tag by which a person finds the workflows in n8n's list. */
export const TAG = 'Notion SCIM';

export const NOTION_PACKAGE = 'n8n-nodes-notion-scim';
export const TRIGGER_PACKAGE = 'n8n-nodes-hris-trigger';

export interface Wanted {
	answers: Answers;
	assets: Assets;
	workflows: readonly WantedWorkflow[];
	/** By slot. */
	credentials: ReadonlyMap<string, WantedCredential>;
	secrets: Secrets;
	updatesCredentials: boolean;
	overwrite: ReadonlySet<string>;
}

/** What exists × what is wanted → named steps, in the order in which they are done. */
export function planSetUp(existing: Existing, wanted: Wanted): Plan {
	const used = usedCredentials(wanted);
	const parts: Plan[] = [
		{ steps: packagesFor(wanted).filter((name) => !existing.packages.has(name)).map((name) => ({ kind: 'installPackage', name })), problems: [] },
		planCredentials(existing.credentials, used, { secrets: wanted.secrets, updates: wanted.updatesCredentials }),
		planTables(existing.tables, wanted.assets.tables),
		{ steps: existing.tags?.some(({ name }) => name === TAG) === false ? [{ kind: 'createTag' }] : [], problems: [] },
		planWorkflows({
			existing: existing.workflows,
			wanted: wanted.workflows,
			surroundings: surroundingsOf(wanted, (credential) => existing.credentials.has(credential.id)),
			overwrite: wanted.overwrite,
		}),
	];
	return { steps: parts.flatMap(({ steps }) => steps), problems: parts.flatMap(({ problems }) => problems) };
}

export function packagesFor({ answers }: Pick<Wanted, 'answers'>): string[] {
	return answers.provider === WEBHOOK ? [NOTION_PACKAGE] : [NOTION_PACKAGE, TRIGGER_PACKAGE];
}

/** @param isThere whether a credential that is optional exists */
export function surroundingsOf(wanted: Wanted, isThere: (credential: WantedCredential) => boolean): Omit<Surroundings, 'idOf'> {
	const { answers, assets, credentials, secrets } = wanted;
	return {
		answers,
		uses: assets.credentialUses,
		credentialFor: (type, workflow) => {
			const credential = credentials.get(slotFor(type, workflow, answers));
			if (credential === undefined) return undefined;
			const isMissing = credential.isOptional === true && secrets[credential.secret] === undefined && !isThere(credential);
			return isMissing ? undefined : { id: credential.id, name: credential.name };
		},
	};
}

/** The credentials that a node of the wanted workflows asks for. */
export function usedCredentials({ answers, assets, workflows, credentials }: Wanted): WantedCredential[] {
	const idOf = (key: string) => key;
	const surroundings: Surroundings = { answers, uses: assets.credentialUses, idOf, credentialFor: () => undefined };
	const slots = workflows.flatMap((workflow) =>
		contentOf(workflow, surroundings)
			.nodes.flatMap((node) => credentialTypesOf(node, assets.credentialUses))
			.map((type) => slotFor(type, workflow.key, answers)),
	);
	return [...credentials.values()].filter(({ slot }) => slots.includes(slot));
}
