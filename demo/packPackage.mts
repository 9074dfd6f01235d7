import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const packResult = z.array(z.object({ filename: z.string() })).nonempty();

/**
 * Packs the built package exactly as it would be published.
 *
 * @param folder where the tarball goes; made if it is missing
 * @returns the path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const { stdout } = await promisify(execFile)('npm', [
		'pack',
		'--json',
		'--ignore-scripts',
		'--loglevel=error',
		`--pack-destination=${folder}`,
	]);
	const [packed] = packResult.parse(JSON.parse(stdout));
	return join(folder, packed.filename);
}
