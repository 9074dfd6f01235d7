/**
 * `npm run bench`: jobs done with our node and workflows and with what n8n brings along, in one real
 * n8n. `npm run bench -- lockdown` does one of them, `--people 10` with fewer people; `npm run bench -- idle
 * --minutes 20` counts what idle workflows cost, and runs only when it is named. See README.md.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { hires } from './hires.mts';
import { idle } from './idle.mts';
import { lockdown } from './lockdown.mts';
import { nodes } from './nodes.mts';
import { sync } from './sync.mts';
import { review } from './review.mts';
import { watch } from './watch.mts';

const BENCHES = { nodes, lockdown, hires, review, sync, watch };
const KNOWN = [...Object.keys(BENCHES), 'idle'];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		people: { type: 'string', default: '60' },
		minutes: { type: 'string', default: '20' },
		settings: { type: 'string', default: 'keep' },
	},
});
const wanted = Object.entries(BENCHES).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.filter((name) => !KNOWN.includes(name));
if (unknown.length > 0) {
	console.error(`Unknown: ${unknown.join(', ')}. Known: ${KNOWN.join(', ')}.`);
	process.exit(2);
}

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'bench-'));

// A signal alone would end this process without its exit, and n8n would go on.
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

for (const [name, run] of wanted) await run(join(folder, name), Number(values.people));
if (positionals.includes('idle')) {
	await idle(join(folder, 'idle'), {
		minutes: Number(values.minutes),
		settings: values.settings === 'drop' ? 'drop' : 'keep',
	});
}
