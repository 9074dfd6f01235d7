import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { aboutUnlisted, absencesOf, evidenceOf } from '../../../../lib/directory/plan/evidence';
import type { LicenseReport } from '../../../../lib/directory/seats/license';
import { licenseReport } from '../../../../lib/directory/seats/license';
import { matchDirectory } from '../../../../lib/directory/matching/matching';
import { parseDirectory } from '../../../../lib/directory/person/person';
import { readWorkspace } from '../../../../lib/directory/workspace/readWorkspace';
import { USUAL_NON_HUMANS } from '../../../../lib/directory/seats/nonHumanPatterns';
import { classifySeats } from '../../../../lib/directory/seats/seats';
import { readSourceItems } from '../../../../lib/directory/person/sourceItems';
import { licenseRecords, licenseReportRun } from '../../../../lib/lifecycle/seats/licenseReportRows';
import { gapAlerts } from '../../../../lib/lifecycle/seats/seatAlerts';
import { licenseMail } from '../../../../lib/report/licenseMail';
import { licenseReportHtml } from '../../../../lib/report/licenseReportHtml';
import { seatsCsv } from '../../../../lib/report/seatsCsv';
import { PACKAGE_VERSION } from '../../../../lib/version';
import { notice } from '../../descriptions/notice';
import { asText, ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { numberOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { readPersonLinks } from '../directory/links';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { contractedSeats, costPerSeat, maxSourceShrink, readLastReport, readNonHuman, readTerms } from './reconcileInput';

export const reconcile: ListedOperation = {
	name: 'Reconcile',
	value: 'reconcile',
	action: 'Compare licenses with a directory',
	description:
		'Compare every seat of the workspace with the directory, and create a report (HTML) and a list (CSV). Nothing is written to Notion.',
	properties: [
		notice(
			'reconcileNotice',
			'license',
			'The items are those of directory sources: people, then a manifest for each source. Without a complete manifest no seat may be ended.',
		),
		costPerSeat,
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. USD',
			description: 'Three letters, as in ISO 4217; USD if left empty',
		},
		contractedSeats,
		{
			displayName: 'Renewal Date',
			name: 'renewalDate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2027-02-01',
			description: 'When the contract is renewed. Ended seats save costs only from that day on.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Last Report',
					name: 'lastReport',
					type: 'json',
					default: '{}',
					hint: 'An expression that reads the row with that key from notion_scim_evidence',
					description:
						'The memory of the last report: the record with the key licenseReport:memory. With it, the report shows what has changed, and notices a directory that has shrunk or lost an attribute.',
				},
				{
					displayName: 'Links',
					name: 'links',
					type: 'json',
					default: '[]',
					hint: 'Such as [{"source": "entra", "sourceId": "42", "userId": "24bd872b-…"}]',
					description:
						'Which directory entry belongs to which member: an array of objects with source, sourceId and userId, as in the table notion_scim_links. Without it, people are matched by their primary email.',
				},
				maxSourceShrink,
				{
					displayName: 'Non-Human Addresses',
					name: 'nonHuman',
					type: 'string',
					default: '',
					placeholder: 'e.g. bot@, svc-*@, @bots.example.com',
					description:
						'Comma-separated addresses of bots, services and shared mailboxes, with * for any letters. An entry that ends in @ applies to the part before it. If left empty, common names are used.',
				},
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Notion seats',
					description: 'The heading of the report',
				},
			],
		},
	],
	outputs: ['Report', 'Runs', 'Evidence', 'Alerts'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const report = await reportOn(context, session);
	const files = { html: licenseReportHtml(report), csv: seatsCsv(report) };
	const paired = pairedWithAll(context.getInputData());
	const { prepareBinaryData } = context.helpers;
	const run = { workflow: context.getWorkflow().name ?? '', execution: context.getExecutionId() };
	return [
		[
			{
				json: summaryItem(report, session.signer.workspace),
				binary: {
					report: await prepareBinaryData(Buffer.from(files.html, 'utf8'), 'report.html', 'text/html'),
					seats: await prepareBinaryData(Buffer.from(files.csv, 'utf8'), 'seats.csv', 'text/csv'),
				},
				pairedItem: paired,
			},
		],
		[itemOf(licenseReportRun(report, run), paired)],
		licenseRecords(report, files).map((row) => itemOf(row, paired)),
		alertItems(gapAlerts(report), paired),
	];
}

async function reportOn(context: IExecuteFunctions, session: Session): Promise<LicenseReport> {
	const parameters = new ItemParameters(context, 0);
	const options = parameters.collection('options', 'Options');
	const terms = readTerms(parameters);
	const lastReport = readLastReport(options['lastReport']);
	const links = readPersonLinks(options, 'Links');
	const nonHuman = readNonHuman(options['nonHuman']);
	const { guards } = session;
	const directory = parseDirectory(readSourceItems(context.getInputData(), systemClock.now()));
	const policy = { maxSourceShrink: numberOption(options, maxSourceShrink) / 100 };
	const evidence = evidenceOf(directory, policy, lastReport, systemClock.now());
	const { whyNot, whyNotUnlisted, sources } = evidence;
	const unproven = whyNotUnlisted.slice(whyNot.length);
	const workspace = await readWorkspace(session.signer.workspace, session.users, session.groups, () =>
		systemClock.now(),
	);
	const matching = matchDirectory(directory, workspace.users, links);
	const seats = classifySeats(workspace, matching, {
		guards,
		nonHuman: nonHuman.length > 0 ? nonHuman : USUAL_NON_HUMANS,
		trouble: whyNot,
		unproven,
		now: systemClock.now(),
	});
	const unmentioned = seats.map(({ userId }) => userId).filter((id) => !matching.isMentioned(id));
	return licenseReport({
		title: asText(options['title']).trim() || 'Notion seats',
		seats,
		terms,
		lastReport,
		whyNot,
		unproven,
		knowsOwnDomains: guards.ownedDomains.size > 0,
		evidence: {
			workspaceId: workspace.id,
			workspace: workspace.reading,
			sources: directory.manifests,
			persons: directory.persons.length,
			version: PACKAGE_VERSION,
		},
		sources,
		absentSince: absencesOf(unmentioned, aboutUnlisted(evidence), lastReport),
		now: systemClock.now(),
	});
}

function summaryItem(report: LicenseReport, workspace: string): IDataObject {
	const { seats, memory, ...summary } = report;
	// The long lists come last, so that they hide nothing from an admin who views the item.
	return resourceItem({
		...summary,
		workspace,
		mayTakeAway: report.whyNot.length === 0,
		changes: report.changes ?? null,
		mail: licenseMail(report),
		seats,
		memory,
	});
}
