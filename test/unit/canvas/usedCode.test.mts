import { usedCode } from '../../../canvas/usedCode.mts';

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
