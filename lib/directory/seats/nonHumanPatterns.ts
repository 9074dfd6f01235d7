import type { ReadList } from '../../scim/emailAddress';
import { readEmails } from '../../scim/emailAddress';
import { domainKey } from '../../scim/emailKey';

/** The part before the `@`, the part behind it, or both; `*` stands for any letters. */
const PATTERN = /^([^\s@<>()[\]"`,;:\\]*)@([\p{L}\p{N}.*-]*)$/u;

/**
 * The patterns of a list of addresses that are no person's: addresses in any form that `readEmail` reads,
 * and patterns as `matchesPattern` knows them. What is neither would match no account, and a bot would then
 * be called orphaned.
 */
export function readPatterns(written: string): ReadList {
	const { entries, unreadable } = readEmails(written);
	const list: ReadList = { entries, unreadable: [] };
	for (const entry of unreadable) {
		const pattern = readPattern(entry);
		if (pattern === undefined) list.unreadable.push(entry);
		else list.entries.push(pattern);
	}
	return list;
}

function readPattern(entry: string): string | undefined {
	const [, localPart = '', domain = ''] = PATTERN.exec(entry) ?? [];
	if (localPart === '' && domain === '') return undefined;
	return `${localPart}@${domain.includes('*') ? domain : domainKey(domain)}`;
}
