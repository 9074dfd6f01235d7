/**
 * `npm run workflows:pull`: writes the workflows that were changed in the n8n of `npm run dev` back into
 * their files. `node demo/pull.mts URL EMAIL PASSWORD` does it for another n8n.
 */
import { readFile } from 'node:fs/promises';

import { N8nClient } from '../host/n8nClient.mts';
import { pullWorkflows } from '../host/pullWorkflows.mts';
import { RUNNING, runningSchema } from './running.mts';

const { url, owner, filled } = await running(process.argv.slice(2));
const { changed, same, unknown } = await pullWorkflows(new N8nClient(url, owner), filled);

for (const file of changed) console.log(`changed    ${file}`);
for (const name of unknown) console.log(`left alone "${name}": no file in workflows/ has this name`);
console.log(`${changed.length} changed, ${same.length} as they were`);

async function running([url, email, password]: string[]) {
	if (url !== undefined) return runningSchema.parse({ url, owner: { email, password } });
	const text = await readFile(RUNNING, 'utf8').catch(() => {
		throw new Error('No n8n is running here. Start it with: npm run dev');
	});
	return runningSchema.parse(JSON.parse(text));
}
