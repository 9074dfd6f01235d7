/**
 * Scans each package as n8n does before a verification: the tarball's JavaScript and package.json, and the
 * sources of nodes and credentials, with inline disables ignored. The rules are the scanner's own; only its
 * download by name is replaced, because the package to scan has just been built. Warnings fail here as well.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { packages } from './packages.mjs';
import { isClean } from './isClean.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!packages.every(({ folder }) => existsSync(join(folder, 'dist')))) {
	console.error('There is no dist folder to scan. Run "npm run build" first.');
	process.exit(1);
}

mkdirSync(join(root, '.run'), { recursive: true });
const scratch = mkdtempSync(join(root, '.run', 'scan-'));
// The scanner creates its own temporary folder as soon as it is imported.
process.env.TMPDIR = scratch;

/** Packs a package as `npm publish` would and unpacks it. */
function unpackedTarball({ name, folder }) {
	const target = join(scratch, name);
	mkdirSync(target);
	const packed = execFileSync(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', target],
		{ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	const [{ filename }] = JSON.parse(packed);
	execFileSync('tar', ['-xzf', join(target, filename), '-C', target]);
	return join(target, 'package');
}

try {
	const { buildScanConfig, SOURCE_FILE_PATTERNS } = await import(
		'@n8n/scan-community-package/scanner/scanner.mjs'
	);
	const overrideConfig = await buildScanConfig();
	const scan = (title, folder, files) =>
		isClean({
			title,
			eslint: new ESLint({
				cwd: folder,
				overrideConfigFile: true,
				overrideConfig,
				allowInlineConfig: false,
			}),
			folder,
			files,
		});

	const results = [];
	for (const one of packages) {
		const tarball = unpackedTarball(one);
		results.push(
			await scan(`Tarball of ${one.name}, as the scan sees it`, tarball, ['**/*.js', 'package.json']),
			await scan(`Source of ${one.name}, as the scan sees it`, one.folder, SOURCE_FILE_PATTERNS),
		);
	}
	process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
