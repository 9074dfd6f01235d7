import fc from 'fast-check';

import { equalsFilter, memberPath } from '../../../lib/scim/filter.ts';

/** Any text at all: quotes, control characters, emoji, halves of surrogate pairs. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
	fc.string({ unit: fc.constantFrom('"', '\\', ' ', 'or', 'eq', '[', ']', '\n', '\u0000', '\ud800') }),
);

/**
 * Reads a filter as RFC 7644 figure 1 defines it: words, brackets, and JSON strings, whose grammar
 * (RFC 8259 section 7) is spelled out here instead of being left to a JSON parser.
 */
const tokens = (filter: string): string[] => {
	const found: string[] = [];
	let index = 0;
	const readString = (): string => {
		let value = '';
		index += 1;
		for (;;) {
			const character = filter[index];
			if (character === undefined) throw new Error('The quotes are never closed');
			if (character.charCodeAt(0) < 0x20) throw new Error('A control character stands bare');
			index += 1;
			if (character === '"') return value;
			if (character !== '\\') {
				value += character;
				continue;
			}
			const escape = filter[index] ?? '';
			index += 1;
			const plain: Record<string, string> = {
				'"': '"',
				'\\': '\\',
				'/': '/',
				b: '\b',
				f: '\f',
				n: '\n',
				r: '\r',
				t: '\t',
			};
			if (escape === 'u') {
				value += String.fromCharCode(Number.parseInt(filter.slice(index, index + 4), 16));
				index += 4;
			} else if (escape in plain) {
				value += plain[escape];
			} else {
				throw new Error(`There is no escape \\${escape}`);
			}
		}
	};
	while (index < filter.length) {
		const character = filter[index] ?? '';
		if (character === ' ') index += 1;
		else if (character === '"') found.push(`string:${readString()}`);
		else if (character === '[' || character === ']') {
			found.push(character);
			index += 1;
		} else {
			const [word = ''] = /^\w+/.exec(filter.slice(index)) ?? [];
			if (word === '') throw new Error(`"${character}" is no part of a filter`);
			found.push(`word:${word}`);
			index += word.length;
		}
	}
	return found;
};

describe('a filter', () => {
	it('has the form that is known to work with Notion', () => {
		expect(equalsFilter('email', 'ada@example.com')).toBe('email eq "ada@example.com"');
	});

	it('keeps an attempt to widen it inside the quotes', () => {
		expect(equalsFilter('displayName', 'x" or displayName pr or "')).toBe(
			'displayName eq "x\\" or displayName pr or \\""',
		);
	});

	it('means attribute, eq and exactly the value, whatever the value is', () => {
		const attributes = fc.constantFrom('email', 'given_name', 'family_name', 'displayName');
		fc.assert(
			fc.property(attributes, anyText, (attribute, value) => {
				expect(tokens(equalsFilter(attribute, value))).toEqual([
					`word:${attribute}`,
					'word:eq',
					`string:${value}`,
				]);
			}),
			{ numRuns: 500 },
		);
	});

	it('can be put into an address, even with half a surrogate pair', () => {
		fc.assert(
			fc.property(anyText, (value) => {
				const filter = equalsFilter('email', value);
				expect(new URLSearchParams({ filter }).get('filter')).toBe(filter);
			}),
		);
	});
});

describe('the path to one member', () => {
	it('means members, value, eq and exactly the id', () => {
		fc.assert(
			fc.property(anyText, (id) => {
				expect(tokens(memberPath(id))).toEqual([
					'word:members',
					'[',
					'word:value',
					'word:eq',
					`string:${id}`,
					']',
				]);
			}),
		);
	});
});
