const TITLES = {
	removed: 'Removed',
	alreadyGone: 'Was gone already',
	notVerified: 'Not verified',
	refused: 'Refused: waits for a person',
	held: 'Held by the limit: waits for a person',
	declined: 'Not released: a person decided',
	failed: 'Failed',
	intended: 'Begun, no result',
	member: 'STILL A MEMBER',
	noRecord: 'No member, nothing on record here',
	stays: 'Stays: active in another record of the HRIS',
	notKnown: 'Not known',
	unclear: 'The HRIS is not clear',
};
const CLOSED = ['removed', 'alreadyGone', 'declined', 'noRecord', 'stays', 'unclear'];

/**
 * Who has left in a period, and how long their access outlived it.
 *
 * @param reading of the HRIS and `members` of Notion, as readings.js gives them
 * @param audit rows of notion_leaver_audit, of any period
 * @param membersReadAt epoch milliseconds; whoever was removed later may still be in their list
 * @param from,to epoch milliseconds of the period
 * @param settings { timeZone, promisedMinutes }
 * @returns { from, to, zone, promisedMinutes, entries, totals, population }
 */
function leaverReport({ reading, members, links, audit, from, to, membersReadAt = to, settings }) {
	const context = { promisedMinutes: settings.promisedMinutes, now: to, membersReadAt };
	const isWithin = (time) => time !== undefined && time >= from && time <= to;
	const groups = auditGroups(audit);
	const taken = new Set();
	const entries = [];

	for (const record of reading.records) {
		const endsAt = endOfLastDay(record, settings);
		if (record.status === 'unknown' || endsAt === undefined) {
			entries.push(
				entry(
					{ record, outcome: 'unclear', note: record.explanation ?? 'The HRIS gives no last day.' },
					context,
				),
			);
			continue;
		}
		if (record.active || !isWithin(endsAt)) continue;
		const own = groups.filter((group) => !taken.has(group) && isAbout(group.last, record));
		for (const group of own) {
			taken.add(group);
			entries.push(
				entry({ record, endsAt, group, member: memberOf(record, members.members, links) }, context),
			);
		}
		if (own.length > 0) continue;
		const member = memberOf(record, members.members, links);
		const outcome = hasStayed(record, endsAt, audit)
			? 'stays'
			: member
				? 'member'
				: members.trouble
					? 'notKnown'
					: 'noRecord';
		entries.push(entry({ record, endsAt, outcome, member }, context));
	}
	for (const group of groups) {
		if (taken.has(group) || ![group.effective, group.known, group.removed].some(isWithin)) continue;
		const { employeeId, ...row } = group.last;
		entries.push(
			entry(
				{
					record: { ...row, sourceId: employeeId },
					group,
					member: memberOf({ ...row, sourceId: employeeId }, members.members, links),
				},
				context,
			),
		);
	}
	entries.sort(
		(one, other) =>
			(one.effective ?? one.known ?? 0) - (other.effective ?? other.known ?? 0) ||
			one.name.localeCompare(other.name),
	);

	const count = (is) => entries.filter(is).length;
	return {
		from,
		to,
		zone: isZone(settings.timeZone) ? settings.timeZone : 'UTC',
		promisedMinutes: settings.promisedMinutes,
		entries,
		totals: {
			leavers: count(({ outcome }) => outcome !== 'stays'),
			removedInTime: count(({ outcome, isLate }) => outcome === 'removed' && !isLate),
			removedLate: count(({ outcome, isLate }) => outcome === 'removed' && isLate),
			alreadyGone: count(({ outcome }) => outcome === 'alreadyGone'),
			open: count(({ outcome }) => !CLOSED.includes(outcome)),
			noRecord: count(({ outcome }) => outcome === 'noRecord'),
			stays: count(({ outcome }) => outcome === 'stays'),
			unclear: count(({ outcome }) => outcome === 'unclear'),
			missed: count(({ isMissed }) => isMissed),
			memberAgain: count(({ isMemberAgain }) => isMemberAgain),
		},
		population: {
			trouble: [zoneTrouble(settings), reading.trouble, members.trouble].filter(Boolean),
			source: reading.manifest?.source,
			readAt: reading.manifest?.readAt,
			pages: reading.manifest?.pages,
			count: reading.manifest?.count,
			complete: reading.manifest?.complete === true && !reading.trouble,
			members: members.members.length,
			membersComplete: !members.trouble,
			auditRows: audit.length,
		},
	};
}

/** Whether it was found after the last day of this record that another one is active: nobody left then. */
function hasStayed(record, endsAt, audit) {
	const last = audit
		.filter((row) => isAbout(row, record))
		.reduce((newest, row) => (newest && newest.id > row.id ? newest : row), undefined);
	return last?.outcome === 'stays' && (instant(last.createdAt) ?? 0) >= endsAt;
}

/**
 * All tries to remove the same person for the same departure. Whoever was removed, came back and was
 * removed again has left twice. Somebody who stays is no leaver, whatever was tried before.
 */
