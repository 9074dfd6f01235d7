import { z } from 'zod';

import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { Step } from './summary';

const text = z.string().nullish().transform((value) => value ?? '');

/** The answer of directory-sync about one person: see `SyncAnswer`. */
const answerSchema = z.object({
	sentence: text,
	state: z.string(),
	verified: z.boolean(),
	steps: z.array(z.object({ title: z.string(), sentences: z.array(z.string()) })),
	changes: z.array(z.object({ action: z.string(), why: z.string(), guard: z.string() })),
	/** How many planned changes may be carried out. */
	toDo: z.number(),
	/** Addresses of all people the planned changes are about. */
	subjects: z.array(z.string()),
	outcomes: z.array(z.object({ action: text, who: text, outcome: text, note: text })),
});

export type AnswerAboutOne = z.infer<typeof answerSchema>;

/** @returns undefined for anything but an answer of directory-sync */
export function readAnswerAboutOne(item: unknown): AnswerAboutOne | undefined {
	const read = answerSchema.safeParse(item);
	return read.success ? read.data : undefined;
}

/**
 * Why the person who uses the form is not asked whether to carry out the plan; '' if they are.
 * @param asker address of the person who uses the form
 */
export function whyNotAsked({ state, sentence, toDo, subjects }: AnswerAboutOne, asker: string): string {
	const own = readEmail(asker);
	if (isOver(state)) return `${sentence} Nothing is done.`;
	if (toDo === 0) return 'There is nothing to do.';
	if (own === undefined) return 'Your address is not known, so the record could not name who decided.';
	return subjects.some((one) => emailKey(readEmail(one) ?? one) === emailKey(own))
		? 'The plan is about you yourself, so another person must decide.'
		: '';
}

/** The request, and its result. */
export interface ProvisionedOne {
	/** Email or ID, as requested. */
	person: string;
	requestedBy: string;
	/** It must not change anything. */
	isDryRun: boolean;
	/** The answer of directory-sync, or why there is none. */
	answer: AnswerAboutOne | { failure: string };
	/** The result of a second check, if there was one. */
	again: AnswerAboutOne | undefined;
}

/** The report: on a page, in a mail, and to a calling workflow. */
export interface ToldAboutOne {
	title: string;
	steps: Step[];
	outcomes: Record<string, number>;
	/** Whether a second check has found nothing left to do; null if nothing was done. */
	verified: boolean | null;
	/** What went wrong, in whole sentences; '' if nothing did. */
	wrong: string;
}

/** Outcomes that are not failures: the state is as desired, or a guard or a person decides. */
const WELL: readonly string[] = ['done', 'unchanged', 'nothingToDo', 'blocked', 'held'];

export function toldAboutOne({ answer, again, isDryRun }: ProvisionedOne): ToldAboutOne {
	if ('failure' in answer) {
		const steps = [{ title: 'What was done', sentences: [answer.failure] }];
		return { title: 'It went wrong', steps, outcomes: {}, verified: null, wrong: answer.failure };
	}
	const { outcomes, state, sentence } = answer;
	const failed = outcomes.filter(({ outcome }) => !WELL.includes(outcome));
	const failure = isOver(state) && !isDryRun ? sentence : '';
	const counts = countsOf(outcomes);
	const words = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
	return {
		title: `Provision now: ${words.length > 0 ? words.join(', ') : 'nothing was done'}`,
		steps: [...answer.steps, ...doneStep(answer, isDryRun), ...againStep(again)],
		outcomes: counts,
		verified: outcomes.length === 0 ? null : (again?.toDo === 0 && again.state !== 'failed'),
		wrong: [failure, ...failed.map(({ note }) => note)].filter((one) => one !== '').join(' '),
	};
}

/** There was no plan, or no run has begun. */
function isOver(state: string): boolean {
	return state === 'failed' || state === 'skipped';
}

function countsOf(outcomes: AnswerAboutOne['outcomes']): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}

/** If nothing was carried out, the answer does not say why. */
function doneStep({ outcomes, toDo, state, sentence }: AnswerAboutOne, isDryRun: boolean): Step[] {
	if (outcomes.length > 0) return [];
	const why = isOver(state)
		? sentence
		: toDo === 0
			? 'There was nothing to do.'
			: isDryRun
				? 'Nothing was done: this was a dry run.'
				: `Nothing was done. ${sentence}`;
	return [{ title: 'What was done', sentences: [why] }];
}

function againStep(again: AnswerAboutOne | undefined): Step[] {
	if (!again) return [];
	const left = again.changes.filter(({ action, guard }) => action !== 'none' && guard === 'ok').map(({ why }) => why);
	const said = isOver(again.state)
		? `It could not be looked at again. ${again.sentence}`
		: left.length === 0
			? 'Planned again: nothing is left to do.'
			: `Still to do: ${left.join(' ')}`;
	return [{ title: 'Looked at again', sentences: [said] }];
}
