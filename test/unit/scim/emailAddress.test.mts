import fc from 'fast-check';

import {
	isEmail,
	isOneOfDomains,
	readDomain,
	readDomains,
	readEmail,
	readEmails,
	shownEntry,
} from '../../../lib/scim/emailAddress.ts';

const ADA = 'ada@example.com';

describe('isEmail', () => {
	it.each([
		ADA,
		'ada+notion@example.com',
		"o'neil@example.com",
		'm\u00fcller@b\u00fccher.example',
		'a@b.co',
		'ada@xn--bcher-kva.example',
		'\u7528\u6237@\u4f8b\u3048.\u30c6\u30b9\u30c8',
	])('%s is one', (text) => {
		expect(isEmail(text)).toBe(true);
	});

	it.each([
		['nothing', ''],
		['a name', 'ada'],
		['no local part', '@example.com'],
		['no domain', 'ada@'],
		['two at signs', 'x@@y.example'],
		['two at signs apart', 'a@b@example.com'],
		['white space inside', 'a da@example.com'],
		['white space around', ` ${ADA}`],
		['a comma', 'a@b,c@example.com'],
		['a prefix', `mailto:${ADA}`],
		['brackets', `<${ADA}>`],
		['quotes', `"${ADA}"`],
		['a dot at the beginning', '.ada@example.com'],
		['a dot at the end of the local part', 'ada.@example.com'],
		['two dots', 'a..da@example.com'],
		['a top-level domain', 'ada@com'],
		['an empty label', 'ada@example..com'],
		['the dot of the root', 'ada@example.com.'],
		['a hyphen at the end of a label', 'ada@example-.com'],
		['an underscore in the domain', 'ada@my_company.com'],
		['an address literal', 'ada@[127.0.0.1]'],
		['an IP address', 'ada@127.0.0.1'],
		['a zero-width space', 'ada\u200b@example.com'],
		['a right-to-left override', 'ada\u202e@example.com'],
		['a control character', 'ada\u0000@example.com'],
		['a no-break space', 'ada\u00a0@example.com'],
		['a port', 'ada@example.com:25'],
		['a path', 'ada@example.com/x'],
		['a principal name of a guest', 'ada_partner.example#EXT#@contoso.onmicrosoft.com'],
		['a long local part', `${'a'.repeat(65)}@example.com`],
		['a long label', `ada@${'a'.repeat(64)}.com`],
	])('%s is none', (_, text) => {
		expect(isEmail(text)).toBe(false);
	});
});

describe('readEmail', () => {
	it.each([
		['bare', ADA],
		['white space around', ` ${ADA}\t`],
		['a display name', `Ada Lovelace <${ADA}>`],
		['a display name in quotes', `"Lovelace, Ada" <${ADA}>`],
		['the address as display name', `${ADA} <${ADA}>`],
		['the address in quotes as display name', `"${ADA}" <${ADA}>`],
		['angle brackets', `<${ADA}>`],
		['double quotes', `"${ADA}"`],
		['single quotes', `'${ADA}'`],
		['typographic quotes', `\u201c${ADA}\u201d`],
		['mailto', `mailto:${ADA}`],
		['mailto in capitals', `MAILTO: ${ADA}`],
		['smtp, as in proxyAddresses', `smtp:${ADA}`],
		['SMTP, the primary one of proxyAddresses', `SMTP:${ADA}`],
		['mailto in brackets', `<mailto:${ADA}>`],
		['brackets in quotes', `"<${ADA}>"`],
		['parentheses', `(${ADA})`],
		['square brackets', `[${ADA}]`],
		['the dot of the root', `${ADA}.`],
	])('%s', (_, written) => {
		expect(readEmail(written)).toBe(ADA);
	});

	it.each([
		['two addresses', `${ADA} grace@example.com`],
		['another address as display name', `grace@example.com <${ADA}>`],
		['a bracket that never ends', `Ada <${ADA}`],
		['a bracket that never begins', `${ADA}>`],
		['something behind the bracket', `<${ADA}> away`],
		['a link of Slack', `<mailto:${ADA}|${ADA}>`],
		['a link of Markdown', `[${ADA}](mailto:${ADA})`],
		['a quote that never ends', `"${ADA}`],
		['the apostrophe of a spreadsheet', `'${ADA}`],
		['a typographic quote that never ends', `\u201c${ADA}`],
		['a typographic quote that never begins', `${ADA}\u201d`],
		['a full-width comma behind it', `${ADA}\uff0c`],
		['a backtick that never ends', `\`${ADA}`],
		['a web address', 'https://example.com/ada'],
		['a handle', '@ada'],
		['a guest', 'ada_partner.example#EXT#@contoso.onmicrosoft.com'],
		['nothing', '  '],
	])('not %s', (_, written) => {
		expect(readEmail(written)).toBeUndefined();
	});

	it('gives an address of any wrapped address, and nothing that is none', () => {
		const unquoted = fc.emailAddress().filter((email) => !/^['`]/.test(email));
		const wrap = fc.constantFrom<(text: string) => string>(
			(text) => `<${text}>`,
			(text) => `"${text}"`,
			(text) => `mailto:${text}`,
			(text) => `Ada <${text}>`,
			(text) => ` ${text} `,
		);
		fc.assert(
			fc.property(unquoted, fc.array(wrap, { maxLength: 1 }), (email, wraps) => {
				expect(readEmail(wraps.reduce((text, one) => one(text), email))).toBe(email);
			}),
		);
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const email = readEmail(text);
				expect(email === undefined || isEmail(email)).toBe(true);
			}),
		);
	});
});

