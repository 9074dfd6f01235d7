import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';

const manifest = z
	.object({ name: z.string(), n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }) })
	.passthrough();

describe('the tarball of the trigger', () => {
	let scratch: string;
	let paths: string[];
	let published: z.infer<typeof manifest>;

	const textOf = (path: string) => readFileSync(join(scratch, 'package', path), 'utf8');

	beforeAll(async () => {
		scratch = mkdtempSync(join(tmpdir(), 'trigger-'));
		const tarball = await packPackage(scratch, 'hris-trigger');
		execFileSync('tar', ['-xzf', tarball, '-C', scratch]);
		const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
		paths = listed.trim().split('\n').map((path) => path.replace(/^package\//, ''));
		published = manifest.parse(JSON.parse(textOf('package.json')));
	}, 60_000);

	afterAll(() => {
		if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
	});

	it('holds the build and the papers, and nothing else', () => {
		const papers = paths.filter((path) => !path.startsWith('dist/'));
		expect(papers.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
		expect(paths.filter((path) => !/\.(js|d\.ts|json|svg|md)$|^LICENSE$/.test(path))).toEqual([]);
	});

	it('brings the node and the credential that it announces, with codex and both icons', () => {
		const folder = 'dist/nodes/HrisTrigger';
		expect(paths).toEqual(
			expect.arrayContaining([
				...published.n8n.nodes,
				...published.n8n.credentials,
				`${folder}/HrisTrigger.node.json`,
				`${folder}/hrisTrigger.svg`,
				`${folder}/hrisTrigger.dark.svg`,
			]),
		);
	});

	it('needs nothing but what every supported n8n provides', () => {
		expect(published.name).toBe('n8n-nodes-hris-trigger');
		expect(published).not.toHaveProperty('dependencies');
		expect(published['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
		const imported = paths
			.filter((path) => path.endsWith('.js'))
			.flatMap((path) => [...textOf(path).matchAll(/\brequire\("([^".][^"]*)"\)/g)].map(([, name]) => name));
		expect([...new Set(imported)].sort()).toEqual(['luxon', 'n8n-workflow', 'node:crypto']);
	});
});
