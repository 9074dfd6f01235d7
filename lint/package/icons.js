const { readFileSync, globSync } = require('node:fs');
const { join } = require('node:path');
const { XMLParser, XMLValidator } = require('fast-xml-parser');
const { refuseIfAny } = require('./problems');

const parser = new XMLParser({ ignoreAttributes: false });

/** @param {string} text content of an SVG file @returns {string | undefined} what is wrong with it */
function problemOfSvg(text) {
	const wellFormed = XMLValidator.validate(text);
	if (wellFormed !== true) return `is not well-formed XML: ${wellFormed.err.msg}`;

	const { svg } = parser.parse(text);
	if (svg === undefined) return 'has no svg element at its root';
	if (svg['@_xmlns'] !== 'http://www.w3.org/2000/svg') return 'lacks the SVG namespace';
	const [x, y, width, height] = String(svg['@_viewBox'] ?? '').split(/[\s,]+/).map(Number);
	if (!(x === 0 && y === 0 && width > 0 && width === height)) {
		return 'needs a square viewBox that starts at 0 0';
	}
	if (/<script|\son\w+=|href="(?!#)/i.test(text)) return 'contains a script or an outside reference';
	return undefined;
}

/**
 * n8n shows an icon on light and on dark ground, so each `name.svg` needs a `name.dark.svg` beside
 * it, both square.
 *
 * @param {string} root folder of the package
 * @returns {string[]} the icons, relative to the root
 * @throws {PackageProblems}
 */
function checkedIcons(root) {
	const icons = globSync('{nodes,credentials}/**/*.svg', { cwd: root }).sort();
	const problems = icons.length === 0 ? ['nodes: no icon was found'] : [];
	for (const icon of icons) {
		const partner = icon.endsWith('.dark.svg')
			? icon.replace(/\.dark\.svg$/, '.svg')
			: icon.replace(/\.svg$/, '.dark.svg');
		if (!icons.includes(partner)) problems.push(`${icon}: ${partner} is missing`);
		const problem = problemOfSvg(readFileSync(join(root, icon), 'utf8'));
		if (problem !== undefined) problems.push(`${icon}: ${problem}`);
	}
	refuseIfAny('Icons', problems);
	return icons;
}

module.exports = { checkedIcons };
