import type { WantedCredential } from '../catalog/credentials.mts';
import { slotFor } from '../catalog/credentials.mts';
import { ALERTS } from '../catalog/jobs.mts';
import type { Surroundings } from '../wanted/content.mts';
import { isSameJson } from './digest.mts';
import { markOf, rememberedOf } from './mark.mts';
import { planCredentials } from './planCredentials.mts';
import { planTables } from './planTables.mts';
import { ownWorkflows, planWorkflows } from './planWorkflows.mts';
import { changesSomething, type Existing, type Plan, type Step } from './steps.mts';
import { contentsOf, type IsThere, servingCredential, usedCredentials } from './usedCredentials.mts';
import type { Wanted } from './wanted.mts';

/** The tag by which a person finds the workflows in n8n's list. */
export const TAG = 'Notion SCIM';

export const NOTION_PACKAGE = 'n8n-nodes-notion-scim';
export const TRIGGER_PACKAGE = 'n8n-nodes-hris-trigger';

/** What exists × what is wanted → named steps, in the order in which they are done. */
export function planSetUp(existing: Existing, wanted: Wanted): Plan {
	const isThere = ({ id }: WantedCredential) => existing.credentials.has(id);
	const used = usedCredentials(wanted, isThere);
	const parts: Plan[] = [
		{ steps: packagesFor(wanted).filter((name) => !existing.packages.has(name)).map((name) => ({ kind: 'installPackage', name })), problems: [] },
		planCredentials(existing.credentials, used, { secrets: wanted.secrets, updates: wanted.updatesCredentials }),
		planTables(existing.tables, wanted.assets.tables),
		{ steps: existing.tags?.some(({ name }) => name === TAG) === false ? [{ kind: 'createTag' }] : [], problems: [] },
		planWorkflows({
			existing: existing.workflows,
			wanted: wanted.workflows,
			surroundings: surroundingsOf(wanted, isThere),
			overwrite: wanted.overwrite,
		}),
	];
	const steps = parts.flatMap((part) => part.steps);
	return { steps: [...steps, ...memorySteps(steps, existing, wanted)], problems: parts.flatMap(({ problems }) => problems) };
}

/** Those whose nodes the wanted workflows have. */
function packagesFor(wanted: Wanted): string[] {
	const types = contentsOf(wanted).flatMap(({ nodes }) => nodes.map(({ type }) => type));
	return [NOTION_PACKAGE, TRIGGER_PACKAGE].filter((name) => types.some((type) => type.startsWith(`${name}.`)));
}

/** The workflow of alerts keeps the answers; where it stays as it is, they are written into it alone. */
function memorySteps(steps: readonly Step[], { workflows }: Existing, { answers }: Wanted): Step[] {
	const existing = ownWorkflows(workflows).get(ALERTS);
	const isWritten = steps.some((step) => step.kind === 'updateWorkflow' && step.wanted.key === ALERTS);
	if (existing === undefined || isWritten || !steps.some(changesSomething)) return [];
	return isSameJson(markOf(existing)?.answers, rememberedOf(answers)) ? [] : [{ kind: 'rememberAnswers', existing }];
}

/** @param isThere whether a credential that is optional exists */
export function surroundingsOf(wanted: Wanted, isThere: IsThere): Omit<Surroundings, 'idOf'> {
	const { answers, assets, secrets } = wanted;
	return {
		answers,
		uses: assets.credentialUses,
		credentialFor: (type, workflow) => {
			const credential = servingCredential(wanted, slotFor(type, workflow, answers), isThere);
			if (credential === undefined) return undefined;
			const isMissing = credential.isOptional === true && secrets[credential.secret] === undefined && !isThere(credential);
			return isMissing ? undefined : { id: credential.id, name: credential.name };
		},
	};
}
