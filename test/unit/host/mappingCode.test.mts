import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { mappingCode, mappingIn } from '../../../host/mappingCode.mts';
import { codeIn, sourceFiles, withMapping } from '../../../host/sourceFiles.mts';

let root: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'mapping-'));
});

afterEach(() => {
	rmSync(root, { recursive: true });
});

function write(files: Record<string, string>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
}

const ran = (code: string): unknown => new Function('$', '$runIndex', 'DateTime', code)('items', 0, 'dates');

describe('the code of a mapping', () => {
	it('has what it uses of the files that it imports, and of those that they import, and no more', () => {
		write({
			'own/mapping.js': "import { DateTime } from 'luxon';\n\nimport { twice } from '../shared/numbers.ts';\n\n/** Reads. */\nexport function read({ $ }) {\n\treturn [$, DateTime, twice(2)];\n}\n",
			'shared/numbers.ts': "import { one } from './one';\n\n/** Twice. */\nexport function twice(value: number): number {\n\treturn value * 2 * one;\n}\n\nexport const unused: string = 'not here';\n",
			'shared/one.ts': 'export const one: number = 1;\n',
		});
		const code = mappingCode('own/mapping.js', root);

		expect(ran(code)).toEqual(['items', 'dates', 4]);
		expect(code).not.toContain('not here');
		expect(code).not.toContain('Twice.');
		expect(code).toContain('/** Reads. */');
	});

	it('takes a name from where it is imported, whatever else has that name', () => {
		write({
			'own/mapping.js': "import { WORDS as _words, other } from '../shared/other.js';\n\nexport function read() {\n\tconst standing = other();\n\treturn standing;\n}\n",
			'shared/other.js': "export const WORDS = 1;\n\nexport function other() {\n\treturn 'other';\n}\n\nexport function standing() {\n\treturn 'not here';\n}\n",
		});
		expect(ran(mappingCode('own/mapping.js', root))).toBe('other');
		expect(mappingCode('own/mapping.js', root)).not.toContain('not here');
	});

	it('is refused where two files declare one name', () => {
		write({
			'own/mapping.js': "import { other } from '../shared/other.js';\n\nfunction text() {}\n\nexport function read() {\n\treturn other(text);\n}\n",
			'shared/other.js': 'export function other() {\n\treturn text();\n}\n\nfunction text() {}\n',
		});
		expect(() => mappingCode('own/mapping.js', root)).toThrow('declare "text"');
	});
});

describe.each(sourceFiles())('$workflow', ({ workflow, mapping }) => {
	const text = readFileSync(workflow, 'utf8');

	it('holds what its mapping.js says', () => {
		expect(text).toBe(withMapping(text, mapping));
	});

	it('gives the mapping.js back from its code', () => {
		const before = readFileSync(mapping, 'utf8');
		expect(mappingIn(codeIn(text), before)).toBe(before);
	});
});
