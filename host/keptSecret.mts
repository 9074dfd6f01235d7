import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A random secret that stays the same for every start on the same folder. It has a capital and a digit, which
 * n8n requires of passwords.
 * @param name of the file in the folder that keeps it
 */
export async function keptSecret(folder: string, name: string): Promise<string> {
	const file = join(folder, name);
	try {
		return await readFile(file, 'utf8');
	} catch {
		const secret = `A1-${randomBytes(12).toString('base64url')}`;
		await writeFile(file, secret, { mode: 0o600 });
		return secret;
	}
}
