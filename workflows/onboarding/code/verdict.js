/** Events that this workflow is for. All others have workflows of their own. */
const JOINERS = ['hired', 'rehired'];
const OURS = [...JOINERS, 'hireCancelled', 'changed'];

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

/** Days between two employments of one person, at most, where nothing but the name is the same. */
const ADJOINING = 31;

/** Minutes until another try, and from the fourth on. */
const TRY_AGAIN = 5;
const TRY_AGAIN_LATER = 60;

/** From this try on somebody is told. */
const TELL_FROM = 3;

/** Names of the IANA database only: a fixed offset knows no summer time, and "local" is the server's. */
function isTimeZone(name) {
	const isName = /^[A-Za-z]/.test(name ?? '') && !/^(local|system|default|utc[+-].*)$/i.test(name);
	return isName && DateTime.now().setZone(name).isValid;
}

/** Whose name a sentence begins with. */
function nameOf(event, record) {
	const name = record?.displayName ?? record?.email ?? event.email;
	const employee = record?.sourceId ?? event.employeeId;
	return [name, employee ? `(employee ${employee})` : ''].filter(Boolean).join(' ') || 'Somebody';
}

/** What was kept in a row of scheduled_changes besides its columns. */
function aboutOf(row) {
	try {
		return JSON.parse(row?.about || '{}') ?? {};
	} catch {
		return {};
	}
}

/**
 * When access begins: with the first day, in the person's zone, less the lead time.
 *
 * @returns { accessAt, zone }: an ISO text in UTC, or undefined where the HRIS names no day
 */
function accessBegins(record, event, settings) {
	const zone = [record.timeZone, event.timeZone].find(isTimeZone) ?? settings.timeZone;
	const start = record.startDate ? startOfDate(record.startDate, zone) : undefined;
	if (!start) return { zone, accessAt: undefined };
	const accessAt = new Date(new Date(start).getTime() - Number(settings.leadHours || 0) * 60 * MINUTE);
	return { zone, accessAt: accessAt.toISOString() };
}

/** Whether the last day of the present employment is over, in the person's zone. */
function hasLeft(record, zone, now) {
	if (record.status === 'inactive') return true;
	if (!record.endDate || (record.startDate && record.endDate < record.startDate)) return false;
	const end = startOfDate(record.endDate, zone, 1);
	return end !== undefined && new Date(end).getTime() <= now;
}

/** The record that an event is about. Without an employee's id it is the most living one of its address. */
function recordOf(event, records) {
	if (event.employeeId) return records.find(({ sourceId }) => sourceId === event.employeeId);
	const order = ['active', 'onLeave', 'notStarted', 'unknown', 'inactive'];
	return [...records].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))[0];
}

/** What is wrong with Settings, if anything. The zone of the server must never be used. */
function problemOfSettings({ timeZone, departmentGroups, leadHours }) {
	if (!isTimeZone(timeZone)) {
		return `Settings: timeZone must be a name of the IANA database, such as Europe/Berlin, not "${timeZone ?? ''}".`;
	}
	if (typeof departmentGroups !== 'object' || departmentGroups === null) {
		return 'Settings: departmentGroups must say for each department which groups its people join.';
	}
	if (!(Number(leadHours || 0) >= 0)) return 'Settings: leadHours must be a number of hours.';
	return undefined;
}

/**
 * What an event means, now that the HRIS was read again. It is the HRIS's word that counts, and the
 * event is a hint to ask.
 *
 * @param event as it came, in one form
 * @param records what the HRIS says about this person, of all employments; empty for nobody
 * @param unreadable why the HRIS could not be read, or undefined
 * @param rows of scheduled_changes about this person
 * @param links rows of people_links with this employee's id or this person's address
 * @param leavers rows of notion_leaver_audit with this person's address
 * @param settings the node Settings
 * @param now milliseconds since 1970
 * @returns `act`: `create`, `update` or `none`; `look`: what has to be looked up in Notion first;
 * `outcome` and `note` for the audit; `alarm` for a person; `row`: how the rows `kept` of
 * scheduled_changes change, or what the one is like that is added where there is none
 */
