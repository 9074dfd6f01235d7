import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { licenseReport } from '../../../lib/directory/seats/license.ts';
import type { PickableSeat } from '../../../lib/directory/seats/pickableSeats.ts';
import type { SeatClass } from '../../../lib/directory/seats/seatClasses.ts';
import { groupAlerts, readAlerts } from '../../../lib/lifecycle/alerts.ts';
import type { HeldPerson } from '../../../lib/lifecycle/release.ts';
import type { HeldKind } from '../../../lib/lifecycle/shownList.ts';
import { leaverReport } from '../../../lib/lifecycle/leaverReport.ts';
import { type SyncRun, syncStateOf } from '../../../lib/lifecycle/sync/runs.ts';
import type { Told } from '../../../lib/lifecycle/sync/told.ts';
import { alertForm } from '../../../lib/report/alertForm.ts';
import { heldForm, heldPage } from '../../../lib/report/heldForm.ts';
import { heldAnswerHtml, releasedHtml } from '../../../lib/report/heldListHtml.ts';
import { leaverReportHtml } from '../../../lib/report/leaverReportHtml.ts';
import { licenseReportHtml } from '../../../lib/report/licenseReportHtml.ts';
import { pickForm } from '../../../lib/report/pickForm.ts';
import { reviewEvidenceHtml } from '../../../lib/report/reviewEvidenceHtml.ts';
import { plainPage, reviewPage } from '../../../lib/report/reviewPage.ts';
import { sentencePage, stepsHtml, stepsPage } from '../../../lib/report/stepsHtml.ts';
import { syncPageHtml } from '../../../lib/report/syncPage.ts';
import { evidenceOf } from '../../../lib/review/evidence.ts';
import { employment, journalRow, member, plannedRow } from '../../unit/lifecycle/leaverKit.mts';
import { formNodes } from '../../support/formNodes.mts';
import { evidence, NOW, seat } from '../../unit/report/seatExamples.mts';
import { access, ago, decided, review, row, NOW as REVIEWED_AT } from '../../unit/review/reviewKit.mts';
import { type Computed, pageOf, writtenPages } from './n8nForms.mts';

/** A page as a person's browser gets it. */
export interface ServedPage {
	name: string;
	html: string;
}

const AT = new Date(NOW - 60_000).toISOString();
/** Names and addresses that do not fit into a narrow page. */
const LONG_NAME = 'Bartholomew Montgomery-Featherstonehaugh-of-Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
const LONG_ADDRESS = `${'bartholomew.montgomery.'.repeat(4)}featherstonehaugh@subsidiary.of.a.company.example.com`;

/** Every page that lib makes, and every page of n8n's forms in the workflows. */
export function servedPages(): ServedPage[] {
	return [...reviewPages(), ...syncPages(), ...reportPages(), ...formPages()];
}

function reviewPages(): ServedPage[] {
	const facts = { title: 'Engineer', department: 'Research', teamspace: 'Money', sensitivity: 'confidential' };
	const rows = [
		row(1, { displayName: LONG_NAME, email: LONG_ADDRESS, facts }),
		row(2, { facts: { ...facts, directoryStatus: 'inactive', directoryNote: 'The directory says "Terminated".' } }),
		row(3, { groupName: '', role: 'owner', facts: { ...facts, privileged: true, privilegedBecause: 'owner' } }),
		decided(4, 'leaveGroup', { comment: 'moved' }),
	];
	const parts = { review: review(), rows, key: 'abc', reviewer: 'mia@x.example', now: REVIEWED_AT };
	return [
		{ name: 'access review', html: reviewPage({ ...parts, notices: ['Thank you. One decision is on record.'] }) },
		{ name: 'access review, closed', html: reviewPage({ ...parts, review: review({ state: 'closed' }) }) },
		{ name: 'access review, wrong link', html: plainPage('unknown').html },
	];
}

