import { indentedByTabs } from '../../../lint/package/indent.js';

test('code is indented with tabs, level by level', () => {
	expect(indentedByTabs('if (a) {\n    if (b) {\n        c();\n    }\n}\n')).toBe('if (a) {\n\tif (b) {\n\t\tc();\n\t}\n}\n');
});

test.each([
	['without an expression', 'const text = `one\n    two\n`;\n'],
	['around expressions', 'const text = `one\n    ${two}\n    ${three}\n    four`;\n'],
])('the lines of a template literal %s stay as they are', (_what, code) => {
	expect(indentedByTabs(code)).toBe(code);
});

test('spaces behind the first character of a line stay', () => {
	expect(indentedByTabs("    a('    ');\n")).toBe("\ta('    ');\n");
});