function verdictOn({ event: received, records, unreadable, rows, links, leavers, settings, now }) {
	const own = rows.find(({ id }) => String(id) === String(received.rowId ?? ''));
	const about = aboutOf(own);
	const event = { ...received, kind: own ? (about.event ?? 'hired') : received.kind };
	if (own && about.person) event.person = about.person;
	const isWaiting = (row) => row === own || ['waiting', 'needsPerson'].includes(row.state);
	const isHire = (row) => JOINERS.includes(aboutOf(row).event ?? 'hired');
	const hires = rows.filter((row) => row.kind === 'hire' && isWaiting(row) && isHire(row));
	const sameKind = rows.filter((row) => row.kind === 'hire' && isWaiting(row) && aboutOf(row).event === event.kind);
	const mine = own && !hires.includes(own) ? [own] : hires.length > 0 ? hires : sameKind;

	const record = recordOf(event, records);
	const who = nameOf(event, record);
	const self = record ? employeeOf(record, event.companyId) : employeeOf({ sourceId: event.employeeId }, event.companyId);
	const base = {
		event,
		record,
		who,
		act: 'none',
		outcome: 'ignored',
		note: '',
		link: linkOf(links, self),
		kept: mine,
		attempts: Math.max(0, ...mine.map(({ attempts }) => Number(attempts) || 0)),
	};
	/** Nothing is to be done. A row that asked for it is done with. */
	const ignore = (note) => ({ ...base, note, ...(own ? { row: { state: 'done', note } } : {}) });
	/** A person must look. What can be mended in the HRIS or in Notion waits in a row meanwhile. */
	const person = (note, { waits = true } = {}) => ({
		...base,
		outcome: 'refused',
		note,
		alarm: { key: `onboarding: ${who}`, text: `${who}: ${note}` },
		...(waits || mine.length > 0 ? { row: { state: 'needsPerson', note } } : {}),
	});
	const withdraw = (note, more = {}) => ({
		...base,
		outcome: hires.length > 0 ? 'withdrawn' : 'ignored',
		note,
		kept: [...new Set([...hires, ...(own ? [own] : [])])],
		...(hires.length > 0 || own ? { row: { state: 'withdrawn', note } } : {}),
		...more,
	});

	if (!OURS.includes(event.kind)) return ignore(`"${event.kind}" is not for this workflow.`);
	const misset = problemOfSettings(settings);
	if (misset) return tryAgain(base, misset, now, { tell: true });
	if (!event.employeeId && !event.email) {
		return person('The event does not say whom it is about. Look into the HRIS.', { waits: false });
	}
	if (unreadable) return tryAgain(base, `The HRIS could not be read: ${unreadable}`, now);

	const joins = JOINERS.includes(event.kind);
	if (!record) {
		if (event.kind === 'hireCancelled') {
			return withdraw('The hire was cancelled, and the HRIS does not know this person any more.', { look: 'member' });
		}
		if (joins) return person('The HRIS reported a hire, but it does not know this employee. Look into the HRIS.');
		return hires.length > 0
			? person('The HRIS does not know this employee any more, whose hire is waiting. Look into the HRIS.')
			: ignore('The HRIS does not know this employee.');
	}

	const { zone, accessAt } = accessBegins(record, event, settings);
	const dates = { effectiveDate: record.startDate ?? '', timeZone: zone };
	if (record.status === 'unknown' || !['active', 'onLeave', 'notStarted', 'inactive'].includes(record.status)) {
		const note = record.explanation ?? `The HRIS says "${record.statusWord ?? ''}", which is no status that is known.`;
		return joins || hires.length > 0 ? person(note) : ignore(note);
	}
	if (hasLeft(record, zone, now)) {
		const isEmployedElsewhere = records.some(
			(other) => other !== record && other.status !== 'unknown' && !hasLeft(other, zone, now),
		);
		const note = 'The HRIS says that this person does not work there.';
		// A leaver who is a member still is the offboarding's to remove; a hire that says otherwise is odd.
		return withdraw(note, event.kind === 'changed' || isEmployedElsewhere ? {} : { look: 'member' });
	}
	if (record.status === 'notStarted' && !accessAt) {
		return joins || hires.length > 0
			? person('The HRIS names no day on which this person begins. Enter it there.')
			: ignore('Has not begun yet, and the HRIS names no day.');
	}

	const isDue = !accessAt || new Date(accessAt).getTime() <= now;
	const waits = (note, dueAt, outcome = 'scheduled') => ({
		...base,
		outcome,
		note,
		row: { state: 'waiting', dueAt, ...dates, attempts: 0, note },
	});
	if (event.kind === 'hireCancelled') {
		const note = 'The HRIS reported that the hire was cancelled, but it still has this person as coming. Correct it in the HRIS.';
		const verdict = person(note, { waits: false });
		return { ...verdict, row: own ? { state: 'done', note } : undefined };
	}
	if (event.kind === 'changed') {
		if (hires.length > 0) {
			// The hire came later than the change that could not be looked at in time.
			if (own) return ignore('The hire is waiting, and was looked at since.');
			const dueAt = isDue ? new Date(now).toISOString() : accessAt;
			const isNews = hires.some(
				(row) => row.state !== 'waiting' || (isDue ? row.effectiveDate !== dates.effectiveDate : row.dueAt !== accessAt),
			);
			const note = isDue ? 'Something has changed, so it is looked at now.' : `Access begins on ${record.startDate}.`;
			return isNews ? waits(note, dueAt) : ignore('The hire is waiting for the same day as before.');
		}
		if (!base.link && !record.email) return ignore('The HRIS has no address of this person.');
		return { ...base, act: 'update', outcome: 'started', look: 'change', ...dates };
	}

	if (!isDue) return waits(`Access begins on ${record.startDate}.`, accessAt);
	if (!record.email) {
		return person('The person has begun, but the HRIS has no email address. Enter it there.');
	}
	if (readEmail(record.email) === undefined) {
		return person(`"${record.email}" is not an email address. Correct it in the HRIS.`);
	}
	const facts = personFrom(record, event);
	if (!Object.hasOwn(settings.departmentGroups, facts.department ?? '')) {
		return person(
			`The department "${facts.department ?? ''}" is not in Settings. Add it there, or correct it in the HRIS.`,
		);
	}
	const another = ownerBefore(record, self, { event, records, links, leavers });
	if (another) {
		const employee = another.employeeId ? `employee ${another.employeeId} in ${another.source}` : 'somebody who left';
		return person(
			`The address ${record.email} was that of ${employee}. Notion would give the old account with its pages to the new person. If it is the same person, add a row to people_links with this employee's source (${self.source}), employeeId (${self.employeeId}) and email, and set the row of scheduled_changes to waiting.`,
		);
	}
	const isRenamed = base.link && emailKey(base.link.email) !== emailKey(record.email);
	return {
		...base,
		act: 'create',
		outcome: 'started',
		groups: [...new Set([settings.departmentGroups[facts.department ?? '']].flat())],
		...dates,
		...(isRenamed ? { look: 'renamed' } : {}),
	};
}

