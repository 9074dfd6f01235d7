import type { ReadList } from '../../scim/emailAddress';
import { readDomain, readEmails } from '../../scim/emailAddress';

/** Letters before the `@` that people have in their addresses; anything else is a slip, such as `*`. */
const USUAL_LOCAL_PART = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._+&'-]*$/u;

/**
 * The addresses of a list that protects or blocks people. It is stricter than `readEmails`: an address
 * that is most likely a slip would protect no one, such as `*@example.com`, `'ada@example.com` of a
 * spreadsheet, or one with a letter of another script that looks like a Latin one.
 */
export function readGuardedEmails(written: string): ReadList {
	const { entries, unreadable } = readEmails(written);
	return {
		entries: entries.filter(isCertain),
		unreadable: [...unreadable, ...entries.filter((email) => !isCertain(email))],
	};
}

/**
 * The domains of a list of owned ones, as `readDomain` gives them. No one has an address in
 * `www.example.com`, so that is a slip as well.
 */
export function readGuardedDomains(written: string): ReadList {
	const list: ReadList = { entries: [], unreadable: [] };
	for (const entry of written.match(/[^\s,;]+/g) ?? []) {
		const domain = hasMixedScripts(entry) ? undefined : readDomain(entry);
		if (domain === undefined || /^(?:\*\.)?www\./.test(domain)) list.unreadable.push(entry);
		else list.entries.push(domain);
	}
	return list;
}

/** Whether the address is compared rightly with the one that Notion has, however that is written. */
function isCertain(email: string): boolean {
	const localPart = email.slice(0, email.lastIndexOf('@'));
	const small = localPart.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	return (
		USUAL_LOCAL_PART.test(localPart) &&
		small === localPart.normalize('NFKC').toLowerCase() &&
		!/\p{Default_Ignorable_Code_Point}/u.test(email) &&
		!hasMixedScripts(email)
	);
}

/** Whether one part has Latin letters and letters of a script that looks like Latin (see UTS 39). */
function hasMixedScripts(text: string): boolean {
	return text
		.split(/[.@]/)
		.some((part) => /\p{Script=Latin}/u.test(part) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(part));
}
