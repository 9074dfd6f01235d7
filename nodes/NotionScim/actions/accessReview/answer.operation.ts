import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { isoText } from '../../../../lib/lifecycle/zones';
import type { ReviewPageParts } from '../../../../lib/report/reviewPage';
import { plainPage, reviewPage } from '../../../../lib/report/reviewPage';
import { receiptOf } from '../../../../lib/report/reviewReceipt';
import type { Decisions } from '../../../../lib/review/answers';
import { decisionCells, decisionsIn } from '../../../../lib/review/answers';
import { readLetters, readReviews } from '../../../../lib/review/records';
import { readRows } from '../../../../lib/review/rows';
import { notice } from '../../descriptions/notice';
import { jsonParameter, ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { itemOf, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { inputRows, storedRows } from './reviewParameters';

const STEPS = ['read', 'stored'] as const;

const step: INodeProperties = {
	displayName: 'Step',
	name: 'answerStep',
	type: 'options',
	noDataExpression: true,
	default: 'read',
	description: 'What the page is created for',
	options: [
		{
			name: 'Read',
			value: 'read',
			description: 'Show the page, or check the decisions that the form sent',
		},
		{
			name: 'Stored',
			value: 'stored',
			description: 'Report what is on record, after the decisions were stored',
		},
	],
};

const request: INodeProperties = {
	displayName: 'Request',
	name: 'request',
	type: 'json',
	required: true,
	default: "={{ $('Read request').first().json }}",
	description: 'What Read Request has found',
	hint: 'The item that the node "Read request" returns',
};

const letterRows = rowsProperty(
	{
		displayName: 'Letters',
		name: 'letterRows',
		description: 'The row of notion_scim_reviews whose digest is that of the key',
	},
	'Read letter',
);

const rows = rowsProperty(
	{
		displayName: 'Rows',
		name: 'rows',
		description: 'The rows of notion_scim_reviews that are assigned to the reviewer of the letter',
	},
	'Read rows',
);

const reviewRows = rowsProperty(
	{
		displayName: 'Reviews',
		name: 'reviewRows',
		description: 'The rows of notion_scim_reviews of the kind review whose state is open',
	},
	'Read open reviews',
);

const assurance: INodeProperties = {
	displayName: 'Assurance',
	name: 'assurance',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. had the link that was mailed to this address; not signed in',
	description: 'The assurance of who decided, as it is recorded. Change it if you protect the page further.',
};

const EXAMPLE = '{"kind": "answer", "key": "…", "fields": {}}';
const requestSchema = z.object({
	kind: z.enum(['page', 'answer']),
	key: z.string(),
	fields: z.record(z.string()).catch({}),
});

export const answer: ListedOperation = {
	name: 'Answer',
	value: 'answer',
	action: 'Answer the request of a reviewer',
	description:
		'Show a reviewer their rows, or check their decisions: assigned to them now, not decided before, in time, not about themselves, and exactly as shown. Needs no credential.',
	properties: [
		notice(
			'answerNotice',
			'access-review',
			'In the step Stored, the items are the rows that were changed.',
		),
		step,
		assurance,
		request,
		letterRows,
		rows,
		reviewRows,
	],
	outputs: ['Decisions', 'Page', 'Mail', 'Revocations'],
	compute: async (context) => await Promise.resolve(answered(context)),
};

function answered(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const chosen = parameters.choice(step, STEPS);
	const given = jsonParameter(parameters.raw('request'), 'Request', requestSchema, EXAMPLE);
	const [letter] = readLetters(storedRows(parameters, letterRows));
	const now = systemClock.now();
	if (!given || !letter) return [[], [item({ ...plainPage('unknown') })], [], []];
	const open = readReviews(storedRows(parameters, reviewRows)).find(({ reviewId }) => reviewId === letter.reviewId);
	const { reviewer } = letter;
	const own = readRows(storedRows(parameters, rows)).filter(({ reviewId }) => reviewId === letter.reviewId);
	const review = open ?? { ...CLOSED, reviewId: letter.reviewId };
	const page: ReviewPageParts = { review, rows: own, key: given.key, reviewer, now };
	if (given.kind === 'page') return [[], [item({ status: 200, html: reviewPage(page) })], [], []];
	const decisions = decisionsIn(given.fields, { review, rows: own, reviewer, now });
	if (chosen === 'stored') return stored(context, page, decisions);
	// Nothing to store: the report is the same.
	if (decisions.accepted.length === 0) return stored(context, page, decisions, []);
	const by = {
		reviewer,
		assurance: parameters.text('assurance'),
		decidedAt: isoText(now),
		execution: context.getExecutionId(),
	};
	return [decisions.accepted.map((decision) => item(decisionCells(decision, by))), [], [], []];
}

/** A review that is not open shows no people. */
const CLOSED = {
	...{ id: 0, state: 'closed', startedAt: '', dueAt: '' },
	pace: { remindAfterDays: 0, escalateAfterDays: 0, finishWithinDays: 0 },
	population: {},
};

/** What is on record now. Of two concurrent answers, the first one stored is the decision. */
function stored(
	context: IExecuteFunctions,
	page: ReviewPageParts,
	decisions: Decisions,
	changed = readRows(inputRows(context)),
): INodeExecutionData[][] {
	const { page: receipt, mail } = receiptOf(page, decisions, changed);
	const execution = context.getExecutionId();
	return [
		[],
		[item({ ...receipt })],
		mail ? [item({ ...mail })] : [],
		mail ? [item({ reviewId: page.review.reviewId, decidedIn: execution })] : [],
	];
}

function item(json: INodeExecutionData['json']): INodeExecutionData {
	return itemOf(json, { item: 0 });
}
