import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { z } from 'zod';

import { anchorsOf, linksOf, markdownFiles, textOf, trackedFiles, wordsOf } from './markdown.mts';

/** Of README.md, docs/ and the READMEs of workflows/: what a reader can be asked to read. */
const MOST_WORDS = 15_000;
const MOST_WORDS_OF_README = 1_000;

const manifest = z.object({ repository: z.object({ url: z.string() }), scripts: z.record(z.string()) });
const { repository, scripts } = manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')));
/** How nodes, credentials and sticky notes link a file of this repository. */
const onGitHub = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`;

/** What is wrong with a link from a page; undefined if it leads somewhere. */
function problemOf(page: string, target: string): string | undefined {
	const isOwn = target.startsWith(onGitHub);
	if (!isOwn && /^[a-z]+:/.test(target)) return undefined;
	const [path = '', anchor] = (isOwn ? target.slice(onGitHub.length) : target).split('#');
	const file = isOwn ? path : path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
	if (!existsSync(file)) return `${page}: ${target} does not exist`;
	if (anchor === undefined) return undefined;
	return anchorsOf(textOf(file)).has(anchor) ? undefined : `${page}: ${target} is no heading there`;
}

describe('links', () => {
	it('of every page lead to a file, and to a heading in it', () => {
		const problems = markdownFiles.flatMap((page) => linksOf(textOf(page)).map((target) => problemOf(page, target)));

		expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
	});

	it('of nodes, credentials and sticky notes to this repository do, too', () => {
		const files = trackedFiles.filter((file) => /^(?:nodes|credentials|lib|workflows|hris-trigger)\/.*\.(?:ts|json|js)$/.test(file));
		const problems = files.flatMap((file) =>
			textOf(file)
				.split(onGitHub)
				.slice(1)
				.map((rest) => problemOf(file, onGitHub + (/^[\w./#-]*/.exec(rest)?.[0] ?? ''))),
		);

		expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
	});
});

describe.each(['docs/guarantees.md', 'SECURITY.md'])('%s', (page) => {
	/** What is not guaranteed, and what is left, no test can show. */
	const promised = textOf(page).replace(/^## What is (?:not guaranteed|left)[\s\S]*/m, '').replace(/^### What a crash [\s\S]*?(?=^## )/m, '');

	it('links the test of each line, or the workflow that keeps it', () => {
		const lines = promised.split('\n').filter((line) => line.startsWith('- '));

		expect(lines.length).toBeGreaterThan(10);
		expect(lines.filter((line) => !/\.test\.mts\)|publish\.yml\)/.test(line))).toEqual([]);
	});

	it('links tests that exist', () => {
		const tests = linksOf(promised).filter((target) => target.endsWith('.test.mts'));

		expect(tests.filter((target) => !trackedFiles.includes(normalize(join(dirname(page), target))))).toEqual([]);
	});
});

it('every npm script that a page names exists', () => {
	const builtIn = ['install', 'ci', 'pack', 'publish', 'i', 'view'];
	const problems = markdownFiles.flatMap((page) =>
		[...textOf(page).matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].flatMap(([called, name = '']) => {
			const isCommand = called.startsWith('npm run ') || ['start', 'test'].includes(name);
			return !isCommand || builtIn.includes(name) || name in scripts ? [] : [`${page}: ${called}`];
		}),
	);

	expect(problems).toEqual([]);
});

describe('words', () => {
	it(`of the README are at most ${MOST_WORDS_OF_README}`, () => {
		expect(wordsOf(textOf('README.md'))).toBeLessThanOrEqual(MOST_WORDS_OF_README);
	});

	it(`of what a user reads are at most ${MOST_WORDS}`, () => {
		const pages = markdownFiles.filter((page) => page === 'README.md' || /^docs\/[^/]+\.md$|^workflows\/.*\/README\.md$/.test(page));

		expect(pages.map((page) => wordsOf(textOf(page))).reduce((sum, words) => sum + words, 0)).toBeLessThanOrEqual(MOST_WORDS);
	});
});

describe('the workflows of GitHub', () => {
	const files = trackedFiles.filter((file) => file.startsWith('.github/workflows/'));

	it('name a full version of each action', () => {
		const actions = files.flatMap((file) => [...textOf(file).matchAll(/uses: (.+)/g)].map(([, action = '']) => action));

		expect(actions.length).toBeGreaterThan(0);
		expect(actions.filter((action) => !/@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
	});

	it('run the command that the README names, but one for other versions of n8n', () => {
		const runs = (command: string) => files.filter((file) => textOf(file).includes(`run: ${command}\n`));

		expect(runs('npm test')).toEqual(['.github/workflows/ci.yml', '.github/workflows/publish.yml']);
		expect(runs('npm run test:versions')).toEqual(['.github/workflows/versions.yml']);
		expect(files).toHaveLength(3);
	});
});

describe('the house', () => {
	const folders = [...new Set(trackedFiles.flatMap((file) => /^[^.][^/]*(?=\/)/.exec(file) ?? []))];
	const [, house = ''] = /^## The house\n([\s\S]*?)^## /m.exec(textOf('CONTRIBUTING.md')) ?? [];

	it.each(folders)('has a place for %s in the table and in the picture', (folder) => {
		expect(house).toContain(`\`${folder}/\``);
		expect(textOf('docs/house.svg')).toContain(`${folder}/`);
	});

	it.each(readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name))('shows lib/%s', (part) => {
		expect(textOf('docs/house.svg')).toContain(`>${part}</text>`);
	});
});
