/** A row that is worked on for longer belongs to an execution that died. */
const STUCK_AFTER = 15 * MINUTE;
const MOST_ATTEMPTS = 5;
const KINDS = ['hire', 'leave', 'watch', 'remind'];

const WORDS = {
	hire: 'The start',
	leave: 'The departure',
	watch: 'The look whether they came back',
	remind: 'The reminder about the private pages',
};

function rowName(row) {
	return `${WORDS[row.kind] ?? `The change "${row.kind}"`} of ${nameOf(row)}`;
}

/** Rows that are waiting and due, the oldest first. A date that nobody can read is due: it needs a person. */
function dueRows(rows, now) {
	return rows
		.filter(({ state, dueAt }) => state === 'waiting' && (instant(dueAt) ?? 0) <= now)
		.sort(
			(one, other) => (instant(one.dueAt) ?? 0) - (instant(other.dueAt) ?? 0) || one.id - other.id,
		);
}

/** Rows whose execution died. */
function stuckRows(rows, now) {
	return rows.filter(
		({ state, updatedAt }) => state === 'working' && now - (instant(updatedAt) ?? 0) > STUCK_AFTER,
	);
}

/** A row after a failure: it waits twice as long each time, and after the fifth time for a person. */
function afterFailure(row, why, now) {
	const attempts = Number(row.attempts ?? 0) + 1;
	const isOver = attempts >= MOST_ATTEMPTS;
	const again = new Date(now + 5 * MINUTE * 2 ** (attempts - 1)).toISOString();
	return {
		id: row.id,
		values: {
			state: isOver ? 'needsPerson' : 'waiting',
			dueAt: isOver ? String(row.dueAt ?? '') : again,
			attempts,
			note: why,
		},
		...(isOver ? { alarm: needsPerson(row, `was tried ${attempts} times. ${why}`) } : {}),
	};
}

function needsPerson(row, why) {
	return {
		key: `sweep: row ${row.id}`,
		text: `${rowName(row)} ${why} Nothing more is tried. Put the reason right and set the state of row ${row.id} of scheduled_changes to "waiting", or to "withdrawn" if it is not to be.`,
	};
}

/** A reminder of somebody who was hired again or restored. */
function withdrawn(row) {
	return {
		id: row.id,
		values: {
			state: 'withdrawn',
			dueAt: String(row.dueAt ?? ''),
			attempts: Number(row.attempts ?? 0),
			note: 'Is a member again: no pages are lost.',
		},
	};
}

/**
 * What becomes of a row that was taken.
 *
 * @param failure the sentence of what failed, if something did
 * @param member the active member whom a look found, if it found one
 * @returns { id, values, alarm, failed }
 */
function afterWork(row, { failure, member }, now) {
	const attempts = Number(row.attempts ?? 0);
	const ended = (state, note, alarm) => ({
		id: row.id,
		values: { state, dueAt: String(row.dueAt ?? ''), attempts: attempts + 1, note },
		...(alarm ? { alarm } : {}),
	});
	if (!KINDS.includes(row.kind) || instant(row.dueAt) === undefined) {
		const why = 'cannot be understood: look at its kind and its date.';
		return ended('needsPerson', `It ${why}`, needsPerson(row, why));
	}
	if (failure) return { ...afterFailure(row, failure, now), failed: true };
	if (row.kind !== 'watch') return ended('done', 'Done.');
	if (!member) return ended('done', 'Not a member.');
	return ended('done', 'Is a member again.', {
		key: `sweep: returned ${row.userId || emailKey(row.email)}`,
		text: `${nameOf(row)} was removed and is an active member of Notion again (${member.email}, ${member.role ?? 'member'}). If nobody meant this: look under Settings, Identity, in Notion whether the domain is among the allowed email domains, whether single sign-on adds people just in time, and whether an identity provider still assigns this person to Notion and adds them again. Close that way first, then remove them again. If they were hired again or restored, acknowledge this alarm.`,
	});
}
