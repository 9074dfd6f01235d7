import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeRun } from '../runner/engine.mts';
import type { NotionRunOptions, NotionTest } from '../support/notionTest.mts';
import { jsons, onlyItem } from '../support/notionTest.mts';

/** A person as a directory source gives them; `id` is the directory's own. */
export type Entry = {
	id: string;
	email?: string;
	active?: boolean;
	groups?: string[];
	[attribute: string]: unknown;
};

const ATTRIBUTES = ['email', 'displayName', 'title', 'department'];

/** The items of a directory source: its people, then its manifest. */
export const directory = (people: Entry[], manifest: IDataObject = {}): IDataObject[] => [
	...people.map(({ id, active = true, groups = [], ...attributes }) => ({
		source: 'test',
		sourceId: id,
		active,
		status: active ? 'active' : 'inactive',
		inScope: true,
		groups,
		...JSON.parse(JSON.stringify(attributes)),
	})),
	{
		manifest: true,
		source: 'test',
		readAt: new Date().toISOString(),
		pages: 1,
		count: people.length,
		complete: true,
		groupsComplete: true,
		attributesRead: ATTRIBUTES,
		...manifest,
	},
];

/** The changes and the summary of a plan. @throws Error where the run failed */
export const planned = (run: NodeRun): { changes: IDataObject[]; summary: IDataObject } => {
	if (run.error !== undefined) {
		throw new Error(`The plan failed: ${run.error.message} ${run.error.description ?? ''}`);
	}
	return {
		changes: jsons(run),
		summary: onlyItem({ ...run, outputs: [run.outputs[1] ?? []] }),
	};
};

/** The changes that can be applied. */
export const applicable = (changes: IDataObject[]): IDataObject[] =>
	changes.filter(({ action, guard }) => action !== 'none' && guard === 'ok');

/** The collection of Plan in which a rule stands; what is not named here is a parameter of its own. */
const COLLECTIONS: Readonly<Record<string, string[]>> = {
	moreToSync: ['createMissing', 'roleMap', 'syncRole', 'updateDrift'],
	scope: ['allowExternalMember', 'allowPrivileged', 'only', 'blocks'],
	leavers: ['confirmAfter', 'onOutOfScope', 'onUnlisted', 'removeWithoutManagedGroup'],
	groups: ['adoptGroups', 'createEmptyGroups', 'deleteUnlistedGroups', 'groupRules', 'keepOtherGroups'],
	limits: ['alreadyUsed', 'createLimit', 'maxSourceShrink'],
	memory: ['groupLinks', 'includeUnchanged', 'links', 'memory', 'recentChanges'],
};

/** The rules of a policy as the parameters of Plan. */
export const policyParameters = (policy: INodeParameters): INodeParameters => {
	const isOf = (name: string, rules: string[]) => rules.includes(name);
	const all = Object.values(COLLECTIONS).flat();
	const entries = Object.entries(policy);
	const collections = Object.entries(COLLECTIONS).map(([collection, rules]) => [
		collection,
		Object.fromEntries(entries.filter(([name]) => isOf(name, rules))),
	]);
	return { ...Object.fromEntries(entries.filter(([name]) => !isOf(name, all))), ...Object.fromEntries(collections) };
};

/** Plans, as a workflow's node does. */
export const planning = (notion: NotionTest) => async (
	people: IDataObject[],
	policy: INodeParameters = {},
	run: Omit<NotionRunOptions, 'items' | 'parameters'> = {},
) => planned(await notion.run('directory.plan', { ...run, items: people, parameters: policyParameters(policy) }));
