import { readExisting, readWorkflows } from '../n8n/existing.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import type { Scope } from '../n8n/scopes.mts';
import { planRemoval } from '../plan/planRemoval.mts';
import { applyRemoval } from '../run/applyRemoval.mts';
import type { Options } from './arguments.mts';
import type { Io } from './io.mts';
import { wordsOfRemoval } from './words.mts';

const OK = 0;
const NOT_READY = 2;

/** Takes away what this command made. @returns the exit code */
export async function removeAll(api: N8nApi, scopes: ReadonlySet<Scope>, options: Options, { ask, say }: Io): Promise<number> {
	const existing = await readExisting(api, scopes, await readWorkflows(api), []);
	const steps = planRemoval(existing, { overwrite: new Set(options.overwrite), tables: options.tables });
	if (steps.length === 0) {
		say('This command made nothing in this n8n. Nothing was done.');
		return OK;
	}
	say(`${api.url}\n${steps.map(wordsOfRemoval).join('\n')}`);
	if (options.plan) return OK;
	const isAgreed = options.yes || (await ask?.yes('Delete this? It cannot be undone')) === true;
	if (!isAgreed) {
		say('Nothing was done.');
		return NOT_READY;
	}
	for (const step of steps) await applyRemoval(api, step);
	say('\nDone. The packages stay installed: remove them in n8n under Settings → Community nodes.');
	return OK;
}
