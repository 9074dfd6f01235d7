import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** n8n makes its tables in some 200 steps, so the empty database is made once for each version of n8n. */
const TEMPLATES = join('.run', 'empty-databases');

/** What belongs together: rows are encrypted with the key of the config. */
const DATABASE = 'database.sqlite';
const CONFIG = 'config';

function template(): string {
	const manifest: unknown = JSON.parse(readFileSync(join('host', 'node_modules', 'n8n', 'package.json'), 'utf8'));
	return join(TEMPLATES, z.object({ version: z.string() }).parse(manifest).version);
}

/**
 * Lets an n8n that was never started begin with the empty database, where there is one.
 *
 * @param folder n8n's `N8N_USER_FOLDER`
 */
export async function beginWithEmptyDatabase(folder: string): Promise<void> {
	const own = join(folder, '.n8n');
	if (existsSync(join(own, DATABASE)) || existsSync(join(own, CONFIG)) || !existsSync(template())) return;
	await mkdir(own, { recursive: true });
	for (const name of [CONFIG, DATABASE]) await copyFile(join(template(), name), join(own, name));
}

/**
 * Keeps the database of an n8n that has just made it and knows no one yet.
 *
 * @param folder n8n's `N8N_USER_FOLDER`
 */
export async function keepEmptyDatabase(folder: string): Promise<void> {
	if (existsSync(template())) return;
	const own = join(folder, '.n8n');
	const making = join(TEMPLATES, `making-${randomUUID()}`);
	await mkdir(making, { recursive: true });
	await copyFile(join(own, CONFIG), join(making, CONFIG));
	const database = new DatabaseSync(join(own, DATABASE), { timeout: 5_000 });
	database.prepare('VACUUM INTO ?').run(join(making, DATABASE));
	database.close();
	// Another process may have been quicker, and then its database is as good.
	await rename(making, template()).catch(() => undefined);
}
