/** Rows on one page: a web form takes no more than a thousand fields. */
const MOST_ON_PAGE = 200;
const LONGEST_COMMENT = 1000;

const CHOICES = [
	['keep', 'Keep'],
	['revokeGroup', 'Take out of this group'],
	['revokeAccess', 'Remove from Notion'],
];

/** What a reviewer may decide about a row. Who answers for a group decides about the group only. */
function choicesFor(row) {
	return CHOICES.filter(
		([value]) =>
			(value !== 'revokeGroup' || row.groupName) &&
			(value !== 'revokeAccess' || row.reviewerAs !== 'owner of the group'),
	);
}

/** Text in HTML. Braces are escaped, too: what stands in double braces could be taken for an expression. */
function escaped(value) {
	return String(value ?? '').replace(/[&<>"'{}`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const DIRECTORY_WORDS = {
	active: 'active in the directory',
	notStarted: 'Has not started yet',
	onLeave: 'On leave',
	suspended: 'Suspended in the directory',
	inactive: 'Has left, says the directory',
	unknown: 'Status not known to the directory',
	notListed: 'Not in the directory',
	unclear: 'The directory is not clear about them',
	notAsked: '',
};

/**
 * The page of one reviewer: their open rows as a form, and what they have decided.
 *
 * @param key of the link; it goes back with the form
 * @param notices sentences above the form, after something was sent
 */
function reviewPage({ review, rows, key, reviewer, now, notices = [] }) {
	// A link outlives the review, so it shows nobody any more then.
	const own = review.state === 'open' ? [...rows].sort((one, other) => one.id - other.id) : [];
	const leaving = new Set(own.filter(({ decision }) => decision === 'revokeAccess').map(({ userId }) => userId));
	const open = own.filter(({ decision, userId }) => !decision && !leaving.has(userId));
	const decided = own.filter(({ decision }) => decision);
	const isOpen = review.state === 'open' && now < (Date.parse(review.dueAt) || 0);
	const shown = isOpen ? open.slice(0, MOST_ON_PAGE) : [];
	const people = new Map();
	for (const row of shown) people.set(row.userId, [...(people.get(row.userId) ?? []), row]);
	const more = open.length - shown.length;
	const moreText = more === 1 ? 'One more row appears' : `${more} more rows appear`;
	const body = [
		`<h1>Who keeps access to Notion?</h1>`,
		`<p>You are asked as <strong>${escaped(reviewer)}</strong>. ${
			isOpen
				? `Decide by the end of <strong>${escaped(String(review.dueAt).slice(0, 10))}</strong> (UTC). What you leave open stays open; nothing is taken away without a decision.`
				: 'This review is closed. Nothing can be decided any more.'
		}</p>`,
		...notices.map((notice) => `<p class="notice" role="status">${escaped(notice)}</p>`),
		...(shown.length > 0
			? [
					'<p class="small">Removing from Notion counts for everything the person has there. What you decide is carried out at once, on record with your address, and cannot be changed here.</p>',
					'<form method="post" action="?">',
					`<input type="hidden" name="key" value="${escaped(key)}">`,
					...[...people.values()].map(personHtml),
					...(more > 0 ? [`<p>${moreText} once these are decided.</p>`] : []),
					'<p class="end"><button>Send decisions</button></p>',
					'</form>',
				]
			: isOpen
				? ['<p class="notice">Nothing is open for you.</p>']
				: []),
		...(decided.length > 0
			? ['<h2>Decided</h2>', '<ul class="decided">', ...decided.map(decidedHtml), '</ul>']
			: []),
		'<p class="small">This shows members and groups. Guests, public links and pages that are shared with single people are not visible to it.</p>',
	];
	return page('Access review', body.join('\n'));
}

function personHtml(rows) {
	const [first] = rows;
	const { directoryStatus } = first;
	const isUsual = directoryStatus === 'active';
	const standing = DIRECTORY_WORDS[directoryStatus] ?? '';
	const role = String(first.role ?? 'member').replaceAll('_', ' ');
	const facts = [
		first.title,
		first.department,
		first.privileged || role === 'member' ? '' : role,
		isUsual ? standing : '',
	].filter(Boolean);
	const privileges = first.privileged
		? `<p class="warn">Role: ${escaped(role)}${first.privilegedBecause ? ` (${escaped(first.privilegedBecause)})` : ''}</p>`
		: '';
	return [
		'<section>',
		`<h2>${escaped(first.displayName || first.email)}</h2>`,
		`<p class="who">${escaped(first.email)}${facts.length > 0 ? ` · ${escaped(facts.join(' · '))}` : ''}</p>`,
		privileges,
		isUsual || !standing ? '' : `<p class="warn">${escaped(standing)}</p>`,
		isUsual || !first.directoryNote ? '' : `<p class="small">${escaped(first.directoryNote)}</p>`,
		...rows.map(rowHtml),
		'</section>',
	].join('\n');
}

function rowHtml(row) {
	const id = Number(row.id);
	const about = row.groupName
		? [
				row.teamspace ? `teamspace ${row.teamspace}` : 'what this group opens is not on record',
				row.sensitivity,
			].filter(Boolean)
		: ['is in no group'];
	const name = row.groupName || 'Membership of the workspace';
	return [
		'<fieldset>',
		`<legend>${escaped(name)}</legend>`,
		`<p class="small">${escaped(about.join(' · '))}</p>`,
		'<div class="choices">',
		...choicesFor(row).map(
			([value, label]) =>
				`<label><input type="radio" name="d${id}" value="${value}"><span>${label}</span></label>`,
		),
		'</div>',
		`<label class="comment"><span>Comment</span><input type="text" name="c${id}" maxlength="${LONGEST_COMMENT}" autocomplete="off"></label>`,
		`<input type="hidden" name="s${id}" value="${escaped(row.rowDigest)}">`,
		'</fieldset>',
	].join('\n');
}

const DECIDED_WORDS = {
	keep: 'keeps it',
	revokeGroup: 'to be taken out',
	revokeAccess: 'to be removed from Notion',
	unanswered: 'not answered in time; nothing was taken away',
	withoutReviewer: 'nobody could be asked',
	settled: 'goes with the removal from Notion',
};

function decidedHtml({ displayName, email, groupName, decision, decidedBy, decidedAt, comment }) {
	const who = decidedBy ? `, ${decidedBy}, ${String(decidedAt).slice(0, 16).replace('T', ' ')} UTC` : '';
	const said = comment ? `: "${comment}"` : '';
	return `<li><strong>${escaped(displayName || email)}</strong>${groupName ? `, ${escaped(groupName)}` : ''}: ${escaped(
		DECIDED_WORDS[decision] ?? decision,
	)}<span class="small">${escaped(`${who}${said}`)}</span></li>`;
}

/** A page that says one thing. */
function plainPage(title, sentence) {
	return page(title, `<h1>${escaped(title)}</h1>\n<p>${escaped(sentence)}</p>`);
}

const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --paper: #fff; --ground: #f4f5f7; --ink: #1c2430; --soft: #5a6472; --accent: #1f5fbf; --warn: #9a3412; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4250; --paper: #1d232c; --ground: #14181f; --ink: #e8ebf0; --soft: #a5afbd; --accent: #7db0ff; --warn: #fdba74; } }
* { box-sizing: border-box; }
/* What has the focus must not lie under the button. */
html { scroll-padding-bottom: 6rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 0; }
main > h2 { margin-top: 1.5rem; }
p { margin: .4rem 0; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; margin: 1rem 0; }
fieldset { border: 0; border-top: 1px solid var(--line); margin: .75rem 0 0; padding: .6rem 0 0; min-width: 0; }
legend { font-weight: 600; padding: 0 .5rem 0 0; }
.who, .small { color: var(--soft); }
.small { font-size: .875rem; }
.warn { color: var(--warn); font-weight: 600; }
.notice { background: var(--paper); border-left: 4px solid var(--accent); padding: .6rem .8rem; }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; margin: .4rem 0; }
.choices label { display: flex; align-items: center; gap: .45rem; border: 1px solid var(--line); border-radius: 8px; padding: .5rem .75rem; min-height: 44px; cursor: pointer; }
.choices label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.comment { display: flex; align-items: center; gap: .6rem; color: var(--soft); font-size: .875rem; }
.comment input { flex: 1; min-width: 0; font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .6rem; }
button { font: inherit; font-weight: 600; color: #fff; background: #1f5fbf; border: 0; border-radius: 8px; padding: .7rem 1.4rem; min-height: 44px; cursor: pointer; }
.end { position: sticky; bottom: 0; padding: .6rem 0; background: var(--ground); border-top: 1px solid var(--line); }
.decided { padding-left: 1.1rem; }
@media (max-width: 32rem) { .choices { flex-direction: column; } button { width: 100%; } }
`;

function page(title, body) {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
