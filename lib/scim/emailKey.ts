/** A letter outside ASCII, which Unicode lower-casing could turn into another person's letter. */
const NON_ASCII = /\P{ASCII}/u;

/**
 * The comparison key of an email address: two spellings of one address have the same key. The local part is
 * lower-cased in ASCII only, because Unicode lower-casing merges different people (`mar` + KELVIN SIGN would
 * become `mark`). The domain becomes its A-label (UTS 46), so that `bücher.example` equals
 * `xn--bcher-kva.example`. Plus tags and dots are part of the address.
 */
export function emailKey(email: string): string {
	const trimmed = email.trim();
	const at = trimmed.lastIndexOf('@');
	if (at < 0) return lowerCaseAscii(trimmed);
	return `${lowerCaseAscii(trimmed.slice(0, at))}@${domainKey(trimmed.slice(at + 1))}`;
}

/** The A-label of a domain, lower-cased. Removes a leading `@`, which people write in lists. */
export function domainKey(domain: string): string {
	const bare = withoutRootDot(domain.trim().replace(/^@/, ''));
	if (!NON_ASCII.test(bare)) return lowerCaseAscii(bare);
	// A URL parser applies UTS 46 to its host. Delimiters would end the host early, so they are refused.
	if (/[\s\p{Cc}/?#@:\\[\]%]/u.test(bare)) return lowerCaseAscii(bare);
	try {
		return withoutRootDot(new URL(`http://${bare}`).hostname);
	} catch {
		return lowerCaseAscii(bare);
	}
}

/**
 * One trailing dot is the DNS root (RFC 1034 section 3.1); anything more makes the name invalid and is kept.
 */
function withoutRootDot(domain: string): string {
	return domain.replace(/(?<![.\s])\.$/, '');
}

/** The domain of an address in the form that {@link domainKey} gives, or an empty string. */
export function emailDomain(email: string): string {
	const key = emailKey(email);
	const at = key.lastIndexOf('@');
	return at < 0 ? '' : key.slice(at + 1);
}

/** Whether two addresses differ but are easily confused. Such a pair is never treated as one person. */
export function isConfusable(one: string, other: string): boolean {
	return emailKey(one) !== emailKey(other) && confusableKey(one) === confusableKey(other);
}

/**
 * The confusable key of an address: addresses that look the same share it. It applies Unicode compatibility
 * normalisation and full lower-casing, and replaces letters of other scripts that look Latin (UTS 39).
 */
export function confusableKey(email: string): string {
	const plain = emailKey(email).normalize('NFKC').toLowerCase();
	return NON_ASCII.test(plain) ? plain.replace(/\P{ASCII}/gu, (letter) => CONFUSABLES.get(letter) ?? letter) : plain;
}

/** Lower-case Cyrillic and Greek letters, each with the Latin letter that it resembles. */
const CONFUSABLES = new Map(
	Object.entries({
		a: 'аα', b: 'Ьь', c: 'сϲ', d: 'ԁ', e: 'еε', g: 'ɡ', h: 'һ', i: 'іιı', j: 'јϳ', k: 'кκ', l: 'ӏ',
		m: 'м', n: 'п', o: 'оοσ', p: 'рρ', q: 'ԛ', r: 'г', s: 'ѕ', t: 'тτ', u: 'υ', v: 'ѵν', w: 'ԝω',
		x: 'хχ', y: 'уγ',
	}).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);

function lowerCaseAscii(text: string): string {
	return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
