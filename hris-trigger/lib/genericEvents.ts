import { dateText, type Fields, fieldsOf, isFields, text, texts } from './fields';
import { isKind } from './kinds';
import { personFrom } from './person';
import { unreadableEntry } from './unreadableEntry';
import type { VendorEvent } from './vendorEvent';
import { meaningOf } from './words';

/** Words that other systems use, for a sender that passes them on. */
const meanings: Record<string, VendorEvent['kind']> = {
	'employee.created': 'hired',
	'employee.hired': 'hired',
	'employee.joined': 'hired',
	'employee.rehired': 'rehired',
	'employee.updated': 'changed',
	'employee.changed': 'changed',
	'employee.terminated': 'leaving',
	'employee.left': 'leaving',
	'employee.termination_cancelled': 'leaverCancelled',
};

/**
 * What a sender that the admin controls says, in the form in which this package itself describes an
 * event: `kind` or `type`, `employeeId`, and the rest as far as it is known. One event, a list of them,
 * or an object with the list under `events`; the fields may stand under `data`, except that `kind` and
 * `type` count first where they stand beside it.
 *
 * @returns undefined where the body has another form; an entry of a list that has one is reported
 */
export function genericEvents(payload: unknown): VendorEvent[] | undefined {
	const list = isFields(payload) && Array.isArray(payload['events']) ? payload['events'] : payload;
	if (Array.isArray(list)) {
		const entries: unknown[] = list;
		return entries.map((entry) => genericEvent(entry) ?? unreadableEntry(entry));
	}
	const event = genericEvent(list);
	return event && [event];
}

function genericEvent(entry: unknown): VendorEvent | undefined {
	if (!isFields(entry)) return undefined;
	const fields: Fields = { ...entry, ...fieldsOf(entry, 'data') };
	const kind = text(entry['kind'], fields['kind']);
	const type = text(entry['type'], fields['type'], kind);
	if (type === undefined) return undefined;
	return {
		type,
		...(kind === undefined ? meaningOfType(type) : meaningOfKind(kind)),
		source: text(fields['source']),
		employeeId: text(fields['employeeId'], fields['employee_id']),
		companyId: text(fields['companyId'], fields['company_id']),
		eventId: text(fields['eventId'], fields['event_id']),
		occurredAt: text(fields['occurredAt'], fields['occurred_at'], fields['timestamp']),
		effectiveDate: dateText(fields['effectiveDate'], fields['effective_date']),
		timeZone: text(fields['timeZone'], fields['time_zone']),
		changedFields: texts(fields['changedFields']),
		person: personFrom(fieldsOf(fields, 'person')),
		raw: entry,
	};
}

function meaningOfType(type: string): Pick<VendorEvent, 'kind' | 'alarm'> {
	return isKind(type) ? { kind: type } : meaningOf(type, meanings);
}

/** Whoever names a kind relies on it, so one that is none is never passed by. */
function meaningOfKind(kind: string): Pick<VendorEvent, 'kind' | 'alarm'> {
	if (isKind(kind)) return { kind };
	return {
		kind: meaningOf(kind, meanings).kind,
		alarm: `"${kind.slice(0, 80)}" is no kind of event. A person must look.`,
	};
}
