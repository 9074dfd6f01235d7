import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { n8nFolder } from '../../host/n8nFolder.mts';

/** The host that this n8n installs community packages from, out of its own settings. */
export async function npmHostOfN8n(): Promise<string> {
	const settings = await readFile(join(n8nFolder(), 'dist', 'modules', 'community-packages', 'community-packages.config.js'), 'utf8');
	const [, address] = /registry = '([^']+)'/.exec(settings) ?? [];
	if (address === undefined) throw new Error('The settings of n8n name no registry any more');
	return new URL(address).host;
}
