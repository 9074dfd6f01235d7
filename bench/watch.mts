import { measureInTurn, type Contender } from './measure.mts';
import { report } from './report.mts';
import { type Watcher, WatchStage } from './watch/watchStage.mts';

/** People of the workspaces where nothing else is asked for: the benches of single people take fewer. */
const SIZES = [10_000, 100_000];
const ROUNDS = 3;

/** How many join, are changed and leave before each poll. */
const SHARE = 10;

/**
 * What it takes to learn what changed in a workspace: the trigger, against a schedule that reads all people and
 * groups and compares them in a Code node with what it kept. Both must tell exactly the changes.
 */
export async function watch(folder: string, given: number): Promise<void> {
	for (const people of given < 100 ? SIZES : [given]) await watchOf(`${folder}-${people}`, people);
}

async function watchOf(folder: string, people: number): Promise<void> {
	console.log(`▸ Starting a workspace of ${people} people, and n8n …`);
	const stage = await WatchStage.start(folder, people);
	try {
		console.log('▸ The first polls, which only remember …');
		const watchers = [await stage.byHand(), await stage.trigger()];
		const contenders = watchers.map((watcher, index) => contender(stage, watcher, index === 0));
		const measured = await measureInTurn(contenders, ROUNDS);
		const [usual, own] = [measured.slice(0, 1), measured.slice(1)];
		report(`A poll of ${people} people, ${3 * SHARE} of them changed`, usual, own);
		const costs = [];
		for (const watcher of watchers) costs.push(await stage.cost(watcher));
		console.table(costs);
	} finally {
		await stage.stop();
	}
}

/** All contenders of a round look at the same changes, made before the first. */
function contender(stage: WatchStage, watcher: Watcher, isFirst: boolean): Contender {
	return {
		name: watcher.name,
		run: async () => {
			if (isFirst) stage.change(SHARE);
			return await stage.measure(watcher, 3 * SHARE);
		},
	};
}
