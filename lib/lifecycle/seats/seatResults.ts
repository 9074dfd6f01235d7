import type { Alert } from '../decision';
import type { StoredChange } from '../journal';

/** The seat has ended. */
const ENDED: readonly string[] = ['done', 'unchanged'];

/** The seat has ended, or the directory lists the person again: no action is needed. */
const SETTLED: readonly string[] = [...ENDED, 'stays'];

/** The outcome of the approved seats of one execution. */
export interface SeatResults {
	rows: StoredChange[];
	ended: number;
	/** Rows whose seat has not ended, or whose outcome is unknown. */
	open: StoredChange[];
	/** Addresses of the requesters and approvers, each once. */
	people: string[];
}

export function seatResults(rows: readonly StoredChange[]): SeatResults {
	const people = rows.flatMap(({ requestedBy, approvedBy }) => [requestedBy, deciderIn(approvedBy)]);
	return {
		rows: [...rows],
		ended: rows.filter(({ outcome }) => ENDED.includes(outcome)).length,
		open: rows.filter(({ outcome }) => !SETTLED.includes(outcome)),
		people: [...new Set(people.filter((person) => person !== ''))],
	};
}

/** Approved seats that did not end, by request: one alert each. */
export function resultAlerts({ open }: SeatResults): Alert[] {
	return alertsByRequest(open, (rows) => {
		const list = rows.map(({ email, outcome, reason }) => `${email}: ${outcome || 'not known'}. ${reason}`);
		return `Approved seats did not end. ${list.join('\n')}`;
	});
}

/** One alert for each request. */
export function alertsByRequest(rows: readonly StoredChange[], text: (rows: StoredChange[]) => string): Alert[] {
	const requests = new Map<string, StoredChange[]>();
	for (const row of rows) requests.set(requestOf(row), [...(requests.get(requestOf(row)) ?? []), row]);
	return [...requests].map(([request, own]) => ({
		key: `license-removal: ${request}`,
		text: text(own).slice(0, MOST_OF_TEXT),
	}));
}

/** Characters of an alert. */
const MOST_OF_TEXT = 3500;

/** The request that a row belongs to. A decision on a row is appended to its reference. */
function requestOf({ reference }: StoredChange): string {
	return reference.split('; ')[0] ?? '';
}

/** The address in "boss@example.com (assurance: n8n sign-in)". */
function deciderIn(approvedBy: string): string {
	return (approvedBy.split(' (')[0] ?? '').trim();
}