/** Nothing is lost: a row brings it back in some minutes. */
function tryAgain(base, note, now, { tell = false } = {}) {
	const attempts = base.attempts + 1;
	const minutes = attempts > TELL_FROM ? TRY_AGAIN_LATER : TRY_AGAIN;
	const dueAt = new Date(now + minutes * MINUTE).toISOString();
	return {
		...base,
		act: 'none',
		outcome: 'failed',
		note,
		look: undefined,
		row: { state: 'waiting', dueAt, attempts, note },
		...(tell || attempts >= TELL_FROM
			? {
					alarm: {
						key: `onboarding: cannot be done (${note.slice(0, 60)})`,
						text: `${base.who}: ${note} It was tried ${attempts === 1 ? 'once' : `${attempts} times`} and is tried again.`,
					},
				}
			: {}),
	};
}

/** How rows name an employee. Most sources give no company, and then it is the event's. */
function employeeOf({ source, sourceId, companyId }, companyOfEvent) {
	return { source, employeeId: sourceId, companyId: companyId || companyOfEvent || '' };
}

/** Whether a row is about an employee. Two companies may number theirs alike; who names none may mean any. */
function isAbout(row, { source, employeeId, companyId }) {
	return (
		row.employeeId === employeeId &&
		(!source || !row.source || row.source === source) &&
		(!row.companyId || !companyId || row.companyId === companyId)
	);
}

/** The link of an employee, with an account in Notion; nothing where it may be one of several people. */
function linkOf(links, employee) {
	const own = links.filter((link) => link.userId && isAbout(link, employee));
	const exact = own.find(({ companyId }) => (companyId ?? '') === employee.companyId);
	return exact ?? (new Set(own.map(({ userId }) => userId)).size === 1 ? own[0] : undefined);
}

/**
 * Whose address it was before, as links and removals of leavers tell: the row of another employee, unless
 * the HRIS shows that both are one person. What is older than this employee's own link with the address
 * was cleared up when that was written, by this workflow or by a person.
 */
