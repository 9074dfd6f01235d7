import type { Step } from '../lifecycle/sync/summary';
import { escapeHtml } from './escape';
import { HELD_LIST_STYLE } from './heldListStyle';

/** The steps as a part of a page of n8n's form, which removes classes and styles. */
export function stepsHtml(steps: readonly Step[], more = ''): string {
	const items = steps.map(({ title, sentences }) => {
		const lines = sentences.map((sentence) => `<li>${shown(sentence)}</li>`).join('');
		return `<li><strong>${shown(title)}</strong><ul>${lines}</ul></li>`;
	});
	const list = items.length === 0 ? '' : `<ol>\n${items.join('\n')}\n</ol>`;
	return `${list}${more === '' ? '' : `<p>${shown(more)}</p>`}`;
}

/** The last page of a form. */
export function stepsPage(title: string, steps: readonly Step[], more = ''): string {
	return `<style>${HELD_LIST_STYLE}</style>
<main>
<h1>${shown(title)}</h1>
${stepsHtml(steps, more)}
</main>`;
}

/** A last page with one message. */
export function sentencePage(title: string, sentence: string): string {
	return stepsPage(title, [], sentence);
}

/** The steps as the text of a mail. */
export function stepsText(steps: readonly Step[]): string {
	return steps
		.map(({ title, sentences }, index) => [`${index + 1}. ${title}`, ...sentences.map((one) => `   - ${one}`)].join('\n'))
		.join('\n\n');
}

/** n8n's form would evaluate two braces in a person's name as an expression. */
function shown(text: string): string {
	return escapeHtml(text).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
}
