import type { Alert } from '../decision';
import type { ReadRows, StoredChange } from '../journal';
import { lineOf, openAlerts } from '../words/emergencyAlerts';

/** What is still open when the apps have had their time. */
export interface CallCheck {
	/** Alerts that were not raised yet. */
	alerts: Alert[];
	/** One sentence for each person and app whose access may not have ended. */
	notDone: string[];
}

const SUCCESSES = ['lockedDown', 'alreadyLocked'];
/** Closed, or reported when it was decided. A waiting person is decided on later. */
const NO_TROUBLE = [...SUCCESSES, 'notSetUp', 'copy', 'held', 'declined', 'expired'];

/** Whether an execution has completed everything it intended. @param read the rows of that execution */
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

/** Even if apps are expected not to have a person, a person no app has raises an alert. */
function peopleNowhere(rows: readonly StoredChange[]): string[] {
	return [...new Set(rows.map(({ email }) => email))].filter((person) => {
		const own = rows.filter(({ email }) => email === person);
		const set = own.filter(({ outcome }) => outcome !== 'notSetUp');
		return set.every(({ outcome, details }) => outcome === 'notFound' && details.quietNotFound === true);
	});
}
