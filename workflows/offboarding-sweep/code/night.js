/** So long after a removal that was not finished, there is something to tell about it and to look for. */
const WORTH_FINISHING = 30 * DAY;
/** Prefixes of the events that are our own, not the HRIS's. */
const OWN_EVENTS = ['scheduled:', 'nightly:', 'release:'];
/** A claim on an event is WORKFLOW|SOURCE|COMPANY|EVENT|EMPLOYEE; those on mails are shorter. */
const PARTS_OF_EVENT = 5;

/**
 * Compares the leavers of the HRIS with the members of Notion.
 *
 * @param reading as hrisReading gives it
 * @param members as memberReading gives them
 * @returns { missed, unfinished, held, pending, unmatched, unclear, ended, trouble }. `missed` are members
 * whose last day is over; nobody is in it where one of the two lists is not whole. `unfinished` are gone,
 * but nothing was heard of their removal; `ended` are rows of the audit: removals that can no longer be
 * finished, of people who are gone
 */
function compare({ reading, members, links, audit, rows, settings, now }) {
	const found = {
		missed: [],
		held: [],
		pending: [],
		unmatched: [],
		unclear: [],
		unfinished: [],
		ended: [],
	};
	const trouble = [zoneTrouble(settings), reading.trouble, members.trouble].filter(Boolean);
	if (trouble.length > 0) return { ...found, trouble };

	const orphans = orphansOf(audit, now);
	for (const record of reading.records) {
		if (record.status === 'unknown') {
			found.unclear.push({
				record,
				why: record.explanation ?? `its status is "${record.statusWord ?? ''}"`,
			});
			continue;
		}
		const endsAt = endOfLastDay(record, settings);
		if (endsAt === undefined) {
			found.unclear.push({
				record,
				why: 'it has no last day, or no time zone to say when that is over',
			});
			continue;
		}
		if (endsAt > now || record.active) continue;
		const member = memberOf(record, members.members, links);
		const history = audit.filter((row) => isAbout(row, record));
		const waiting = rows.some(
			(row) =>
				row.kind === 'leave' &&
				isAbout(row, record) &&
				(row.state === 'working' || (row.state === 'waiting' && isSoon(instant(row.dueAt), now))),
		);
		if (member) {
			// Whom the limit has stopped, a person has to release; afterwards it is nobody's decision any more.
			const last = history.at(-1);
			const isHeld = last?.outcome === 'held' && last.needsPerson === true;
			found[waiting ? 'pending' : isHeld ? 'held' : 'missed'].push({ record, member });
		} else if (orphans.some((row) => isWorthFinishing(row, now) && isAbout(row, record))) {
			if (!waiting) found.unfinished.push({ record });
		} else if (
			history.length === 0 &&
			!links.some((link) => link.employeeId && isAbout(link, record))
		) {
			const name = String(record.displayName ?? '')
				.trim()
				.toLowerCase();
			const namesake =
				name &&
				members.members.find(
					({ displayName }) =>
						String(displayName ?? '')
							.trim()
							.toLowerCase() === name,
				);
			found.unmatched.push({ record, ...(namesake ? { namesake } : {}) });
		}
	}
	found.ended = orphans.filter(
		(row) =>
			!found.unfinished.some(({ record }) => isAbout(row, record)) &&
			!members.members.some(({ id }) => id === row.userId) &&
			!memberOf({ ...row, sourceId: row.employeeId }, members.members, links),
	);
	return { ...found, trouble };
}

/** Whether a row does what is needed of its own accord. The last day is over: a later date is an old one. */
function isSoon(dueAt, now) {
	return dueAt !== undefined && dueAt > now - 15 * MINUTE && dueAt < now + 60 * MINUTE;
}

/** What the night must tell people about the comparison, given the alarms about unmatched people so far. */
function alarmsOfComparison({ trouble, held, unmatched, unclear, ended }, earlier) {
	const alarms = trouble.map((text) => ({
		key: 'sweep: reading',
		text: `The nightly comparison of the HRIS with Notion was not made, and nobody was touched. ${text}`,
	}));
	if (held.length > 0) {
		alarms.push({
			key: 'offboarding: held',
			text: `${held.length} leavers are still members because the limit stopped them: ${someOf(held.map(({ record }) => nameOf(record)))}. Look at the list in the form ReleaseForm of the offboarding workflow, and release them if it is right.`,
		});
	}
	if (ended.length > 0) {
		alarms.push({
			key: 'sweep: orphans gone',
			text: `A removal was begun and nothing was heard of it, and these people are no members any more: ${someOf(ended.map((row) => `${nameOf(row)}, begun ${row.createdAt}`))}. Their rows in notion_leaver_audit are closed now. Perhaps nobody was told: private pages can be transferred for 30 days (in Notion: Settings, People); ask their managers.`,
		});
	}
	if (unclear.length > 0) {
		alarms.push({
			key: 'sweep: unclear',
			text: `The HRIS does not say clearly whether these people have left: ${someOf(unclear.map(({ record, why }) => `${nameOf(record)}: ${why}`))}. Nothing was removed. Put it right in the HRIS.`,
		});
	}
	for (const { record, namesake } of unmatched) {
		const text = `${nameOf(record)} has left on ${record.endDate} and is no member of Notion by link or by address (${record.email ?? 'the HRIS has no address'}).${
			namesake
				? ` A member of the same name is ${namesake.email}: look whether that is the same person, and remove them if so.`
				: record.email
					? ' Nothing is on record here either: probably this person never was a member.'
					: ' Look in Notion under Settings, People, whether this person is there under another address.'
		}`;
		if (earlier.some((alarm) => alarm.text === text)) continue;
		alarms.push({
			key: 'sweep: unmatched',
			text,
			...(record.email && !namesake ? { note: true } : {}),
		});
	}
	return alarms;
}

