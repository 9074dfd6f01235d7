import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { readChanges } from '../../../../lib/lifecycle/journal';
import { isoText } from '../../../../lib/lifecycle/zones';
import { reviewEvidenceHtml } from '../../../../lib/report/reviewEvidenceHtml';
import { reviewReport } from '../../../../lib/report/reviewReport';
import type { SecondSnapshot, Statement } from '../../../../lib/review/closing';
import { nextLink, statementOf } from '../../../../lib/review/closing';
import type { Link, Review } from '../../../../lib/review/records';
import { newLinkCells, openReviewIn, readLetters, readLinks, readReviews } from '../../../../lib/review/records';
import { readRows } from '../../../../lib/review/rows';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { alertItems, itemOf, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { inputRows, reviewRows, revocationRows, storedRows, toldFailure } from './reviewParameters';
import { takeSnapshot } from './snapshot.operation';

const letterRows = rowsProperty(
	{
		displayName: 'Letters and Links',
		name: 'letterRows',
		description: 'The rows of notion_scim_reviews of all kinds except row: letters, and the links of the chain',
	},
	'Read letters and links',
);

const recordRows = rowsProperty(
	{
		displayName: 'Records of Lockdowns',
		name: 'recordRows',
		description: 'The rows of notion_scim_evidence whose key begins with the ID of the review',
	},
	'Read records',
);

export const close: ListedOperation = {
	name: 'Close',
	value: 'close',
	action: 'Close an access review or record its state',
	description:
		'When everything is decided and carried out, or the time is over: take the second snapshot and create the evidence. Until then, create the state of the day. Both become a link of the hash chain.',
	properties: [
		notice(
			'closeNotice',
			'access-review',
			'The items are the rows of notion_scim_reviews of the kind row.',
		),
		reviewRows,
		letterRows,
		revocationRows,
		recordRows,
	],
	outputs: ['Link', 'Evidence', 'Report', 'Alerts'],
	divide: async (context, session) => await closed(context, session),
};

const recordSchema = z.object({ key: z.string(), record: z.string() });

async function closed(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const review = openReviewIn(readReviews(storedRows(parameters, reviewRows)));
	if (!review) return [[], [], [], []];
	const others = storedRows(parameters, letterRows);
	const links = readLinks(others);
	const now = systemClock.now();
	const ofReview = ({ reviewId }: { reviewId: string }): boolean => reviewId === review.reviewId;
	const { rows: journal } = readChanges(storedRows(parameters, revocationRows));
	const statement = await statementOf(
		{
			review,
			rows: readRows(inputRows(context)).filter(ofReview),
			letters: readLetters(others).filter(ofReview),
			journal: journal.filter(({ reference }) => reference === review.reviewId),
			records: recordsIn(storedRows(parameters, recordRows)),
			now,
		},
		links,
		async () => await secondSnapshot(context, session),
		{ workflow: context.getWorkflow().name ?? '', execution: context.getExecutionId() },
	);
	const link = nextLink(links.at(-1), statement, review.reviewId, now);
	return outputsOf(review, statement, link, now);
}

function recordsIn(rows: readonly unknown[]): Map<string, string> {
	const read = rows.flatMap((row) => {
		const record = recordSchema.safeParse(row);
		return record.success ? [record.data] : [];
	});
	return new Map(read.map(({ key, record }) => [key, record]));
}

async function secondSnapshot(context: IExecuteFunctions, session: Session): Promise<SecondSnapshot> {
	try {
		// The first snapshot states what groups mean.
		const { rows, population } = await takeSnapshot(context, session, { meanings: [], links: [], directory: undefined });
		return { rows, population: { ...population } };
	} catch (error) {
		const { message, remedy } = await toldFailure(error);
		return { failure: `${message} ${remedy}`.trim().replace(/\.$/, '') };
	}
}

function outputsOf(
	{ id, reviewId }: Review,
	statement: Statement,
	link: Omit<Link, 'id'>,
	now: number,
): INodeExecutionData[][] {
	const isClosed = statement.evidence !== undefined;
	const files: Record<string, IBinaryData> = isClosed
		? { json: fileOf('review', 'json', 'application/json', statement.text) }
		: { json: fileOf('state', 'json', 'application/json', statement.text) };
	if (statement.evidence) {
		files['html'] = fileOf(reviewId, 'html', 'text/html', reviewEvidenceHtml(statement.evidence, link));
	}
	const report: IDataObject = {
		...reviewReport(statement, link),
		files: Object.keys(files).sort().join(','),
		fileName: isClosed ? `${reviewId}.zip` : `${reviewId}-${isoText(now).slice(0, 10)}.zip`,
		// This row closes the review, once the mail was sent. No row has the number 0.
		closes: isClosed ? id : 0,
		closedAt: isoText(now),
	};
	return [
		[itemOf(newLinkCells(link), { item: 0 })],
		isClosed ? [itemOf({ key: reviewId, record: statement.text }, { item: 0 })] : [],
		[{ ...itemOf(report, { item: 0 }), binary: files }],
		alertItems(statement.alerts, { item: 0 }),
	];
}

function fileOf(name: string, fileExtension: string, mimeType: string, text: string): IBinaryData {
	return {
		data: Buffer.from(text, 'utf8').toString('base64'),
		mimeType,
		fileName: `${name}.${fileExtension}`,
		fileExtension,
	};
}
