import type { Contender } from '../measure.mts';
import type { Stage } from '../stage.mts';

/** One job, done in several ways. */
export interface Scenario {
	title: string;
	rounds: number;
	/** How the job is done with what n8n brings along, and how with our node. */
	contenders: (stage: Stage) => Promise<{ usual: Contender[]; ours: Contender[] }>;
}

/** @throws Error so that no figure is printed for a job that was not done */
export function expectCount(what: string, actual: number, expected: number): void {
	if (actual !== expected) throw new Error(`${actual} ${what} instead of ${expected}.`);
}
