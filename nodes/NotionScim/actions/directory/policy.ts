import { z } from 'zod';

import type { DesiredRules } from '../../../../lib/directory/desired/desiredPeople';
import type { Guards } from '../../../../lib/directory/guards/guards';
import type { Links, Memory, Policy, RecentChange } from '../../../../lib/directory/plan/policy';
import type { PersonAttribute } from '../../../../lib/scim/personAttributes';
import { PERSON_ATTRIBUTES } from '../../../../lib/scim/personAttributes';
import { readEmail } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import { textsOf } from '../../execution/lists';
import { asText, jsonParameter } from '../../execution/parameters';
import type { Options } from '../../execution/scalarParameters';
import { choiceOption, numberOption, switchOption } from '../../execution/scalarParameters';
import { readGroupRules } from './groupRules';
import { readReinstatementBlocks } from './reinstatementBlocks';
import { readAlreadyUsed } from './limits';
import { readGroupLinks, readPersonLinks } from './links';
import { entryOf, optionOf, rowsOf, text } from './optionValues';
import { PLAN_LIMITS } from './descriptions';
import { rule } from './policyOptions';

const HOUR = 3_600_000;

/** The policy from the parameters of the operation; absent ones have their defaults. */
export function readPolicy(options: Options, guards: Guards): Policy {
	// Nothing is removed from people outside the pilot, who may only look unlisted or without a group.
	const isPilot = asText(options['pilotGroup']).trim() !== '';
	return {
		syncAttributes: attributesIn(options),
		syncRole: switchOption(options, rule('syncRole')),
		createMissing: switchOption(options, rule('createMissing')),
		updateDrift: switchOption(options, rule('updateDrift')),
		onInactive: choiceOption(options, rule('onInactive'), ['remove', 'report']),
		onUnlisted: isPilot ? 'report' : choiceOption(options, rule('onUnlisted'), ['report', 'remove']),
		onOutOfScope: isPilot
			? 'report'
			: choiceOption(options, rule('onOutOfScope'), ['report', 'remove', 'removeFromGroups']),
		managedGroups: managedGroupsIn(options),
		adoptGroups: choiceOption(options, rule('adoptGroups'), ['off', 'union', 'exact']),
		createEmptyGroups: switchOption(options, rule('createEmptyGroups')),
		deleteUnlistedGroups: !isPilot && switchOption(options, rule('deleteUnlistedGroups')),
		removeWithoutManagedGroup: !isPilot && switchOption(options, rule('removeWithoutManagedGroup')),
		roleMap: roleMapIn(optionOf(options, 'roleMap', 'Role Map')),
		limits: limitsIn(options),
		alreadyUsed: readAlreadyUsed(options),
		confirmAfter: numberOption(options, rule('confirmAfter')) * HOUR,
		maxSourceShrink: numberOption(options, rule('maxSourceShrink')) / 100,
		allowPrivileged: switchOption(options, rule('allowPrivileged')),
		allowExternalMember: switchOption(options, rule('allowExternalMember')),
		blocks: readReinstatementBlocks(options),
		only: onlyPerson(options),
		guards,
	};
}

/**
 * How the people of the directory are transformed before they are compared. @throws ScimError `invalidInput`
 */
export function readDesiredRules(options: Options): DesiredRules {
	return {
		pilotGroup: asText(optionOf(options, 'pilotGroup', 'Pilot Group')).trim(),
		groupRules: readGroupRules(options),
		keepOtherGroups: switchOption(options, rule('keepOtherGroups')),
	};
}

/** @throws ScimError `invalidInput`: without knowing it is about, a plan would be about all people */
function onlyPerson(options: Options): string | undefined {
	if (!Object.hasOwn(options, 'only')) return undefined;
	const person = asText(options['only']).trim();
	if (person !== '') return readEmail(person) ?? person;
	throw new ScimError(
		'invalidInput',
		'Only This Person is empty. Nothing was planned, because the plan would be about all people.',
		'Check the expression: the incoming item may not have the field that it names. For a plan about all people, remove the rule.',
	);
}

