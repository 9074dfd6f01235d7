import { declarationOf } from '../../../../lib/scim/attributeDeclarations';
import { shownEntry } from '../../../../lib/scim/emailAddress';
import type { PersonAttributes } from '../../../../lib/scim/personAttributes';
import { readAddresses } from '../../../../lib/scim/personAttributes';
import { ScimError } from '../../../../lib/scim/scimError';
import { personAttributes } from '../../execution/parameters';

/**
 * The attributes of a person from a collection, with every address in bare form.
 * @throws ScimError `invalidInput` for a text in place of an address that is not one
 */
export function readAttributes(collection: Record<string, unknown>): PersonAttributes {
	const { attributes, unreadable } = readAddresses(personAttributes(collection));
	const [first] = unreadable;
	if (!first) return attributes;
	throw new ScimError(
		'invalidInput',
		`${declarationOf(first.attribute).label} has "${shownEntry(first.written)}" in it, which is not an email address.`,
		'Check the expression, or the data of this item.',
	);
}
