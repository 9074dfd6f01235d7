import { measureInTurn, type Contender } from './measure.mts';
import { report } from './report.mts';
import { syncByHand } from './sync/byHand.mts';
import { startDirectoryStage, type DirectoryStage } from './sync/directoryStage.mts';

/** People in the directory and in Notion, and their groups. */
const PEOPLE = 10_000;
const GROUPS = 50;

/** How many join, change and leave before each run: 3 % in all. */
const SHARE = PEOPLE / 100;
const ROUNDS = 3;

/**
 * A whole run in n8n: reading the directory and Notion, comparing them, and carrying out what differs. Each run
 * has a change of its own of 3 %, and counts only when Notion is afterwards as the directory says.
 */
export async function sync(folder: string): Promise<void> {
	console.log(`▸ Starting a directory and a workspace of ${PEOPLE} people, and n8n …`);
	const stage = await startDirectoryStage(folder, { people: PEOPLE, groups: GROUPS });
	try {
		const byHand = await stage.publish(syncByHand());
		const ours = await stage.publishSync();
		console.log('▸ The first runs: a dry run, and one that finds nothing to do …');
		await stage.run(ours);
		await stage.run(ours);
		const usual = await measureInTurn([contender(stage, 'by hand', byHand)], ROUNDS);
		const own = await measureInTurn([contender(stage, 'directory-sync', ours)], ROUNDS);
		report(`A sync of ${PEOPLE} people with ${GROUPS} groups, of whom 3 % change`, usual, own);
		await stage.forgetSettings(ours);
		await contender(stage, 'directory-sync, settings forgotten', ours).run();
		stage.showCosts();
	} finally {
		await stage.stop();
	}
}

function contender(stage: DirectoryStage, name: string, workflowId: string): Contender {
	return {
		name,
		run: async () => {
			stage.change(SHARE);
			const measured = await stage.measure(name, workflowId);
			stage.expectSame();
			return measured;
		},
	};
}