/** @throws ScimError `invalidInput` */
export function readLinks(options: Options): Links {
	return {
		people: readPersonLinks(options, 'Person Links'),
		groups: readGroupLinks(options, 'Group Links'),
	};
}

const isEmpty = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * At the beginning it is empty. A memory has both fields; anything else comes from elsewhere, such as a
 * failed step.
 */
const memorySchema = z.preprocess(
	(value) => (isEmpty(value) ? { sources: {}, absentSince: {} } : value),
	z.object({
		sources: z.record(
			z.object({
				readAt: z.string(),
				count: z.number().nonnegative(),
				filled: z.record(z.number()).default({}),
			}),
		),
		absentSince: z.record(z.string()),
	}),
);

/**
 * @throws ScimError `invalidInput`: losing the memory unnoticed would not loosen a guard, but make one
 * ineffective
 */
export function readMemory(options: Options): Memory {
	return (
		jsonParameter(
			optionOf(options, 'memory', 'Memory'),
			'Memory',
			memorySchema,
			'{"sources": {…}, "absentSince": {…}}, as the last summary gave it',
		) ?? { sources: {}, absentSince: {} }
	);
}

const membershipActions = ['group.addMembers', 'group.removeMembers'] as const;

/** May contain other changes than memberships. @throws ScimError `invalidInput` */
export function readRecentChanges(options: Options): RecentChange[] {
	const example = '[{"action": "group.addMembers", "groupId": "…", "userId": "…", "at": "2026-06-01T08:00:00Z"}]';
	const change = z.object({
		action: z.enum(membershipActions),
		groupId: text,
		userId: text,
		at: z.string().refine((at) => !Number.isNaN(Date.parse(at)), 'is not an instant'),
	});
	const isOther = (row: unknown): boolean => {
		const parsed = z.object({ action: z.string() }).safeParse(row);
		return parsed.success && !membershipActions.some((action) => action === parsed.data.action);
	};
	return rowsOf(options, 'recentChanges', 'Recent Changes', example)
		.filter((row) => !isOther(row))
		.map((row, index) => entryOf(change, row, 'Recent Changes', index, example));
}

/** Those that were set. @throws ScimError `invalidInput` */
function limitsIn(options: Options): ReadonlyMap<string, number> {
	const all = PLAN_LIMITS.map((limit) => [limit.name, numberOption(options, limit)] as const);
	return new Map(all.filter(([, most]) => most > 0));
}

function roleMapIn(value: unknown): ReadonlyMap<string, string> {
	const roles = jsonParameter(value, 'Role Map', z.record(text), '{"notion-admins": "membership_admin"}');
	return new Map(Object.entries(roles ?? {}));
}

/** Names may contain spaces, so only commas and new lines separate them. */
function managedGroupsIn(options: Options): string[] {
	return listIn(options, 'managedGroups', 'Managed Groups', /[,\n]/);
}

/** @throws ScimError `invalidInput` for an unknown attribute, so that a typing error is noticed */
function attributesIn(options: Options): PersonAttribute[] {
	return listIn(options, 'syncAttributes', 'Sync Attributes', /[\s,;]+/).map((name) => {
		const attribute = PERSON_ATTRIBUTES.find((one) => one === name);
		if (attribute) return attribute;
		throw new ScimError(
			'invalidInput',
			`Sync Attributes names "${name}", which is not an attribute of a person.`,
			`Pick from the list, or give names of these: ${PERSON_ATTRIBUTES.join(', ')}.`,
		);
	});
}

function listIn(options: Options, name: string, label: string, separator: RegExp): string[] {
	const split = (text: string): string[] =>
		text.split(separator).flatMap((entry) => entry.trim() || []);
	return textsOf(optionOf(options, name, label) ?? '', label, split);
}
