import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The log in which n8n notes what each execution does. After a crash n8n runs the Error Trigger of those executions
 * only that the log shows at a node. A thread of its own writes it, so a test that kills n8n has to make sure of it.
 */
export class EventLog {
	readonly #folder: string;

	/** @param folder of all files of this n8n */
	constructor(folder: string) {
		this.#folder = join(folder, '.n8n');
	}

	/** @param id of a workflow or an execution. @returns the names of its nodes that the log shows as started */
	async startedNodes(id: string): Promise<string[]> {
		const file = join(this.#folder, 'n8nEventLog.log');
		if (!existsSync(file)) return [];
		return (await readFile(file, 'utf8'))
			.split('\n')
			.filter((line) => line.includes('n8n.node.started') && line.includes(`"${id}"`))
			.map((line) => /"nodeName":"([^"]*)"/.exec(line)?.[1] ?? '');
	}

	/** Removes it; n8n must have ended. */
	async remove(): Promise<void> {
		const files = (await readdir(this.#folder)).filter((name) => name.startsWith('n8nEventLog'));
		await Promise.all(files.map(async (name) => await rm(join(this.#folder, name))));
	}
}
