import { resolve } from 'node:path';

/**
 * The folder of the n8n that is started: the pinned one, unless `HOST_N8N` names the folder of another version in
 * whose node_modules it is. Found from the working folder: npm scripts and jest both run at the root of the checkout.
 */
export function n8nFolder(): string {
	return resolve(process.env['HOST_N8N'] ?? 'host', 'node_modules', 'n8n');
}