function syncPages(): ServedPage[] {
	const line = (kind: Told['kind'], who: string, why: string): Told => ({ kind, action: 'user.remove', who, why });
	const lines = [
		line('waiting', `${LONG_NAME} <${LONG_ADDRESS}>`, 'The directory says that they have left.'),
		...(['done', 'planned', 'held', 'declined', 'blocked', 'failed', 'skipped'] as const).map((kind) =>
			line(kind, 'Ada <ada@example.com>', 'The directory says that they have left.'),
		),
	];
	const run = (id: number, state: SyncRun['state'], details: SyncRun['details'] = {}): SyncRun => ({
		...{ id, execution: `e${id}`, state, at: AT, note: '2 done, 1 skipped.', decidedBy: '' },
		details: { bad: 0, lastGoodAt: AT, ...details },
	});
	const page = (runs: SyncRun[], more: Partial<Parameters<typeof syncPageHtml>[0]> = {}): string =>
		syncPageHtml({
			name: 'Directory sync',
			syncState: syncStateOf(runs, { own: 0, quarantineAfter: 3, now: NOW }),
			runs,
			page: { at: AT, mode: 'apply', modeNote: '', lines, more: 2, notes: ['A note.'] },
			waiting: { count: 3, until: new Date(NOW + 86_400_000).toISOString() },
			query: '',
			everyMinutes: 60,
			formUrl: 'https://n8n.example.com/form/notion-directory-sync-approval',
			zone: 'Europe/Berlin',
			now: NOW,
			...more,
		});
	const quarantine = { since: AT, reason: 'Three runs in a row could not read the directory.' };
	return [
		{ name: 'sync status', html: page([run(1, 'failed'), run(2, 'incomplete'), run(3, 'good', { mode: 'apply' })]) },
		{ name: 'sync status, quarantine', html: page([run(1, 'good', { quarantine })], { query: 'ada' }) },
		{ name: 'sync status, overdue', html: page([run(1, 'good')], { now: NOW + 86_400_000, query: 'nobody' }) },
		{ name: 'sync status, failed', html: page([run(1, 'failed')]) },
		{ name: 'sync status, not yet run', html: page([], { page: undefined, waiting: { count: 0, until: '' } }) },
	];
}

function reportPages(): ServedPage[] {
	const classes: SeatClass[] = [
		...(['ownerNotInDirectory', 'inactiveInDirectory', 'orphaned', 'possibleDuplicate'] as const),
		...(['foreignDomain', 'unclear', 'nonHuman', 'matched', 'matched', 'matched'] as const),
	];
	const seats = classes.map((name, index) =>
		seat(`user${index}`, name, index === 1 ? { displayName: LONG_NAME, email: LONG_ADDRESS, groups: ['Everybody', 'Design'] } : {}),
	);
	const report = (whyNot: string[]) =>
		licenseReportHtml(
			licenseReport({
				...{ title: 'Notion seats', seats, whyNot, unproven: [], knowsOwnDomains: true, evidence, sources: {}, absentSince: {} },
				terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: seats.length + 6, renewalDate: '2026-06-01' },
				lastReport: { sources: {}, absentSince: {}, reportedAt: '2026-02-01T09:00:00.000Z', seats: { gone: ['orphaned', 'gone@example.com'] } },
				now: NOW,
			}),
		);
	return [
		{ name: 'license report', html: report([]) },
		{ name: 'license report, refused', html: report(['Page 2 of the directory could not be read.']) },
		{ name: 'license report, not yet made', html: noReportYet() },
		{ name: 'leaver report', html: leavers() },
		{ name: 'review evidence', html: reviewed() },
	];
}

/** The page that stands in the workflow itself, in the texts of an expression or two. */
function noReportYet(): string {
	const schema = z.object({ nodes: z.array(z.object({ name: z.string(), parameters: z.object({ responseBody: z.string() }).partial() })) });
	const file: unknown = JSON.parse(readFileSync('workflows/license-reconciliation/license-reconciliation.json', 'utf8'));
	const { responseBody = '' } = schema.parse(file).nodes.find(({ name }) => name === 'Show report')?.parameters ?? {};
	return [...responseBody.matchAll(/'(<[^']*)'/g)].map(([, text]) => text).join('');
}

function leavers(): string {
	const left = (sourceId: string, more: object = {}) =>
		employment({ status: 'inactive', sourceId, displayName: `Leaver ${sourceId}`, email: `l${sourceId}@example.com`, endDate: '2026-11-10', ...more });
	const removed = (employeeId: string, at: string) =>
		journalRow(Number(employeeId), {
			...{ state: 'done', employeeId, email: `l${employeeId}@example.com`, effectiveAt: '2026-11-10T23:00:00.000Z' },
			...{ knownAt: '2026-11-01T08:00:00.000Z', removedAt: at, outcome: 'removed', details: { verifiedAt: at } },
		});
	const records = [left('1'), left('2'), left('3', { displayName: LONG_NAME, email: LONG_ADDRESS })];
	const report = leaverReport({
		leavers: { records, outOfScope: new Set(), manifest: { source: 'bamboohr', readAt: AT, pages: 2, count: 3, complete: false }, trouble: 'The HRIS could not be read: down.' },
		members: { members: [member('u3', LONG_ADDRESS)] },
		membersReadAt: Date.parse('2026-11-20T00:00:00Z'),
		links: [],
		rows: [removed('1', '2026-11-10T23:02:00.000Z'), removed('2', '2026-11-11T08:02:00.000Z')],
		from: Date.parse('2026-10-21T00:00:00Z'),
		to: Date.parse('2026-11-20T00:00:00Z'),
		settings: { timeZone: 'Europe/Berlin', promisedMinutes: 15 },
	});
	return leaverReportHtml(report, 'Made by the workflow Nightly comparison.');
}

