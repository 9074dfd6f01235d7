import { z } from 'zod';

import { lenientText, text } from './cells';
import { isSameAddress } from './employees';
import type { EmploymentRecord } from './employment';
import { readRecord } from './employment';

/** A question to the HRIS: about an employee ID, otherwise about an address. */
export interface Question {
	employeeId: string;
	email: string;
}

/** One item of an HRIS source that answers a question. */
interface Answer {
	asked: Question;
	source: string;
	/** The record, a sentence on why it cannot be read, or undefined if there is no such employee. */
	record: EmploymentRecord | string | undefined;
}

/** All answers of the HRIS source. */
export interface Answers {
	answers: Answer[];
	/** Why a question got no answer, in the source's words; which question it was is unknown. */
	failures: string[];
}

/** What the HRIS says about one person. */
export interface HrisReading {
	/** Without duplicates; the record with the requested ID comes first. */
	records: EmploymentRecord[];
	/** The HRIS's own name; empty if it states none. */
	source: string;
	/**
	 * A sentence on why the HRIS could not be read. A missing answer never means that there is no such
	 * employee.
	 */
	unreadable?: string;
}

const answerSchema = z.object({
	asked: z.object({ employeeId: text, email: text }),
	found: z.boolean(),
	source: text,
	/** Why this question got no answer, while others did. */
	unreadable: lenientText,
});

/** @param items as the HRIS source returns them, including error items of failed questions */
export function readAnswers(items: readonly unknown[]): Answers {
	const answers: Answer[] = [];
	const failures: string[] = [];
	for (const item of items) {
		const read = answerSchema.safeParse(item);
		if (read.success) {
			const { asked, found, source, unreadable } = read.data;
			const record = unreadable !== '' ? unreadable : found ? readRecord(item) : undefined;
			answers.push({ asked, source, record });
		} else {
			const failure = failureOf(item);
			if (failure !== '') failures.push(failure);
		}
	}
	return { answers, failures: [...new Set(failures)] };
}

/** The HRIS's answers to the questions about one person. */
export function readingOf({ answers, failures }: Answers, questions: readonly Question[]): HrisReading {
	const answered = questions.map((question) => answers.filter(({ asked }) => isAnswerTo(asked, question)));
	const all = answered.flat();
	const source = all.find((answer) => answer.source !== '')?.source ?? '';
	const found = all.flatMap(({ record }) => (typeof record === 'object' ? [record] : []));
	const [first] = questions;
	const records = [...new Map(found.map((record) => [`${record.source}|${record.sourceId}`, record])).values()].sort(
		(one, other) => Number(other.sourceId === first?.employeeId) - Number(one.sourceId === first?.employeeId),
	);
	const illegible = all.find(({ record }) => typeof record === 'string')?.record;
	if (typeof illegible === 'string') return { records: [], source, unreadable: illegible };
	if (questions.length > 0 && answered.every((list) => list.length > 0)) return { records, source };
	return { records: [], source, unreadable: failures.join(' ') || 'The source gave no answer.' };
}

function isAnswerTo(asked: Question, { employeeId, email }: Question): boolean {
	if (asked.employeeId !== '' || employeeId !== '') return asked.employeeId === employeeId;
	return isSameAddress(asked.email, email);
}

function failureOf(item: unknown): string {
	const message = z.object({ message: z.string() }).transform((error) => error.message);
	const read = z.object({ error: z.union([z.string(), message]) }).safeParse(item);
	const failure = read.success ? read.data.error.trim() : '';
	return failure === '' || /[.!?]$/.test(failure) ? failure : `${failure}.`;
}
