import type { ReviewAction } from '../review/actions';
import { actionOf, choicesFor, roleWords } from '../review/actions';
import { LONGEST_COMMENT } from '../review/answers';
import type { Review } from '../review/records';
import type { ReviewRow } from '../review/rows';
import { decisionOf, isTimeOver, openRows, peopleLeaving } from '../review/progress';
import { escapeHtml } from './escape';
import { REVIEW_PAGE_STYLE } from './reviewPageStyle';

/** The maximum number of rows on one page: a web form accepts at most a thousand fields. */
const MOST_ON_PAGE = 200;

/** A page with its HTTP status. */
export interface Page {
	status: number;
	html: string;
}

/** The inputs of a reviewer's page. */
export interface ReviewPageParts {
	review: Review;
	/** Rows that are, or were, assigned to the reviewer. */
	rows: readonly ReviewRow[];
	/** The key of the link; the form sends it back. */
	key: string;
	reviewer: string;
	/** Epoch milliseconds. */
	now: number;
	/** Sentences above the form, after decisions were sent. */
	notices?: readonly string[];
}

/** The directory's status of a person in words; an active status is usual, and shown in passing. */
const DIRECTORY_WORDS: Readonly<Record<string, string>> = {
	active: 'active in the directory',
	notStarted: 'Has not started yet',
	onLeave: 'On leave',
	suspended: 'Suspended in the directory',
	inactive: 'Has left, says the directory',
	unknown: 'Status not known to the directory',
	notListed: 'Not in the directory',
	unclear: 'The directory is not clear about them',
};

/** The text for a row that no one has decided. */
const UNDECIDED_WORDS: Readonly<Record<string, string>> = {
	unanswered: 'not answered in time; nothing was removed',
	withoutReviewer: 'no one could be asked',
	settled: 'goes with the removal from Notion',
};

/** The page of one reviewer: their open rows as a form, and their decisions. */
export function reviewPage({ review, rows, key, reviewer, now, notices = [] }: ReviewPageParts): string {
	// A link outlives the review, so after that it shows no people any more.
	const isKept = review.state === 'open';
	const isOpen = isKept && !isTimeOver(review, now);
	const own = isKept ? [...rows].sort((one, other) => one.position - other.position) : [];
	const body = [
		'<h1>Who keeps access to Notion?</h1>',
		`<p>You are asked as <strong>${shown(reviewer)}</strong>. ${
			isOpen
				? `Decide by the end of <strong>${shown(review.dueAt.slice(0, 10))}</strong> (UTC). Rows without a decision stay open; nothing is removed without a decision.`
				: 'This review is closed. Nothing can be decided any more.'
		}</p>`,
		...notices.map((notice) => `<p class="notice" role="status">${shown(notice)}</p>`),
		...(isOpen ? formHtml(openRows(own), key) : []),
		...decidedListHtml(own, !isOpen),
		'<p class="small">This shows members and groups. Guests, public links and pages that are shared with single people are not visible to it.</p>',
	];
	return page('Access review', body.join('\n'));
}

/** The page if there is no review to show. */
const PLAIN = {
	unknown: {
		status: 404,
		title: 'This link is not valid',
		sentence: 'Open the newest mail about the access review. If that does not help, ask who sent it.',
	},
	tooLarge: {
		status: 413,
		title: 'This is too large',
		sentence: 'Nothing was stored. Open the link in your mail again, and send fewer decisions at once.',
	},
} as const;

/** A page with one message and no personal data. */
export function plainPage(about: keyof typeof PLAIN): Page {
	const { status, title, sentence } = PLAIN[about];
	return { status, html: page(title, `<h1>${title}</h1>\n<p>${sentence}</p>`) };
}

