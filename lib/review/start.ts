import { readEmail } from '../scim/emailAddress';
import { ScimError } from '../scim/scimError';
import type { AccessPopulation } from './accessSnapshot';
import type { Pace, Review } from './records';
import type { ReviewRow } from './rows';
import { WITHOUT_REVIEWER } from './rows';
import type { NamedReviewers } from './reviewers';
import type { Alert } from '../lifecycle/decision';
import { isoText } from '../lifecycle/zones';
import { shortList } from './words';

export const DAY = 24 * 60 * 60 * 1000;

/** The admin's settings for a review. */
export interface ReviewSettings extends Pace, NamedReviewers {}

/**
 * A review begins only if there is time to ask about each row, and only one at a time.
 * @throws ScimError `invalidInput`
 */
export function assertMayStart(settings: ReviewSettings, open: Review | undefined): void {
	const names = { fallbackReviewer: 'Fallback Reviewer', securityReviewer: 'Security Reviewer' } as const;
	for (const [name, label] of Object.entries(names)) {
		const written = name === 'fallbackReviewer' ? settings.fallbackReviewer : settings.securityReviewer;
		if (readEmail(written) === undefined) throw notStarted(`${label} must be an email address.`);
	}
	if (settings.escalateAfterDays >= settings.dueInDays) {
		throw notStarted('Ask the Next After must be less than Due In, or no one would be asked instead of who does not answer.');
	}
	if (open) {
		throw notStarted(`The review ${open.reviewId} is still open, until ${open.dueAt.slice(0, 10)}. A second one was not started.`);
	}
}

function notStarted(why: string): ScimError {
	return new ScimError('invalidInput', why, '');
}

/** @param now epoch milliseconds */
export function newReview(
	population: AccessPopulation & Record<string, unknown>,
	{ dueInDays, remindAfterDays, escalateAfterDays, finishWithinDays }: Pace,
	now: number,
): Review {
	return {
		id: 0,
		reviewId: `review-${population.reading.readAt.slice(0, 10)}-${population.snapshotId.slice(0, 6)}`,
		state: 'open',
		startedAt: isoText(now),
		// To the end of that day, because the mails and the page name the day.
		dueAt: isoText(Math.ceil((now + dueInDays * DAY) / DAY) * DAY - 1),
		pace: { remindAfterDays, escalateAfterDays, finishWithinDays },
		population,
	};
}

/** Alerts about the rows of a review that begins. */
export function alertsAtStart(rows: readonly ReviewRow[]): Alert[] {
	const alone = rows.filter(({ decision }) => decision === WITHOUT_REVIEWER);
	const withFallback = rows.filter(({ reviewerAs }) => reviewerAs === 'fallback');
	const named = (row: ReviewRow): string => `${row.email}${row.groupName ? ` (${row.groupName})` : ''}: ${row.passedOver}`;
	return [
		...(alone.length > 0
			? [
					{
						key: 'access review: no one to ask',
						text: `For these there is no one who could be asked, so no one decides about them: ${shortList(alone.map(named))} Nothing is removed from them. Name another fallback or security reviewer in the node that starts the review.`,
					},
				]
			: []),
		...(2 * withFallback.length > rows.length
			? [
					{
						key: 'access review: managers missing',
						text: `For ${withFallback.length} of ${rows.length} rows there is no manager who can be asked, so the fallback reviewer is. If people have managers in your directory, its source did not give them: correct it, and decide with the people who know. The rows say why in passedOver.`,
					},
				]
			: []),
	];
}

/** The alert about a review that did not start. */
export function notStartedAlert({ message, remedy }: ScimError): Alert {
	const why = [message, remedy].filter((sentence) => sentence !== '').join(' ');
	return {
		key: 'access review: not started',
		text: `The access review did not start: ${why} No one was asked and nothing was removed. When the cause is corrected, start it by hand with StartReview.`,
	};
}
