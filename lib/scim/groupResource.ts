import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import { proseKey } from './sameValue';
import { GROUP_SCHEMA } from './schemaUrns';
import { ScimError } from './scimError';

/** A Group of the workspace, parsed once. */
export interface Group {
	id: string;
	/** Not necessarily unique: older groups can share a name (Notion help, "SCIM"). */
	displayName: string;
	/** User ids, without duplicates. */
	memberIds: string[];
	/** The resource as received, including unknown attributes. */
	resource: Record<string, unknown>;
}

const groupSchema = z.object({
	id: z.string().min(1),
	displayName: z.string(),
	members: z
		.array(z.object({ value: z.union([z.string().min(1), z.number().transform(String)]) }))
		.nullish(),
});

/**
 * Reads a Group; attribute names may come in any case.
 * @throws ScimError `unexpectedAnswer` without `id` or `displayName`, or with members of another form; the
 * message names the row
 */
export function parseGroup(body: unknown): Group {
	const named = withKnownNames(body);
	const parsed = groupSchema.safeParse(named);
	const resource = z.record(z.unknown()).safeParse(body);
	if (!parsed.success || !resource.success) throw noGroup(named);
	return {
		id: parsed.data.id,
		displayName: parsed.data.displayName,
		memberIds: [...new Set((parsed.data.members ?? []).map((member) => member.value))],
		resource: resource.data,
	};
}

/**
 * The body of `POST /Groups`. Members are left out on purpose: Notion does not document whether it reads them
 * there, so a later PATCH adds them.
 */
export function newGroupResource(displayName: string): Record<string, unknown> {
	return { schemas: [GROUP_SCHEMA], displayName };
}

/** Describes a row that is not a group by whatever can be read of it. */
function noGroup(named: unknown): ScimError {
	const part = z.string().optional().catch(undefined);
	const row = z.object({ id: part, displayName: part }).catch({}).parse(named);
	const known = [row.displayName, row.id].filter((value) => value).join(', ');
	return new ScimError(
		'unexpectedAnswer',
		known === ''
			? 'The server answered, but not with a SCIM group that has an ID and a name.'
			: `The server answered with a group (${known}) whose ID, name or members cannot be read.`,
		'Check the Base URL of the credential. If it is right, the server has changed; please report it.',
	);
}

/** Group names are compared exactly, except for white space and Unicode composition. */
export function groupNameKey(name: string): string {
	return proseKey(name);
}

/**
 * The confusable key of a group name: names that differ only in invisible characters, case or white space
 * share it, and still name different groups.
 */
export function confusableGroupNameKey(name: string): string {
	const visible = name.normalize('NFKC').replace(/\p{Cf}/gu, '');
	// Upper-cased first: some letters are one upper-case letter but two lower-case ones.
	return proseKey(visible.toUpperCase().toLowerCase());
}

/** Notion's documented limit of rows in one answer, which a server may also apply to members. */
const MEMBERS_OF_A_CUT_LIST = 100;

/**
 * Whether a group may have members that Notion does not show. An answer with over 300 members was observed,
 * but Notion documents a limit of 100, so a list of exactly 100 does not prove that anyone is absent.
 */
export function mayBeCut({ memberIds }: Pick<Group, 'memberIds'>): boolean {
	return memberIds.length === MEMBERS_OF_A_CUT_LIST;
}

/** Whether one of the groups shows more members than a cut list has, so that the server cuts none. */
export function showsAllMembers(groups: ReadonlyArray<Pick<Group, 'memberIds'>>): boolean {
	return groups.some(({ memberIds }) => memberIds.length > MEMBERS_OF_A_CUT_LIST);
}
