import { z } from 'zod';

import type { GroupLink, PersonLink } from '../../../../lib/directory/plan/policy';
import { readEmail, shownEntry } from '../../../../lib/scim/emailAddress';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import type { Options } from '../../execution/scalarParameters';
import { entryOf, rowsOf, text } from './optionValues';

const PERSON_EXAMPLE = '[{"source": "entra", "sourceId": "…", "userId": "…", "email": "ada@example.com"}]';
const GROUP_EXAMPLE = '[{"name": "eng-all", "groupId": "…"}]';

/** A table returns an empty column as null or as an empty text. */
const optionalText = z.union([text, z.literal('').transform(() => undefined)]).nullish();

/** An unreadable address could be given to another person unnoticed. */
const linkedEmail = z
	.string()
	.nullish()
	.transform((written, context) => {
		if (!written?.trim()) return undefined;
		const email = readEmail(written);
		if (email !== undefined) return email;
		context.addIssue({ code: 'custom', message: `is "${shownEntry(written)}", which is not an email address` });
		return z.NEVER;
	});

/** An address here would link nothing, and the person would count as unlinked. */
const notionId = text.refine(looksLikeId, 'is not an ID of Notion');

const personLink = z
	.object({
		source: text,
		sourceId: optionalText,
		employeeId: optionalText,
		userId: notionId,
		email: linkedEmail,
	})
	.transform(({ source, sourceId, employeeId, userId, email }, context) => {
		const id = sourceId ?? employeeId;
		if (id) return { source, sourceId: id, userId, email };
		context.addIssue({ code: 'custom', message: 'has neither sourceId nor employeeId' });
		return z.NEVER;
	});

/** The table has another field for the name of a group than a person who writes the links by hand. */
const named = (row: unknown): unknown => {
	const { groupName, ...rest } = z.record(z.unknown()).catch({}).parse(row);
	return 'name' in rest || !groupName ? rest : { ...rest, name: groupName };
};

const groupLink = z
	.preprocess(named, z.object({ name: text, groupId: notionId, adoptedAt: z.string().nullish() }))
	.transform(({ name, groupId, adoptedAt }) => ({ name, groupId, adoptedAt: adoptedAt || undefined }));

/** The row of a deleted group no longer has a name. */
const isDeleted = (row: unknown): boolean =>
	z.object({ groupName: z.string().trim().length(0).nullable(), name: z.undefined() }).safeParse(row).success;

/** A link without an account yet says nothing; a row without that column is not a link. */
function isOpen(row: unknown, column: 'userId' | 'groupId'): boolean {
	const parsed = z.object({ [column]: z.string().trim().length(0).nullable() }).safeParse(row);
	return parsed.success;
}

/**
 * The option `links` of an operation: which directory entry belongs to which member. @throws ScimError
 * `invalidInput`
 */
export function readPersonLinks(options: Options, label: string): PersonLink[] {
	return rowsOf(options, 'links', label, PERSON_EXAMPLE)
		.filter((row) => !isOpen(row, 'userId'))
		.map((row, index) => entryOf(personLink, row, label, index, PERSON_EXAMPLE));
}

/**
 * The option `groupLinks`: which directory group belongs to which Notion group. @throws ScimError
 * `invalidInput`
 */
export function readGroupLinks(options: Options, label: string): GroupLink[] {
	return rowsOf(options, 'groupLinks', label, GROUP_EXAMPLE)
		.filter((row) => !isOpen(row, 'groupId') && !isDeleted(row))
		.map((row, index) => entryOf(groupLink, row, label, index, GROUP_EXAMPLE));
}
