import type { ExistingCredential, ExistingTable, ExistingWorkflow, Tag } from '../n8n/schemas.mts';
import { isChangedByHand, markOf } from './mark.mts';
import { TAG } from './planSetUp.mts';
import type { Existing } from './steps.mts';

export type RemovalStep =
	| { kind: 'deleteWorkflow'; workflow: ExistingWorkflow }
	| { kind: 'leaveWorkflow'; workflow: ExistingWorkflow; key: string }
	| { kind: 'deleteCredential'; credential: ExistingCredential }
	| { kind: 'deleteTag'; tag: Tag }
	| { kind: 'deleteTable' | 'leaveTable'; table: ExistingTable };

interface RemovalChoice {
	/** Keys of workflows that were changed by hand and may go nevertheless. */
	overwrite: ReadonlySet<string>;
	/** Whether the tables go too: they hold the audit trail. */
	tables: boolean;
}

/** Only what carries a mark, or the ID of a credential that is made here; callers go first. */
export function planRemoval(existing: Existing, { overwrite, tables }: RemovalChoice): RemovalStep[] {
	const own = existing.workflows.flatMap((workflow) => {
		const mark = markOf(workflow);
		return mark === undefined ? [] : [{ workflow, mark }];
	});
	const workflows = [...own].sort(newestFirst).map(({ workflow, mark }): RemovalStep => {
		const stays = isChangedByHand(workflow, mark) && !workflow.isArchived && !overwrite.has(mark.workflow);
		return stays ? { kind: 'leaveWorkflow', workflow, key: mark.workflow } : { kind: 'deleteWorkflow', workflow };
	});
	const gone = new Set(workflows.flatMap((step) => (step.kind === 'deleteWorkflow' ? [step.workflow.id] : [])));
	const remaining = existing.workflows.filter(({ id }) => !gone.has(id));
	const usedIds = new Set(remaining.flatMap(({ nodes }) => nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id))));
	const made = new Set(own.flatMap(({ mark }) => mark.tables ?? []));
	return [
		...workflows,
		...[...existing.credentials.values()].filter(({ id }) => !usedIds.has(id)).map((credential): RemovalStep => ({ kind: 'deleteCredential', credential })),
		...tagSteps(existing.tags, remaining),
		...existing.tables
			.filter(({ name }) => made.has(name))
			.map((table): RemovalStep => ({ kind: tables ? 'deleteTable' : 'leaveTable', table })),
	];
}

/** A caller was made after what it calls. */
function newestFirst(one: { workflow: ExistingWorkflow }, other: { workflow: ExistingWorkflow }): number {
	return other.workflow.createdAt.localeCompare(one.workflow.createdAt);
}

function tagSteps(tags: Existing['tags'], remaining: readonly ExistingWorkflow[]): RemovalStep[] {
	const tag = tags?.find(({ name }) => name === TAG);
	const isUsed = remaining.some((workflow) => workflow.tags?.some(({ name }) => name === TAG));
	return tag === undefined || isUsed ? [] : [{ kind: 'deleteTag', tag }];
}
