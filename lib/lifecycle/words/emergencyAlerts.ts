import type { Alert } from '../decision';
import type { Change, StoredChange } from '../journal';
import { callOf, personIn } from '../emergency/emergencyRow';
import type { EmergencySettings } from '../emergency/emergencyRules';

/** A mail has room for 4,000 characters of an alert. */
const MOST_CHARACTERS = 3_500;

/** As many texts as an alert has room for, then how many more there are, and where. */
export function listed(texts: readonly string[], between: string): string {
	let room = MOST_CHARACTERS;
	const shown = texts.filter((text) => (room -= text.length + between.length) >= 0);
	const more = texts.length - shown.length;
	const all = shown.join(between);
	return more === 0 ? all : `${all}\nAnd ${more} more: see the Data Table notion_scim_changes, kind emergency.`;
}

/** Alerts about a plan: one alert for each problem, however many people it concerns. */
export function planAlerts(
	changes: readonly StoredChange[],
	settings: EmergencySettings,
	execution: string,
): Alert[] {
	const withOutcome = (outcome: string): StoredChange[] => changes.filter((row) => row.outcome === outcome);
	const gaveUp = changes.filter(({ state }) => state === 'needsPerson');
	const refused = [...withOutcome('failed'), ...withOutcome('protected')].filter((row) => !gaveUp.includes(row));
	const about = (rows: readonly StoredChange[], alertOf: (rows: readonly StoredChange[]) => Alert): Alert[] =>
		rows.length === 0 ? [] : [alertOf(rows)];
	return [
		...byCall(refused).map(refusedAlert),
		...about(withOutcome('held'), (rows) => heldAlert(rows, settings, execution)),
		...about(withOutcome('expired'), (rows) => expiredAlert(rows, execution)),
		...about(gaveUp, (rows) => diedAlert(rows, execution)),
	];
}

/** What failed in Notion: one alert for each call. */
export function notDoneAlerts(rows: readonly StoredChange[]): Alert[] {
	return byCall(rows).map((ofCall) => ({
		key: `emergency-lockdown: ${callOf(ofCall[0])}`,
		text: `Not everything of an emergency call could be done. End this access by hand, now:\n${listed(ofCall.map(lineOf), '\n')}`,
	}));
}

/** Apps that have given no result, and people no app has. */
export function openAlerts(rows: readonly StoredChange[], nowhere: readonly string[]): Alert[] {
	const late = byCall(rows).map((ofCall) => ({
		key: `emergency-lockdown: ${callOf(ofCall[0])} has no result`,
		text: `An app has given no result in time. Look, and end this access by hand; it is tried once more within half an hour:\n${listed(ofCall.map(personIn), '\n')}`,
	}));
	if (nowhere.length === 0) return late;
	return [
		...late,
		{
			key: `emergency-lockdown: nowhere ${nowhere.join(', ').slice(0, 80)}`,
			text: `No app has these people, so no one was locked out. Look for another address of theirs: ${listed(nowhere, ', ')}`,
		},
	];
}

/** The outcome for a person in an app, on one line. */
export function lineOf(row: StoredChange): string {
	const words: Readonly<Record<string, string>> = {
		notFound: 'no one has this address.',
		notVerified: 'it is not certain that access has ended.',
		failed: 'access has not been ended.',
		protected: 'was named, but is protected.',
	};
	const isOpen = row.state === 'received' || row.state === 'intended';
	const what = isOpen ? 'no result came in time.' : (words[row.outcome] ?? `${row.outcome}.`);
	return `${personIn(row)}: ${what} ${isOpen ? '' : row.reason}`.trim();
}

type SomeRows = readonly [StoredChange, ...StoredChange[]];

function byCall(rows: readonly StoredChange[]): SomeRows[] {
	return [...new Set(rows.map(callOf))].flatMap((call): SomeRows[] => {
		const [first, ...others] = rows.filter((row) => callOf(row) === call);
		return first ? [[first, ...others]] : [];
	});
}

function refusedAlert(rows: SomeRows): Alert {
	return {
		key: `emergency-lockdown: ${callOf(rows[0])} refused`,
		text: `An emergency call was not followed, as a whole or in part. Find out who called, and why. If access must end, end it by hand, now:\n${listed(oneLineEach(rows), '\n')}`,
	};
}

/** A person no app may change is one entry. */
function oneLineEach(rows: SomeRows): string[] {
	return [...new Set(rows.map((row) => `${row.email || 'Someone'}: ${row.reason}`))];
}

function heldAlert(rows: readonly StoredChange[], settings: EmergencySettings, execution: string): Alert {
	const people = peopleIn(rows);
	const until = rows.map(({ dueAt }) => dueAt).sort()[0] ?? '';
	return {
		key: `emergency-lockdown: execution ${execution} waits`,
		text: `An emergency call wants more people locked out than ${settings.limitPeople} in ${settings.limitHours} h. To decide, open the form of the workflow emergency-confirm. Without a decision by ${until} no one of them is locked out. Is the call a mistake, or an attack on the tool that sent it? These ${people.length} wait for a person: ${listed(people, ', ')}`,
	};
}

function expiredAlert(rows: readonly StoredChange[], execution: string): Alert {
	return {
		key: `emergency-lockdown: execution ${execution} expired`,
		text: `No one decided in time about an emergency call. If these people must be locked out, send the call again. They were not: ${listed(peopleIn(rows), ', ')}`,
	};
}

function diedAlert(rows: readonly StoredChange[], execution: string): Alert {
	return {
		key: `emergency-lockdown: execution ${execution} died`,
		text: `A lockdown was begun twice and did not end. It is not certain that access has ended. End it by hand, now:\n${listed(rows.map(personIn), '\n')}`,
	};
}

function peopleIn(rows: ReadonlyArray<Pick<Change, 'email'>>): string[] {
	return [...new Set(rows.map(({ email }) => email))].sort();
}