function reviewed(): string {
	const rows = [decided(1, 'leaveGroup', { displayName: LONG_NAME, email: LONG_ADDRESS }), decided(2, 'keep'), row(3, { decision: 'unanswered' })];
	const records = { review: review(), rows, letters: [], journal: [], records: new Map<string, string>(), now: REVIEWED_AT };
	const after = { rows: [access({ userId: 'u2', email: 'p2@x.example' })], population: { members: 1 } };
	return reviewEvidenceHtml(evidenceOf(records, after, { workflow: 'w', execution: '1' }), {
		...{ number: 1, at: ago(0), reviewId: 'r1', what: 'evidence', digest: 'd'.repeat(64), previous: '', head: 'h'.repeat(64) },
	});
}

const held = (more: object = {}) => journalRow(1, { state: 'held', outcome: 'held', ...more });
const people = [
	held({ displayName: LONG_NAME, email: LONG_ADDRESS, reason: 'This would remove 1; 10 of 10 are used.' }),
	held({ displayName: 'Ada', email: 'ada@example.com' }),
].map((one, index) => ({ row: { ...one, id: index + 1 }, rows: [index + 1], blocked: '' }));
const changes = [plannedRow(2, {}), plannedRow(3, { action: 'user.rename', changes: [{ attribute: 'email', from: LONG_ADDRESS, to: 'a@example.com' }] })].map(
	(one) => ({ row: one, rows: [one.id], blocked: '' }),
);
const pickable = [1, 2].map(
	(number): PickableSeat => ({
		...{ userId: `u${number}`, email: number === 1 ? LONG_ADDRESS : 'ada@example.com', displayName: LONG_NAME },
		...{ class: 'orphaned', reason: 'A reason.', department: 'Design' },
	}),
);
const steps = [{ title: 'What the directory says', sentences: [`${LONG_NAME} <${LONG_ADDRESS}> is active.`] }, { title: 'Guards', sentences: ['None.'] }];
const alerts = [1, 2].map((id) => ({ id, createdAt: AT, key: `leaver ${id}`, text: `${LONG_ADDRESS} could not be removed.`, state: 'open', workflow: 'W', execution: '1' }));

const asked = (kind: HeldKind, list: HeldPerson[]) => ({ page: heldPage(kind, heldForm(kind, list), 'a-code') });

/** What the workflow of a form computes for its pages. */
const COMPUTED: Record<string, (name: string) => Computed> = {
	'offboarding-release': (name) =>
		name === 'Ask' ? asked('leave', people) : { html: heldAnswerHtml('leave', '2 people were released.', releasedHtml(people.map((one) => one.row))) },
	'emergency-confirm': (name) => (name === 'Ask' ? asked('emergency', people) : { html: heldAnswerHtml('emergency', 'They are locked out now.') }),
	'directory-sync-approval': (name) =>
		name === 'Ask' ? asked('sync', changes) : { html: sentencePage('Quarantine of the directory sync', 'It is over.'), text: 'The run is good.' },
	'license-removal': (name) =>
		name === 'Ask'
			? asked('seat', people)
			: { html: heldAnswerHtml('seat', 'The directory was read again.'), page: pickForm(pickable, AT).page, text: 'Another person decides now' },
	'provision-now': (name) => ({ html: name === 'Ask' ? stepsHtml(steps) : stepsPage('Ada', steps) }),
	'error-notification': () => ({ page: alertForm(groupAlerts(readAlerts(alerts)), 'UTC').page, text: 'leaver 1, leaver 2' }),
};

function formPages(): ServedPage[] {
	const nodes = formNodes();
	const pages = nodes.map((node) => {
		const trigger = nodes.find(({ job, isTrigger }) => job === node.job && isTrigger);
		const computed = COMPUTED[node.job];
		if (!trigger || !computed) throw new Error(`No example of what ${node.job} computes for its forms`);
		return pageOf(node, trigger, computed(node.name));
	});
	const names = new Map<string, string>();
	for (const [index, html] of writtenPages(pages).entries()) {
		// Several nodes of a workflow end in the same page.
		if (!names.has(html)) names.set(html, `${nodes[index]?.job}: ${nodes[index]?.name}`);
	}
	return [...names].map(([html, name]) => ({ name, html }));
}
