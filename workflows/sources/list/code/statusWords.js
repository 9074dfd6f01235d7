/**
 * What words in a column with a status mean, written without capitals, spaces and lines. Locked out and
 * an old password are no evidence that somebody has left; suspended may end again.
 */
const STATUS_WORDS = {
	active: 'active',
	enabled: 'active',
	employed: 'active',
	current: 'active',
	currentemployee: 'active',
	working: 'active',
	provisioned: 'active',
	lockedout: 'active',
	locked: 'active',
	passwordexpired: 'active',
	passwordreset: 'active',
	recovery: 'active',
	notstarted: 'notStarted',
	pending: 'notStarted',
	pendingstart: 'notStarted',
	pendinguseraction: 'notStarted',
	prehire: 'notStarted',
	preboarding: 'notStarted',
	onboarding: 'notStarted',
	hired: 'notStarted',
	invited: 'notStarted',
	staged: 'notStarted',
	future: 'notStarted',
	onleave: 'onLeave',
	leave: 'onLeave',
	leaveofabsence: 'onLeave',
	absent: 'onLeave',
	parentalleave: 'onLeave',
	maternityleave: 'onLeave',
	paternityleave: 'onLeave',
	sickleave: 'onLeave',
	medicalleave: 'onLeave',
	militaryleave: 'onLeave',
	unpaidleave: 'onLeave',
	sabbatical: 'onLeave',
	furlough: 'onLeave',
	furloughed: 'onLeave',
	suspended: 'suspended',
	blocked: 'suspended',
	paused: 'suspended',
	onhold: 'suspended',
	inactive: 'inactive',
	terminated: 'inactive',
	left: 'inactive',
	gardenleave: 'inactive',
	gardeningleave: 'inactive',
	leaver: 'inactive',
	former: 'inactive',
	formeremployee: 'inactive',
	dismissed: 'inactive',
	resigned: 'inactive',
	retired: 'inactive',
	deceased: 'inactive',
	disabled: 'inactive',
	deactivated: 'inactive',
	deprovisioned: 'inactive',
	offboarded: 'inactive',
};

/** The same for a column that says whether somebody is active. */
const ACTIVE_WORDS = {
	true: 'active',
	yes: 'active',
	y: 'active',
	x: 'active',
	'1': 'active',
	active: 'active',
	enabled: 'active',
	false: 'inactive',
	no: 'inactive',
	n: 'inactive',
	'0': 'inactive',
	inactive: 'inactive',
	disabled: 'inactive',
};

/**
 * Where somebody in a list stands.
 *
 * @param status, active cells of these columns; undefined where the list has no such column
 * @param startAt instant, endDate date: where the list has them
 * @param ownWords of Settings: { word: meaning }, for both columns
 * @returns { active, status, statusWord, explanation }
 */
function listStanding({ status, active, startAt, endDate, ownWords = {} }) {
	const emptyMeans = meaningOf('', {}, ownWords, DIRECTORY_MEANINGS);
	const byWord = (word, table) =>
		word === undefined || (text(word) === undefined && emptyMeans === undefined)
			? undefined
			: directoryStanding('The list', word, table, ownWords);
	const told = byWord(status, STATUS_WORDS);
	const flagged = byWord(active, ACTIVE_WORDS);
	const contradicts =
		(told?.status === 'active' && flagged?.status === 'inactive') ||
		(told?.status === 'inactive' && flagged?.status === 'active');
	if (contradicts) {
		return unclear(
			`${told.statusWord}, ${flagged.statusWord}`,
			`The list says "${told.statusWord}" and, in another column, "${flagged.statusWord}". A person must look.`,
		);
	}
	// A flag that is unknown is no reason to believe the other column.
	const found = flagged?.status === 'unknown' ? flagged : (told ?? flagged);
	if (found !== undefined) return isOverdue(found, endDate) ?? found;
	if (status !== undefined || active !== undefined) {
		return unclear(undefined, 'The list gives no status here. A person must look.');
	}
	return byDates(startAt, endDate);
}

function unclear(statusWord, explanation) {
	return { active: true, status: 'unknown', statusWord, explanation };
}

/** Whoever is active long after the last day may have stayed, or a word was forgotten. */
function isOverdue(found, endDate) {
	const doubted = inDoubt({ ...found, endDate });
	return doubted.status === found.status ? undefined : unclear(found.statusWord, doubted.explanation);
}

/**
 * A list without a status: whoever stands on it works here from the first day to the last. A day is over
 * when it is over everywhere.
 */
function byDates(startAt, endDate) {
	if (endDate !== undefined && endDate < utcDate(-1)) {
		return { active: false, status: 'inactive', statusWord: `until ${endDate}` };
	}
	if (startAt !== undefined && startAt > new Date().toISOString()) {
		return { active: true, status: 'notStarted', statusWord: `from ${startAt.slice(0, 10)}` };
	}
	return { active: true, status: 'active', statusWord: 'listed' };
}
