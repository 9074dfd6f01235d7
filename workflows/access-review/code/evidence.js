const isRevocation = ({ decision }) => decision === 'revokeGroup' || decision === 'revokeAccess';

/** What of a row is evidence, in one order. */
function evidenceRow(row) {
	return {
		row: row.id,
		userId: row.userId,
		email: row.email,
		displayName: row.displayName,
		role: row.role,
		privileged: row.privileged === true,
		group: row.groupName,
		groupId: row.groupId,
		teamspace: row.teamspace,
		sensitivity: row.sensitivity,
		department: row.department,
		directoryStatus: row.directoryStatus,
		rowDigest: row.rowDigest,
		reviewers: parsed(row.reviewers, []),
		passedOver: row.passedOver,
		askedAtLast: row.reviewer,
		askedAs: row.reviewerAs,
		decision: row.decision,
		comment: row.comment,
		decidedBy: row.decidedBy,
		assurance: row.assurance,
		decidedAt: row.decidedAt,
		shownDigest: row.shownDigest,
		outcome: row.outcome,
		verified: row.verified === true,
		intendedAt: row.intendedAt,
		endedAt: row.endedAt,
		note: row.note,
		record: parsed(row.record, null),
	};
}

function parsed(text, otherwise) {
	try {
		return text ? JSON.parse(text) : otherwise;
	} catch {
		return otherwise;
	}
}

/**
 * Whether the second snapshot is of the same workspace: in another one everybody would be gone. SCIM has no
 * id for a workspace, so after a change of the token most of the people tell.
 */
function isSameWorkspace(review, rows, after) {
	const now = after.find((item) => item.population === true);
	if (parsed(review.population, {})?.workspace === now?.workspace) return true;
	const there = new Set(after.map(({ userId }) => userId));
	const staying = new Set(rows.filter(({ decision }) => decision !== 'revokeAccess').map(({ userId }) => userId));
	return 2 * [...staying].filter((userId) => there.has(userId)).length > staying.size;
}

const accessKey = ({ userId, groupId }) => `${userId}|${groupId ?? ''}`;

/**
 * The evidence of a review: population, decisions, who, what was carried out, what was not answered,
 * and how access is afterwards.
 *
 * @param letters of the review, as stored: who was asked when
 * @param after items of the second snapshot
 */
function evidenceOf({ review, rows, letters, after, now, workflow, execution }) {
	const population = after.find((item) => item.population === true) ?? null;
	const accessNow = after.filter((item) => item.population !== true);
	const accessAfter = new Set(accessNow.map(accessKey));
	const peopleAfter = new Set(accessNow.map(({ userId }) => userId));
	const before = new Set(rows.map(accessKey));
	const populationBefore = parsed(review.population, null);
	const roleNow = new Map(accessNow.map(({ userId, role }) => [userId, role]));
	const sorted = [...rows].sort((one, other) => one.id - other.id).map(evidenceRow);
	const entries = sorted.map((row) => {
		const { decision } = row;
		if (!isRevocation(row)) return row;
		const isLeft = decision === 'revokeAccess' ? peopleAfter.has(row.userId) : accessAfter.has(accessKey(row));
		return { ...row, goneInSecondSnapshot: !isLeft };
	});
	const count = (is) => entries.filter(is).length;
	// Who is removed from Notion leaves every group with it.
	const removed = new Set(
		entries.filter(({ decision }) => decision === 'revokeAccess').map(({ userId }) => userId),
	);
	return {
		what: 'evidence of an access review of a Notion workspace',
		reviewId: review.reviewId,
		workflow,
		execution,
		madeAt: new Date(now).toISOString(),
		startedAt: review.startedAt,
		dueAt: review.dueAt,
		totals: {
			rows: entries.length,
			people: new Set(entries.map(({ userId }) => userId)).size,
			kept: count(({ decision }) => decision === 'keep'),
			revoked: count(isRevocation),
			carriedOut: count((row) => isRevocation(row) && row.goneInSecondSnapshot),
			notCarriedOut: count((row) => isRevocation(row) && !row.goneInSecondSnapshot),
			unanswered: count(({ decision }) => decision === 'unanswered'),
			withoutReviewer: count(({ decision }) => decision === 'withoutReviewer'),
			settled: count(({ decision }) => decision === 'settled'),
			// Rows of the first snapshot that are not on record any more: somebody deleted them.
			missing: (populationBefore?.rows ?? entries.length) - entries.length,
		},
		before: populationBefore,
		after: population,
		letters: [...letters]
			.sort((one, other) => one.id - other.id)
			.map(({ reviewer, kind, rows: asked, sentAt, writtenAt }) => ({ reviewer, kind, rows: asked, writtenAt, sentAt })),
		// Whoever got or lost access in between otherwise.
		newSince: accessNow
			.filter((row) => !before.has(accessKey(row)))
			.map(({ email, group, role }) => ({ email, group, role })),
		goneOtherwise: entries
			.filter((row) => !isRevocation(row) && !removed.has(row.userId) && !accessAfter.has(accessKey(row)))
			.map(({ email, group, decision }) => ({ email, group, decision })),
		roleChanged: [...new Map(entries.map((row) => [row.userId, row])).values()]
			.filter(({ userId, role }) => roleNow.has(userId) && roleNow.get(userId) !== role)
			.map(({ userId, email, role }) => ({ email, was: role, is: roleNow.get(userId) })),
		entries,
	};
}

