import { readDomains, readEmails, shownEntry } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import { ScimError } from '../../scim/scimError';

/** Whom an import takes. An empty list takes everyone. */
export interface ImportSettings {
	/** As `readDomain` gives them. */
	domains: ReadonlySet<string>;
	/** Keys of addresses, as `emailKey` gives them. */
	emails: ReadonlySet<string>;
	roles: readonly string[];
	/** Names. */
	groups: readonly string[];
	leaveOutPrivileged: boolean;
	/** Only groups whose names begin so are taken over. */
	groupPrefix: string;
	/** Whether rows that differ from Notion are written. */
	updateChanged: boolean;
}

/** @param written domains between commas or line breaks. @throws ScimError `invalidInput` for an entry that is no domain */
export function domainsToImport(written: string): Set<string> {
	const { entries, unreadable } = readDomains(written);
	refuse('Domains', unreadable, 'no domain, such as example.com');
	return new Set(entries);
}

/** @param written addresses between commas or line breaks. @throws ScimError `invalidInput` for an entry that is none */
export function emailsToImport(written: string): Set<string> {
	const { entries, unreadable } = readEmails(written);
	refuse('Emails', unreadable, 'no address, such as ada@example.com');
	return new Set(entries.map(emailKey));
}

function refuse(label: string, [entry]: readonly string[], why: string): void {
	if (entry === undefined) return;
	throw new ScimError(
		'invalidInput',
		`"${shownEntry(entry)}" in ${label} is ${why}.`,
		'Correct the entry or remove it. No one was compared.',
	);
}
