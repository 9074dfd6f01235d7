import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Every tracked file of this repository, from its root. */
export const trackedFiles: readonly string[] = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
	.split('\0')
	.filter((file) => file !== '');

export const markdownFiles: readonly string[] = trackedFiles.filter((file) => file.endsWith('.md'));

export const textOf = (file: string): string => readFileSync(file, 'utf8');

/** A page without its code, in which brackets are no links and hashes no headings. */
const withoutBlocks = (text: string): string => text.replace(/^(```|~~~)[\s\S]*?^\1[^\n]*$/gm, '');
const withoutCode = (text: string): string => withoutBlocks(text).replace(/``.+?``|`[^`\n]*`/g, '');

/** Targets of links and pictures. */
export const linksOf = (text: string): string[] =>
	[...withoutCode(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(text: string): Set<string> {
	const anchors = new Set<string>();
	for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
		const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
		const anchor = shown.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replace(/ /g, '-');
		let unique = anchor;
		for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
		anchors.add(unique);
	}
	return anchors;
}

/** Without the lines of tables and the marks of lists, which no one reads. */
export const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