function formHtml(open: readonly ReviewRow[], key: string): string[] {
	const rows = open.slice(0, MOST_ON_PAGE);
	if (rows.length === 0) return ['<p class="notice">Nothing is open for you.</p>'];
	const people = new Map<string, ReviewRow[]>();
	for (const row of rows) people.set(row.userId, [...(people.get(row.userId) ?? []), row]);
	const more = open.length - rows.length;
	const moreText = more === 1 ? 'One more row appears' : `${more} more rows appear`;
	return [
		'<p class="small">Removing from Notion, and lowering the role, count for everything the person has there. What you decide is carried out at once, on record with your address, and cannot be changed here.</p>',
		'<form method="post" action="?">',
		`<input type="hidden" name="key" value="${shown(key)}">`,
		...[...people.values()].map(personHtml),
		...(more > 0 ? [`<p>${moreText} once these are decided.</p>`] : []),
		'<p class="end"><button>Send decisions</button></p>',
		'</form>',
	];
}

function personHtml(rows: readonly ReviewRow[]): string {
	const [first] = rows;
	if (!first) return '';
	const { title, department, directoryStatus, directoryNote, privileged, privilegedBecause } = first.facts;
	const isUsual = directoryStatus === 'active';
	const state = DIRECTORY_WORDS[directoryStatus] ?? '';
	const role = roleWords(first.role);
	const facts = [title, department, privileged || role === 'member' ? '' : role, isUsual ? state : ''];
	const told = joined(facts);
	const because = privilegedBecause === '' ? '' : ` (${shown(privilegedBecause)})`;
	return [
		'<section>',
		`<h2>${shown(first.displayName || first.email)}</h2>`,
		`<p class="who">${shown(first.email)}${told === '' ? '' : ` · ${shown(told)}`}</p>`,
		privileged ? `<p class="warn">Role: ${shown(role)}${because}</p>` : '',
		isUsual || state === '' ? '' : `<p class="warn">${shown(state)}</p>`,
		isUsual || directoryNote === '' ? '' : `<p class="small">${shown(directoryNote)}</p>`,
		...rows.map(rowHtml),
		'</section>',
	].join('\n');
}

function rowHtml(row: ReviewRow): string {
	const { id, groupName, facts, digest } = row;
	const opens = facts.teamspace === '' ? 'what this group opens is not on record' : `teamspace ${facts.teamspace}`;
	const about = groupName === '' ? 'is in no group' : joined([opens, facts.sensitivity]);
	const choice = ({ name, label }: ReviewAction): string =>
		`<label><input type="radio" name="d${id}" value="${name}"><span>${shown(label(row))}</span></label>`;
	return [
		'<fieldset>',
		`<legend>${shown(groupName || 'Membership of the workspace')}</legend>`,
		`<p class="small">${shown(about)}</p>`,
		'<div class="choices">',
		...choicesFor(row).map(choice),
		'</div>',
		`<label class="comment"><span>Comment</span><input type="text" name="c${id}" maxlength="${LONGEST_COMMENT}" autocomplete="off"></label>`,
		`<input type="hidden" name="s${id}" value="${shown(digest)}">`,
		'</fieldset>',
	].join('\n');
}

function decidedListHtml(rows: readonly ReviewRow[], isOver: boolean): string[] {
	const leaving = peopleLeaving(rows);
	const items = rows.flatMap((row) => {
		const decision = decisionOf(row, { leaving, isOver });
		return decision === '' ? [] : [decidedHtml(row, decision)];
	});
	return items.length === 0 ? [] : ['<h2>Decided</h2>', '<ul class="decided">', ...items, '</ul>'];
}

function decidedHtml(row: ReviewRow, decision: string): string {
	const { displayName, email, groupName, decidedBy, decidedAt, comment } = row;
	const what = actionOf(decision)?.decided(row) ?? UNDECIDED_WORDS[decision] ?? decision;
	const who = decidedBy ? `, ${decidedBy}, ${decidedAt.slice(0, 16).replace('T', ' ')} UTC` : '';
	const said = comment ? `: "${comment}"` : '';
	const group = groupName ? `, ${shown(groupName)}` : '';
	return `<li><strong>${shown(displayName || email)}</strong>${group}: ${shown(what)}<span class="small">${shown(`${who}${said}`)}</span></li>`;
}

function joined(parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join(' · ');
}

/** n8n would evaluate two braces in a person's name as an expression. */
function shown(text: string): string {
	return escapeHtml(text).replaceAll('{', '&#123;').replaceAll('}', '&#125;');
}

function page(title: string, body: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'">
<title>${shown(title)}</title>
<style>${REVIEW_PAGE_STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
