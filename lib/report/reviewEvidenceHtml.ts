import { z } from 'zod';

import { actionOf, revocationOf } from '../review/actions';
import type { Evidence } from '../review/evidence';
import type { Link } from '../review/records';
import { escapeHtml } from './escape';
import { REVIEW_EVIDENCE_STYLE } from './reviewEvidenceStyle';

type Entry = Evidence['entries'][number];

/** A cell: one text, or a text with further lines below it. */
type Cell = string | number | readonly string[];

const OUTCOMES: Readonly<Record<string, string>> = {
	done: 'carried out',
	unchanged: 'was so already',
	held: 'held by the limit',
	refused: 'refused: a person must act',
	failed: 'failed',
	notVerified: 'sent, not verified',
	intended: 'begun, no result',
	notCarriedOut: 'not carried out',
};

const UNDECIDED: Readonly<Record<string, string>> = {
	unanswered: 'NOT ANSWERED',
	withoutReviewer: 'NO ONE TO ASK',
	settled: 'goes with the removal',
};

/** The evidence as one page that prints and needs no network. */
export function reviewEvidenceHtml(evidence: Evidence, link: Omit<Link, 'id'>): string {
	const title = `Access review ${shown(evidence.reviewId)}`;
	const parts = [
		`<h1>${title}</h1>`,
		...totalsHtml(evidence),
		...populationHtml(evidence),
		...revocationsHtml(evidence),
		...decisionsHtml(evidence),
		...changesHtml(evidence),
		...lettersHtml(evidence),
		'<h2>Chain</h2>',
		`<p>SHA-256 of the file review.json: <code>${shown(link.digest)}</code></p>`,
		`<p>Link ${link.number} of the chain follows <code>${shown(link.previous || '(none)')}</code>; its head is <code>${shown(link.head)}</code>.</p>`,
	];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REVIEW_EVIDENCE_STYLE}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

function totalsHtml({ totals, before, startedAt, dueAt, madeAt }: Evidence): string[] {
	const columns = [
		['People', totals.people],
		['Rows', totals.rows],
		['Kept', totals.kept],
		['Revoked', totals.revoked],
		['Gone in the second snapshot', totals.carriedOut],
		['Still there', totals.notCarriedOut],
		['Not answered', totals.unanswered],
		['No one to ask', totals.withoutReviewer],
		['Go with a removal', totals.settled],
	] as const;
	const times = `Started ${instant(startedAt)}, answers until ${instant(dueAt)}, closed ${instant(madeAt)}. All times are UTC.`;
	return [
		`<p>Notion workspace ${shown(populationOf(before).workspace)}. ${shown(times)}</p>`,
		table('Totals', columns.map(([name]) => name), [columns.map(([, count]) => count)]),
		totals.missing > 0
			? `<p><strong>NOT WHOLE: ${totals.missing} rows of the first snapshot are not on record any more.</strong></p>`
			: '<p>All rows of the first snapshot are on record below.</p>',
	];
}

const text = z.union([z.string(), z.number().transform(String)]).nullish().transform((value) => value ?? '').catch('');
const list = z
	.object({ firstTotal: text, lastTotal: text, pages: z.number().catch(0) })
	.catch({ firstTotal: '', lastTotal: '', pages: 0 });
const texts = z.array(z.string()).catch([]);

/** A population as stored: unreadable values are shown as empty. */
const populationSchema = z.object({
	workspace: text,
	members: text,
	groups: text,
	memberships: text,
	rowsDigest: text,
	meaningsDigest: text,
	guardsDigest: text,
	reading: z
		.object({ readAt: text, users: list, groups: list })
		.catch({ readAt: '', users: list.parse({}), groups: list.parse({}) }),
	sources: z
		.array(z.object({ source: text, readAt: text, count: text, pages: text, complete: z.boolean().catch(false) }))
		.catch([]),
	versions: z.object({ package: text, node: text }).catch({ package: '', node: '' }),
	groupsWithoutMeaning: texts,
	unknownMembers: z.array(z.unknown()).catch([]),
	notVisible: texts,
});

function populationOf(population: Record<string, unknown>): z.infer<typeof populationSchema> {
	return populationSchema.parse(population);
}

function populationHtml({ before, after }: Evidence): string[] {
	const first = populationOf(before);
	const heads = ['Read at', 'Members', 'Groups', 'Memberships', 'Totals of members', 'Totals of groups', 'Pages', 'Workspace', 'Digest of the rows'];
	const { versions } = first;
	const meanings = first.groupsWithoutMeaning.join(', ') || 'none';
	return [
		'<h2>Population</h2>',
		'<p>A list is complete if the totals that the server states first and last are the same, and as many different entries came.</p>',
		table('Population', heads, [populationCells(before), populationCells(after)]),
		...first.sources.map(
			({ source, readAt, count, pages, complete }) =>
				`<p>${shown(`Directory ${source}: ${count} people, ${pages} pages, read ${instant(readAt)}, ${complete ? 'complete' : 'NOT COMPLETE'}.`)}</p>`,
		),
		`<p>${shown(`Versions: package ${versions.package}, node ${versions.node}. Digest of the meanings ${short(first.meaningsDigest)}, of the guards ${short(first.guardsDigest)}.`)}</p>`,
		`<p>${shown(`Groups without a meaning: ${meanings}. IDs in groups that no one has: ${first.unknownMembers.length}.`)}</p>`,
		'<h2>Not visible to this review</h2>',
		`<ul>${first.notVisible.map((sentence) => `<li>${shown(sentence)}</li>`).join('')}</ul>`,
	];
}

