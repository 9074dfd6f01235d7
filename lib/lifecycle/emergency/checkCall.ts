import type { Alert } from '../decision';
import type { ReadRows, StoredChange } from '../journal';
import { lineOf, openAlerts } from '../words/emergencyAlerts';

/** What is open when the apps have had their time. */
export interface CallCheck {
	/** What no one was told yet. */
	alerts: Alert[];
	/** One line for each person and app that access may not have ended in. */
	notDone: string[];
}

const SUCCESSES = ['lockedDown', 'alreadyLocked'];
/** Over, or told when it was decided. A person who waits is decided on later. */
const NO_TROUBLE = [...SUCCESSES, 'notSetUp', 'copy', 'held', 'declined', 'expired'];

/** Whether everything that an execution meant to do is done. @param read the rows of that execution */
export function checkCall({ rows, unreadable }: ReadRows): CallCheck {
	const emergencies = rows.filter(({ kind }) => kind === 'emergency');
	const open = emergencies.filter(isOpen);
	const nowhere = peopleNowhere(emergencies);
	const troubles = emergencies.filter((row) => isOpen(row) || isTrouble(row));
	return {
		alerts: openAlerts(open, nowhere),
		notDone: [
			...troubles.map(lineOf),
			...nowhere.map((person) => `${person}: no app has this person, or no app is set up.`),
			...unreadable.map(({ why }) => why),
		],
	};
}

function isOpen({ state }: StoredChange): boolean {
	return state === 'received' || state === 'intended';
}

function isTrouble({ outcome, details }: StoredChange): boolean {
	if (outcome === 'notFound') return details.quietNotFound !== true;
	return !NO_TROUBLE.includes(outcome);
}

/** Where it is usual that an app has no such person, one whom no app has is trouble nevertheless. */
function peopleNowhere(rows: readonly StoredChange[]): string[] {
	return [...new Set(rows.map(({ email }) => email))].filter((person) => {
		const own = rows.filter(({ email }) => email === person);
		const set = own.filter(({ outcome }) => outcome !== 'notSetUp');
		return set.every(({ outcome, details }) => outcome === 'notFound' && details.quietNotFound === true);
	});
}
