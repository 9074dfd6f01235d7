import type { IDataObject } from 'n8n-workflow';

import type { UnsignedChange, PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import type { NodeRun } from '../runner/engine.mts';
import type { NotionRunOptions, NotionTest } from '../support/notionTest.mts';
import type { Binding } from './plannedChanges.mts';
import { asItems, signed } from './plannedChanges.mts';

type ApplyOptions = Omit<NotionRunOptions, 'items'> & {
	/** For entries that are not signed yet. */
	binding?: Binding;
	/** Fields of Options; the removal limit is out of the way if not said otherwise. */
	options?: IDataObject;
	approvedPlan?: string;
};

const isSigned = (changes: Array<UnsignedChange | PlannedChange>): changes is PlannedChange[] =>
	changes.every((change) => 'signature' in change);

/** What became of each item, whether it failed or not. */
const resultsOf = ({ outputs }: Pick<NodeRun, 'outputs'>): IDataObject[] =>
	(outputs[0] ?? []).map(({ json, error }) => {
		if (error === undefined) return json;
		const result: unknown = error.context['result'];
		if (typeof result !== 'object' || result === null) throw new Error('A failure without its result');
		return { ...result };
	});

/** Ways to apply plans in a test, and to read what came of them. */
export const applying = (notion: NotionTest) => ({
	apply: async (
		changes: Array<UnsignedChange | PlannedChange>,
		{ binding = {}, options = {}, approvedPlan = '', ...run }: ApplyOptions = {},
	): Promise<NodeRun> =>
		await notion.run('directory.apply', {
			...run,
			items: asItems(isSigned(changes) ? changes : signed(notion, changes, binding)),
			parameters: { approvedPlan, options: { removalLimit: 100, ...options } },
		}),
	results: resultsOf,
	outcomes: (run: Pick<NodeRun, 'outputs'>): unknown[] => resultsOf(run).map(({ outcome }) => outcome),
	notes: (run: Pick<NodeRun, 'outputs'>): string[] => resultsOf(run).map(({ note }) => String(note)),
});
