import { emailKey as keyInPackage } from '../../../lib/scim/emailKey.ts';
import { emailKey } from '../../../workflows/sources/shared/emailKey.js';

describe('the key of an address, in a Code node', () => {
	it.each([
		[' Ada@Example.COM ', 'ada@example.com'],
		['ada+notes@example.com', 'ada+notes@example.com'],
		// Unicode would make the Kelvin sign a k, and so another person of it.
		['mar\u212A@example.com', 'mar\u212A@example.com'],
		['ÄDA@example.com', 'Äda@example.com'],
		['ada@bücher.example', 'ada@xn--bcher-kva.example'],
		['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
		['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
		['ada@example.com.', 'ada@example.com'],
		['00u1A', '00u1a'],
		[7, '7'],
		['', ''],
		[undefined, ''],
		[null, ''],
		[{}, ''],
	])('of %j is %j', (email, key) => {
		expect(emailKey(email)).toBe(key);
	});

	it.each([
		'例え.テスト',
		'例え。テスト。',
		'пример.рф',
		'faß.example',
		'ΣΊΣΥΦΟΣ.example',
		'example.ΣΊΣΥΦΟΣ',
		'😀.example',
		'ａ.example',
		'ελ.a-b-ü.example',
		'דוגמה.example',
		'bü\u00ADcher.example',
		' Example.com',
		'example.com..',
	])('with the domain %j is the one of the package', (domain) => {
		expect(emailKey(`Ada@${domain}`)).toBe(keyInPackage(`Ada@${domain}`));
	});
});
