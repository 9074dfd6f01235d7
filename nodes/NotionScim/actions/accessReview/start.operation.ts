import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Alert } from '../../../../lib/lifecycle/decision';
import { isoText } from '../../../../lib/lifecycle/zones';
import { parseGroupMeanings } from '../../../../lib/review/groupMeanings';
import { newReviewCells, openReviewIn, readReviews } from '../../../../lib/review/records';
import { reviewRows as rowsOfReview } from '../../../../lib/review/reviewers';
import { newRowCells } from '../../../../lib/review/rows';
import type { ReviewSettings } from '../../../../lib/review/start';
import { alertsAtStart, assertMayStart, newReview, notStartedAlert } from '../../../../lib/review/start';
import { ScimError } from '../../../../lib/scim/scimError';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { readPersonLinks } from '../directory/links';
import { alertItems, itemOf, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { inputRows, reviewRows, storedRows, toldFailure } from './reviewParameters';
import { givenDirectory, groupMeanings, takeSnapshot } from './snapshot.operation';

const days = (field: Pick<INodeProperties, 'displayName' | 'name' | 'default' | 'description'>): INodeProperties => ({
	...field,
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 365 },
});

const dueInDays = days({
	displayName: 'Due In (Days)',
	name: 'dueInDays',
	default: 21,
	description: 'How long a review is open; it ends with that day (UTC)',
});

const remindAfterDays = days({
	displayName: 'Remind After (Days)',
	name: 'remindAfterDays',
	default: 4,
	description: 'After how many days without an answer a reviewer is reminded',
});

const escalateAfterDays = days({
	displayName: 'Ask the Next After (Days)',
	name: 'escalateAfterDays',
	default: 9,
	description: 'After how many days without an answer the next reviewer is asked; less than Due In',
});

const finishWithinDays = days({
	displayName: 'Finish Within (Days)',
	name: 'finishWithinDays',
	default: 7,
	description: 'How many days after its end a review waits for revocations that are held or fail',
});

const address = (field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>): INodeProperties => ({
	...field,
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. it@example.com',
});

const fallbackReviewer = address({
	displayName: 'Fallback Reviewer',
	name: 'fallbackReviewer',
	description: 'The reviewer if no manager can answer',
});

const securityReviewer = address({
	displayName: 'Security Reviewer',
	name: 'securityReviewer',
	description: 'The reviewer of owners, membership admins and the protected people of the credential',
});

const links = rowsProperty(
	{
		displayName: 'Links',
		name: 'links',
		description: 'The rows of notion_scim_links: which entry of the directory is which member',
	},
	'Read links',
);

export const start: ListedOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start an access review',
	description:
		'Take the first snapshot and find the reviewers of each row. No review begins from a list with gaps, without reviewers, or while another review is open. The incoming items are those of directory sources.',
	properties: [
		notice(
			'startNotice',
			'access-review',
			'The items are those of directory sources. The review begins once the rows of the outputs Rows and Review are stored.',
		),
		fallbackReviewer,
		securityReviewer,
		groupMeanings,
		dueInDays,
		remindAfterDays,
		escalateAfterDays,
		finishWithinDays,
		reviewRows,
		links,
	],
	outputs: ['Rows', 'Review', 'Alerts'],
	divide: async (context, session) => {
		// An admin's wrong entry fails the node; a temporary problem is reported as an alert.
		const settings = settingsIn(new ItemParameters(context, 0));
		try {
			return await started(context, session, settings);
		} catch (error) {
			return [[], [], alertItems([notStartedAlert(await toldFailure(error))], { item: 0 })];
		}
	},
};

/** @throws ScimError if the review does not start */
async function started(
	context: IExecuteFunctions,
	session: Session,
	settings: ReviewSettings,
): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	assertMayStart(settings, openReviewIn(readReviews(storedRows(parameters, reviewRows))));
	const directory = givenDirectory(inputRows(context));
	if (!directory || directory.persons.length === 0) throw noDirectory(context);
	const snapshot = await takeSnapshot(context, session, {
		meanings: parseGroupMeanings(parameters.raw('groupMeanings')),
		links: readPersonLinks({ links: storedRows(parameters, links) }, 'Links'),
		directory,
	});
	const now = systemClock.now();
	const review = newReview({ ...snapshot.population }, settings, now);
	const rows = rowsOfReview(snapshot.rows, directory.persons, {
		named: settings,
		reviewId: review.reviewId,
		now: isoText(now),
	});
	const alerts: Alert[] = alertsAtStart(rows);
	return [
		rows.map((row) => itemOf(newRowCells(row), { item: 0 })),
		[itemOf(newReviewCells(review), { item: 0 })],
		alertItems(alerts, { item: 0 }),
	];
}

function settingsIn(parameters: ItemParameters): ReviewSettings {
	return {
		fallbackReviewer: parameters.text('fallbackReviewer'),
		securityReviewer: parameters.text('securityReviewer'),
		dueInDays: parameters.number(dueInDays),
		remindAfterDays: parameters.number(remindAfterDays),
		escalateAfterDays: parameters.number(escalateAfterDays),
		finishWithinDays: parameters.number(finishWithinDays),
	};
}

/** The message of a failed source, if it has one. */
function noDirectory(context: IExecuteFunctions): ScimError {
	const said = context.getInputData().flatMap(({ json, error }) => {
		const text = json['error'] ?? error?.message;
		return typeof text === 'string' ? [text] : [];
	});
	return new ScimError(
		'listIncomplete',
		['The directory source returned no one, so no one could be asked.', ...said.slice(0, 1)].join(' '),
		'Run the directory source by itself and check its output.',
	);
}
