/**
 * `npm run bench node`: jobs done with our node and with what n8n brings along, in one real n8n, on a
 * workspace that takes as long to answer as a server far away. See README.md.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

import { measureInTurn } from './measure.mts';
import { report } from './report.mts';
import { addMembers } from './scenarios/addMembers.mts';
import { readUsers } from './scenarios/readUsers.mts';
import { upsertUnchanged } from './scenarios/upsertUnchanged.mts';
import { Stage } from './stage.mts';

const PEOPLE = 10_000;
/** Milliseconds. */
const DELAY = 40;

const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'bench-'));

// A signal alone would end this process without its exit, and n8n would go on.
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

console.log(`▸ Starting a workspace of ${PEOPLE.toLocaleString('en')} people, and n8n …`);
const stage = await Stage.start({ folder, people: PEOPLE, delay: DELAY });
try {
	console.log(`Each request is answered after ${DELAY} ms; ${availableParallelism()} processor cores.`);
	console.log('▸ One reading that does not count, so that everything is loaded and compiled …');
	await warmUp(stage);
	for (const scenario of [readUsers(PEOPLE), addMembers(500), upsertUnchanged(200)]) {
		console.log(`▸ ${scenario.title}: ${scenario.rounds} rounds …`);
		const { usual, ours } = await scenario.contenders(stage);
		const measured = await measureInTurn([...usual, ...ours], scenario.rounds);
		report(scenario.title, measured.slice(0, usual.length), measured.slice(usual.length));
	}
} finally {
	await stage.stop();
}

async function warmUp(stage: Stage): Promise<void> {
	const { usual, ours } = await readUsers(PEOPLE).contenders(stage);
	await measureInTurn([...usual, ...ours], 1);
}
