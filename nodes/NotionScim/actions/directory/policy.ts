import { z } from 'zod';

import type { Guards } from '../../../../lib/directory/guards';
import type { Links, Memory, Policy, RecentChange } from '../../../../lib/directory/policy';
import type { PersonAttribute } from '../../../../lib/scim/personAttributes';
import { PERSON_ATTRIBUTES } from '../../../../lib/scim/personAttributes';
import { ScimError } from '../../../../lib/scim/scimError';
import { asText, jsonParameter } from '../../execution/parameters';
import { limitOf, readAlreadyUsed } from './limits';

const HOUR = 3_600_000;

type Options = Record<string, unknown>;

/** The policy as the collection of the operation says it; what is absent has its default. */
export function readPolicy(options: Options, guards: Guards): Policy {
	return {
		syncAttributes: attributesIn(options['syncAttributes']),
		syncRole: options['syncRole'] === true,
		createMissing: options['createMissing'] !== false,
		updateDrift: options['updateDrift'] !== false,
		onInactive: choice(options, 'onInactive', 'On Inactive', ['remove', 'report']),
		onUnlisted: choice(options, 'onUnlisted', 'On Unlisted', ['report', 'remove']),
		onOutOfScope: choice(options, 'onOutOfScope', 'On Out of Scope', [
			'report',
			'remove',
			'removeFromGroups',
		]),
		managedGroups: namesIn(options['managedGroups']),
		adoptGroups: choice(options, 'adoptGroups', 'Adopt Groups', ['off', 'union', 'exact']),
		createEmptyGroups: options['createEmptyGroups'] === true,
		deleteUnlistedGroups: options['deleteUnlistedGroups'] === true,
		removeWithoutManagedGroup: options['removeWithoutManagedGroup'] === true,
		roleMap: roleMapIn(options['roleMap']),
		removalLimit: limitOf(options['removalLimit']),
		createLimit: limitOf(options['createLimit']),
		alreadyUsed: readAlreadyUsed(options['alreadyUsed']),
		confirmAfter: numberIn(options, 'confirmAfter', 'Confirm After', 24) * HOUR,
		maxSourceShrink: numberIn(options, 'maxSourceShrink', 'Max Source Shrink', 5) / 100,
		allowPrivileged: options['allowPrivileged'] === true,
		allowExternalMember: options['allowExternalMember'] === true,
		only: asText(options['only']).trim() || undefined,
		guards,
	};
}

const text = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1));

/** A table that is empty gives one object without fields, where n8n is to give data always. */
const isFilled = (row: unknown): boolean =>
	typeof row !== 'object' || row === null || Object.keys(row).length > 0;

function rowsOf<T extends z.ZodTypeAny>(row: T) {
	return z
		.union([z.array(z.unknown()), z.record(z.unknown()).transform((one) => [one])])
		.transform((rows) => rows.filter(isFilled))
		.pipe(z.array(row));
}

const personLink = z
	.object({ source: text, sourceId: text.nullish(), employeeId: text.nullish(), userId: text, email: z.string().nullish() })
	.transform(({ source, sourceId, employeeId, userId, email }, context) => {
		const id = sourceId ?? employeeId;
		if (id) return { source, sourceId: id, userId, email: email?.trim() || undefined };
		context.addIssue({ code: 'custom', message: 'has neither sourceId nor employeeId' });
		return z.NEVER;
	});

/** Links that were begun and have no account yet say nothing. */
const isLinked = (row: unknown): boolean =>
	z.object({ userId: text }).safeParse(row).success || z.object({ groupId: text }).safeParse(row).success;

/** @throws ScimError `invalidInput` */
export function readLinks(options: Options): Links {
	const read = <T extends z.ZodTypeAny>(name: string, label: string, row: T, example: string) =>
		(
			jsonParameter(options[name], label, rowsOf(z.unknown()), example) ?? []
		).filter(isLinked).map((one, index) => entry(row, one, label, index, example));
	return {
		people: read(
			'links',
			'Person Links',
			personLink,
			'[{"source": "entra", "sourceId": "…", "userId": "…", "email": "ada@example.com"}]',
		),
		groups: read(
			'groupLinks',
			'Group Links',
			z.object({ name: text, groupId: text, adoptedAt: z.string().nullish() }).transform((link) => ({
				...link,
				adoptedAt: link.adoptedAt || undefined,
			})),
			'[{"name": "eng-all", "groupId": "…"}]',
		),
	};
}

