import { createHash } from 'node:crypto';

import { calendarDate } from './calendarDate';
import { instantFrom, instantOf, isTimeZone } from './dates';
import type { Kind } from './kinds';
import type { Person } from './person';
import type { Provider } from './provider';
import type { VendorEvent } from './vendorEvent';

/**
 * One thing that happened to one person. It is a hint: the data of the HRIS, when it is read again, decides.
 * Unstated values are absent.
 */
export interface HrisEvent {
	kind: Kind;
	/** The system's own word. */
	type: string;
	/** Name of the provider, or a generic sender's own name. */
	source: string;
	/**
	 * The same for every copy of a delivery, and for nothing else; unless a system without ids sends the very
	 * same body for two occurrences of the same type.
	 */
	eventId: string;
	employeeId?: string | undefined;
	companyId?: string | undefined;
	/** ISO 8601 in UTC. */
	occurredAt?: string | undefined;
	/**
	 * `YYYY-MM-DD`. For a leaver it is the last day, except for HiBob, where it is the first day after the
	 * employment.
	 */
	effectiveDate?: string | undefined;
	/** The zone in which that date begins and ends: the employee's if known, otherwise the company's. */
	timeZone: string;
	/** ISO 8601 in UTC: when access begins or ends. Absent: at once, or unknown. */
	effectiveAt?: string | undefined;
	authenticity: 'signed' | 'token';
	/** Names of the changed fields, if the system lists them. */
	changedFields?: string[] | undefined;
	person?: Person | undefined;
	/** A sentence for a person who must look at this before anything is done. */
	alert?: string | undefined;
	/** Only true: the system's word is unknown. The kind is `other`, unless fields told more. */
	unmapped?: true | undefined;
	/** Only true: an admin tests the connection, and nothing has happened to the person named. */
	simulation?: true | undefined;
	/** May contain salary and bank data. */
	raw?: object | undefined;
}

export interface EventSettings {
	/** IANA name of the company's zone. */
	timeZone: string;
	includeRaw: boolean;
}

const lastDayCounts: ReadonlySet<string> = new Set([
	'leaving',
	'left',
	'leaverScheduled',
	'leaverCancelled',
]);

/**
 * @param body of the delivery: its hash together with the type is the event's id if the system sends none
 * @param now milliseconds since 1970
 */
export function toHrisEvents(
	events: readonly VendorEvent[],
	provider: Provider,
	body: Buffer,
	settings: EventSettings,
	now: number,
): HrisEvent[] {
	const idOf = (event: VendorEvent, position: number) => {
		const id = event.eventId ?? hashOf(event.type, body);
		return events.length === 1 ? id : `${id}/${position + 1}/${event.employeeId ?? ''}`;
	};
	return events.map((event, position) =>
		withoutAbsent<HrisEvent>({
			...whatHappened(event, settings.timeZone, now, provider.dateIn ?? calendarDate),
			type: event.type,
			source: event.source ?? provider.name,
			eventId: idOf(event, position),
			employeeId: event.employeeId,
			companyId: event.companyId,
			occurredAt: instantFrom(event.occurredAt),
			authenticity: provider.authenticity,
			changedFields: event.changedFields,
			person: event.person,
			unmapped: event.unmapped,
			simulation: event.simulation,
			raw: settings.includeRaw ? event.raw : undefined,
		}),
	);
}

/**
 * The type may come from the address, as for Factorial, so one body may report two events. The address itself
 * is left out: it is not authenticated, and a copy under another address is still a copy.
 */
function hashOf(type: string, body: Buffer): string {
	const hash = createHash('sha256').update(`${JSON.stringify(type)}\n`).update(body);
	return `sha256:${hash.digest('hex')}`;
}

function whatHappened(
	event: VendorEvent,
	companyZone: string,
	now: number,
	dateIn: NonNullable<Provider['dateIn']>,
) {
	const alerts = event.alert === undefined ? [] : [event.alert];
	const knowsZone = event.timeZone === undefined || isTimeZone(event.timeZone);
	if (!knowsZone) {
		alerts.push(
			'The time zone that was sent does not exist; the company\'s was used. A person must look.',
		);
	}
	const timeZone = knowsZone ? (event.timeZone ?? companyZone) : companyZone;
	const effectiveDate =
		event.effectiveDate === undefined ? undefined : dateIn(event.effectiveDate, timeZone);
	const isDateLost = event.effectiveDate !== undefined && effectiveDate === undefined;
	if (isDateLost) {
		alerts.push('The effective date that was sent cannot be understood. A person must look.');
	}
	const atOnce = event.kind === 'accessRevoked';
	const dayIncluded = lastDayCounts.has(event.kind) && event.effectiveDateIsFirstDayGone !== true;
	const effectiveAt =
		effectiveDate === undefined || atOnce
			? undefined
			: instantOf(effectiveDate, timeZone, dayIncluded);
	let kind = event.kind;
	// A date that was sent but not understood may be in the future.
	if (kind === 'leaving') kind = isDateLost ? 'changed' : leaverBy(effectiveAt, now);
	if (kind === 'left' && event.kind === 'leaving' && event.person?.active === true) {
		// A rehired person may keep the date on which they left the first time.
		kind = 'changed';
		alerts.push('The last day is over, and the HRIS still calls this person active. A person must look.');
	}
	const namesPerson = event.employeeId !== undefined || event.person?.email !== undefined;
	if (kind !== 'other' && !namesPerson) {
		alerts.push('The event does not say who it is about. A person must look.');
	}
	return {
		kind,
		effectiveDate,
		timeZone,
		effectiveAt,
		alert: alerts.length > 0 ? alerts.join(' ') : undefined,
	};
}

/** Without a date the HRIS decides, and is asked at once. */
function leaverBy(effectiveAt: string | undefined, now: number): Kind {
	const isAhead = effectiveAt !== undefined && new Date(effectiveAt).getTime() > now;
	return isAhead ? 'leaverScheduled' : 'left';
}

/** An unknown value has no key at all: an empty one could erase a known value elsewhere. */
function withoutAbsent<Value extends object>(value: Value): Value {
	const kept = { ...value };
	for (const [name, entry] of Object.entries(kept)) {
		if (entry === undefined) Reflect.deleteProperty(kept, name);
	}
	return kept;
}