/** Claims that nobody ends any more, because their execution died or another one had the event. */
function openClaims(claims, now) {
	return claims.filter(
		({ state, createdAt }) => state === 'working' && now - (instant(createdAt) ?? 0) > 15 * MINUTE,
	);
}

/** Claims whose execution died with the event, and nobody has done it since. */
function deadClaims(claims, now) {
	const held = heldClaims(claims);
	const done = new Set(held.flatMap(({ key, state }) => (state === 'done' ? [key] : [])));
	return openClaims(held, now).filter(({ key }) => !done.has(key));
}

/** Whether a claim is on an event that came from the HRIS. */
function isOfHris({ key }) {
	return (
		String(key).split('|').length >= PARTS_OF_EVENT &&
		!OWN_EVENTS.some((own) => String(key).includes(`|${own}`))
	);
}

/** Removals that were meant and of which nothing was heard: a later try of the same person says more. */
function orphansOf(audit, now) {
	return audit.filter(
		(row) =>
			row.outcome === 'intended' &&
			now - (instant(row.createdAt) ?? 0) > 15 * MINUTE &&
			isLatest(row, audit),
	);
}

function isWorthFinishing({ createdAt }, now) {
	return now - (instant(createdAt) ?? 0) < WORTH_FINISHING;
}

function isLatest(row, audit) {
	return !audit.some((later) => later.id > row.id && isSamePerson(row, later));
}

function isSamePerson(row, other) {
	return isAbout(row, { ...other, sourceId: other.employeeId });
}

/** What was left lying, whatever the HRIS says. */
function alarmsOfChecks({ audit, ended = [], claims, rows, settings, now }) {
	const alarms = [];
	const orphans = orphansOf(audit, now).filter(({ id }) => !ended.some((row) => row.id === id));
	const waiting = audit.filter((row) => row.needsPerson === true && isLatest(row, audit));
	if (orphans.length > 0) {
		alarms.push({
			key: 'sweep: orphans',
			text: `A removal was begun and nothing was heard of it: ${someOf(orphans.map((row) => `${nameOf(row)}, row ${row.id}`))}. Look in Notion whether these people are gone; those who are still members and have left are removed by the nightly comparison.`,
		});
	}
	if (waiting.length > 0) {
		alarms.push({
			key: 'sweep: waiting for a person',
			text: `${waiting.length} leavers in notion_leaver_audit wait for a decision: ${someOf(waiting.map((row) => `${nameOf(row)}: ${row.error || row.reason || row.outcome}`))}`,
		});
	}
	const stopped = rows.filter(({ state }) => state === 'needsPerson');
	if (stopped.length > 0) {
		alarms.push({
			key: 'sweep: rows',
			text: `${stopped.length} rows of scheduled_changes wait for a person: ${someOf(stopped.map((row) => `row ${row.id}, ${rowName(row)}: ${row.note ?? ''}`))}`,
		});
	}
	const late = rows.filter(
		({ state, dueAt }) => state === 'waiting' && (instant(dueAt) ?? 0) < now - 60 * MINUTE,
	);
	if (late.length > 0) {
		alarms.push({
			key: 'sweep: late rows',
			text: `${late.length} rows of scheduled_changes have been due for more than an hour. Look whether EveryFiveMinutes runs.`,
		});
	}
	const dead = deadClaims(claims, now);
	if (dead.length > 0) {
		alarms.push({
			key: 'sweep: dead claims',
			text: `Executions died while they worked on events: ${someOf(dead.map(({ key, execution }) => `${key} (execution ${execution})`))}. Their claims are released now. Leavers among them are found by the nightly comparison; look after the others in the HRIS.`,
		});
	}
	const heard = claims.filter(isOfHris).map(({ createdAt }) => instant(createdAt) ?? 0);
	const newest = heard.length > 0 ? Math.max(...heard) : undefined;
	if (newest === undefined || now - newest > settings.silentAfterDays * DAY) {
		alarms.push({
			key: 'sweep: silence',
			text: `${newest === undefined ? 'No event of the HRIS has ever arrived' : `The last event of the HRIS arrived on ${new Date(newest).toISOString().slice(0, 10)}`}; Settings expect one every ${settings.silentAfterDays} days. Look whether the HRIS still sends to n8n.`,
		});
	}
	return alarms;
}
