/** Kinds of failures after which the same thing may succeed later. */
const LATER = [
	'network',
	'rateLimited',
	'conflict',
	'serverError',
	'unexpectedAnswer',
	'listIncomplete',
	'tokenRejected',
];
const MINUTES = 60 * 1000;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;
/** An execution that is at work on the same person has ended after this time, or is dead. */
const ENDED_BY_THEN = 16 * MINUTES;

/**
 * What came of one lockdown: the values of its row in notion_leaver_audit, the rows of
 * scheduled_changes that follow, the mail to the manager and the alarm.
 *
 * @param person as the node To lock out gives it, with what historyOf says
 * @param result { outcome, verified, record, … } of the node, if it succeeded
 * @param failure { kind, message, record }, if it did not
 * @param rows rows `leave` of this employee that are not over
 * @param settings { verifyWithinMinutes, fallbackManagerEmail, reminderDays }
 * @param now epoch milliseconds
 */
function outcomeOf({ person, result, failure, rows, settings, now }) {
	const isDone = result !== undefined;
	// Who is gone now, and whom we may have removed before without knowing it, was removed by us.
	const attempt = result?.outcome === 'alreadyGone' ? person.attempt : undefined;
	const record = attempt
		? completed(result.record, attempt)
		: ((isDone ? result.record : failure.record) ?? {});
	const outcome = attempt ? 'removed' : isDone ? result.outcome : failedAs(failure.kind);
	const removedAt = record.removedAt ?? '';
	const userId = record.person?.id || result?.userId || person.userId;
	const displayName = person.displayName || record.person?.displayName || person.email;
	const email = record.person?.email || person.email;
	const managerEmail = managerOf(person, settings);
	const isRemoved = outcome === 'removed';
	// Who is held already is on the list once.
	const needsPerson =
		['refused', 'held', 'notVerified'].includes(outcome) && !(outcome === 'held' && person.isHeld);

	const audit = {
		outcome,
		email,
		displayName,
		userId,
		removedAt,
		verified: isDone && result.verified === true,
		// What was completed only now is counted in the row of its first try.
		impact: (isRemoved && !attempt) || mayHaveRemoved(outcome, failure) ? 1 : 0,
		needsPerson,
		error:
			failure?.message ?? (attempt ? `Row ${attempt.id} had removed them, without seeing it.` : ''),
		record: JSON.stringify(record),
	};

	const base = {
		source: person.source,
		employeeId: person.employeeId,
		companyId: person.companyId,
		email,
		displayName,
		userId,
		effectiveDate: person.effectiveDate,
		timeZone: person.timeZone,
		attempts: 0,
	};
	const added = (kind, dueAt, about, note, more = {}) => ({
		values: { ...base, kind, state: 'waiting', dueAt, about: JSON.stringify(about), note, ...more },
	});
	const days = (count) => new Date(Date.parse(removedAt) + count * DAYS).toISOString();
	const followUps = isRemoved
		? [
				...(record.watchAt ?? []).map((at) =>
					added('watch', at, { removedAt }, 'Has this person come back?'),
				),
				...settings.reminderDays.map((day) =>
					added(
						'remind',
						days(day),
						{
							managerEmail,
							displayName,
							email,
							removedAt,
							transferUntil: record.transferUntil,
							day,
						},
						`Private pages can be transferred until ${String(record.transferUntil).slice(0, 10)}.`,
					),
				),
			]
		: [];

	// Another execution may have removed them, and die before it has told anybody.
	const isLeftToOther = outcome === 'alreadyGone' && person.isUnderWay === true;
	const isTriedAgain = outcome === 'failed' || outcome === 'notVerified' || isLeftToOther;
	const next = new Date(now + (isLeftToOther ? ENDED_BY_THEN : 5 * MINUTES)).toISOString();
	const stateOfRow = { held: 'needsPerson', refused: 'needsPerson' }[outcome] ?? 'done';
	const changes = rows.map((row, index) => {
		const again = isTriedAgain && index === 0;
		return {
			id: row.id,
			values: {
				...base,
				kind: 'leave',
				about: row.about ?? '{}',
				effectiveDate: row.effectiveDate || base.effectiveDate,
				timeZone: row.timeZone || base.timeZone,
				state: again ? 'waiting' : stateOfRow,
				dueAt: again ? next : (row.dueAt ?? ''),
				attempts: Number(row.attempts ?? 0) + 1,
				note: failure?.message ?? outcome,
			},
		};
	});
	const retry =
		isTriedAgain && rows.length === 0
			? [added('leave', next, { kind: person.kind }, failure?.message ?? outcome, { attempts: 1 })]
			: [];

	const verifiedAt = Date.parse(record.verifiedAt ?? '') || now;
	const began = Math.max(Date.parse(person.effectiveAt) || 0, Date.parse(person.knownAt) || 0);
	const minutes = Math.round((verifiedAt - began) / MINUTES);
	const isLate =
		isRemoved &&
		person.kind !== 'release' &&
		verifiedAt - began > settings.verifyWithinMinutes * MINUTES;

	return {
		claimKey: person.claimKey,
		id: person.id,
		outcome,
		audit,
		dead: (person.dead ?? []).map((row) => ended(row, person.id)),
		rows: [...followUps, ...changes, ...retry],
		mail: isRemoved
			? mailTo(managerEmail, {
					displayName,
					email,
					removedAt,
					record,
					effectiveDate: person.effectiveDate,
					isFallback: managerEmail === settings.fallbackManagerEmail,
				})
			: undefined,
		alarm: failure
			? alarmOf(outcome, person, failure)
			: attempt && !record.person
				? {
						key: keyOf(person),
						text: `The execution that was to remove ${person.label} died before it could store what came of it, and now nobody has this address in Notion. They are taken for removed. If you do not know that they were members under ${email}, look in Notion under Settings, People.`,
					}
				: isLate
					? {
							key: 'offboarding: late',
							text: `${person.label} was to lose access at ${person.effectiveAt}, and was seen to be gone ${minutes} minutes after that was known; Settings promise ${settings.verifyWithinMinutes}.`,
						}
					: undefined,
	};
}