function populationCells(population: Record<string, unknown>): Cell[] {
	const { reading, members, groups, memberships, workspace, rowsDigest } = populationOf(population);
	const totals = ({ firstTotal, lastTotal }: z.infer<typeof list>): string => `${firstTotal} and ${lastTotal}`;
	return [
		...[instant(reading.readAt), members, groups, memberships, totals(reading.users), totals(reading.groups)],
		...[reading.users.pages + reading.groups.pages, workspace, short(rowsDigest)],
	];
}

function revocationsHtml({ entries }: Evidence): string[] {
	const decider = deciderIn(entries);
	const rows = entries.filter((entry) => revocationOf(entry) !== undefined).map((entry) => [
		personOf(entry),
		entry.group || '(no group)',
		decisionCell(entry),
		decider(entry),
		[OUTCOMES[entry.outcome] ?? entry.outcome, entry.verified ? 'verified' : 'not verified', entry.note],
		'goneInSecondSnapshot' in entry && entry.goneInSecondSnapshot === true ? 'yes' : 'NO',
	]);
	return [
		'<h2>Revocations</h2>',
		table('Revocations', ['Person', 'Group', 'Decision', 'Decided by', 'Result', 'Gone in the second snapshot'], rows),
	];
}

function decisionsHtml({ entries }: Evidence): string[] {
	const assurances = assurancesIn(entries);
	const decider = deciderIn(entries);
	const open = entries.filter(({ decision }) => decision === 'unanswered' || decision === 'withoutReviewer');
	return [
		'<h2>Not answered, or no one to ask</h2>',
		'<p>Nothing was removed from these people.</p>',
		table(
			'Not answered',
			['Person', 'Group', 'State', 'Asked at last', 'Why not others'],
			open.map((entry) => [personOf(entry), entry.group || '(no group)', decisionCell(entry), entry.askedAtLast, entry.passedOver]),
		),
		'<h2>All decisions</h2>',
		...(assurances.length > 0
			? [
					'<p>Assurance of who decided:</p>',
					`<ol>${assurances.map((sentence) => `<li>${shown(sentence)}</li>`).join('')}</ol>`,
				]
			: []),
		table(
			'All decisions',
			['Person', 'Group', 'Decision', 'Decided by', 'Digest of what was shown'],
			entries.map((entry) => [
				personOf(entry),
				[entry.group || '(no group)', entry.teamspace ? `teamspace ${entry.teamspace}` : '', entry.sensitivity],
				decisionCell(entry),
				decider(entry),
				short(entry.shownDigest),
			]),
		),
	];
}

function changesHtml({ newSince, goneOtherwise, roleChanged }: Evidence): string[] {
	const noGroup = '(no group)';
	return [
		'<h2>Access that changed in between otherwise</h2>',
		table(
			'Other changes of access',
			['Person', 'Group', 'What'],
			[
				...newSince.map(({ email, group }) => [email, group ?? noGroup, 'new since the first snapshot: not reviewed']),
				...goneOtherwise.map(({ email, group }) => [email, group || noGroup, 'gone without a decision of this review']),
				...roleChanged.map(({ email, was, is }) => [email, '', `role was ${was}, is ${is}`]),
			],
		),
	];
}

function lettersHtml({ letters }: Evidence): string[] {
	return [
		'<h2>Who was asked when</h2>',
		table(
			'Who was asked when',
			['Reviewer', 'Mail', 'Rows', 'Sent'],
			letters.map(({ reviewer, kind, rows, sentAt }) => [reviewer, kind, rows, instant(sentAt) || 'could not be sent']),
		),
	];
}

function decisionCell(entry: Entry): string[] {
	const { decision, comment } = entry;
	return [actionOf(decision)?.said(entry) ?? UNDECIDED[decision] ?? decision, comment];
}

function personOf({ displayName, email, role }: Entry): string[] {
	return [displayName || email, displayName && displayName !== email ? email : '', role === 'member' ? '' : role];
}

function assurancesIn(entries: readonly Entry[]): string[] {
	return [...new Set(entries.map(({ assurance }) => assurance).filter((assurance) => assurance !== ''))];
}

/** The assurances are listed once above the table, because nearly all decisions share one. */
function deciderIn(entries: readonly Entry[]): (entry: Entry) => string[] {
	const assurances = assurancesIn(entries);
	return ({ decidedBy, decidedAt, askedAs, assurance }) =>
		decidedBy === ''
			? []
			: [decidedBy, `as ${askedAs}`, instant(decidedAt), assurance === '' ? '' : `how sure: ${assurances.indexOf(assurance) + 1}`];
}

/** A table that a narrow screen scrolls by itself, which the keyboard must reach. */
function table(name: string, heads: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
	if (rows.length === 0) return '<p>None.</p>';
	const head = `<tr>${heads.map((head) => `<th scope="col">${shown(head)}</th>`).join('')}</tr>`;
	const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')}</tr>`);
	return `<div class="wide" role="region" aria-label="${shown(name)}" tabindex="0"><table><thead>${head}</thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
	if (typeof cell !== 'object') return shown(String(cell));
	const [first = '', ...more] = cell;
	const lines = more.filter((line) => line !== '').map((line) => `<span class="more">${shown(line)}</span>`);
	return `${shown(first)}${lines.join('')}`;
}

/** An instant in readable form; review.json has the full precision. */
function instant(iso: string): string {
	return iso.slice(0, 19).replace('T', ' ');
}

/** Enough of a digest to compare by eye. */
function short(digest: string): string {
	return digest.slice(0, 16);
}

/** n8n would evaluate two braces in a person's name as an expression. */
function shown(value: string): string {
	return escapeHtml(value).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
}