function entry<T extends z.ZodTypeAny>(
	schema: T,
	value: unknown,
	label: string,
	index: number,
	example: string,
): z.output<T> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new ScimError(
		'invalidInput',
		`Entry ${index} of ${label} cannot be read: ${parsed.error.issues
			.map(({ path, message }) => `${path.join('.') || 'entry'} ${message}`)
			.join('; ')}.`,
		`Give JSON of the form ${example}, or an expression that results in it.`,
	);
}

const memorySchema = z.object({
	sources: z
		.record(
			z.object({ readAt: z.string(), count: z.number(), filled: z.record(z.number()).default({}) }),
		)
		.default({}),
	absentSince: z.record(z.string()).default({}),
});

/** @throws ScimError `invalidInput`: a memory that is lost unnoticed would loosen no guard, but blind one */
export function readMemory(options: Options): Memory {
	return (
		jsonParameter(
			options['memory'],
			'Memory',
			memorySchema,
			'{"sources": {…}, "absentSince": {…}}, as the last summary gave it',
		) ?? { sources: {}, absentSince: {} }
	);
}

const membershipActions = ['group.addMembers', 'group.removeMembers'] as const;

/** Other changes than memberships may be among them. @throws ScimError `invalidInput` */
export function readRecentChanges(options: Options): RecentChange[] {
	const example = '[{"action": "group.addMembers", "groupId": "…", "userId": "…", "at": "2026-06-01T08:00:00Z"}]';
	const change = z.object({
		action: z.enum(membershipActions),
		groupId: text,
		userId: text,
		at: z.string().refine((at) => !Number.isNaN(Date.parse(at)), 'is no instant'),
	});
	const isMembership = (row: unknown): boolean =>
		z.object({ action: z.enum(membershipActions) }).safeParse(row).success;
	const rows = jsonParameter(options['recentChanges'], 'Recent Changes', rowsOf(z.unknown()), example) ?? [];
	return rows
		.filter(isMembership)
		.map((row, index) => entry(change, row, 'Recent Changes', index, example));
}

function roleMapIn(value: unknown): ReadonlyMap<string, string> {
	const roles = jsonParameter(value, 'Role Map', z.record(text), '{"notion-admins": "membership_admin"}');
	return new Map(Object.entries(roles ?? {}));
}

/** Names may have spaces in them, so only commas and new lines are between two. */
function namesIn(value: unknown): string[] {
	const list = Array.isArray(value) ? value.map(asText) : asText(value).split(/[,\n]/);
	return list.map((name) => name.trim()).filter((name) => name !== '');
}

/** @throws ScimError `invalidInput` for what no attribute is called, so that a slip is noticed */
function attributesIn(value: unknown): PersonAttribute[] {
	const names = Array.isArray(value) ? value.map(asText) : asText(value).split(/[\s,]+/);
	return names
		.filter((name) => name !== '')
		.map((name) => {
			const attribute = PERSON_ATTRIBUTES.find((one) => one === name);
			if (attribute) return attribute;
			throw new ScimError(
				'invalidInput',
				`Sync Attributes names "${name}", which is no attribute of a person.`,
				`Pick from the list, or give names of these: ${PERSON_ATTRIBUTES.join(', ')}.`,
			);
		});
}

/** @param choices the default first. @throws ScimError `invalidInput` for anything else */
function choice<T extends string>(
	options: Options,
	name: string,
	label: string,
	choices: readonly [T, ...T[]],
): T {
	const value = options[name];
	if (value === undefined || value === '') return choices[0];
	const chosen = choices.find((one) => one === value);
	if (chosen !== undefined) return chosen;
	throw new ScimError(
		'invalidInput',
		`${label} is "${asText(value)}", which is none of its choices.`,
		`Pick from the list, or let the expression give one of these: ${choices.join(', ')}.`,
	);
}

/** @throws ScimError `invalidInput` */
function numberIn(options: Options, name: string, label: string, usual: number): number {
	const value = options[name];
	if (value === undefined) return usual;
	const number = Number(asText(value) || Number.NaN);
	if (number >= 0) return number;
	throw new ScimError(
		'invalidInput',
		`${label} is no number from 0 on.`,
		'Check its expression, or take the rule away for the default.',
	);
}
