import { domainKey } from './emailKey';

/**
 * Letters of a local part outside quotes (RFC 5322 `atext`, with the letters beyond ASCII that
 * RFC 6532 adds). White space, controls and letters that nobody can see are none of them.
 */
const LOCAL_PART = /^(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+(?:\.(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+)*$/u;
const LONGEST_LOCAL_PART = 64;

/** One label of a host name in ASCII (RFC 1123 section 2.1, RFC 5891 for A-labels). */
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
const LONGEST_DOMAIN = 253;

/** Entra's name for a guest, such as `ada_partner.example#EXT#@contoso.onmicrosoft.com`: no mail arrives there. */
const GUEST_PRINCIPAL_NAME = /#EXT#@/i;

/**
 * Whether a text is an address and nothing else: an addr-spec (RFC 5322 section 3.4.1) without quoted
 * local part, comment or address literal, in a domain of two labels or more. White space around it
 * counts as something else.
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
	// What UTS 46 leaves out of a name, or turns into letters, such as a quote, is no part of one.
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
 * The address in a text that names one person: bare, in brackets or quotes, behind `mailto:` or `smtp:`,
 * or behind a display name.
 *
 * @returns the bare address, as it was written; undefined where the text is anything else, also where
 *   it holds two addresses, because no one knows which of them is meant
 */
export function readEmail(written: string): string | undefined {
	const mailbox = /^([^<>]*)<([^<>]*)>$/s.exec(written.trim());
	const [, displayName = '', address = written] = mailbox ?? [];
	const email = unwrapped(address).replace(/(?<=[^.])\.$/, '');
	// A quote there is one that never ends, as the apostrophe of a spreadsheet, though RFC 5322 allows it.
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

/** What a list of addresses or domains names, and what in it is neither. */
export interface ReadList {
	/** In the order of the list. */
	entries: string[];
	/** As they were written. Whoever reads a guard refuses it where there is one. */
	unreadable: string[];
}

/** A mailbox with its display name, a text in quotes, or anything else up to the next separator. */
const MAILBOX = /(?:"[^"]*"|[^<>,;\r\n"])*<[^<>]*>|"[^"]*"|[^\s,;]+/g;

/**
 * The addresses of a list that a person typed or pasted, each in any form that {@link readEmail} reads.
 * Commas, semicolons, white space and new lines separate them.
 */
export function readEmails(written: string): ReadList {
	return readEach(mailboxesIn(written), readEmail);
}

/** The entries of such a list as they were written, whether they are addresses or not. */
export function mailboxesIn(written: string): string[] {
	return written.match(MAILBOX) ?? [];
}

/** The domains of a list, each in any form that {@link readDomain} reads; separated as addresses are. */
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
 * The domain in a text that names one: bare, in quotes, with `@` before it as in an address, as a web
 * address without a path, or with `*.`, which means the domain and every subdomain of it.
 *
 * @returns the A-label form of `domainKey`, with `*.` before it where subdomains are meant; undefined
 *   for anything else, such as an address, a path or a bare top-level domain
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
 * Whether a domain is one of those that {@link readDomain} gave.
 *
 * @param domain in the form of `domainKey`
 */
export function isOneOfDomains(domains: ReadonlySet<string>, domain: string): boolean {
	const labels = domain.split('.');
	return (
		domains.has(domain) ||
		labels.some((_label, index) => domains.has(`*.${labels.slice(index).join('.')}`))
	);
}

/** A text for an error: letters that cannot be seen, which may be all that is wrong, show as `\u200b`. */
export function shownEntry(text: string): string {
	return text.replace(
		/[\p{C}\p{Z}]/gu,
		(letter) => (letter === ' ' ? letter : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`),
	);
}
