import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';

const emailKey: (email: unknown) => unknown = new Function(
	`${readFileSync('canvas/code/sources/values.js', 'utf8')}\nreturn emailKey;`,
)();

describe('the key of an address, in a Code node', () => {
	it.each([
		[' Ada@Example.COM ', 'ada@example.com'],
		['ada+notes@example.com', 'ada+notes@example.com'],
		// Unicode would make the Kelvin sign a k, and so somebody else of it.
		['mar\u212A@example.com', 'mar\u212A@example.com'],
		['ÄDA@example.com', 'Äda@example.com'],
		['ada@bücher.example', 'ada@xn--bcher-kva.example'],
		['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
		['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
		['ada@example.com.', 'ada@example.com'],
		['00u1A', '00u1a'],
		['', undefined],
		[undefined, undefined],
	])('of %j is %j', (email, key) => {
		expect(emailKey(email)).toBe(key);
	});

	it.each(['例え.テスト', 'пример.рф', 'faß.example', 'ΣΊΣΥΦΟΣ.example', '😀.example', 'ａ.example', 'ελ.a-b-ü.example', 'דוגמה.example'])(
		'has the domain %s as a browser writes it',
		(domain) => {
			expect(emailKey(`ada@${domain}`)).toBe(`ada@${domainToASCII(domain)}`);
		},
	);
});
