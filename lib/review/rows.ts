import { z } from 'zod';

import { count, lenientText, rowId } from '../lifecycle/cells';

/** A possible reviewer. */
export interface Reviewer {
	email: string;
	/** The capacity: `manager`, `fallback` and the like. */
	as: string;
}

/** The snapshot's statements about a row, which never change. */
export interface RowFacts {
	otherEmails: string[];
	privileged: boolean;
	privilegedBecause: string;
	teamspace: string;
	sensitivity: string;
	title: string;
	department: string;
	directoryStatus: string;
	directoryNote: string;
}

/**
 * One person in one group, or one person without a group: a row of `notion_scim_reviews` of the kind `row`.
 */
export interface ReviewRow {
	/** n8n's ID of the stored row; 0 until it is stored. */
	id: number;
	reviewId: string;
	/** From 1 on, in the order of the snapshot. */
	position: number;
	userId: string;
	email: string;
	displayName: string;
	role: string;
	/** Empty for a person without a group. */
	groupId: string;
	groupName: string;
	reviewers: Reviewer[];
	/** Why others are not asked: sentences. */
	passedOver: string;
	/** The current reviewer, the capacity, the position in `reviewers`, and since when. */
	reviewer: string;
	reviewerAs: string;
	step: number;
	assignedAt: string;
	/** A name of an action, `withoutReviewer`, or empty. */
	decision: string;
	comment: string;
	decidedBy: string;
	assurance: string;
	decidedAt: string;
	/** The execution that stored the decision. */
	decidedIn: string;
	/** SHA-256 of what a reviewer is shown. */
	digest: string;
	facts: RowFacts;
}

/** The decision of a row without any possible reviewer. */
export const WITHOUT_REVIEWER = 'withoutReviewer';

const strings = z.array(z.string()).catch([]);

const factsSchema = z
	.object({
		otherEmails: strings,
		privileged: z.boolean().catch(false),
		privilegedBecause: lenientText,
		teamspace: lenientText,
		sensitivity: lenientText,
		title: lenientText,
		department: lenientText,
		directoryStatus: lenientText,
		directoryNote: lenientText,
	})
	.partial();

const reviewersSchema = z.array(z.object({ email: z.string(), as: z.string() })).catch([]);

const rowSchema = z.object({
	id: rowId,
	reviewId: lenientText,
	position: count,
	userId: lenientText,
	email: lenientText,
	displayName: lenientText,
	role: lenientText,
	groupId: lenientText,
	groupName: lenientText,
	reviewers: lenientText,
	passedOver: lenientText,
	reviewer: lenientText,
	reviewerAs: lenientText,
	step: count,
	at: lenientText,
	decision: lenientText,
	comment: lenientText,
	decidedBy: lenientText,
	assurance: lenientText,
	decidedAt: lenientText,
	execution: lenientText,
	digest: lenientText,
	details: lenientText,
});

/**
 * The rows among items of a Data Table node, in the order of the review. Unreadable rows are left out: a
 * review with fewer rows than its population reports that.
 */
export function readRows(items: readonly unknown[]): ReviewRow[] {
	const reviewersIn = readOnce((json) => reviewersSchema.parse(parsedJson(json)));
	const factsIn = readOnce(factsOf);
	return items
		.flatMap((item): ReviewRow[] => {
			const read = rowSchema.safeParse(item);
			if (!read.success || !isOfKind('row', item)) return [];
			const { at, execution, details, reviewers: asked, ...rest } = read.data;
			return [
				{ ...rest, assignedAt: at, decidedIn: execution, reviewers: reviewersIn(asked), facts: factsIn(details) },
			];
		})
		.sort((one, other) => one.position - other.position);
}

/** Rows of several kinds share the table. */
export function isOfKind(kind: string, item: unknown): boolean {
	return typeof item === 'object' && item !== null && 'kind' in item && item.kind === kind;
}

/** The cells of one person are the same in each of their rows. */
function readOnce<T>(read: (json: string) => T): (json: string) => T {
	const known = new Map<string, T>();
	return (json) => {
		const value = known.get(json) ?? read(json);
		known.set(json, value);
		return value;
	};
}

function factsOf(json: string): RowFacts {
	const { otherEmails = [], privileged = false, ...texts } = factsSchema.catch({}).parse(parsedJson(json));
	return {
		otherEmails,
		privileged,
		privilegedBecause: texts.privilegedBecause ?? '',
		teamspace: texts.teamspace ?? '',
		sensitivity: texts.sensitivity ?? '',
		title: texts.title ?? '',
		department: texts.department ?? '',
		directoryStatus: texts.directoryStatus ?? '',
		directoryNote: texts.directoryNote ?? '',
	};
}

/**
 * The cells of a row that is not stored yet. Empty texts are written, because "is empty" would not find a
 * null.
 */
export function newRowCells(row: ReviewRow): Record<string, string | number> {
	return {
		kind: 'row',
		reviewId: row.reviewId,
		state: '',
		at: row.assignedAt,
		position: row.position,
		userId: row.userId,
		email: row.email,
		displayName: row.displayName,
		role: row.role,
		groupId: row.groupId,
		groupName: row.groupName,
		reviewers: reviewersCell(row),
		passedOver: row.passedOver,
		reviewer: row.reviewer,
		reviewerAs: row.reviewerAs,
		step: row.step,
		decision: row.decision,
		digest: row.digest,
		details: JSON.stringify(row.facts),
	};
}

export function reviewersCell({ reviewers }: Pick<ReviewRow, 'reviewers'>): string {
	return JSON.stringify(reviewers);
}

export function parsedJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
