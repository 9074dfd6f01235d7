// One result for each event, from all that was done and all that failed.
const WORTH_ANOTHER_TRY = [
	'network', 'rateLimited', 'conflict', 'serverError', 'unexpectedAnswer', 'notVerified', 'listIncomplete',
	'tokenRejected',
];
const DONE = ['created', 'updated', 'unchanged', 'unconfirmed', 'notTaken'];
const events = $('On record').all().map(({ json }) => json);
const happened = new Map(events.map(({ record: { id } }) => [id, { joined: [], failures: [] }]));

$input.all().forEach(({ json, error }, index) => {
	const result = happened.get($('On record').itemMatching(index).json.record.id);
	if (json.error) result.failures.push({ text: json.error, kind: error?.context?.kind });
	else if (json.group?.displayName) result.joined.push(json.group.displayName);
	else if (DONE.includes(json.outcome) && json.id) result.user = json;
});

return events.map(({ record, decision }, index) => {
	const result = resultOf(decision, happened.get(record.id));
	const { event } = decision;
	// A row that is not done with may come back, and then with the same claim.
	const comesBack = result.repeat || (event.rowId && result.row && result.row.state !== 'done');
	return {
		json: {
			record: record.id,
			...result,
			email: decision.email,
			employeeId: decision.employeeId,
			kind: event.kind,
			door: event.door,
			rowId: event.rowId,
			claimKey: event.claimKey,
			claimState: comesBack ? 'released' : 'done',
			rows: rowsOf(decision, result),
			link: linkAfter(decision, result),
		},
		pairedItem: index,
	};
});

function resultOf(decision, { user, joined, failures }) {
	const { act, outcome, note, alarm, row } = decision;
	const nothing = { userId: decision.userId ?? '', groupsJoined: [], groupsMissing: [] };
	if (act === 'none') {
		return { ...nothing, outcome, error: note, needsPerson: outcome === 'refused', repeat: outcome === 'failed', alarm, row };
	}
	// Notion may keep a name in another Unicode composition, or with other white space.
	const names = joined.map(nameKey);
	const missing = decision.groups.filter((group) => !names.includes(nameKey(group)));
	const manages = ['owner', 'membership_admin'].includes(user?.role);
	// Notion changes names only of people whose domain is verified: that is nobody's to mend here.
	const isKept =
		act === 'update' && failures.length > 0 && failures.every(({ kind }) => ['notTaken', 'refused'].includes(kind));
	const reasons = isKept ? [] : [...failures];
	if (manages) {
		reasons.push({
			text: `${decision.email} is ${user.role} in Notion. Nothing was written: decide by hand.`,
			kind: 'protectedPerson',
		});
	} else if (failures.length === 0 && (!user || missing.length > 0)) {
		// n8n hands items on untouched where a node could not even start.
		reasons.push({ text: 'A Notion SCIM node could not run. Look at the execution.', kind: 'network' });
	}
	const texts = [...new Set([...(isKept ? failures : reasons).map(({ text }) => text), ...(user?.note ? [user.note] : [])])];
	const done = {
		...nothing,
		userId: user?.id ?? decision.userId ?? '',
		groupsJoined: joined,
		groupsMissing: missing,
		error: texts.join(' '),
	};
	if (reasons.length === 0) {
		const closed = decision.kept.length > 0 ? { state: 'done', note: texts.join(' ') } : undefined;
		return { ...done, outcome: user?.outcome ?? 'notTaken', needsPerson: false, row: closed };
	}
	// Whatever has no kind is not known to be final.
	const repeat = reasons.some(({ kind }) => !kind || WORTH_ANOTHER_TRY.includes(kind));
	const after = repeat ? tryAgain(decision, done.error, Date.now()) : forPerson(decision, done.error);
	const isProtected = reasons.some(({ kind }) => kind === 'protectedPerson');
	const waits = !repeat && !isProtected && act === 'create' ? { state: 'needsPerson', note: done.error } : after.row;
	return {
		...done,
		outcome: user && !manages ? user.outcome : after.outcome,
		needsPerson: !repeat,
		repeat,
		alarm: after.alarm,
		row: waits,
	};
}

function nameKey(name) {
	return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** How rows of scheduled_changes become: those that are there, or a new one. */
function rowsOf(decision, { row, userId }) {
	if (!row) return [];
	const { event, record, source, employeeId, companyId, email, kept } = decision;
	const facts = event.authenticity === 'signed' && event.person ? { person: event.person } : {};
	const fresh = {
		id: 0,
		dueAt: new Date().toISOString(),
		attempts: 0,
		effectiveDate: '',
		timeZone: event.timeZone ?? '',
		displayName: '',
		about: JSON.stringify({ event: event.kind, ...facts }),
	};
	const known = {
		kind: 'hire',
		source,
		employeeId,
		companyId,
		email,
		userId,
		...(record ? { displayName: record.displayName ?? '', effectiveDate: record.startDate ?? '' } : {}),
		...(decision.timeZone ? { timeZone: decision.timeZone } : {}),
		...row,
	};
	return (kept.length > 0 ? kept : [fresh]).map((before) => ({ ...fresh, ...before, ...known }));
}

/** The link of an employee to an account, where it is not stored as it is. */
function linkAfter({ link, record, source, employeeId, companyId, email }, { outcome, userId }) {
	if (!record || !DONE.includes(outcome) || !userId || !employeeId || !email) return undefined;
	const isStored = link?.userId === userId && emailKey(link.email) === emailKey(email);
	// A link that was written before the company was known stays one row.
	return isStored ? undefined : { source, employeeId, companyId: link ? (link.companyId ?? '') : companyId, email, userId };
}
