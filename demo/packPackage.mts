import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const packResult = z.array(z.object({ filename: z.string() })).nonempty();

/**
 * Packs a built package exactly as it would be published.
 *
 * @param folder where the tarball goes; made if it is missing
 * @param packageFolder of the package, relative to the checkout; `hris-trigger` for the second one
 * @returns the path of the tarball
 */
export async function packPackage(folder: string, packageFolder = '.'): Promise<string> {
	await mkdir(folder, { recursive: true });
	const { stdout } = await promisify(execFile)(
		'npm',
		[
			'pack',
			'--json',
			'--ignore-scripts',
			'--loglevel=error',
			`--pack-destination=${resolve(folder)}`,
		],
		{ cwd: packageFolder },
	);
	const [packed] = packResult.parse(JSON.parse(stdout));
	return join(folder, packed.filename);
}
