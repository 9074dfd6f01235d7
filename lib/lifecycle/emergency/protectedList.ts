import { readEmails, shownEntry } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';

/** The people who are never locked out. */
export interface ProtectedList {
	/** The comparison keys of their addresses. */
	keys: ReadonlySet<string>;
	/**
	 * Why the list cannot be read, as a sentence. An unreadable list may protect the wrong people, so no one
	 * is locked out.
	 */
	trouble?: string;
}

/** @param written addresses as an admin, or an expression, gives them: a text or a list of texts */
export function protectedList(written: unknown): ProtectedList {
	const list: unknown[] = Array.isArray(written) ? written : [written ?? ''];
	const read = list.map((entry) =>
		typeof entry === 'string' ? readEmails(entry) : { entries: [], unreadable: [JSON.stringify(entry) ?? ''] },
	);
	const keys = new Set(read.flatMap(({ entries }) => entries).map(emailKey));
	const [bad] = read.flatMap(({ unreadable }) => unreadable);
	if (bad === undefined) return { keys };
	return {
		keys,
		trouble: `"${shownEntry(bad)}" in Protected Responders is no email address, so it is not known who is protected, and no one was locked out. Correct it and call again, or end the access by hand.`,
	};
}
