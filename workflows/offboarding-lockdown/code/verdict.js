const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Seconds that an HRIS may lag behind its own event. */
const LAG = MINUTE;
/** How long somebody may be called active past their last day before a person is asked. */
const OVERDUE_FOR = 24 * HOUR;

/** Kinds of events after which access is expected to end; all others are hints only. */
const LEAVING = ['left', 'leave', 'release', 'leaverScheduled', 'accessRevoked'];

function isZone(zone) {
	return Boolean(zone) && DateTime.now().setZone(zone).isValid;
}

/**
 * Where one record of the HRIS stands.
 *
 * - `here`: employed, and nothing says until when
 * - `coming`: employed from a later day on
 * - `leaving`: the last day is not over
 * - `overdue`: called active although the last day is over
 * - `gone`: the last day is over
 * - `unknown`: a person must look
 *
 * @param now epoch milliseconds
 * @returns { standing, endsAt }; endsAt is the instant at which the last day is over
 */
function standingOf(record, zone, now) {
	const { status, startDate, endDate } = record;
	const endsAt = endDate ? startOfDate(endDate, zone, 1) : undefined;
	if (endDate && !endsAt) return { standing: 'unknown' };
	const isRehired = Boolean(endDate && startDate && startDate > endDate);
	if (status === 'notStarted') return { standing: 'coming' };
	if (status === 'active' || status === 'onLeave') {
		if (!endDate || isRehired) return { standing: 'here' };
		return { standing: Date.parse(endsAt) > now ? 'leaving' : 'overdue', endsAt };
	}
	if (status !== 'inactive' || !endDate) return { standing: 'unknown' };
	if (isRehired) return { standing: 'coming' };
	return { standing: Date.parse(endsAt) > now ? 'leaving' : 'gone', endsAt };
}

/**
 * What is to be done about one event, from what the HRIS says now.
 *
 * @param event as the node Events gives it
 * @param records everybody whom the HRIS found for it, each once
 * @param isRead whether the HRIS answered every question about this event
 * @param userIds Notion accounts that the links of this employee name
 * @param linkedEmail address of the newest link, empty for none
 * @param foreignLinks links of the same account to employees of whom this HRIS knows nothing
 * @param rows rows `leave` of this employee that are not over, oldest first
 * @param settings { timeZone, onLeave }
 * @param now epoch milliseconds
 * @returns { verdict, why, person, effectiveDate, effectiveAt, timeZone, knownAt, rows, alarm }, where
 * `verdict` is removeNow, schedule, stays, lookAgain, ask, unread or nothing, and `rows` are the changes
 * of scheduled_changes that go with it: { id, values }, without an id for a new one
 */
