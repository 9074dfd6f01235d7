import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a temporary folder that exists until this process ends. Node, n8n, gulp and the browser put files of their
 * own beside what our code makes and removes, and would leave them there.
 *
 * @returns {{ TMPDIR: string, TEMP: string, TMP: string }} the environment with which a program uses it
 */
export function ownTemporaryFolder() {
	const folder = mkdtempSync(join(tmpdir(), 'notion-scim-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	return { TMPDIR: folder, TEMP: folder, TMP: folder };
}
