import type { RemovalStep } from '../plan/planRemoval.mts';
import { TAG } from '../plan/planSetUp.mts';
import type { Step } from '../plan/steps.mts';

const line = (verb: string, what: string, name: string) => `  ${verb.padEnd(8)} ${what.padEnd(11)} ${name}`;

/** One step of a plan, as the admin reads it. */
export function wordsOf(step: Step): string {
	switch (step.kind) {
		case 'installPackage':
			return line('install', 'package', step.name);
		case 'createCredential':
			return line('make', 'credential', step.credential.name);
		case 'updateCredential':
			return line('update', 'credential', step.credential.name);
		case 'keepCredential':
			return line('keep', 'credential', step.credential.name);
		case 'createTable':
			return line('make', 'Data Table', step.table.name);
		case 'addColumns':
			return line('extend', 'Data Table', `${step.table.name}: ${step.columns.map(({ name }) => name).join(', ')}`);
		case 'createTag':
			return line('make', 'tag', TAG);
		case 'createWorkflow':
			return line('make', 'workflow', step.wanted.file.name);
		case 'updateWorkflow':
			return line('update', 'workflow', `${step.wanted.file.name}${step.overwritesChanges ? ' (overwrites your changes)' : ''}`);
		case 'keepWorkflow':
			return line('keep', 'workflow', `${step.wanted.file.name}${step.isChangedByHand ? ' (with your changes)' : ''}`);
		case 'leaveWorkflow':
			return line('leave', 'workflow', `${step.wanted.file.name}: you changed it. To overwrite it: --overwrite ${step.wanted.key}`);
		case 'publishWorkflow':
			return line('publish', 'workflow', step.wanted.file.name);
		case 'rememberAnswers':
			return line('keep', 'answers', `for the next run, in ${step.existing.name}`);
	}
}

export function wordsOfRemoval(step: RemovalStep): string {
	switch (step.kind) {
		case 'deleteWorkflow':
			return line('delete', 'workflow', step.workflow.name);
		case 'leaveWorkflow':
			return line('leave', 'workflow', `${step.workflow.name}: you changed it. To delete it: --overwrite ${step.key}`);
		case 'deleteCredential':
			return line('delete', 'credential', step.credential.name);
		case 'deleteTag':
			return line('delete', 'tag', step.tag.name);
		case 'deleteTable':
			return line('delete', 'Data Table', step.table.name);
		case 'leaveTable':
			return line('leave', 'Data Table', `${step.table.name}: it holds what was recorded. To delete it: --tables`);
	}
}
