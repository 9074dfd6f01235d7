import { readEmail, shownEntry } from '../../../../lib/scim/emailAddress';
import { splitList } from '../../../../lib/scim/personAttributes';
import { ScimError } from '../../../../lib/scim/scimError';
import { textsOf } from '../../execution/lists';
import type { ItemParameters } from '../../execution/parameters';
import type { Described } from '../../execution/scalarParameters';
import { countIn } from '../../execution/scalarParameters';

/**
 * Whole numbers from 0 on, separated by commas, semicolons or white space. @throws ScimError `invalidInput`
 */
export function countsIn(parameters: ItemParameters, { name, displayName }: Described): number[] {
	return textsOf(parameters.raw(name), displayName, splitList).map((entry) => {
		const count = countIn(entry);
		if (count !== undefined) return count;
		throw new ScimError(
			'invalidInput',
			`${displayName} has "${shownEntry(entry)}" in it, which is not a whole number from 0 on. Nothing was done.`,
			'Enter numbers with commas between them, or check the expression.',
		);
	});
}

/** One address in any form that people write. @throws ScimError `invalidInput` */
export function addressIn(parameters: ItemParameters, { name, displayName }: Described): string {
	const given = parameters.text(name);
	const email = readEmail(given);
	if (email !== undefined) return email;
	throw new ScimError(
		'invalidInput',
		`${displayName} is "${shownEntry(given.trim())}", which is not one email address. Nothing was done.`,
		'Enter one address, such as it@example.com.',
	);
}
