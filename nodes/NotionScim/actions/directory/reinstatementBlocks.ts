import { z } from 'zod';

import { readGuardedEmails } from '../../../../lib/directory/guards/guardLists';
import type { BlockedPerson } from '../../../../lib/directory/plan/policy';
import { shownEntry } from '../../../../lib/scim/emailAddress';
import type { Options } from '../../execution/scalarParameters';
import { entryOf, rowsOf, text } from './optionValues';

const EXAMPLE =
	'[{"email": "ada@example.com", "userId": "…", "until": "2026-06-01T08:00:00Z", "why": "…"}]';

/** A table returns an empty column as null or as an empty text. */
const optionalText = z
	.string()
	.nullish()
	.transform((value) => value?.trim() || undefined);

/** An unreadable address would not block the person. */
const blockedEmail = optionalText.transform((written, context) => {
	if (written === undefined) return undefined;
	const { entries, unreadable } = readGuardedEmails(written);
	if (entries.length === 1 && unreadable.length === 0) return entries[0];
	context.addIssue({
		code: 'custom',
		message: `is "${shownEntry(written)}", which is not an email address of one person`,
	});
	return z.NEVER;
});

const blockedPerson = z
	.object({
		email: blockedEmail,
		userId: optionalText,
		until: optionalText.refine(
			(at) => at === undefined || !Number.isNaN(Date.parse(at)),
			'is not an instant',
		),
		why: text,
	})
	.refine(({ email, userId }) => email !== undefined || userId !== undefined, {
		message: 'has neither email nor userId',
	})
	.transform(({ email, userId, until, why }): BlockedPerson => ({
		email,
		userId,
		until: until === undefined ? undefined : Date.parse(until),
		why: /[.!?]$/u.test(why) ? why : `${why}.`,
	}));

/** The option `blocks`: the reinstatement blocks. @throws ScimError `invalidInput` */
export function readReinstatementBlocks(options: Options): BlockedPerson[] {
	return rowsOf(options, 'blocks', 'Reinstatement Blocks', EXAMPLE).map((row, index) =>
		entryOf(blockedPerson, row, 'Reinstatement Blocks', index, EXAMPLE),
	);
}
