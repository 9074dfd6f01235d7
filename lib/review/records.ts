import { z } from 'zod';

import { count, lenientText, rowId } from '../lifecycle/cells';
import { isOfKind, parsedJson } from './rows';

/** The time limits of a review, all in days. */
export interface Pace {
	dueInDays: number;
	/** After how many days without an answer a reviewer is reminded. */
	remindAfterDays: number;
	/** After how many days without an answer the next one is asked. */
	escalateAfterDays: number;
	/** How long a review waits after its end for revocations that are held or fail. */
	finishWithinDays: number;
}

/** A review: a row of `notion_scim_reviews` of the kind `review`. */
export interface Review {
	/** n8n's ID of the stored row; 0 until it is stored. */
	id: number;
	reviewId: string;
	state: string;
	startedAt: string;
	dueAt: string;
	pace: Omit<Pace, 'dueInDays'>;
	/** The last item of the first snapshot: the evidence that it includes every member. */
	population: Record<string, unknown>;
}

/** A mail to a reviewer. Its link works until the review closes; only a digest of its key is stored. */
export interface Letter {
	id: number;
	reviewId: string;
	reviewer: string;
	/** `first`, `reminder` or `escalation`. */
	letter: string;
	rows: number;
	writtenAt: string;
	/** Empty if the mail server did not accept it. */
	sentAt: string;
}

/** A link of the chain. */
export interface Link {
	id: number;
	number: number;
	at: string;
	reviewId: string;
	/** `day` or `evidence`. */
	what: string;
	/** SHA-256 of the report. */
	digest: string;
	/** Head of the previous link, and of this one. */
	previous: string;
	head: string;
}

const number = z.number().catch(0);

const reviewDetails = z.object({
	pace: z.object({
		remindAfterDays: number,
		escalateAfterDays: number,
		finishWithinDays: number,
	}),
	population: z.record(z.unknown()).catch({}),
});

const NO_DETAILS: z.infer<typeof reviewDetails> = {
	pace: { remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7 },
	population: {},
};

const reviewSchema = z.object({
	id: rowId,
	reviewId: lenientText,
	state: lenientText,
	at: lenientText,
	dueAt: lenientText,
	details: lenientText,
});

const letterSchema = z.object({
	id: rowId,
	reviewId: lenientText,
	reviewer: lenientText,
	position: count,
	at: lenientText,
	sentAt: lenientText,
	details: lenientText,
});

const linkSchema = z.object({
	id: rowId,
	reviewId: lenientText,
	position: count,
	at: lenientText,
	details: lenientText,
	digest: lenientText,
	previous: lenientText,
	head: lenientText,
});

/** Oldest first, from the items of a Data Table node; skips other rows. */
export function readReviews(items: readonly unknown[]): Review[] {
	return read(items, 'review', reviewSchema).map(({ id, reviewId, state, at, dueAt, details }) => ({
		...{ id, reviewId, state, startedAt: at, dueAt },
		...reviewDetails.catch(NO_DETAILS).parse(parsedJson(details)),
	}));
}

/** The open review; of two that were started at the same moment, the first one. */
export function openReviewIn(reviews: readonly Review[]): Review | undefined {
	return reviews.find(({ state }) => state === 'open');
}

/** As {@link readReviews}, for letters. */
export function readLetters(items: readonly unknown[]): Letter[] {
	return read(items, 'letter', letterSchema).map(({ at, position, details, ...rest }) => ({
		...rest,
		letter: details,
		rows: position,
		writtenAt: at,
	}));
}

/** As {@link readReviews}, for links of the chain. */
export function readLinks(items: readonly unknown[]): Link[] {
	return read(items, 'link', linkSchema).map(({ position, details, ...rest }) => ({
		...rest,
		number: position,
		what: details,
	}));
}

function read<T extends z.ZodTypeAny>(items: readonly unknown[], kind: string, schema: T): Array<z.output<T>> {
	return items
		.flatMap((item): Array<z.output<T>> => {
			const parsed = schema.safeParse(item);
			return parsed.success && isOfKind(kind, item) ? [parsed.data] : [];
		})
		.sort((one, other) => Number(one.id) - Number(other.id));
}

export function newReviewCells(review: Review): Record<string, string> {
	const { reviewId, state, startedAt, dueAt, pace, population } = review;
	return {
		...{ kind: 'review', reviewId, state, at: startedAt, dueAt, closedAt: '', digest: '', head: '' },
		details: JSON.stringify({ pace, population }),
	};
}

export function newLetterCells(
	{ reviewId, reviewer, letter, rows, writtenAt }: Omit<Letter, 'id' | 'sentAt'>,
	{ keyDigest, execution }: { keyDigest: string; execution: string },
): Record<string, string | number> {
	return {
		...{ kind: 'letter', reviewId, reviewer, position: rows, at: writtenAt, sentAt: '', digest: keyDigest, execution },
		details: letter,
	};
}

export function newLinkCells(link: Omit<Link, 'id'>): Record<string, string | number> {
	const { number: position, at, reviewId, what, digest, previous, head } = link;
	return { kind: 'link', position, at, reviewId, details: what, digest, previous, head };
}
