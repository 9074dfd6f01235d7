import fc from 'fast-check';

import {
	domainKey,
	emailDomain,
	emailKey,
	isConfusable,
} from '../../../lib/scim/emailKey.ts';

const KELVIN_SIGN = '\u212a';
const COMPOSED = 'm\u00fcller@example.com';
const DECOMPOSED = 'mu\u0308ller@example.com';

const awkward = fc.string({
	unit: fc.oneof(
		fc.constantFrom('a', 'Z', '.', '@', ' ', '\u00fc', '\u3002', KELVIN_SIGN, '\u00ad', '\u0130', '1'),
		fc.constantFrom('\u0000', '\t', '/', '%', ':', '[', '\ud800', '\u200d', 'xn--', '\u00df'),
	),
	maxLength: 12,
});

describe('emailKey', () => {
	it.each([
		['case', 'Ada@Example.COM', 'ada@example.com'],
		['white space around', '  ada@example.com\n', 'ada@example.com'],
		['plus tags are kept', 'ada+notion@example.com', 'ada+notion@example.com'],
		['dots are kept', 'a.d.a@gmail.example', 'a.d.a@gmail.example'],
		['domain in letters', 'ada@B\u00dcCHER.example', 'ada@xn--bcher-kva.example'],
		['domain as A-label', 'ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
		['domain decomposed', 'ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
		['dot of the root', 'ada@example.com.', 'ada@example.com'],
		['dot of the root after letters', 'ada@b\u00fccher.example\u3002', 'ada@xn--bcher-kva.example'],
		['last at sign counts', '"a@b"@Example.com', '"a@b"@example.com'],
		['no at sign', 'ADA', 'ada'],
		['non-ASCII local part', 'M\u00dcLLER@example.com', 'm\u00dcller@example.com'],
	])('%s', (_, email, key) => {
		expect(emailKey(email)).toBe(key);
	});

	it('does not turn a KELVIN SIGN into a k: that would be another person', () => {
		expect(emailKey(`mar${KELVIN_SIGN}@example.com`)).not.toBe(emailKey('mark@example.com'));
	});

	it('does not merge domains by what a URL parser throws away', () => {
		const keys = ['\u00fc.example', '\u00fc.example/x', '\u00fc.example\u0000', '\u00fc\t.example'].map(
			(domain) => emailKey(`ada@${domain}x`),
		);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it.each(['\u00fc.example\u0000', '\u0001\u00fc.example', '\u00fc.example\u001f'])(
		'does not merge a domain with one that has a control character',
		(domain) => {
			expect(emailKey(`ada@${domain}`)).not.toBe(emailKey('ada@\u00fc.example'));
		},
	);

	it.each(['a@x..', 'a@x .', 'a@x...', 'a@.', 'a@\u00fc\u3002\u3002', 'a@\u00fc..'])(
		'of "%s" is the same for its own result',
		(email) => {
			expect(emailKey(emailKey(email))).toBe(emailKey(email));
		},
	);

	it('is the same for its own result', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), awkward, fc.emailAddress()), (email) => {
				expect(emailKey(emailKey(email))).toBe(emailKey(email));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('forgets ASCII case, and nothing of a local part in ASCII', () => {
		fc.assert(
			fc.property(fc.emailAddress(), (email) => {
				expect(emailKey(email.toUpperCase())).toBe(emailKey(email));
				expect(emailKey(email).split('@')[0]).toBe(email.split('@')[0]?.toLowerCase());
			}),
		);
	});
});

describe('domains', () => {
	it.each([
		['@example.com', 'example.com'],
		[' Example.COM. ', 'example.com'],
		['b\u00fccher.example', 'xn--bcher-kva.example'],
	])('%s is %s', (domain, key) => {
		expect(domainKey(domain)).toBe(key);
	});

	it('is found in an address, and is empty where there is none', () => {
		expect(emailDomain('Ada@B\u00fccher.example')).toBe('xn--bcher-kva.example');
		expect(emailDomain('ada')).toBe('');
	});
});

describe('isConfusable', () => {
	it.each([
		['Unicode composition', COMPOSED, DECOMPOSED, true],
		['fullwidth letters', '\uff4dark@example.com', 'mark@example.com', true],
		['KELVIN SIGN', `mar${KELVIN_SIGN}@example.com`, 'mark@example.com', true],
		['case outside ASCII', '\u00c9mile@example.com', '\u00e9mile@example.com', true],
		[
			'look-alike with the domain in two spellings',
			`mar${KELVIN_SIGN}@b\u00fccher.example`,
			'mark@xn--bcher-kva.example',
			true,
		],
		['a Cyrillic letter', '\u0430da@example.com', 'ada@example.com', true],
		['a Greek letter', 'g\u03c1ace@example.com', 'gpace@example.com', true],
		['the same address', 'Ada@example.com', 'ada@EXAMPLE.com', false],
		['the same address with an IDN', 'ada@b\u00fccher.example', 'ada@xn--bcher-kva.example', false],
		['plus tag', 'ada+x@example.com', 'ada@example.com', false],
		['another person', 'eda@example.com', 'ada@example.com', false],
	])('%s', (_, one, other, expected) => {
		expect(isConfusable(one, other)).toBe(expected);
		expect(isConfusable(other, one)).toBe(expected);
	});

	it('is never true of an address and itself', () => {
		fc.assert(
			fc.property(fc.oneof(awkward, fc.string({ unit: 'grapheme' })), (email) => {
				expect(isConfusable(email, email)).toBe(false);
			}),
		);
	});
});
