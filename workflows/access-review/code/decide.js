/**
 * What a reviewer sent, each decision judged by itself.
 *
 * @param answer fields of the form: d, c and s with the number of the row
 * @param rows of the reviewer now
 * @param reviewer whom the link was sent to
 * @param now epoch milliseconds
 * @returns { accepted: [{ id, decision, comment, rowDigest }], refused: sentences }
 */
function decisionsOf(answer, { review, rows, reviewer, now }) {
	const sent = Object.entries(answer ?? {}).flatMap(([name, value]) => {
		const id = /^d(\d+)$/.exec(name)?.[1];
		return id === undefined || value === '' ? [] : [{ id: Number(id), decision: value }];
	});
	const isOver = review.state !== 'open' || now >= (Date.parse(review.dueAt) || 0);
	if (isOver && sent.length > 0) {
		return { accepted: [], refused: ['The time for this review is over. Nothing was stored.'] };
	}
	const accepted = [];
	const refused = [];
	for (const { id, decision } of sent) {
		const row = rows.find((one) => Number(one.id) === id);
		const why = refusal(row, decision, answer[`s${id}`], reviewer);
		if (why) {
			refused.push(why);
			continue;
		}
		const comment = String(answer[`c${id}`] ?? '')
			.trim()
			.slice(0, LONGEST_COMMENT);
		accepted.push({ id, decision, comment, rowDigest: row.rowDigest });
	}
	return { accepted, refused };
}

/** Why a decision does not count, as a sentence; nothing for one that does. */
function refusal(row, decision, shown, reviewer) {
	if (!row || emailKey(row.reviewer) !== emailKey(reviewer)) {
		return 'A row is not yours to decide (any more). It was left as it is.';
	}
	const what = `${row.displayName || row.email}${row.groupName ? `, ${row.groupName}` : ''}`;
	if (row.decision) {
		const by = row.decidedBy ? ` by ${row.decidedBy}, ${String(row.decidedAt).slice(0, 10)}` : '';
		return `${what}: has been decided already${by}. The first decision stays.`;
	}
	if (isSelf(reviewer, row)) return `${what}: nobody decides about themselves.`;
	if (!choicesFor(row).some(([value]) => value === decision)) {
		return `${what}: "${String(decision).slice(0, 40)}" cannot be decided here.`;
	}
	if (shown !== row.rowDigest) return `${what}: what was shown is not what is on record. Open the page again.`;
	return undefined;
}
