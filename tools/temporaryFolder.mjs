import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a temporary folder that is removed when this process ends, and with it what Node, n8n, gulp and the browser
 * leave there.
 *
 * @returns {{ TMPDIR: string, TEMP: string, TMP: string }} the environment with which a program uses it
 */
export function ownTemporaryFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'notion-scim-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	return { TMPDIR: folder, TEMP: folder, TMP: folder };
}
