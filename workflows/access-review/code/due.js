const DAY = 24 * 60 * 60 * 1000;

const time = (instant) => Date.parse(instant) || 0;

/** Half a day more or less: the schedule is some seconds early on one day and, with the clocks, an hour. */
const daysSince = (instant, now) => Math.round((now - instant) / DAY);

/** Reviewers who are people of the directory; the others come from Settings. */
const FROM_DIRECTORY = ['manager', "manager's manager", 'owner of the group'];

/**
 * Why a reviewer cannot answer any more, as the end of a sentence; nothing for who can.
 *
 * @param directory { byAddress, isComplete }, or nothing where it could not be read
 */
function goneBecause(reviewer, as, directory) {
	if (!directory) return undefined;
	const record = directory.byAddress.get(emailKey(reviewer));
	if (record) return isPresent(record) ? undefined : (AWAY[record.status] ?? 'has left');
	return directory.isComplete && FROM_DIRECTORY.includes(as) ? 'is not in the directory any more' : undefined;
}

/**
 * What is due in an open review: who is asked now, reminded, or asked instead of somebody who does not
 * answer or has left; and whose time is over. An answer that does not come takes nothing away. Who is to
 * be removed altogether needs no further decision.
 *
 * @param review row of access_reviews
 * @param rows of the review
 * @param letters of the review, as stored
 * @param settings { remindAfterDays, escalateAfterDays }
 * @param now epoch milliseconds
 * @param directory of today, see goneBecause
 * @returns { changes: rows with new values, letters: [{ reviewer, kind, rows }] }
 */
function whatIsDue(review, rows, letters, { remindAfterDays, escalateAfterDays }, now, directory) {
	const leaving = new Set(rows.filter(({ decision }) => decision === 'revokeAccess').map(({ userId }) => userId));
	const isOpen = ({ decision }) => !decision;
	const changes = rows
		.filter((row) => isOpen(row) && leaving.has(row.userId))
		.map((row) => ({ ...row, decision: 'settled' }));
	const open = rows.filter((row) => isOpen(row) && !leaving.has(row.userId));
	if (now >= time(review.dueAt)) {
		return {
			changes: [...changes, ...open.map((row) => ({ ...row, decision: 'unanswered' }))],
			letters: [],
		};
	}
	const asked = open.map((row) => {
		const isLate = row.askedAt && daysSince(time(row.askedAt), now) >= escalateAfterDays;
		const changed = afterwards(row, isLate, directory);
		if (changed !== row) changes.push(changed);
		return changed;
	});

	const byReviewer = new Map();
	for (const row of asked) {
		const key = emailKey(row.reviewer);
		if (!byReviewer.has(key)) byReviewer.set(key, []);
		byReviewer.get(key).push(row);
	}
	const due = [];
	for (const [key, own] of byReviewer) {
		const sent = letters
			.filter((letter) => emailKey(letter.reviewer) === key && letter.sentAt)
			.map(({ sentAt }) => time(sentAt));
		const unasked = own.filter(({ askedAt }) => !askedAt);
		const isReminder = unasked.length === 0;
		if (isReminder && daysSince(Math.max(0, ...sent), now) < remindAfterDays) continue;
		const kind = isReminder ? 'reminder' : unasked.some(({ step }) => step > 0) ? 'escalation' : 'first';
		due.push({ reviewer: own[0].reviewer, kind, rows: own });
	}
	return { changes, letters: due };
}

/** The row with the next reviewer who can answer, where the present one is late or gone; else as it is. */
function afterwards(row, isLate, directory) {
	const reviewers = JSON.parse(row.reviewers || '[]');
	let { step, passedOver = '' } = row;
	let mustGoOn = isLate;
	for (; reviewers[step + 1]; step += 1, mustGoOn = false) {
		const { email, as } = reviewers[step] ?? {};
		const why = goneBecause(email, as, directory);
		if (why) passedOver = `${passedOver} ${email} (${as}) ${why}.`.trim();
		else if (!mustGoOn) break;
	}
	if (step === row.step) return row;
	const { email, as } = reviewers[step];
	return { ...row, step, passedOver, reviewer: email, reviewerAs: as, askedAt: '' };
}

/**
 * The changes with what each row was before, the same change of several rows once: to change 10,000 rows
 * one by one takes minutes.
 *
 * @param changes from whatIsDue
 * @param rows of the review, as they are stored
 */
function changesOf(changes, rows) {
	const stored = new Map(rows.map((row) => [row.id, row]));
	const found = new Map();
	for (const { id, userId, reviewer, reviewerAs, step, passedOver = '', askedAt, decision } of changes) {
		const was = stored.get(id);
		const change = {
			// A person who is removed is one change; else all rows that were with the same reviewers.
			userIds: decision === 'settled' ? userId : '%',
			reviewersWere: was.reviewers,
			stepWas: was.step,
			askedAtWas: was.askedAt ?? '',
			passedOverWas: was.passedOver ?? '',
			reviewer,
			reviewerAs,
			step,
			passedOver,
			askedAt: askedAt ?? '',
			decision: decision ?? '',
		};
		const key = JSON.stringify(change);
		if (!found.has(key)) found.set(key, { ...change, rowIds: [] });
		found.get(key).rowIds.push(id);
	}
	return [...found.values()];
}
