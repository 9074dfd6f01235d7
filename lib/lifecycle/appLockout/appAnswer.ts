import { z } from 'zod';

const LONGEST_REASON = 300;

export const COULD_NOT_RUN =
	'A node did not run: it is deactivated, or its credential is missing or broken.';

/** What an app answered to one request. */
export interface AppAnswer {
	status: number | undefined;
	body: unknown;
	/** Why it failed, as the status and a sentence of the app. */
	problem?: string;
	/** The node passed its input through: no request was sent. */
	didNotRun?: true;
}

const words = z.string().trim().min(1);

/** A whole response, as the HTTP Request node gives it. */
const responseSchema = z.object({ statusCode: z.number(), body: z.unknown() });

/** An error that the node returns as an item. */
const errorSchema = z.object({
	error: z.object({ message: z.unknown() }).partial().catch({}),
	details: z.object({ httpCode: z.coerce.number().catch(0), message: z.unknown(), body: z.unknown() }).partial().catch({}),
});

/** A row of the journal has a key, and no answer has one. */
const passedThroughSchema = z.object({ key: z.unknown() }).refine(({ key }) => key !== undefined);

/**
 * What an HTTP Request node returned for one item: an answer, an error, or its input if it did not run.
 * @param json of an item of a node that returns the whole response and continues on errors
 */
export function readAnswer(json: unknown): AppAnswer {
	if (passedThroughSchema.safeParse(json).success) return notRun();
	const response = responseSchema.safeParse(json);
	if (response.success) {
		const { statusCode: status, body } = response.data;
		return status < 300 ? { status, body } : { status, body, problem: `${status}: ${reasonIn(body)}` };
	}
	const { error, details } = errorSchema.catch({ error: {}, details: {} }).parse(json);
	const status = details.httpCode || undefined;
	if (status !== undefined) return { status, body: details.body, problem: `${status}: ${reasonIn(details.body)}` };
	const reason = [details.message, error.message].map((said) => words.safeParse(said)).find(({ success }) => success);
	return { status, body: undefined, problem: `No answer: ${(reason?.data ?? 'no reason is known').slice(0, LONGEST_REASON)}` };
}

/** As if the node had passed its input through. */
export function notRun(): AppAnswer {
	return { status: undefined, body: undefined, didNotRun: true, problem: COULD_NOT_RUN };
}

/**
 * The answers to one request, one for each account. A list of another length belongs to other accounts, and
 * then the outcome is unknown.
 */
export function answersFor(count: number, items: readonly unknown[]): AppAnswer[] {
	if (items.length === count) return items.map(readAnswer);
	return Array.from({ length: count }, notRun);
}

const microsoftOrGoogle = z.object({ error: z.object({ message: words }) }).transform(({ error }) => error.message);
const okta = z.object({ errorSummary: words }).transform(({ errorSummary }) => errorSummary);
const oauth = z.object({ error: words }).transform(({ error }) => error);

/** The app's own words. */
function reasonIn(body: unknown): string {
	return z.union([microsoftOrGoogle, okta, oauth]).catch('no reason was given').parse(body).slice(0, LONGEST_REASON);
}
