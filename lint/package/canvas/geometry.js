/** Lengths of n8n's canvas, in its own units. */
const GRID = 16;
const NODE = 96;

/** The name is below its node. */
const NAME = 32;

/** The size of a character and a line of a note, and the margin around its text. */
const LETTER = 6.4;
const LINE = 20;
const HEADING = 34;
const MARGIN = 24;

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

const isNote = ({ type }) => type === 'n8n-nodes-base.stickyNote';

/**
 * @param {number} outputs how many outputs are connected: n8n makes a node taller for more than two @returns
 * {Box}
 */
function boxOfNode({ position: [left, top] }, outputs = 1) {
	const height = NODE + Math.max(0, outputs - 2) * 2 * GRID;
	return { left, top, right: left + NODE, bottom: top + height + NAME };
}

/** @returns {Box} */
function boxOfNote({ position: [left, top], parameters: { width = 240, height = 160 } }) {
	return { left, top, right: left + width, bottom: top + height };
}

const overlap = (one, other) =>
	one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const contains = (outer, inner) =>
	outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top && inner.bottom <= outer.bottom;

/** Roughly where the text of a note ends, to find a note that is clearly too small. */
function bottomOfText({ position: [, top], parameters: { content = '', width = 240 } }) {
	const letters = (width - 2 * MARGIN) / LETTER;
	const heights = content.split('\n').map((line) => {
		if (line.trim() === '') return LINE / 2;
		if (/^#+ /.test(line)) return HEADING;
		const shown = line.replace(/\]\([^)]*\)/g, '').replace(/[*_`[\]]/g, '');
		return Math.ceil(shown.length / letters) * LINE;
	});
	return top + MARGIN / 2 + heights.reduce((sum, height) => sum + height, 0);
}

module.exports = { bottomOfText, boxOfNode, boxOfNote, contains, isNote, overlap };