function auditGroups(audit) {
	const groups = [];
	for (const row of [...audit].sort((one, other) => one.id - other.id)) {
		const last = groups.findLast((group) =>
			isAbout(group.last, { ...row, sourceId: row.employeeId }),
		);
		if (row.outcome === 'stays') {
			if (last && !last.isRemoved && last.last.outcome !== 'alreadyGone') {
				groups.splice(groups.indexOf(last), 1);
			}
			continue;
		}
		if (last && !(last.isRemoved && row.outcome === 'removed')) {
			// What was removed stays removed, whatever a later try says of it.
			if (!last.isRemoved) Object.assign(last, { last: row, isRemoved: row.outcome === 'removed' });
			last.known = earliest(last.known, instant(row.knownAt));
			continue;
		}
		groups.push({ last: row, isRemoved: row.outcome === 'removed', known: instant(row.knownAt) });
	}
	return groups.map((group) => ({
		...group,
		effective: instant(group.last.effectiveAt),
		removed: instant(group.last.removedAt),
		verified:
			group.last.verified === true
				? (instant(parsed(group.last.record).verifiedAt) ?? instant(group.last.updatedAt))
				: undefined,
	}));
}

function earliest(...times) {
	const known = times.filter((time) => time !== undefined);
	return known.length > 0 ? Math.min(...known) : undefined;
}

function parsed(json) {
	try {
		return JSON.parse(json || '{}') ?? {};
	} catch {
		return {};
	}
}

function entry(
	{ record, endsAt, group, outcome = group.last.outcome, member, note = '' },
	{ promisedMinutes, now, membersReadAt },
) {
	const effective = group?.effective ?? endsAt;
	const known = group?.known;
	const isMissed = group?.last.requestedBy === 'Nightly sweep';
	// Nobody can be faster than the HRIS told; but when it told of those who were missed, nobody knows.
	const times = [effective, isMissed && effective !== undefined ? undefined : known].filter(
		(time) => time !== undefined,
	);
	const begin = times.length > 0 ? Math.max(...times) : undefined;
	const isOpen = !CLOSED.includes(outcome);
	const end = outcome === 'removed' ? group.verified : isOpen ? now : undefined;
	const milliseconds =
		begin !== undefined && end !== undefined ? Math.max(0, end - begin) : undefined;
	const seenGone = group?.verified ?? group?.removed;
	const isMemberAgain =
		Boolean(member) &&
		['removed', 'alreadyGone'].includes(outcome) &&
		seenGone !== undefined &&
		seenGone < membersReadAt;
	return {
		name: record.displayName || group?.last.displayName || record.email || '(no name)',
		email: record.email || group?.last.email || '',
		employee: [record.source, record.sourceId].filter(Boolean).join(' '),
		// Of an earlier departure the HRIS no longer tells the last day.
		lastDay: effective === endsAt ? (record.endDate ?? '') : '',
		effective,
		known,
		removed: group?.removed,
		verified: group?.verified,
		minutes: milliseconds === undefined ? undefined : Math.ceil(milliseconds / MINUTE),
		outcome,
		isLate:
			outcome === 'removed'
				? milliseconds === undefined || milliseconds > promisedMinutes * MINUTE
				: isOpen && (milliseconds ?? 0) > promisedMinutes * MINUTE,
		isMissed,
		isMemberAgain,
		note: [
			isMemberAgain ? 'Is a member again.' : '',
			note || (outcome === 'removed' ? '' : (group?.last.error ?? '')),
		]
			.filter(Boolean)
			.join(' '),
	};
}

const BLIND_SPOTS = [
	'Guests, who are not members: they keep the pages that were shared with them.',
	'Pages that are public on the web, and links that people passed on.',
	'Pages that were shared with a person one by one.',
	'Bots, integrations and API keys that a leaver made.',
	'The Notion account itself, which belongs to the person and survives; only its membership in this workspace ends.',
];

/** The statements that stand in the report, the same in HTML and in the mail. */
function statements(report) {
	const { population: whole, totals } = report;
	const time = (value) => localTime(value, report.zone);
	return {
		title: `Leavers from ${time(report.from)} to ${time(report.to)}`,
		promise: `Promised: access ends, and is seen to have ended, within ${report.promisedMinutes} minutes after the last day is over or, where the HRIS tells later, after it has told. All times: ${report.zone}.`,
		totals: [
			['Leavers', totals.leavers],
			['Removed in time', totals.removedInTime],
			['Removed late', totals.removedLate],
			['Gone already', totals.alreadyGone],
			['Open', totals.open],
			['No member, nothing on record', totals.noRecord],
			['Stay, active in another record', totals.stays],
			['HRIS not clear', totals.unclear],
			['Found by the nightly comparison only', totals.missed],
			['Members again', totals.memberAgain],
		],
		population: [
			...whole.trouble.map((text) => `This report is NOT known to be whole. ${text}`),
			whole.readAt
				? `The HRIS (${whole.source}) was read on ${time(instant(whole.readAt))} in ${whole.pages} pages; it named ${whole.count} people who have left or are not clear, and ${whole.complete ? 'said that its list is whole' : 'did NOT say that its list is whole'}.`
				: 'The HRIS gave no statement about its list.',
			whole.membersComplete
				? `All ${whole.members} members of the Notion workspace were read; Notion's total and the list agree, and nobody is in it twice.`
				: "Notion's members could not be read completely.",
			`The Data Table notion_leaver_audit had ${whole.auditRows} rows. Each is written before a removal, and completed after it.`,
		],
	};
}

