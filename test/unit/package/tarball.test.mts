import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, posix } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '..', '..', '..');

const report = z
	.array(
		z.object({
			filename: z.string(),
			size: z.number(),
			files: z.array(z.object({ path: z.string(), size: z.number() })),
		}),
	)
	.length(1);

const manifest = z
	.object({
		n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
		scripts: z.record(z.string()),
	})
	.passthrough();

/** What n8n 2 and n8n 1.123 both have for a community node at run time. */
const providedByHost = ['n8n-workflow', 'zod', 'zod/v4', 'luxon', 'crypto', 'node:crypto'];

describe('the tarball that is published', () => {
	let scratch: string;
	let size: number;
	let files: z.infer<typeof report>[number]['files'];
	let paths: string[];
	let published: z.infer<typeof manifest>;

	const textOf = (path: string) => readFileSync(join(scratch, 'package', path), 'utf8');

	beforeAll(() => {
		if (!existsSync(join(root, 'dist'))) {
			throw new Error('There is no dist folder to pack. Run "npm run build" first.');
		}
		scratch = mkdtempSync(join(tmpdir(), 'tarball-'));
		const output = execFileSync(
			'npm',
			['pack', '--json', '--ignore-scripts', '--pack-destination', scratch],
			{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
		);
		const [packed] = report.parse(JSON.parse(output));
		if (packed === undefined) throw new Error('npm packed nothing');
		execFileSync('tar', ['-xzf', join(scratch, packed.filename), '-C', scratch]);
		({ size, files } = packed);
		paths = files.map(({ path }) => path);
		published = manifest.parse(JSON.parse(textOf('package.json')));
	}, 60_000);

	afterAll(() => {
		if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
	});

	it('holds the build, the workflows and the papers, and nothing else', () => {
		const papers = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
		const others = paths.filter((path) => !/^(dist|workflows)\//.test(path));
		expect(others.filter((path) => !papers.includes(path))).toEqual([]);
		expect(others).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
	});

	it('holds no source, source map, test or sandbox', () => {
		const endings = new Set(['.js', '.d.ts', '.json', '.svg']);
		const ending = (path: string) => (path.endsWith('.d.ts') ? '.d.ts' : extname(path));
		const built = paths.filter((path) => path.startsWith('dist/'));
		expect(built.filter((path) => !endings.has(ending(path)))).toEqual([]);
		expect(paths.filter((path) => /(^|\/)(test|tests|sandbox|host|bench)\//.test(path))).toEqual([]);
		expect(paths.filter((path) => /\.(test|spec)\./.test(path))).toEqual([]);
	});

	// The pictures stay in the repository, where npm's page shows them from.
	it('holds workflows as JSON, each with its README', () => {
		const inWorkflows = paths.filter((path) => path.startsWith('workflows/'));
		expect(inWorkflows.filter((path) => !/\.(json|md)$/.test(path))).toEqual([]);
		const folders = new Set(inWorkflows.map((path) => dirname(path)));
		expect(folders.size).toBeGreaterThan(0);
		for (const folder of folders) {
			const names = inWorkflows.filter((path) => dirname(path) === folder).map((p) => extname(p));
			expect([folder, ...new Set(names)].sort()).toEqual(['.json', '.md', folder].sort());
		}
	});

	it('is small: a user on a slow line installs it in seconds', () => {
		expect(size).toBeLessThan(1_000_000);
		const sizes = files.map(({ path, size: bytes }) => ({ isWorkflow: path.endsWith('.json') && path.startsWith('workflows/'), bytes }));
		// A workflow's size is what a browser imports and what n8n keeps with each of its executions.
		expect(Math.max(...sizes.filter(({ isWorkflow }) => isWorkflow).map(({ bytes }) => bytes))).toBeLessThan(66_000);
		expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(2_500_000);
	});

	it('brings every node and credential it announces, with codex and both icons', () => {
		const { nodes, credentials } = published.n8n;
		expect(nodes.length).toBeGreaterThan(0);
		for (const file of [...nodes, ...credentials]) expect(paths).toContain(file);
		for (const node of nodes) {
			expect(paths).toContain(node.replace(/\.js$/, '.json'));
			const icons = paths.filter((p) => dirname(p) === dirname(node) && extname(p) === '.svg');
			expect(icons.some((icon) => basename(icon).endsWith('.dark.svg'))).toBe(true);
			expect(icons.some((icon) => !basename(icon).endsWith('.dark.svg'))).toBe(true);
		}
	});

	it('brings the schema of each operation to where n8n looks for it', () => {
		const inSources = globSync('nodes/*/__schema__/**/*.json', { cwd: root }).map((file) => `dist/${file}`);
		expect(inSources.length).toBeGreaterThan(0);
		expect(paths.filter((path) => path.includes('__schema__')).sort()).toEqual(inSources.sort());
	});

	it('needs nothing but what n8n provides', () => {
		expect(published).not.toHaveProperty('dependencies');
		expect(published).not.toHaveProperty('optionalDependencies');
		expect(published).not.toHaveProperty('bundleDependencies');
		expect(published['peerDependencies']).toEqual({ 'n8n-workflow': '*' });

		const imported = paths
			.filter((path) => path.startsWith('dist/') && path.endsWith('.js'))
			.flatMap((path) =>
				[...textOf(path).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => ({ path, name })),
			);
		const missing = imported.filter(({ path, name }) => {
			if (!name.startsWith('.')) return !providedByHost.includes(name);
			const target = posix.join(posix.dirname(path), name);
			return !['', '.js', '.json', '/index.js'].some((end) => paths.includes(target + end));
		});
		expect(imported.length).toBeGreaterThan(0);
		expect(missing).toEqual([]);
	});

	it('runs nothing when it is installed', () => {
		const atInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
		expect(Object.keys(published.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
	});

	it('names no folder of the machine it was packed on', () => {
		expect(paths.filter((path) => textOf(path).includes(root))).toEqual([]);
	});
});
