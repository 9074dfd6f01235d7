import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { parseDirectory } from '../../../../lib/directory/person/person';
import { isoText } from '../../../../lib/lifecycle/zones';
import { keyDigest } from '../../../../lib/review/answers';
import type { DueLetter } from '../../../../lib/review/due';
import { directoryToday, whatIsDue } from '../../../../lib/review/due';
import type { Review } from '../../../../lib/review/records';
import { newLetterCells, openReviewIn, readLetters, readReviews } from '../../../../lib/review/records';
import { readRows } from '../../../../lib/review/rows';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { alertItems, itemOf } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { inputRows, letterRows, reviewRows, storedRows } from './reviewParameters';

const calledFor: INodeProperties = {
	displayName: 'Called For',
	name: 'calledFor',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.reviewId }}',
	description: 'The ID of the review that has just been started. If another one is open, no one is asked.',
};

const pageUrl: INodeProperties = {
	displayName: 'Page URL',
	name: 'pageUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/notion-access-review',
	description: 'The address of the page of the reviewers: the production URL of ReviewPage',
};

export const advance: ListedOperation = {
	name: 'Advance',
	value: 'advance',
	action: 'Advance an access review by a day',
	description:
		'Find the reviewers to ask now, to remind, or to replace because they do not answer or have left, and write a letter with a new key for each. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'advanceNotice',
			'access-review',
			'The items are the rows of notion_scim_reviews of the kind row, and those of the directory source. Without a directory, the review goes on as it was.',
		),
		pageUrl,
		reviewRows,
		letterRows,
		calledFor,
	],
	outputs: ['Reviews', 'Row Changes', 'Letters', 'Mails', 'Alerts'],
	compute: async (context) => await Promise.resolve(advanced(context)),
};

function advanced(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const reviews = readReviews(storedRows(parameters, reviewRows));
	const review = openReviewIn(reviews);
	// Two starts at the same moment create two reviews; the first one applies.
	const superseded = reviews.filter(({ id, state }) => state === 'open' && id !== review?.id);
	const others = superseded.map(({ id }) => ({ id, state: 'superseded' }));
	const called = parameters.text('calledFor');
	if (!review || (called !== '' && called !== review.reviewId)) return [items(others), [], [], [], []];
	const now = systemClock.now();
	const ofReview = ({ reviewId }: { reviewId: string }): boolean => reviewId === review.reviewId;
	// Thousands of items: as a parameter, n8n would resolve each of their fields separately.
	const given = inputRows(context);
	const due = whatIsDue(
		review,
		readRows(given).filter(ofReview),
		readLetters(storedRows(parameters, letterRows)).filter(ofReview),
		{ directory: directoryToday(parseDirectory(given.filter(isOfDirectory))), now },
	);
	const letters = due.letters.map((letter) => written(letter, review, {
		url: parameters.text('pageUrl'),
		execution: context.getExecutionId(),
		now,
	}));
	return [
		items(others),
		items(due.reassignments.map((change) => ({ reviewId: review.reviewId, ...change }))),
		items(letters.map(({ cells }) => cells)),
		items(letters.map(({ mail }) => mail)),
		alertItems(due.alerts, { item: 0 }),
	];
}

/**
 * A row of a Data Table has a kind; an empty item, and the error of a failed source, have none and are
 * skipped.
 */
function isOfDirectory(item: unknown): boolean {
	return typeof item === 'object' && item !== null && 'source' in item;
}

function items(rows: readonly IDataObject[]): INodeExecutionData[] {
	return rows.map((row) => itemOf(row, { item: 0 }));
}

/** A letter in its stored form, with the digest of its key, and in its mailed form, with the key itself. */
function written(
	{ reviewer, letter, askedAs, rows, people }: DueLetter,
	{ reviewId, dueAt }: Review,
	{ url, execution, now }: { url: string; execution: string; now: number },
): { cells: IDataObject; mail: IDataObject } {
	const key = randomBytes(32).toString('hex');
	const digest = keyDigest(key);
	const stored = { reviewId, reviewer, letter, rows, writtenAt: isoText(now) };
	return {
		cells: newLetterCells(stored, { keyDigest: digest, execution }),
		mail: {
			...{ to: reviewer, letter, askedAs, keyDigest: digest, dueDay: dueAt.slice(0, 10) },
			people: people === 1 ? 'one person' : `${people} people`,
			rows: rows === 1 ? 'one membership' : `${rows} memberships`,
			link: `${url}?key=${key}`,
			alertKey: 'access review: mail',
			alertText: `${reviewer} could not be asked by mail about access to Notion.`,
			remedy: 'It is tried again tomorrow.',
		},
	};
}
