/**
 * Which part may import which, and what the core must not access directly. This is a separate check because
 * strict mode allows no change to n8n's lint configuration.
 */
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { isClean } from './isClean.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each folder with the only folders of this repository that its files may import from. */
const mayImport = {
	'lib/scim': ['lib/scim'],
	'lib/admin': ['lib/admin', 'lib/scim'],
	'lib/directory': ['lib/directory', 'lib/scim', 'lib/admin'],
	'lib/lifecycle': ['lib/lifecycle', 'lib/directory', 'lib/scim'],
	'lib/review': ['lib/review', 'lib/lifecycle', 'lib/directory', 'lib/scim'],
	'lib/watch': ['lib/watch', 'lib/directory', 'lib/scim'],
	'lib/audit': ['lib/audit', 'lib/lifecycle', 'lib/report'],
	'lib/report': ['lib/report', 'lib/review', 'lib/lifecycle', 'lib/directory'],
	lib: ['lib'],
	nodes: ['nodes', 'lib'],
	credentials: ['credentials', 'lib'],
	'hris-trigger/lib': ['hris-trigger/lib'],
	'hris-trigger/nodes': ['hris-trigger/nodes', 'hris-trigger/lib'],
	'hris-trigger/credentials': ['hris-trigger/credentials', 'hris-trigger/lib'],
};

const decisionsOfSetup = ['setup/src/plan', 'setup/src/wanted', 'setup/src/catalog', 'setup/src/answers', 'setup/src/assets.mts', 'setup/src/n8n/schemas.mts'];

/** The set-up command: what is decided knows nothing of n8n's API, of a terminal, or of how it is done. */
const mayImportInSetup = {
	'setup/src': ['setup'],
	'setup/src/catalog': decisionsOfSetup,
	'setup/src/wanted': decisionsOfSetup,
	'setup/src/plan': decisionsOfSetup,
	'setup/src/n8n': [...decisionsOfSetup, 'setup/src/n8n'],
	'setup/src/run': [...decisionsOfSetup, 'setup/src/n8n', 'setup/src/run'],
};

/** Packages that every supported n8n provides to a community node at run time. */
const providedByHost = ['zod(/v4)?', 'luxon', '(node:)?crypto'];

/** Forbids all packages but the given ones; the zones check relative paths. */
const onlyPackages = (allowed, message) => [
	'error',
	{ patterns: [{ regex: `^(?!\\.{1,2}/|(${allowed.join('|')})$)`, message }] },
];

/** Forbids imports from all folders but the given ones. */
const zonesOf = (allowed) => [
	'error',
	{
		basePath: root,
		zones: Object.entries(allowed).map(([target, folders]) => ({
			target: `./${target}`,
			from: './/',
			except: [...folders, 'node_modules', 'setup/node_modules'].map((folder) => `./${folder}`),
			message: `${target} may import from ${folders.join(' and ')} only.`,
		})),
	},
];

const handedIn = 'lib takes this from its caller, so that tests can decide it.';

const config = tseslint.config(
	{
		files: ['**/*.ts'],
		languageOptions: { parser: tseslint.parser },
		plugins: { 'import-x': importX },
		settings: {
			...importX.flatConfigs.typescript.settings,
			'import-x/resolver-next': [
				createTypeScriptImportResolver({ project: `${root}tsconfig.json` }),
			],
		},
		rules: {
			// An import that is not found has no folder, and would pass every zone.
			'import-x/no-unresolved': 'error',
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': zonesOf(mayImport),
			'no-restricted-syntax': [
				'error',
				{ selector: 'ImportExpression', message: 'Import statically: dynamic imports are not checked.' },
			],
			'no-restricted-imports': onlyPackages(
				['n8n-workflow', ...providedByHost],
				'Not every supported n8n has this package at run time.',
			),
		},
	},
	{
		files: ['setup/src/**/*.mts'],
		languageOptions: { parser: tseslint.parser },
		plugins: { 'import-x': importX },
		settings: {
			...importX.flatConfigs.typescript.settings,
			'import-x/resolver-next': [
				createTypeScriptImportResolver({ project: `${root}setup/tsconfig.json` }),
			],
		},
		rules: {
			'import-x/no-unresolved': 'error',
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': zonesOf(mayImportInSetup),
		},
	},
	{
		files: ['lib/**/*.ts', 'hris-trigger/lib/**/*.ts'],
		rules: {
			'no-restricted-imports': onlyPackages(
				providedByHost,
				'lib knows nothing of n8n, and has only what every supported n8n provides.',
			),
			'no-restricted-globals': [
				'error',
				...['fetch', 'WebSocket', 'XMLHttpRequest', 'performance', 'console'].map((name) => ({
					name,
					message: handedIn,
				})),
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: handedIn },
				{ object: 'Math', property: 'random', message: handedIn },
			],
			'no-restricted-syntax': [
				'error',
				{ selector: 'ImportExpression', message: 'Import statically: dynamic imports are not checked.' },
				{ selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: handedIn },
			],
		},
	},
);

const clean = await isClean({
	title: 'Import direction',
	eslint: new ESLint({
		cwd: root,
		overrideConfigFile: true,
		overrideConfig: config,
		allowInlineConfig: false,
		errorOnUnmatchedPattern: false,
	}),
	folder: root,
	files: ['{nodes,credentials,lib}/**/*.ts', 'hris-trigger/{nodes,credentials,lib}/**/*.ts', 'setup/src/**/*.mts'],
});
process.exitCode = clean ? 0 : 1;
