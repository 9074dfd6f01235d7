import type { Table } from '../../canvas/dataTable.mts';

/** One row for each review. What it is about are the rows of {@link reviewRows} with its id. */
export const reviews: Table = {
	name: 'access_reviews',
	columns: {
		reviewId: 'string',
		/** `open` or `closed`; `superseded` where another one was started at the same moment. */
		state: 'string',
		startedAt: 'string',
		dueAt: 'string',
		snapshotId: 'string',
		/** The last item of the first snapshot, as JSON: how it is known to be everybody. */
		population: 'string',
		closedAt: 'string',
		/** The ZIP file that was mailed, in Base64; the SHA-256 of its review.json; the head of the chain behind it. */
		evidence: 'string',
		evidenceDigest: 'string',
		chainHead: 'string',
	},
};

/** One row for each person and group of a review, and one for a person without a group. */
export const reviewRows: Table = {
	name: 'access_review_rows',
	columns: {
		reviewId: 'string',
		userId: 'string',
		email: 'string',
		otherEmails: 'string',
		displayName: 'string',
		role: 'string',
		privileged: 'boolean',
		privilegedBecause: 'string',
		groupId: 'string',
		groupName: 'string',
		teamspace: 'string',
		sensitivity: 'string',
		meaningKnown: 'boolean',
		title: 'string',
		department: 'string',
		directoryStatus: 'string',
		directoryNote: 'string',
		rowDigest: 'string',
		/** Who can be asked, in order, as JSON, and why others are not. */
		reviewers: 'string',
		passedOver: 'string',
		/** Who is asked now, as what, and which of `reviewers` that is. */
		reviewer: 'string',
		reviewerAs: 'string',
		step: 'number',
		/** When the one who is asked now was first asked. */
		askedAt: 'string',
		/**
		 * `keep`, `revokeGroup`, `revokeAccess`, `unanswered`, `withoutReviewer`, `settled` (goes with the
		 * removal of the person); empty while open.
		 */
		decision: 'string',
		comment: 'string',
		decidedBy: 'string',
		/** How sure it is that it was them. */
		assurance: 'string',
		decidedAt: 'string',
		/** The execution that stored the decision. */
		decidedIn: 'string',
		/** Digest of the row as it was shown. */
		shownDigest: 'string',
		intendedAt: 'string',
		/**
		 * `intended`, then `done`, `unchanged`, `held` (the limit), `refused`, `failed`, `notVerified`; at the
		 * end of the review `notCarriedOut` for what could not be done.
		 */
		outcome: 'string',
		verified: 'boolean',
		endedAt: 'string',
		note: 'string',
		/** What the node said, as JSON: the record of a lockdown, or the group. */
		record: 'string',
	},
};

/** Every mail to a reviewer. Its link works until the review closes; only a digest of its key is kept. */
export const letters: Table = {
	name: 'access_review_letters',
	columns: {
		reviewId: 'string',
		reviewer: 'string',
		/** `first`, `reminder` or `escalation`. */
		kind: 'string',
		/** SHA-256 of the key in the link. */
		keyDigest: 'string',
		/** How many rows were open. */
		rows: 'number',
		writtenAt: 'string',
		/** Empty where the mail server did not take it. */
		sentAt: 'string',
	},
};

/** A chain of hashes over everything that was stored; its head is mailed out every day. */
export const chain: Table = {
	name: 'access_review_chain',
	columns: {
		seq: 'number',
		at: 'string',
		reviewId: 'string',
		/** `day` or `evidence`. */
		what: 'string',
		/** SHA-256 of what was said. */
		digest: 'string',
		/** Head of the link before, and of this one. */
		previous: 'string',
		head: 'string',
	},
};