describe('readEmails', () => {
	it.each([
		['commas', 'ada@example.com, grace@example.com'],
		['semicolons', 'ada@example.com;grace@example.com;'],
		['blanks', 'ada@example.com grace@example.com'],
		['new lines', 'ada@example.com\r\ngrace@example.com\n'],
		['display names', 'Ada Lovelace <ada@example.com>, "Hopper, Grace" <grace@example.com>'],
		['display names without a separator', 'Ada <ada@example.com> Grace <grace@example.com>'],
		['brackets', '<ada@example.com><grace@example.com>'],
		['several forms', 'mailto:ada@example.com; "grace@example.com"'],
	])('separated by %s', (_, written) => {
		expect(readEmails(written)).toEqual({
			entries: ['ada@example.com', 'grace@example.com'],
			unreadable: [],
		});
	});

	it.each([
		['a name', 'Ada, grace@example.com', ['Ada']],
		['a domain', '@example.com; grace@example.com', ['@example.com']],
		['a display name with a comma', 'Lovelace, Ada <grace@example.com>', ['Lovelace']],
		['a bracket that never ends', '<ada@example.com grace@example.com', ['<ada@example.com']],
		[
			'an address before a display name',
			'ada@example.com Linus <linus@example.com>, grace@example.com',
			['ada@example.com Linus <linus@example.com>'],
		],
	])('names %s that is not an address', (_, written, unreadable) => {
		expect(readEmails(written)).toEqual({ entries: ['grace@example.com'], unreadable });
	});

	it('loses no address: each is an entry or stands in what is unreadable', () => {
		const separator = fc.constantFrom(',', ';', ' ', '\n', ', ', ' ; ', '\t');
		const form = fc.constantFrom<(email: string) => string>(
			(email) => email,
			(email) => `<${email}>`,
			(email) => `A. Person <${email}>`,
			(email) => `mailto:${email}`,
			(email) => `<${email}`,
			(email) => `${email}>`,
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.emailAddress(), form, separator)), (parts) => {
				const written = parts.map(([email, write, after]) => write(email) + after).join('');
				const { entries, unreadable } = readEmails(written);
				for (const [email] of parts) {
					expect(entries.includes(email) || unreadable.some((entry) => entry.includes(email))).toBe(true);
				}
			}),
		);
	});
});

describe('readDomain', () => {
	it.each([
		['example.com', 'example.com'],
		[' Example.COM. ', 'example.com'],
		['@example.com', 'example.com'],
		['*.example.com', '*.example.com'],
		['@*.example.com', '*.example.com'],
		['https://example.com', 'example.com'],
		['http://Example.com/', 'example.com'],
		['"example.com"', 'example.com'],
		['b\u00fccher.example', 'xn--bcher-kva.example'],
	])('%s is %s', (written, domain) => {
		expect(readDomain(written)).toBe(domain);
	});

	it.each([
		'ada@example.com',
		'com',
		'*',
		'*.com',
		'ex*.com',
		'https://example.com/about',
		'https://',
		'example.com:443',
		'example..com',
		'127.0.0.1',
		'example.com\u200b',
		'',
	])('%j is none', (written) => {
		expect(readDomain(written)).toBeUndefined();
	});
});

describe('domains of a list', () => {
	it('are separated as addresses are, and what is none is named', () => {
		expect(readDomains('example.com, @example.org;*.example.net\nexample')).toEqual({
			entries: ['example.com', 'example.org', '*.example.net'],
			unreadable: ['example'],
		});
	});

	it.each([
		['example.com', true],
		['mail.example.com', false],
		['example.org', true],
		['mail.example.org', true],
		['deep.mail.example.org', true],
		['notexample.org', false],
		['org', false],
	])('hold %s: %s', (domain, expected) => {
		expect(isOneOfDomains(new Set(['example.com', '*.example.org']), domain)).toBe(expected);
	});
});

it('shows letters that cannot be seen', () => {
	expect(shownEntry('ada@example.com\u200b \u00a0')).toBe('ada@example.com\\u200b \\u00a0');
});
