import { dateText, type Fields, fieldsOf, isFields, text, texts } from './fields';
import { isKind } from './kinds';
import { personFrom } from './person';
import { unreadableEntry } from './unreadableEntry';
import type { VendorEvent } from './vendorEvent';
import { meaningOf, quoted, type WhatHappened, wordIn } from './words';
import { genericWords } from './words/generic';

/**
 * Reads the deliveries of a sender that the admin controls, in the form in which this package itself
 * describes an event: `kind` or `type`, `employeeId`, and further known fields. One event, a list of them, or
 * an object with the list under `events`; the fields may be under `data`, except that `kind` and `type`
 * beside it take precedence.
 * @returns undefined if the body has another form; an entry of a list with another form is reported
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
	const type = wordIn(entry['type'], fields['type'], entry['kind'], fields['kind']);
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

function meaningOfType(type: string): WhatHappened {
	return isKind(type) ? { kind: type } : meaningOf(type, genericWords);
}

/** A sender who names a kind relies on it, so an unknown kind is never skipped. */
function meaningOfKind(kind: string): WhatHappened {
	if (isKind(kind)) return { kind };
	return {
		kind: meaningOf(kind, genericWords).kind,
		unmapped: true,
		alert: `${quoted(kind)} is not a kind of event. A person must look.`,
	};
}