function localTime(value, zone) {
	return value === undefined
		? ''
		: DateTime.fromMillis(value, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

function escaped(value) {
	const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return String(value ?? '').replace(/[&<>"']/g, (character) => entities[character]);
}

/** One file without anything from elsewhere. */
function reportHtml(report, about) {
	const { title, promise, totals, population } = statements(report);
	const time = (value) => localTime(value, report.zone);
	const times = (one) =>
		[one.effective, one.known, one.removed, one.verified].map(
			(value) => `<td class="time">${time(value).replace(' ', '<br>')}</td>`,
		);
	const small = (text) => (text ? `<br><small>${escaped(text)}</small>` : '');
	const rows = report.entries.map((one) =>
		[
			`<tr${one.isLate ? ' class="late"' : ''}>`,
			`<td class="text">${escaped(one.name)}${small(one.email)}${small(one.employee)}</td>`,
			`<td class="time">${escaped(one.lastDay)}</td>`,
			...times(one),
			`<td class="number">${one.minutes ?? ''}</td>`,
			`<td class="text">${one.isLate ? '<strong>LATE</strong> ' : ''}${escaped(TITLES[one.outcome] ?? one.outcome)}${small(one.isMissed ? 'Found by the nightly comparison only' : '')}${small(one.note)}</td>`,
			'</tr>',
		].join(''),
	);
	const list = (texts) => `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; color: #222; max-width: 1100px; margin: 32px auto; padding: 0 16px; }
h1 { font-size: 22px; margin-bottom: 4px; }
h2 { font-size: 16px; margin-top: 28px; }
.totals { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; list-style: none; }
.totals li { border: 1px solid #ddd; border-radius: 6px; padding: 6px 12px; }
.totals strong { display: block; font-size: 20px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #ddd; }
th { border-bottom: 2px solid #888; }
.text { overflow-wrap: anywhere; }
.time, .number { white-space: nowrap; }
.number { text-align: right; }
.late { background: #fdecea; }
.late strong { color: #b3261e; }
.warning { border-left: 4px solid #b3261e; background: #fdecea; padding: 8px 12px; }
small { color: #555; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(promise)}</p>
${report.population.trouble.map((text) => `<p class="warning">This report is NOT known to be whole. ${escaped(text)}</p>`).join('\n')}
<ul class="totals">${totals.map(([name, number]) => `<li><strong>${number}</strong>${escaped(name)}</li>`).join('')}</ul>
<table>
<thead><tr><th>Person</th><th>Last day</th><th>Effective</th><th>Known</th><th>Removed</th><th>Verified</th><th class="number">Minutes</th><th>Outcome</th></tr></thead>
<tbody>
${rows.join('\n') || '<tr><td colspan="8">Nobody has left.</td></tr>'}
</tbody>
</table>
<p><small>Minutes: from Effective or Known, whichever is later, to Verified; for what is open, until this report. For those whom only the nightly comparison found, always from Effective.</small></p>
<h2>How it is known who belongs in this report</h2>
${list(population)}
<h2>What cannot be seen here</h2>
<p>SCIM shows the members of the workspace and nothing else. It cannot see:</p>
${list(BLIND_SPOTS)}
<p><small>${escaped(about)}</small></p>
</body>
</html>
`;
}

/** Instants in UTC. */
function reportCsv(report) {
	const utc = (value) => (value === undefined ? '' : new Date(value).toISOString());
	const head = [
		'Name',
		'Email',
		'Employee',
		'Last day',
		'Effective (UTC)',
		'Known (UTC)',
		'Removed (UTC)',
		'Verified (UTC)',
		'Minutes',
		'Promised minutes',
		'Late',
		'Outcome',
		'Found by nightly comparison',
		'Note',
	];
	const rows = report.entries.map((one) => [
		one.name,
		one.email,
		one.employee,
		one.lastDay,
		utc(one.effective),
		utc(one.known),
		utc(one.removed),
		utc(one.verified),
		one.minutes ?? '',
		report.promisedMinutes,
		one.isLate ? 'LATE' : '',
		TITLES[one.outcome] ?? one.outcome,
		one.isMissed ? 'yes' : '',
		one.note,
	]);
	return csvText([head, ...rows]);
}

/** The text of the mail. */
function reportText(report) {
	const { title, promise, totals, population } = statements(report);
	return [
		title,
		'',
		promise,
		'',
		...totals.map(([name, number]) => `${name}: ${number}`),
		'',
		...population,
	].join('\n');
}
