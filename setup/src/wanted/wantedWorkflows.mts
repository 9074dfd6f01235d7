import { type Assets, sourceKey } from '../assets.mts';
import type { Answers } from '../answers/answers.mts';
import { calleeOf } from '../catalog/calls.mts';
import { needsSource, workflowsOf } from '../catalog/jobs.mts';
import { lockOutOf } from '../catalog/lockOut.mts';
import type { WorkflowFile } from '../n8n/schemas.mts';

/** A workflow that the chosen jobs need. */
export interface WantedWorkflow {
	/** Its folder, such as `onboarding` or `sources/okta`. */
	key: string;
	file: WorkflowFile;
	/** By the name of a node that calls a workflow: its key, or undefined if no job needs it. */
	calls: ReadonlyMap<string, string | undefined>;
}

/** The source that lists employees for comparisons. */
const LISTS_EVERYBODY = 'bamboohr';

/** Each workflow follows those that it calls, because n8n publishes no caller first. */
export function wantedWorkflows({ workflows }: Pick<Assets, 'workflows'>, answers: Answers): WantedWorkflow[] {
	const sources = sourcesOf(answers);
	const lockOut = lockOutOf(answers);
	const keys = new Set([...sources.values(), ...(lockOut === undefined ? [] : [lockOut.workflow]), ...workflowsOf(answers.jobs)]);
	const wanted = [...keys].map((key) => {
		const file = workflows.get(key);
		if (file === undefined) throw new Error(`This package has no workflow ${key}. Install it again.`);
		return { key, file, calls: callsOf(key, file, keys, sources) };
	});
	return inOrder(wanted);
}

/** By what a node calls it: the key of the source. */
function sourcesOf({ jobs, hris, directory }: Answers): Map<string, string> {
	const sources = new Map<string, string>();
	if (hris !== undefined && needsSource(jobs, 'hris')) sources.set('hris', sourceKey(hris));
	if (directory !== undefined && needsSource(jobs, 'directory')) sources.set('directory', sourceKey(directory));
	const everybody = sources.get('directory') ?? (hris === LISTS_EVERYBODY ? sources.get('hris') : undefined);
	if (everybody !== undefined) sources.set('everybody', everybody);
	return sources;
}

function callsOf(workflow: string, { nodes }: WorkflowFile, keys: ReadonlySet<string>, sources: ReadonlyMap<string, string>) {
	const calling = nodes.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow');
	return new Map(
		calling.map(({ name }) => {
			const callee = calleeOf(workflow, name);
			if (callee === undefined) throw new Error(`No one knows what "${name}" of ${workflow} calls. Report it as a bug.`);
			const key = sources.get(callee) ?? callee;
			return [name, keys.has(key) ? key : undefined];
		}),
	);
}

function inOrder(all: readonly WantedWorkflow[]): WantedWorkflow[] {
	const ordered: WantedWorkflow[] = [];
	const visit = (one: WantedWorkflow, callers: readonly string[]) => {
		if (ordered.includes(one) || callers.includes(one.key)) return;
		for (const key of one.calls.values()) {
			const called = all.find((other) => other.key === key);
			if (called) visit(called, [...callers, one.key]);
		}
		ordered.push(one);
	};
	for (const one of all) visit(one, []);
	return ordered;
}
