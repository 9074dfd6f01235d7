// Where a sync stands, from the rows of its cycles.

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** A cycle that runs for longer has died with its execution. */
const CYCLE_DIES_AFTER = HOUR;

/** In quarantine it only reads, and only so often. */
const QUARANTINE_PAUSE = 24 * HOUR;

function instantOf(value) {
	const at = value instanceof Date ? value.getTime() : Date.parse(String(value ?? ''));
	return Number.isNaN(at) ? undefined : at;
}

function fromJson(text, otherwise) {
	try {
		return text ? JSON.parse(text) : otherwise;
	} catch {
		return otherwise;
	}
}

/**
 * @param cycles rows of directory_cycles of this workflow
 * @param settings with quarantineAfter, how many bad cycles in a row are too many
 * @returns {
 *   running: the row of a cycle that is at work,
 *   last, lastGood: rows of cycles that have ended,
 *   badInARow, quarantinedSince: instant of the cycle that was one too many, while nobody has acknowledged it,
 *   quarantineReason: what that cycle said,
 *   memory: what the last good cycle, or the first measure of a source, left to the next plan,
 *   isFirst: whether no cycle was good yet }
 */
function standingOf(cycles, settings, now) {
	const rows = [...cycles].sort((one, other) => one.id - other.id);
	const isDead = (row) =>
		row.state === 'running' && now - (instantOf(row.startedAt) ?? 0) > CYCLE_DIES_AFTER;
	const running = rows.findLast((row) => row.state === 'running' && !isDead(row));
	const most = Math.max(1, Number(settings.quarantineAfter) || 3);
	let badInARow = 0;
	let quarantinedSince;
	let quarantineReason;
	for (const row of rows) {
		if (row.state === 'acknowledged') {
			badInARow = 0;
			quarantinedSince = undefined;
			quarantineReason = undefined;
		} else if (row.state === 'good') {
			badInARow = 0;
		} else if (row.state === 'incomplete' || row.state === 'failed' || isDead(row)) {
			badInARow += 1;
			if (badInARow >= most && quarantinedSince === undefined) {
				quarantinedSince = row.startedAt;
				quarantineReason = row.note;
			}
		}
		// Older rows that say how it began may be deleted by now.
		if (row.mode === 'readOnly' && row.state !== 'acknowledged') quarantinedSince ??= row.startedAt;
	}
	const ended = rows.filter(({ state }) => ['good', 'incomplete', 'failed'].includes(state));
	return {
		running,
		last: ended.at(-1),
		lastGood: ended.findLast(({ state }) => state === 'good'),
		badInARow,
		quarantinedSince,
		quarantineReason,
		memory: fromJson(rows.findLast(({ memory }) => memory)?.memory, undefined),
		shown: fromJson(rows.findLast(({ shown }) => shown)?.shown, undefined),
		isFirst: !ended.some(({ state }) => state === 'good'),
	};
}

/**
 * What a cycle leaves to the next plan, as JSON; '' where the rows have all there is. A reading on which
 * nothing may be taken away leaves something only where it is the first measure of a source.
 *
 * @param summary of the plan, where there is one
 */
function memoryToKeep(summary, state, standing) {
	if (!summary?.memory) return '';
	const known = standing.memory?.sources ?? {};
	const isFirstMeasure = Object.keys(summary.memory.sources).some(
		(source) => !Object.hasOwn(known, source),
	);
	return state === 'good' || isFirstMeasure ? JSON.stringify(summary.memory) : '';
}

/** A hint that something has changed is not followed sooner than this after the last cycle began. */
const HINT_PAUSE = 2 * MINUTE;

/**
 * Whether a cycle begins now; if not, why.
 *
 * @param door `clock`, `hint` (something was said to have changed) or `person`
 */
function cycleDue(standing, { door, now }) {
	if (standing.running) {
		return { due: false, why: `A cycle is running since ${standing.running.startedAt}.` };
	}
	const lastStart = instantOf(standing.last?.startedAt);
	const pause = standing.quarantinedSince ? QUARANTINE_PAUSE : door === 'hint' ? HINT_PAUSE : 0;
	if (door !== 'person' && lastStart && now - lastStart < pause) {
		return {
			due: false,
			why: standing.quarantinedSince
				? 'In quarantine, it only reads once a day.'
				: 'A cycle has just run. The next one of the clock reads what has changed since.',
		};
	}
	return { due: true };
}

/** What this cycle may do: `apply`, `dryRun` or `readOnly`, and a sentence that says why where it is not `apply`. */
function modeOf(standing, settings) {
	if (standing.quarantinedSince) {
		return {
			mode: 'readOnly',
			modeNote: `In quarantine since ${standing.quarantinedSince}: it only reads until a person has acknowledged that.`,
		};
	}
	if (standing.isFirst) {
		return {
			mode: 'dryRun',
			modeNote: 'The first cycle is always a dry run: nothing was changed in Notion.',
		};
	}
	if (settings.mode === 'apply') return { mode: 'apply', modeNote: '' };
	return {
		mode: 'dryRun',
		modeNote:
			'The mode in Settings is dryRun: nothing was changed in Notion. Set it to apply to let it act.',
	};
}
