import { execFile } from 'node:child_process';
import { z } from 'zod';

import { signIn } from '../../../host/n8nRest.mts';
import type { N8nHost } from '../../../host/startHost.mts';

const COMMAND = 'setup/dist/main.mjs';

export interface CommandResult {
	code: number;
	/** All that it printed. */
	output: string;
}

/** Runs the built command, as npx would, in an environment of its own. */
export async function notionScimSetup(args: readonly string[], environment: Record<string, string>): Promise<CommandResult> {
	return await new Promise((resolve) => {
		const env = { PATH: process.env['PATH'] ?? '', ...environment };
		execFile(process.execPath, [COMMAND, ...args], { env }, (error, stdout, stderr) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), output: stdout + stderr });
		});
	});
}

/** A key for n8n's public API, as the owner makes it in the settings. @param scopes default: all */
export async function apiKey({ url, owner }: N8nHost, scopes?: readonly string[]): Promise<string> {
	const call = await signIn(url, owner);
	const all = scopes ?? (await call(z.array(z.string()), 'GET', 'rest/api-keys/scopes'));
	const body = { label: `set-up of ${all.length} scopes`, scopes: all, expiresAt: null };
	return (await call(z.object({ rawApiKey: z.string() }), 'POST', 'rest/api-keys', body)).rawApiKey;
}
