import type { Person } from '../directory/person/person';
import { emailKey } from '../scim/emailKey';
import type { AccessRow } from './accessSnapshot';
import { GROUP_OWNER } from './actions';
import type { PeopleByAddress } from './directoryPeople';
import { awayBecause, canAnswer, isSelf, peopleByAddress } from './directoryPeople';
import type { Reviewer, ReviewRow } from './rows';
import { WITHOUT_REVIEWER } from './rows';

/** The reviewer if the directory names none. */
export interface NamedReviewers {
	fallbackReviewer: string;
	securityReviewer: string;
}

/** What determines the reviewers. */
export type ReviewedRow = Pick<
	AccessRow,
	'email' | 'otherEmails' | 'privileged' | 'managerEmail' | 'group' | 'groupOwner'
>;

/** Reviewers who are people of the directory; an admin names the others. */
export const FROM_DIRECTORY: readonly string[] = ['manager', "manager's manager", GROUP_OWNER];

/** The reviewers in order, and why others are not asked, as sentences. */
interface Found {
	reviewers: Reviewer[];
	passedOver: string[];
}

/**
 * Chooses the reviewers of a row. The security reviewer reviews privileged people; their manager reviews all
 * others, then the manager's manager; without either, the owner of the group; finally the fallback. No one is
 * ever asked about themselves.
 */
export function reviewersOf(row: ReviewedRow, byAddress: PeopleByAddress, named: NamedReviewers): Found {
	const found: Found = { reviewers: [], passedOver: [] };
	const add = (email: string, as: string): void => addReviewer(found, row, byAddress, { email, as });
	const addFromDirectory = (email: string | null | undefined, as: string): Person | undefined => {
		const record = email ? byAddress.get(emailKey(email)) : undefined;
		if (!email) return undefined;
		if (!record) found.passedOver.push(`${email} (${as}) is not in the directory.`);
		else if (canAnswer(record)) add(record.attributes.email ?? email, as);
		else found.passedOver.push(`${email} (${as}) ${awayBecause(record)}.`);
		return record;
	};
	if (row.privileged) {
		add(named.securityReviewer, 'security reviewer');
	} else {
		if (!row.managerEmail) found.passedOver.push('There is no manager.');
		const manager = addFromDirectory(row.managerEmail, 'manager');
		addFromDirectory(manager?.attributes.managerEmail, "manager's manager");
		if (found.reviewers.length === 0 && row.group) addFromDirectory(row.groupOwner, GROUP_OWNER);
	}
	add(named.fallbackReviewer, 'fallback');
	if (found.reviewers.length === 0) add(named.securityReviewer, 'security reviewer');
	return found;
}

function addReviewer(
	{ reviewers, passedOver }: Found,
	row: ReviewedRow,
	byAddress: PeopleByAddress,
	{ email, as }: Reviewer,
): void {
	const key = emailKey(email);
	if (key === '' || reviewers.some((one) => one.email === key)) return;
	if (isSelf(email, row, byAddress)) passedOver.push(`${email} (${as}) would review themselves.`);
	else reviewers.push({ email: key, as });
}

/**
 * The rows of a review, each with its first reviewer, or marked as having none.
 * @param now ISO text
 */
export function reviewRows(
	rows: readonly AccessRow[],
	persons: readonly Person[],
	{ named, reviewId, now }: { named: NamedReviewers; reviewId: string; now: string },
): ReviewRow[] {
	const byAddress = peopleByAddress(persons);
	return rows.map((row, index) => {
		const { reviewers, passedOver } = reviewersOf(row, byAddress, named);
		const [first] = reviewers;
		return {
			...assigned(row, index + 1, reviewId),
			reviewers,
			passedOver: passedOver.join(' '),
			reviewer: first?.email ?? '',
			reviewerAs: first?.as ?? '',
			assignedAt: now,
			decision: first ? '' : WITHOUT_REVIEWER,
		};
	});
}

function assigned(row: AccessRow, position: number, reviewId: string): ReviewRow {
	return {
		id: 0,
		reviewId,
		position,
		userId: row.userId,
		email: row.email,
		displayName: row.displayName ?? '',
		role: row.role,
		groupId: row.groupId ?? '',
		groupName: row.group ?? '',
		...{ reviewers: [], passedOver: '', reviewer: '', reviewerAs: '', step: 0, assignedAt: '' },
		...{ decision: '', comment: '', decidedBy: '', assurance: '', decidedAt: '', decidedIn: '' },
		digest: row.rowDigest,
		facts: {
			otherEmails: row.otherEmails,
			privileged: row.privileged,
			privilegedBecause: row.privilegedBecause ?? '',
			teamspace: row.teamspace ?? '',
			sensitivity: row.sensitivity ?? '',
			title: row.title ?? '',
			department: row.department ?? '',
			directoryStatus: row.directoryStatus,
			directoryNote: row.directoryNote ?? '',
		},
	};
}