const OUTCOMES = {
	done: 'carried out',
	unchanged: 'was so already',
	held: 'held by the limit',
	refused: 'refused: a person must act',
	failed: 'failed',
	notVerified: 'sent, not verified',
	intended: 'begun, no result',
	notCarriedOut: 'not carried out',
	'': '',
};

const DECISIONS = {
	keep: 'keep',
	revokeGroup: 'take out of the group',
	revokeAccess: 'remove from Notion',
	unanswered: 'NOT ANSWERED',
	withoutReviewer: 'NOBODY TO ASK',
	settled: 'goes with the removal',
};

/** Lines of a cell: the name, and below it what is said about it. */
const personOf = ({ displayName, email, role }) => [
	displayName || email,
	displayName && displayName !== email ? email : '',
	role === 'member' ? '' : role,
];

/** An instant as people read it; review.json has all of it. */
const instant = (text) => String(text ?? '').slice(0, 19).replace('T', ' ');

/** Enough of a digest to compare by eye; review.json has all of it. */
const short = (text) => String(text ?? '').slice(0, 16);

/** The evidence as one page that prints and needs no network. */
function evidenceHtml(evidence, { digest, seq, previous, head }) {
	const { totals, before, after } = evidence;
	const cell = (value) => {
		const [first, ...others] = [value].flat();
		return `${escaped(first)}${others
			.filter((line) => line !== '' && line !== undefined)
			.map((line) => `<span class="more">${escaped(line)}</span>`)
			.join('')}`;
	};
	const cells = (values, tag = 'td') =>
		`<tr>${values.map((value) => `<${tag}>${cell(value)}</${tag}>`).join('')}</tr>`;
	// Said once, and in the table by its number: it is the same long sentence for nearly all decisions.
	const assurances = [...new Set(evidence.entries.map(({ assurance }) => assurance).filter(Boolean))];
	const decider = ({ decidedBy, decidedAt, askedAs, assurance }) =>
		decidedBy
			? [decidedBy, `as ${askedAs}`, instant(decidedAt), assurance ? `how sure: ${assurances.indexOf(assurance) + 1}` : '']
			: '';
	const table = (heads, rows) =>
		rows.length === 0
			? '<p>None.</p>'
			: `<div class="wide"><table><thead>${cells(heads, 'th')}</thead><tbody>${rows.map((row) => cells(row)).join('\n')}</tbody></table></div>`;
	const line = (population) =>
		population
			? [
					instant(population.reading?.readAt),
					population.members,
					population.groups,
					population.memberships,
					`${population.reading?.users?.firstTotal} and ${population.reading?.users?.lastTotal}`,
					`${population.reading?.groups?.firstTotal} and ${population.reading?.groups?.lastTotal}`,
					(population.reading?.users?.pages ?? 0) + (population.reading?.groups?.pages ?? 0),
					population.workspace,
					short(population.rowsDigest),
				]
			: ['not read'];
	const parts = [
		`<h1>Access review ${escaped(evidence.reviewId)}</h1>`,
		`<p>Notion workspace ${escaped(before?.workspace)}. Started ${escaped(instant(evidence.startedAt))}, answers until ${escaped(instant(evidence.dueAt))}, closed ${escaped(instant(evidence.madeAt))}. All times are UTC.</p>`,
		table(
			['People', 'Rows', 'Kept', 'Revoked', 'Gone in the second snapshot', 'Still there', 'Not answered', 'Nobody to ask', 'Go with a removal'],
			[[totals.people, totals.rows, totals.kept, totals.revoked, totals.carriedOut, totals.notCarriedOut, totals.unanswered, totals.withoutReviewer, totals.settled]],
		),
		totals.missing
			? `<p><strong>NOT WHOLE: ${escaped(totals.missing)} rows of the first snapshot are not on record any more.</strong></p>`
			: '<p>All rows of the first snapshot are on record below.</p>',
		'<h2>Population</h2>',
		'<p>A list is whole if the totals that the server states first and last are the same, and as many different entries came.</p>',
		table(
			['Read at', 'Members', 'Groups', 'Memberships', 'Totals of members', 'Totals of groups', 'Pages', 'Workspace', 'Digest of the rows'],
			[line(before), line(after)],
		),
		...(before?.sources ?? []).map(
			({ source, readAt, count, pages, complete }) =>
				`<p>Directory ${escaped(source)}: ${escaped(count)} people, ${escaped(pages)} pages, read ${escaped(instant(readAt))}, ${complete ? 'complete' : 'NOT COMPLETE'}.</p>`,
		),
		`<p>Versions: package ${escaped(before?.versions?.package)}, node ${escaped(before?.versions?.node)}. Digest of the meanings ${escaped(short(before?.meaningsDigest))}, of the guards ${escaped(short(before?.guardsDigest))}.</p>`,
		`<p>Groups without a meaning: ${escaped((before?.groupsWithoutMeaning ?? []).join(', ') || 'none')}. IDs in groups that nobody has: ${escaped((before?.unknownMembers ?? []).length)}.</p>`,
		'<h2>Not visible to this review</h2>',
		`<ul>${(before?.notVisible ?? []).map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ul>`,
		'<h2>Revocations</h2>',
		table(
			['Person', 'Group', 'Decision', 'Decided by', 'Result', 'Gone in the second snapshot'],
			evidence.entries
				.filter(isRevocation)
				.map((row) => [
					personOf(row),
					row.group || '(no group)',
					[DECISIONS[row.decision], row.comment],
					decider(row),
					[OUTCOMES[row.outcome] ?? row.outcome, row.verified ? 'verified' : 'not verified', row.note],
					row.goneInSecondSnapshot ? 'yes' : 'NO',
				]),
		),
		'<h2>Not answered, or nobody to ask</h2>',
		'<p>Nothing was taken away from these people.</p>',
		table(
			['Person', 'Group', 'State', 'Asked at last', 'Why not others'],
			evidence.entries
				.filter(({ decision }) => ['unanswered', 'withoutReviewer'].includes(decision))
				.map((row) => [personOf(row), row.group || '(no group)', DECISIONS[row.decision], row.askedAtLast, row.passedOver]),
		),
		'<h2>All decisions</h2>',
		...(assurances.length > 0
			? [
					'<p>How sure it is who decided:</p>',
					`<ol>${assurances.map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ol>`,
				]
			: []),
		table(
			['Person', 'Group', 'Decision', 'Decided by', 'Digest of what was shown'],
			evidence.entries.map((row) => [
				personOf(row),
				[row.group || '(no group)', row.teamspace ? `teamspace ${row.teamspace}` : '', row.sensitivity],
				[DECISIONS[row.decision] ?? row.decision, row.comment],
				decider(row),
				short(row.shownDigest),
			]),
		),
		'<h2>Access that changed in between otherwise</h2>',
		table(
			['Person', 'Group', 'What'],
			[
				...evidence.newSince.map(({ email, group }) => [email, group ?? '(no group)', 'new since the first snapshot: not reviewed']),
				...evidence.goneOtherwise.map(({ email, group }) => [email, group || '(no group)', 'gone without a decision of this review']),
				...evidence.roleChanged.map(({ email, was, is }) => [email, '', `role was ${was}, is ${is}`]),
			],
		),
		'<h2>Who was asked when</h2>',
		table(
			['Reviewer', 'Mail', 'Rows', 'Sent'],
			evidence.letters.map(({ reviewer, kind, rows, sentAt }) => [reviewer, kind, rows, instant(sentAt) || 'could not be sent']),
		),
		'<h2>Chain</h2>',
		`<p>SHA-256 of the file review.json: <code>${escaped(digest)}</code></p>`,
		`<p>Link ${escaped(seq)} of the chain follows <code>${escaped(previous || '(none)')}</code>; its head is <code>${escaped(head)}</code>.</p>`,
	];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Access review ${escaped(evidence.reviewId)}</title>
<style>
body { font: 14px/1.45 system-ui, sans-serif; color: #1c2430; background: #fff; margin: 2rem; }
p, li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .8rem; }
th, td { border: 1px solid #d5d9e0; padding: .3rem .45rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: #f4f5f7; } .more { display: block; min-width: 11em; overflow-wrap: anywhere; color: #5a6472; } code { font-size: .85em; }
thead { display: table-header-group; }
@media print { body { margin: 0; } h2 { break-after: avoid; } .wide { overflow: visible; } tr, ul { break-inside: avoid; } @page { size: A4 landscape; margin: 12mm; } }
</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
}