function verdictOn({
	event,
	records,
	isRead,
	userIds,
	linkedEmail,
	foreignLinks,
	rows,
	settings,
	now,
}) {
	const called = rows.find(({ id }) => event.eventId === `scheduled:${id}`);
	const aboutCalled = parsed(called?.about);
	const main = called ?? rows[0];
	const kind = event.kind === 'leave' ? (aboutCalled.kind ?? 'left') : event.kind;
	const isLeaving = LEAVING.includes(kind);
	const own = records.filter(({ sourceId }) => sourceId === event.employeeId);
	const about = own[0] ?? records[0] ?? {};
	const person = {
		email: about.email || linkedEmail || '',
		displayName: about.displayName || called?.displayName || '',
		managerEmail: about.managerEmail || '',
		userId: userIds[0] ?? '',
	};
	const name = person.displayName || person.email || `employee ${event.employeeId}`;
	const label = `${name} (${[event.source, event.employeeId].filter(Boolean).join(' ') || event.email})`;

	const values = (changed) => ({
		kind: 'leave',
		state: 'waiting',
		dueAt: '',
		source: event.source,
		employeeId: event.employeeId,
		companyId: event.companyId,
		email: person.email || event.email,
		displayName: person.displayName,
		userId: person.userId,
		effectiveDate: main?.effectiveDate ?? '',
		timeZone: main?.timeZone ?? event.timeZone,
		about: '{}',
		attempts: 0,
		note: '',
		...changed,
	});
	/** One row stays for an employee; others can come of events that arrive in the same second. */
	const onlyRow = (changed) => [
		{ ...(main ? { id: main.id } : {}), values: values(changed) },
		...rows
			.filter((row) => row !== main)
			.map((row) => closed(row, 'withdrawn', 'Another row stands for this employee.')),
	];
	const closed = (row, state, note) => ({
		id: row.id,
		values: { ...values(), ...kept(row), state, note },
	});
	const inMs = (milliseconds) => new Date(now + milliseconds).toISOString();
	const result = (verdict, why, more = {}) => ({
		verdict,
		why,
		person,
		label,
		kind,
		rows: [],
		knownAt: knownAt(),
		...more,
	});
	const knownAt = () =>
		main?.createdAt ? new Date(main.createdAt).toISOString() : new Date(now).toISOString();
	const alarmOf = (text) => ({
		key: `offboarding: ${event.source} ${event.employeeId || event.email}`,
		text,
	});

	const ask = (why, more = {}) =>
		result('ask', why, {
			rows: called ? [closed(called, 'needsPerson', why)] : [],
			alarm: alarmOf(
				`${label}: ${why} Nothing was removed. Decide whether this person is to lose access to Notion.`,
			),
			...more,
		});
	const lookAgain = (reason, dueAt, why) =>
		result('lookAgain', why, {
			rows: onlyRow({
				dueAt,
				about: JSON.stringify({
					kind,
					lookAgain: reason,
					since: aboutCalled.lookAgain === reason ? aboutCalled.since : inMs(0),
				}),
				attempts: Number(main?.attempts ?? 0) + 1,
				note: why,
			}),
		});
	/** What ends: a row whose last day the HRIS has taken back, or that waits for a person, or that asked for this look. */
	const stays = (why) => {
		const ended = rows.filter(
			(row) => row === called || row.effectiveDate || row.state === 'needsPerson',
		);
		const isNews =
			isLeaving || ended.some((row) => row.effectiveDate || row.state === 'needsPerson');
		return result(isNews ? 'stays' : 'nothing', why, {
			rows: ended.map((row) => closed(row, 'withdrawn', why)),
		});
	};

	if (!event.employeeId && !event.email)
		return ask(`${event.trouble || 'An event of the HRIS names nobody.'}`.trim());
	/** Nothing can be decided for now: it is tried again, and people are told. */
	const later = (why, key, text) =>
		result('unread', why, {
			rows: onlyRow({
				dueAt: inMs(5 * MINUTE),
				about: JSON.stringify({ ...aboutCalled, kind }),
				attempts: Number(main?.attempts ?? 0) + 1,
				note: why,
			}),
			alarm: { key, text: `${why} ${text}` },
		});
	if (!isZone(settings.timeZone))
		return later(
			`Settings: timeZone must be a name of the IANA database, such as Europe/Berlin, not "${settings.timeZone ?? ''}".`,
			'offboarding: Settings',
			'Nobody is removed until it is right. What has come until then is tried again every 5 minutes.',
		);
	if (!isRead)
		return later(
			'The HRIS could not be read.',
			'offboarding: HRIS unreadable',
			`It was asked about ${label}. It is tried again every 5 minutes until it answers; until then nobody is removed.`,
		);
	if (userIds.length > 1)
		return ask(
			`people_links names several Notion accounts for this employee: ${userIds.join(', ')}.`,
		);
	if (records.length === 0) return ask('The HRIS knows nobody by this ID or address.');

	const zoneOf = (record) => [record.timeZone, event.timeZone, settings.timeZone].find(isZone);
	const stood = records.map((record) => ({
		record,
		zone: zoneOf(record),
		...standingOf(record, zoneOf(record), now),
	}));
	const all = (standing) => stood.filter((one) => one.standing === standing);

	const isOnLeave = ({ record }) => record.status === 'onLeave' && settings.onLeave === 'ask';
	const [here] = all('here');
	if (here) {
		const isElsewhere = here.record.sourceId !== event.employeeId && own.length > 0;
		const where = isElsewhere ? `, as ${here.record.sourceId}` : '';
		// A new beginning after the last day is no lag: the event is older than it.
		const isRehired = here.record.endDate !== undefined;
		const saysOtherwise = isLeaving && !isElsewhere && !isRehired && all('gone').length === 0;
		const wasWithdrawn = called?.effectiveDate && aboutCalled.lookAgain !== 'active';
		if (saysOtherwise && !wasWithdrawn && aboutCalled.lookAgain !== 'active') {
			return lookAgain(
				'active',
				inMs(LAG),
				`The event says "${kind}", but the HRIS says "${here.record.statusWord ?? here.record.status}". It is read once more in a minute.`,
			);
		}
		if (saysOtherwise && kind === 'accessRevoked' && !wasWithdrawn)
			return ask(
				`The event says that access is revoked, but the HRIS says ${here.record.status}, also when read once more.`,
			);
		if (all('here').every(isOnLeave)) return ask('On a leave of absence, and Settings say to ask.');
		return stays(`The HRIS says ${here.record.status}${where}, without a last day.`);
	}
	const [unknown] = all('unknown');
	if (unknown)
		return ask(
			unknown.record.explanation ??
				`The HRIS says "${unknown.record.statusWord ?? unknown.record.status}", which does not say whether this person has left.`,
		);
	if (own.length === 0 && event.employeeId)
		return ask('The HRIS no longer has this employee, only another record with the same address.');
	if (all('coming').length > 0) {
		if (all('coming').length === stood.length && !isLeaving)
			return stays('Employed from a later day on.');
		const [{ record }] = all('coming');
		return ask(
			`The HRIS says that this person is to begin${record.startDate ? ` on ${record.startDate}` : ''}. Are they to have access until then?`,
		);
	}

	const last = (list) => list.reduce((latest, one) => (one.endsAt > latest.endsAt ? one : latest));
	const dated = (one) => ({
		effectiveDate: one.record.endDate,
		effectiveAt: DateTime.fromISO(one.endsAt).toUTC().toISO(),
		timeZone: one.zone,
	});
	if (foreignLinks.length > 0) {
		const others = foreignLinks.map(({ source, employeeId, companyId }) =>
			[source, companyId, employeeId].filter(Boolean).join(' '),
		);
		return ask(
			`The same Notion account belongs to ${others.join(', ')}, of whom this HRIS knows nothing. Look there whether this person still works for you.`,
		);
	}
	if (all('leaving').length > 0) {
		const latest = last(all('leaving'));
		const [ownStood] = stood.filter(({ record }) => record.sourceId === event.employeeId);
		if (
			kind === 'accessRevoked' &&
			ownStood?.record.status === 'inactive' &&
			all('leaving').every(({ record }) => record.status === 'inactive')
		) {
			return result('removeNow', 'HR has revoked access at once.', {
				...dated(latest),
				effectiveAt: inMs(0),
			});
		}
		const due = dated(latest);
		const why = `The last day is ${due.effectiveDate}, and it is worked.`;
		return result('schedule', why, {
			...due,
			rows: onlyRow({
				dueAt: due.effectiveAt,
				effectiveDate: due.effectiveDate,
				timeZone: due.timeZone,
				about: JSON.stringify({ kind: 'left' }),
				note: why,
			}),
			...(kind === 'accessRevoked'
				? {
						alarm: alarmOf(
							`${label}: HR has revoked access, but the HRIS says ${latest.record.status} until ${due.effectiveDate}. Access ends then; decide whether it is to end now.`,
						),
					}
				: {}),
		});
	}
	if (all('overdue').length > 0) {
		const latest = last(all('overdue'));
		const due = dated(latest);
		if (rows.some(({ effectiveDate }) => effectiveDate && effectiveDate === due.effectiveDate)) {
			return result(
				'removeNow',
				`The last day, ${due.effectiveDate}, was known before and is over.`,
				due,
			);
		}
		const why = `The HRIS says ${latest.record.status}, but the last day, ${due.effectiveDate}, is over.`;
		const since = aboutCalled.lookAgain === 'overdue' ? Date.parse(aboutCalled.since) : now;
		if (now - since >= OVERDUE_FOR) return ask(`${why} It has said so for a day.`);
		return lookAgain('overdue', inMs(HOUR), why);
	}
	const latest = last(all('gone'));
	return result('removeNow', `The last day, ${latest.record.endDate}, is over.`, dated(latest));
}

/** What a row of scheduled_changes keeps when only its state changes. */
function kept({ dueAt, email, displayName, userId, effectiveDate, timeZone, about, attempts }) {
	const texts = { dueAt, email, displayName, userId, effectiveDate, timeZone, about };
	return {
		...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value ?? ''])),
		attempts: Number(attempts ?? 0),
	};
}

/** The description in a row; nothing where it is none. */
function parsed(json) {
	try {
		return JSON.parse(json || '{}') ?? {};
	} catch {
		return {};
	}
}
