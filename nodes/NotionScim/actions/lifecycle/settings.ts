import { readEmail } from '../../../../lib/scim/emailAddress';
import { splitList } from '../../../../lib/scim/personAttributes';
import { readNumber } from '../../../../lib/scim/scalars';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';

/** @throws ScimError `invalidInput` for anything but a number from 0 on: a setting that got lost is no zero */
export function numberIn(parameters: ItemParameters, name: string, label: string): number {
	return positive(parameters.raw(name), label);
}

/** Numbers with commas, semicolons or white space between them. @throws ScimError `invalidInput` */
export function numbersIn(parameters: ItemParameters, name: string, label: string): number[] {
	const given = parameters.raw(name);
	const entries: unknown[] = Array.isArray(given) ? given : splitList(asText(given));
	return entries.map((entry) => positive(entry, label));
}

/** One address in any form that people write it in. @throws ScimError `invalidInput` */
export function addressIn(parameters: ItemParameters, name: string, label: string): string {
	const given = parameters.text(name);
	const email = readEmail(given);
	if (email !== undefined) return email;
	throw new ScimError(
		'invalidInput',
		`${label} is "${given.trim()}", which is not one email address. Nothing was done.`,
		'Enter one address, such as it@example.com.',
	);
}

function positive(given: unknown, label: string): number {
	const number = readNumber(given);
	if (number !== undefined && number >= 0) return number;
	throw new ScimError(
		'invalidInput',
		`${label} has an entry that is no number from 0 on: "${asText(given)}". Nothing was done.`,
		'Enter a number, or check the expression.',
	);
}
