import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { n8nFolder } from './n8nFolder.mts';

/** One empty database for each version of n8n: its 195 migrations take n8n some seconds. */
const TEMPLATES = join('.run', 'empty-databases');

/** The two belong together: n8n encrypts rows with the key in its config. */
const DATABASE = 'database.sqlite';
const CONFIG = 'config';

function template(): string {
	const manifest: unknown = JSON.parse(readFileSync(join(n8nFolder(), 'package.json'), 'utf8'));
	return join(TEMPLATES, z.object({ version: z.string() }).parse(manifest).version);
}

/**
 * Copies the template into a folder that no n8n has used yet. Does nothing without a template.
 * @param folder n8n's `N8N_USER_FOLDER`
 */
export async function copyDatabaseTemplate(folder: string): Promise<void> {
	if (!existsSync(template())) return;
	const own = join(folder, '.n8n');
	await mkdir(own, { recursive: true });
	for (const name of [CONFIG, DATABASE]) await copyFile(join(template(), name), join(own, name));
}

/**
 * Saves the database of a running n8n as the template, unless there is one. n8n must have migrated it and must
 * not have an owner yet.
 *
 * @param folder n8n's `N8N_USER_FOLDER`
 */
export async function saveDatabaseTemplate(folder: string): Promise<void> {
	if (existsSync(template())) return;
	const own = join(folder, '.n8n');
	const copy = join(TEMPLATES, `copy-${randomUUID()}`);
	await mkdir(copy, { recursive: true });
	await copyFile(join(own, CONFIG), join(copy, CONFIG));
	const database = new DatabaseSync(join(own, DATABASE), { timeout: 5_000 });
	database.prepare('VACUUM INTO ?').run(join(copy, DATABASE));
	database.close();
	// If another process has saved its template first, that one is kept.
	await rename(copy, template()).catch(async () => await rm(copy, { recursive: true, force: true }));
}
