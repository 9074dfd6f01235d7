import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const packResult = z.array(z.object({ filename: z.string() })).nonempty();
const manifestSchema = z.object({ name: z.string(), files: z.array(z.string()) });

/** Packages packed so far: npm takes two seconds for each, and every test file needs one. */
const PACKED = join('.run', 'packed');

/**
 * Packs a built package exactly as it would be published. An unchanged package is packed once.
 * @param folder the folder for the tarball; created if it is missing
 * @param packageFolder of the package, relative to the checkout; `hris-trigger` for the second one
 * @returns the path of the tarball
 */
export async function packPackage(folder: string, packageFolder = '.'): Promise<string> {
	const kept = join(PACKED, digestOf(packageFolder));
	const [tarball = await pack(packageFolder, kept)] = globSync(join(kept, '*.tgz'));
	await mkdir(folder, { recursive: true });
	const copy = join(folder, basename(tarball));
	await copyFile(tarball, copy);
	return copy;
}

/** Names, sizes and times of all files that the tarball may include. */
function digestOf(packageFolder: string): string {
	const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
	const { name, files } = manifestSchema.parse(manifest);
	const patterns = files.filter((file) => !file.startsWith('!')).flatMap((file) => [file, `${file}/**/*`]);
	const digest = createHash('sha256').update(name);
	for (const file of globSync(['package.json', 'README.md', 'LICENSE', ...patterns], { cwd: packageFolder }).sort()) {
		const { size, mtimeMs } = statSync(join(packageFolder, file));
		digest.update(`${file} ${size} ${mtimeMs}\n`);
	}
	return digest.digest('hex').slice(0, 32);
}

/** @returns the path of the tarball, which is either complete or absent */
async function pack(packageFolder: string, kept: string): Promise<string> {
	await mkdir(PACKED, { recursive: true });
	const making = await mkdtemp(join(PACKED, 'making-'));
	const { stdout } = await promisify(execFile)(
		'npm',
		['pack', '--json', '--ignore-scripts', '--loglevel=error', `--pack-destination=${resolve(making)}`],
		{ cwd: packageFolder },
	);
	const [{ filename }] = packResult.parse(JSON.parse(stdout));
	// Another process may have been faster; its tarball is equivalent.
	await rename(making, kept).catch(async () => await rm(making, { recursive: true, force: true }));
	return join(kept, filename);
}
