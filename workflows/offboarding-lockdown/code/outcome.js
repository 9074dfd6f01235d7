/** Kinds of failures after which the same thing may succeed later. */
const LATER = [
	'network',
	'rateLimited',
	'serverError',
	'unexpectedAnswer',
	'listIncomplete',
	'tokenRejected',
];
const MINUTES = 60 * 1000;

/**
 * What came of one lockdown: the values of its row in notion_leaver_audit, the rows of
 * scheduled_changes that follow, the mail to the manager and the alarm.
 *
 * @param person as the node To lock out gives it
 * @param result { outcome, verified, record, … } of the node, if it succeeded
 * @param failure { kind, message, record }, if it did not
 * @param rows rows `leave` of this employee that are not over
 * @param settings { verifyWithinMinutes, fallbackManagerEmail, reminderDays }
 * @param now epoch milliseconds
 */
function outcomeOf({ person, result, failure, rows, settings, now }) {
	const isDone = result !== undefined;
	const record = (isDone ? result.record : failure.record) ?? {};
	const outcome = isDone ? result.outcome : failedAs(failure.kind);
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
		impact: isRemoved || (!isDone && removedAt !== '') || outcome === 'notVerified' ? 1 : 0,
		needsPerson,
		error: failure?.message ?? '',
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
	const days = (count) => new Date(Date.parse(removedAt) + count * 24 * 60 * MINUTES).toISOString();
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

	const isTriedAgain = outcome === 'failed' || outcome === 'notVerified';
	const next = new Date(now + 5 * MINUTES).toISOString();
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
			? [added('leave', next, { kind: person.kind }, failure.message, { attempts: 1 })]
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

/** Nobody is told of their own removal. */
function managerOf({ managerEmail, email }, { fallbackManagerEmail }) {
	return managerEmail && addressKey(managerEmail) !== addressKey(email)
		? managerEmail
		: fallbackManagerEmail;
}

function alarmOf(outcome, { label, source, employeeId, email }, { kind, message }) {
	const key = `offboarding: ${source} ${employeeId || email}`;
	if (outcome === 'held') {
		return {
			key: 'offboarding: held',
			text: `${label} was not removed: more leavers at once than the limit of a day allows. Nobody who is held is lost. Look at the list in the form ReleaseForm, and release them if it is right.`,
		};
	}
	if (outcome === 'notVerified') {
		return {
			key,
			text: `It is not known whether ${label} is gone. ${message} It is looked at again in 5 minutes; look in Notion under Settings, People.`,
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