function ownerBefore(record, self, { event, records, links, leavers }) {
	const time = (instant) => new Date(instant ?? 0).getTime() || 0;
	const hasAddress = ({ email }) => emailKey(email) === emailKey(record.email);
	// A removal has the name that its event gave to the HRIS.
	const isOwn = (row) => isAbout(row, self) || isAbout(row, { ...self, source: event.source || self.source });
	const ownSince = Math.max(
		-1,
		...links.filter((link) => hasAddress(link) && isOwn(link)).map(({ updatedAt }) => time(updatedAt)),
	);
	const others = records.filter((other) => other !== record);
	return [
		...links.map((row) => ({ row, at: time(row.updatedAt) })),
		...leavers.map((row) => ({ row, at: time(row.createdAt) })),
	]
		.filter(({ row, at }) => hasAddress(row) && !isOwn(row) && at > ownSince)
		.map(({ row }) => row)
		.find((row) => !others.some((other) => isAbout(row, employeeOf(other)) && isOnePerson(record, other)));
}

/**
 * Whether two records of the HRIS are one person. An address that is given out again often goes to
 * somebody of the same name, so the number or the time has to fit, too.
 */
function isOnePerson(record, other) {
	const nameIn = ({ givenName, familyName, displayName }) =>
		(givenName && familyName ? `${givenName} ${familyName}` : (displayName ?? '')).trim().toLowerCase();
	if (nameIn(record) === '' || nameIn(record) !== nameIn(other)) return false;
	if (record.employeeNumber && record.employeeNumber === other.employeeNumber) return true;
	if (!other.endDate) return ['active', 'onLeave'].includes(other.status);
	return new Date(record.startDate).getTime() - new Date(other.endDate).getTime() <= ADJOINING * DAY;
}

const ATTRIBUTES = [
	'displayName', 'givenName', 'familyName', 'title', 'department', 'division', 'costCenter',
	'employeeNumber', 'managerEmail',
];

/**
 * A person's attributes as the HRIS gives them. What it does not give may come from the event, but only
 * from a signed one, and never the address, which decides whose account it is.
 */
function personFrom(record, event) {
	const fromEvent = event.authenticity === 'signed' || event.rowId ? (event.person ?? {}) : {};
	const person = Object.fromEntries(
		ATTRIBUTES.flatMap((name) => {
			const value = record[name] || fromEvent[name];
			return value ? [[name, value]] : [];
		}),
	);
	const fullName = [person.givenName, person.familyName].filter(Boolean).join(' ');
	return person.displayName || !fullName ? person : { ...person, displayName: fullName };
}

/**
 * The verdict, now that the member was looked for in Notion.
 *
 * @param member as the node gives somebody out, or undefined for nobody
 * @param failure `{ text, kind }` where that could not be found out
 */
function withMember(verdict, { member, failure }, now) {
	if (failure) {
		return ['ambiguous', 'invalidInput', 'refused', 'accessDenied'].includes(failure.kind)
			? { ...verdict, ...forPerson(verdict, failure.text) }
			: tryAgain(verdict, failure.text, now);
	}
	const { look, record } = verdict;
	if (look === 'member') {
		if (!member) return verdict;
		const { kind } = verdict.event;
		return {
			...verdict,
			...forPerson(
				verdict,
				`The HRIS reported "${kind}", but says that this person does not work there. ${member.email} is a member of the workspace. Look whether that is right.`,
			),
			row: verdict.row,
		};
	}
	if (look === 'change' && !member) {
		return closed(verdict, 'Nobody in the workspace is this person, and a change never makes a member.');
	}
	if (member && record.email && emailKey(member.email) !== emailKey(record.email)) {
		return {
			...verdict,
			...forPerson(
				verdict,
				`The address differs from the linked one: the HRIS has ${record.email}, and the account in Notion is ${member.email}. Nothing was written. Change the address in Notion, or correct it in the HRIS.`,
			),
		};
	}
	if (look === 'change' && ['owner', 'membership_admin'].includes(member.role)) {
		return closed(verdict, `${member.email} is ${member.role} in Notion, and is not written to.`);
	}
	return { ...verdict, userId: member?.id ?? '' };
}

function closed(verdict, note) {
	const row = verdict.kept.length > 0 ? { state: 'done', note } : undefined;
	return { ...verdict, act: 'none', outcome: 'ignored', note, row };
}

/** What a verdict becomes where a person must look. No row is added for it. */
function forPerson(verdict, note) {
	return {
		act: 'none',
		outcome: 'refused',
		note,
		alarm: { key: `onboarding: ${verdict.who}`, text: `${verdict.who}: ${note}` },
		row: verdict.kept.length > 0 ? { state: 'needsPerson', note } : undefined,
	};
}
