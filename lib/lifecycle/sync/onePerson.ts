import { z } from 'zod';

import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { Alert } from '../decision';

const text = z.string().nullish().transform((value) => value ?? '');

/** What directory-sync gives back about one person. */
const answerSchema = z.object({
	title: text,
	sentence: text,
	/** Whether a second look has found nothing left to do; null where there was none. */
	verified: z.boolean().nullish().transform((value) => value ?? null),
	steps: z.array(
		z
			.object({ title: z.string(), text, sentences: z.array(z.string()).optional() })
			.transform(({ title, text: all, sentences }) => ({ title, sentences: sentences ?? (all === '' ? [] : [all]) })),
	),
	outcomes: z.array(z.object({ action: text, who: text, outcome: text, note: text })),
	/** How many planned changes may be carried out. */
	toDo: z.number().nullish().transform((value) => value ?? 0),
	/** Addresses of everyone whom the planned changes are about. */
	subjects: z.array(z.string()).nullish().transform((value) => value ?? []),
	/** Why there is no plan, or why nothing was done although it was asked for; '' where all is well. */
	failure: text,
});

export type AnswerAboutOne = z.infer<typeof answerSchema>;

/** One step, in sentences. */
export type Step = AnswerAboutOne['steps'][number];

/** @returns undefined for what is no answer of directory-sync */
export function readAnswerAboutOne(item: unknown): AnswerAboutOne | undefined {
	const read = answerSchema.safeParse(item);
	return read.success ? read.data : undefined;
}

/**
 * Why the person at the form is not asked whether the plan is carried out; '' where they are.
 *
 * @param asker address of the person at the form
 */
export function whyNotAsked({ toDo, subjects, failure }: AnswerAboutOne, asker: string): string {
	const own = readEmail(asker);
	if (failure !== '') return 'Without a plan nothing is done.';
	if (toDo === 0) return 'There is nothing to do.';
	if (own === undefined) return 'No one address says who you are, so the record could not name who decided.';
	return subjects.some((one) => emailKey(readEmail(one) ?? one) === emailKey(own))
		? 'The plan is about you yourself, so another person must decide.'
		: '';
}

/** What is no mistake: it is as it should be, or a guard or a person has the word. */
const WELL: readonly string[] = ['done', 'unchanged', 'nothingToDo', 'blocked', 'held'];

/** What is said of a run about one person. */
export interface ToldAboutOne {
	title: string;
	/** Whether anything was carried out, or should have been. */
	isChanged: boolean;
	/** What went wrong, in whole sentences; '' where nothing did. */
	wrong: string;
	alert: Alert | undefined;
}

export function toldAboutOne({ title, outcomes, failure }: AnswerAboutOne, person: string): ToldAboutOne {
	const failed = outcomes.filter(({ outcome }) => !WELL.includes(outcome));
	const wrong = [failure, ...failed.map(({ outcome, note }) => `${outcome}: ${note}`)].filter((one) => one !== '').join(' ');
	const alert = wrong === '' ? undefined : { key: 'Provision now: went wrong', text: `${person}: ${wrong}` };
	return { title, isChanged: outcomes.length > 0, wrong, alert };
}
