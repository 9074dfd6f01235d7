import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import { proseKey } from './sameValue';
import { GROUP_SCHEMA } from './schemaUrns';
import { ScimError } from './scimError';

/** A Group of the workspace, parsed once. */
export interface Group {
	id: string;
	/** Not guaranteed to be unique: groups older than that rule can share a name (Notion help, "SCIM"). */
	displayName: string;
	/** User ids, each once. */
	memberIds: string[];
	/** The resource as it came, with everything unknown kept. */
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
 * Reads a Group; names of attributes come in any case.
 *
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
 * The body of `POST /Groups`. Members are left out on purpose: whether Notion reads them there is
 * not documented, so they are added by PATCH afterwards.
 */
export function newGroupResource(displayName: string): Record<string, unknown> {
	return { schemas: [GROUP_SCHEMA], displayName };
}

/** A row that is no group, named by as much of it as can be read. */
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

/** Group names are compared exactly, but for white space and Unicode composition. */
export function groupNameKey(name: string): string {
	return proseKey(name);
}

/**
 * What a name looks like: names that differ only in letters that no one sees, in case or in white space
 * have one look, and are two groups all the same.
 */
export function groupNameLook(name: string): string {
	const visible = name.normalize('NFKC').replace(/\p{Cf}/gu, '');
	// Upper case first: some letters are one there, and two in lower case.
	return proseKey(visible.toUpperCase().toLowerCase());
}

/** Notion's documented limit of rows in one answer, which a server may apply to members as well. */
const MEMBERS_OF_A_CUT_LIST = 100;

/**
 * Whether a group may have members whom Notion does not show. Over 300 came in one answer where someone
 * looked, and Notion documents a cut at 100, so exactly 100 prove no one absent.
 */
export function mayBeCut({ memberIds }: Pick<Group, 'memberIds'>): boolean {
	return memberIds.length === MEMBERS_OF_A_CUT_LIST;
}
