import { domainKey } from './emailKey';

/**
 * Characters of an unquoted local part (RFC 5322 `atext`, with the letters beyond ASCII that RFC 6532 adds).
 * White space, controls and invisible characters are excluded.
 */
const LOCAL_PART = /^(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+(?:\.(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+)*$/u;
const LONGEST_LOCAL_PART = 64;

/** One label of a host name in ASCII (RFC 1123 section 2.1, RFC 5891 for A-labels). */
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
const LONGEST_DOMAIN = 253;

/**
 * Entra's name for a guest, such as `ada_partner.example#EXT#@contoso.onmicrosoft.com`, which receives no
 * mail.
 */
const GUEST_PRINCIPAL_NAME = /#EXT#@/i;

/**
 * Whether a text is an address and nothing else: an addr-spec (RFC 5322 section 3.4.1) without quoted local
 * part, comment or address literal, in a domain of two labels or more. Surrounding white space is not
 * allowed.
 */
export function isEmail(text: string): boolean {
	const at = text.lastIndexOf('@');
	const localPart = text.slice(0, Math.max(0, at));
	return (
		localPart.length <= LONGEST_LOCAL_PART &&
		LOCAL_PART.test(localPart) &&
		!GUEST_PRINCIPAL_NAME.test(text) &&
		!text.endsWith('.') &&
		isDomain(text.slice(at + 1))
	);
}

/** Whether a text is the name of a domain in which people can have addresses: `example.com`, not `com`. */
function isDomain(text: string): boolean {
	// UTS 46 removes some characters or maps them to letters, such as a quote; no domain name contains them.
	if (/[\s@*\p{C}]|[^\p{ASCII}\p{L}\p{M}\p{N}\u3002\uff0e\uff61]/u.test(text)) return false;
	const labels = domainKey(text).split('.');
	return (
		labels.length > 1 &&
		labels.join('.').length <= LONGEST_DOMAIN &&
		labels.every((label) => LABEL.test(label)) &&
		!/^\d+$/.test(labels.at(-1) ?? '')
	);
}

/** What people and programs put around an address: mail programs, directories, spreadsheets, JSON. */
const WRAPPINGS: readonly RegExp[] = [
	/^(?:mailto|smtp):\s*(.*)$/is,
	/^<(.*)>$/s,
	/^"(.*)"$/s,
	/^'(.*)'$/s,
	/^`(.*)`$/s,
	/^\u201c(.*)\u201d$/s,
	/^\u2018(.*)\u2019$/s,
	/^\((.*)\)$/s,
	/^\[(.*)\]$/s,
];

/**
 * Finds the address in a text that names one person: bare, in brackets or quotes, after `mailto:` or `smtp:`,
 * or after a display name.
 * @returns the bare address, as written; undefined for any other text, including one with two addresses,
 * because no one knows which of them is meant
 */
export function readEmail(written: string): string | undefined {
	const mailbox = /^([^<>]*)<([^<>]*)>$/s.exec(written.trim());
	const [, displayName = '', address = written] = mailbox ?? [];
	const email = unwrapped(address).replace(/(?<=[^.])\.$/, '');
	// A quote left here is never closed, like the apostrophe of a spreadsheet, although RFC 5322 allows it.
	if (!isEmail(email) || /^(?:['`]|[^\p{ASCII}\p{L}\p{M}\p{N}])/u.test(email)) return undefined;
	const names = unwrapped(displayName);
	return names.includes('@') && names !== email ? undefined : email;
}

function unwrapped(written: string): string {
	let text = written.trim();
	for (;;) {
		const inner = WRAPPINGS.map((wrapping) => wrapping.exec(text)?.[1]).find((part) => part !== undefined);
		if (inner === undefined) return text;
		text = inner.trim();
	}
}

/** The addresses or domains of a list, and the entries that are neither. */
export interface ReadList {
	/** In the order of the list. */
	entries: string[];
	/** As written. A guard with such an entry is refused. */
	unreadable: string[];
}

/** A mailbox with its display name, a text in quotes, or anything else up to the next separator. */
const MAILBOX = /(?:"[^"]*"|[^<>,;\r\n"])*<[^<>]*>|"[^"]*"|[^\s,;]+/g;

/**
 * Reads the addresses of a list that a person typed or pasted, each in any form that {@link readEmail} reads.
 * Commas, semicolons, white space and new lines separate them.
 */
export function readEmails(written: string): ReadList {
	return readEach(mailboxesIn(written), readEmail);
}

/** The entries of such a list as written, whether or not they are addresses. */
export function mailboxesIn(written: string): string[] {
	return written.match(MAILBOX) ?? [];
}

/**
 * Reads the domains of a list, each in any form that {@link readDomain} reads; the separators are those of
 * addresses.
 */
export function readDomains(written: string): ReadList {
	return readEach(written.match(/[^\s,;]+/g) ?? [], readDomain);
}

function readEach(written: readonly string[], read: (entry: string) => string | undefined): ReadList {
	const list: ReadList = { entries: [], unreadable: [] };
	for (const entry of written) {
		const found = read(entry);
		if (found === undefined) list.unreadable.push(entry.trim());
		else list.entries.push(found);
	}
	return list;
}

/**
 * Finds the domain in a text that names one: bare, in quotes, with `@` before it as in an address, as a web
 * address without a path, or with `*.` for the domain and all its subdomains.
 * @returns the A-label form of `domainKey`, with `*.` before it for subdomains; undefined for any other text,
 * such as an address, a path or a bare top-level domain
 */
export function readDomain(written: string): string | undefined {
	const bare = unwrapped(written)
		.replace(/^https?:\/\/([^/]*)\/?$/i, '$1')
		.replace(/^@/, '');
	const domain = bare.replace(/^\*\./, '');
	if (!isDomain(domain)) return undefined;
	return `${domain === bare ? '' : '*.'}${domainKey(domain)}`;
}

/**
 * Whether a domain is in a list that {@link readDomain} produced.
 * @param domain in the form of `domainKey`
 */
export function isOneOfDomains(domains: ReadonlySet<string>, domain: string): boolean {
	const labels = domain.split('.');
	return (
		domains.has(domain) ||
		labels.some((_label, index) => domains.has(`*.${labels.slice(index).join('.')}`))
	);
}

/** Quotes a text in an error; invisible characters, which may be the whole mistake, appear as `\u200b`. */
export function shownEntry(text: string): string {
	return text.replace(
		/[\p{C}\p{Z}]/gu,
		(letter) => (letter === ' ' ? letter : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`),
	);
}
