import type { VendorEvent } from './vendorEvent';

/** Words for the end of an employment that some system may use one day. */
const end =
	/terminat|dismiss|resign|offboard|depart(?!ment)|separat|lay.?off|\bleft\b|_left\b|leaver|fired|revok|inactiv|deactivat|suspend/i;

/** Of a document these say nothing about anybody; of a person they may. */
const removal = /delet|remov|archiv|destroy/i;
const people = /employee|employment|person|people|worker|individual|directory|contract|user/i;

/**
 * What a word of a system means, by that system's table.
 *
 * A word that is not in the table is `other`. But if it sounds like the end of an employment, somebody
 * must look: passing it by would leave a leaver with access, and acting on it might lock out the wrong
 * person.
 *
 * @param table by word in lower case
 */
export function meaningOf(
	word: string,
	table: Readonly<Record<string, VendorEvent['kind']>>,
): Pick<VendorEvent, 'kind' | 'alarm'> {
	const key = word.toLowerCase();
	const kind = Object.hasOwn(table, key) ? table[key] : undefined;
	if (kind !== undefined) return { kind };
	if (!end.test(word) && !(removal.test(word) && people.test(word))) return { kind: 'other' };
	return {
		kind: 'other',
		alarm: `"${word.slice(0, 80)}" may mean that somebody leaves, or that a record was tidied up. A person must look.`,
	};
}
