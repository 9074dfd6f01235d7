import type { ReadList } from '../../scim/emailAddress';
import { readEmails } from '../../scim/emailAddress';
import { domainKey, emailKey } from '../../scim/emailKey';

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

/** Addresses of things that are no person, as companies usually name them. */
export const USUAL_NON_HUMANS: readonly string[] = [
	'bot@',
	'*-bot@',
	'bot-*@',
	'service@',
	'svc-*@',
	'svc_*@',
	'noreply@',
	'no-reply@',
	'automation@',
	'integration@',
	'integrations@',
	'notifications@',
	'shared@',
];

/**
 * Whether an address is meant by a pattern: `*` stands for any letters. What ends in `@` is about the
 * part before the `@`, what begins with it about the domain.
 */
export function matchesPattern(email: string, pattern: string): boolean {
	const wanted = pattern.trim();
	if (wanted === '') return false;
	const whole = wanted.endsWith('@') ? `${wanted}*` : wanted.startsWith('@') ? `*${wanted}` : wanted;
	// Compared piece by piece: a regular expression made of a pattern can take for ever.
	const pieces = whole.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).split('*');
	const address = emailKey(email);
	const first = pieces[0] ?? '';
	const last = pieces.at(-1) ?? '';
	if (pieces.length === 1) return address === first;
	if (!address.startsWith(first)) return false;
	let from = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const at = address.indexOf(piece, from);
		if (at < 0) return false;
		from = at + piece.length;
	}
	return address.length - last.length >= from && address.endsWith(last);
}