function failedAs(kind) {
	if (kind === 'limitReached') return 'held';
	if (kind === 'notVerified') return 'notVerified';
	return LATER.includes(kind) ? 'failed' : 'refused';
}

/** Whether a failure leaves it open if the person was removed; the limit errs on the safe side. */
function mayHaveRemoved(outcome, failure) {
	if (outcome === 'notVerified') return true;
	// Who was not found was not removed either.
	if (!failure?.record?.person || outcome === 'held') return false;
	return failure.record.verified !== 'notRemoved';
}

/** The evidence of a removal that an earlier try has made and this one has seen. */
function completed(seen, { removedAt, record }) {
	const after = (milliseconds) => new Date(Date.parse(removedAt) + milliseconds).toISOString();
	const { person, groups, groupsComplete } = record.person ? record : seen;
	return {
		...seen,
		person,
		groups,
		groupsComplete,
		adminApi: record.adminApi ?? seen.adminApi,
		removedAt,
		watchAt: [5 * MINUTES, HOURS, DAYS].map(after),
		transferUntil: after(30 * DAYS),
	};
}

/** A row of notion_leaver_audit whose execution died: that is what came of it. */
function ended({ id, email, displayName, userId, impact, record }, later) {
	return {
		id,
		audit: {
			outcome: 'failed',
			email,
			displayName,
			userId,
			removedAt: '',
			verified: false,
			impact,
			needsPerson: false,
			error: `The execution died. Row ${later} says what came of it.`,
			record: record ?? '',
		},
	};
}

/** Whether this result takes somebody from the list of those who are held. */
function isHeldNoMore(result, kind) {
	if (['stays', 'nothing', 'schedule', 'removed', 'alreadyGone', 'refused'].includes(result))
		return true;
	return result === 'ask' && kind === 'release';
}

function keyOf({ source, employeeId, email }) {
	return `offboarding: ${source} ${employeeId || email}`;
}

/** Nobody is told of their own removal. */
function managerOf({ managerEmail, email }, { fallbackManagerEmail }) {
	return managerEmail && emailKey(managerEmail) !== emailKey(email)
		? managerEmail
		: fallbackManagerEmail;
}

function alarmOf(outcome, person, { kind, message, record }) {
	const { label } = person;
	const key = keyOf(person);
	if (outcome === 'held') {
		return {
			key: 'offboarding: held',
			text: `${label} was not removed: more leavers at once than the limit of a day allows. Nobody who is held is lost. Look at the list in the form ReleaseForm, and release them if it is right.`,
		};
	}
	if (outcome === 'notVerified') {
		const what =
			record?.verified === 'notRemoved'
				? `${label} is still a member.`
				: `It is not known whether ${label} is gone.`;
		return {
			key,
			text: `${what} ${message} It is looked at again in 5 minutes; look in Notion under Settings, People.`,
		};
	}
	if (outcome === 'failed') {
		return {
			key: `offboarding: ${kind}`,
			text: `${label} could not be removed. ${message} It is tried again every 5 minutes.`,
		};
	}
	return { key, text: `${label} was NOT removed. ${message}` };
}

function mailTo(toEmail, { displayName, email, removedAt, record, effectiveDate, isFallback }) {
	const until = String(record.transferUntil ?? '').slice(0, 10);
	const groups = (record.groups ?? []).map((group) => group.displayName);
	const revoked = Object.entries({
		sessions: 'sessions',
		personalAccessTokens: 'personal access tokens',
		mcpConnections: 'MCP connections',
	}).flatMap(([name, words]) => (record.adminApi?.[name]?.status === 'revoked' ? [words] : []));
	const lines = [
		`${displayName} (${email}) has left${effectiveDate ? `; the last day was ${effectiveDate}` : ''}, and was removed from the Notion workspace on ${removedAt.slice(0, 16).replace('T', ' at ')} UTC.`,
		'',
		'What was removed:',
		'- the membership in the workspace, and with it every signed-in device',
		`- the membership in groups: ${groups.length > 0 ? groups.join(', ') : 'none, or not known'}`,
		...(revoked.length > 0 ? [`- ${revoked.join(', ')}`] : []),
		'',
		`What is left: this person's private pages can be transferred to somebody else until ${until}. After that they are gone.`,
		'Ask a workspace owner: in Notion, Settings, People, find the person under those who were removed, and choose to transfer their content.',
		'',
		isFallback
			? 'This mail comes to you because the HR system names no manager for this person.'
			: 'This mail comes to you because the HR system names you as the manager. You will be reminded before the pages are gone.',
	];
	return {
		toEmail,
		subject: `${displayName} no longer has access to Notion: private pages can be transferred until ${until}`,
		text: lines.join('\n'),
	};
}
