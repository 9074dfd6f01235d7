const ts = require('typescript');

/**
 * JavaScript with one tab for each level of indentation, as the sources have it. The compiler writes four spaces,
 * a tenth of the package. Lines inside template literals stay as they are, because they are text.
 *
 * @param {string} code as the compiler wrote it
 */
function indentedByTabs(code) {
	const file = ts.createSourceFile('code.js', code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
	const texts = [];
	const visit = (node) => {
		if (ts.isTemplateLiteralToken(node)) texts.push([node.pos, node.end]);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return code.replace(/^( {4})+/gm, (spaces, _last, at) =>
		texts.some(([from, to]) => from < at && at < to) ? spaces : '\t'.repeat(spaces.length / 4),
	);
}

module.exports = { indentedByTabs };
