import { scriptOf, usedCode } from '../../../canvas/usedCode.mts';

const SHARED = `// What all share.

/** Two words. */
const WORDS = ['one', 'two'];

const OTHERS = ['three'];

/** Whether it is one of the words. */
function isWord(text) {
	return WORDS.includes(plain(text));
}

function plain(text) {
	return text.trim();
}

/** Of no use here. */
function unused() {
	return OTHERS;
}
`;

test('keeps what is used, also by what is used, with its comments', () => {
	expect(usedCode([SHARED, "return isWord('one');\n"])).toBe(`// What all share.

/** Two words. */
const WORDS = ['one', 'two'];

/** Whether it is one of the words. */
function isWord(text) {
	return WORDS.includes(plain(text));
}

function plain(text) {
	return text.trim();
}

return isWord('one');
`);
});

test('keeps the last file as it is, and whatever is done by an earlier one', () => {
	const asks = 'const settings = $input.first().json;\nif (!settings.url) throw new Error(unused());\n';
	expect(usedCode([SHARED, asks, 'function own() {}\nreturn 1;'])).toBe(`const OTHERS = ['three'];

/** Of no use here. */
function unused() {
	return OTHERS;
}

const settings = $input.first().json;
if (!settings.url) throw new Error(unused());

function own() {}
return 1;
`);
});

test('a name that is only a property keeps its function: better one too many than one too few', () => {
	expect(usedCode([SHARED, 'return { plain: 1 };'])).toContain('function plain');
});

const RULES = `import { DateTime } from 'luxon';
import { plain } from './plain';
import type { Rule } from './rule';
import { elsewhere } from './elsewhere';

/** What counts. */
export const WORDS: readonly string[] = ['one', 'two'];

export interface Answer {
	word: string;
}

/**
 * Whether it is one of the words.
 */
export function isWord(text: string, rule?: Rule): boolean {
	// The plain form decides.
	if (rule === undefined) return (WORDS as string[]).includes(plain(text));
	return false;
}

export function dayOf(text: string): string {
	return DateTime.fromISO(text).toISODate() ?? '';
}

export function there() {
	return elsewhere();
}
`;

test('a module of TypeScript gives its functions as a script', () => {
	const plain = 'function plain(text) {\n\treturn text.trim();\n}\n';
	const rules = scriptOf(RULES);
	expect(usedCode([plain, rules, "return isWord('one');\n"])).toBe(`function plain(text) {
	return text.trim();
}

/** What counts. */
const WORDS = ['one', 'two'];

/**
 * Whether it is one of the words.
 */
function isWord(text, rule) {
	// The plain form decides.
	if (rule === undefined)
		return WORDS.includes(plain(text));
	return false;
}

return isWord('one');
`);
	expect(usedCode([rules, "return dayOf('2026-01-01');"])).toContain('DateTime.fromISO(text)');
});

test('a name that no file declares, or two declare, is refused when the canvas is drawn', () => {
	const rules = scriptOf(RULES);
	expect(() => usedCode([rules, "return isWord('one');"])).toThrow('No file of this Code node declares "plain"');
	const plain = 'function plain() {}';
	expect(() => usedCode([plain, rules, plain, "return isWord('one');"])).toThrow(
		'Two files of this Code node declare "plain"',
	);
	expect(() => usedCode([plain, 'const plain = 1;\nreturn plain;'])).toThrow(
		'Two files of this Code node declare "plain"',
	);
});
