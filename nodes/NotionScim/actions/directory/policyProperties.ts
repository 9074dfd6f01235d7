import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../execution/parameters';
import type { Options } from '../../execution/scalarParameters';
import { PLAN_LIMITS } from './descriptions';
import { rule } from './policyOptions';

/** What every admin decides, in that order; it is always visible. */
const VISIBLE = ['syncAttributes', 'pilotGroup', 'onInactive', 'managedGroups', 'removalLimit'];

/** The other rules, in the order in which an admin needs them. */
const COLLECTIONS: ReadonlyArray<{ name: string; displayName: string; description: string; rules: string[] }> = [
	{
		name: 'moreToSync',
		displayName: 'What to Sync',
		description: 'What else follows the directory',
		rules: ['createMissing', 'roleMap', 'syncRole', 'updateDrift'],
	},
	{
		name: 'scope',
		displayName: 'Who Is in Scope',
		description: 'Which people the plan may include, and which it leaves alone',
		rules: ['allowExternalMember', 'allowPrivileged', 'only', 'blocks'],
	},
	{
		name: 'leavers',
		displayName: 'Leavers',
		description: 'What happens to people who are missing, out of scope or without a group',
		rules: ['confirmAfter', 'onOutOfScope', 'onUnlisted', 'removeWithoutManagedGroup'],
	},
	{
		name: 'groups',
		displayName: 'Groups',
		description: 'Where the groups come from, and what happens to those that exist',
		rules: ['adoptGroups', 'createEmptyGroups', 'deleteUnlistedGroups', 'groupRules', 'keepOtherGroups'],
	},
	{
		name: 'limits',
		displayName: 'Limits',
		description: 'How much one day may change',
		rules: ['alreadyUsed', ...PLAN_LIMITS.map(({ name }) => name).filter((name) => !VISIBLE.includes(name)), 'maxSourceShrink'],
	},
	{
		name: 'memory',
		displayName: 'Memory',
		description: 'What earlier plans pass on to this one',
		rules: ['groupLinks', 'includeUnchanged', 'links', 'memory', 'recentChanges'],
	},
];

/**
 * The policy of a plan as parameters of an operation.
 * @param without rules that the operation determines itself
 */
export function policyProperties(without: readonly string[] = []): INodeProperties[] {
	const isOffered = (name: string): boolean => !without.includes(name);
	return [
		...VISIBLE.filter(isOffered).map(rule),
		...COLLECTIONS.flatMap(({ name, displayName, description, rules }): INodeProperties[] => {
			const options = rules.filter(isOffered).map(rule);
			if (options.length === 0) return [];
			const placeholder = 'Add Rule';
			return [{ displayName, name, type: 'collection', placeholder, default: {}, description, options }];
		}),
	];
}

/** All rules that are set, in any of the collections. @throws ScimError `invalidInput` */
export function policyIn(parameters: ItemParameters, without: readonly string[] = []): Options {
	const visible = VISIBLE.filter((name) => !without.includes(name)).map((name) => [name, parameters.raw(name)] as const);
	const collections = COLLECTIONS.filter(({ rules }) => rules.some((name) => !without.includes(name))).map(
		({ name, displayName }) => parameters.collection(name, displayName),
	);
	return Object.fromEntries([...visible, ...collections.flatMap(Object.entries<unknown>)]);
}
