import type { WantedWorkflow } from '../wanted/wantedWorkflows.mts';
import { contentOf, type Surroundings } from '../wanted/content.mts';
import type { ExistingWorkflow } from '../n8n/schemas.mts';
import { digestOf } from './digest.mts';
import { isChangedByHand, markOf } from './mark.mts';
import type { Plan, Step } from './steps.mts';

/** What is known before anything is done. */
export interface WorkflowPlanInputs {
	existing: readonly ExistingWorkflow[];
	wanted: readonly WantedWorkflow[];
	surroundings: Omit<Surroundings, 'idOf'>;
	/** Keys of workflows that the admin allows to be overwritten. */
	overwrite: ReadonlySet<string>;
}

export function planWorkflows({ existing, wanted, surroundings, overwrite }: WorkflowPlanInputs): Plan {
	const plan: Plan = { steps: [], problems: [] };
	const own = ownWorkflows(existing);
	const idOf = (key: string) => own.get(key)?.id ?? `new ${key}`;
	for (const one of wanted) {
		const found = own.get(one.key);
		if (found === undefined) {
			const other = existing.find(({ name, isArchived }) => name === one.file.name && !isArchived);
			if (other === undefined) plan.steps.push({ kind: 'createWorkflow', wanted: one });
			else plan.problems.push(problemOf(other));
		} else {
			const content = contentOf(one, { ...surroundings, idOf }, found);
			plan.steps.push(stepFor(one, found, digestOf(content, Object.keys(content.settings).sort()), overwrite));
		}
	}
	return { ...plan, steps: [...plan.steps, ...plan.steps.filter(needsPublishing).map(publish)] };
}

/** The workflows that were made here and are in use, by key. */
export function ownWorkflows(existing: readonly ExistingWorkflow[]): Map<string, ExistingWorkflow> {
	return new Map(
		existing.flatMap((workflow) => {
			const mark = workflow.isArchived ? undefined : markOf(workflow);
			return mark === undefined ? [] : [[mark.workflow, workflow] as const];
		}),
	);
}

function stepFor(wanted: WantedWorkflow, existing: ExistingWorkflow, digest: string, overwrite: ReadonlySet<string>): WorkflowStep {
	const mark = markOf(existing);
	const changed = mark !== undefined && isChangedByHand(existing, mark);
	if (mark?.digest === digest && !(changed && overwrite.has(wanted.key))) return { kind: 'keepWorkflow', wanted, existing, isChangedByHand: changed };
	if (!changed) return { kind: 'updateWorkflow', wanted, existing, overwritesChanges: false };
	return overwrite.has(wanted.key)
		? { kind: 'updateWorkflow', wanted, existing, overwritesChanges: true }
		: { kind: 'leaveWorkflow', wanted, existing };
}

type WorkflowStep = Extract<Step, { wanted: WantedWorkflow }>;

/** Starts that need a publication. */
const STARTS_ITSELF = /(?<!\.(manual|error))Trigger$|\.webhook$/;

/** A draft of the admin's is never published, and what is published already is left so. n8n publishes no workflow that only a person starts. */
function needsPublishing(step: Step): step is WorkflowStep {
	if (!('wanted' in step) || !step.wanted.file.nodes.some(({ type }) => STARTS_ITSELF.test(type))) return false;
	if (step.kind === 'createWorkflow' || step.kind === 'updateWorkflow') return true;
	return step.kind === 'keepWorkflow' && !step.isChangedByHand && !step.existing.active;
}

const publish = ({ wanted }: WorkflowStep): Step => ({ kind: 'publishWorkflow', wanted });

function problemOf({ name }: ExistingWorkflow): string {
	return `n8n already has a workflow "${name}" that this command did not make. Rename or archive it in n8n, then run this again.`;
}
