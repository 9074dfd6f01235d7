import { type Fields, fieldsOf, isFields, text, texts } from './fields';
import { isKind } from './kinds';
import { personFrom } from './person';
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
 * or an object with the list under `events`; the fields may stand under `data`.
 *
 * @returns undefined where the body has another form
 */
export function genericEvents(payload: unknown): VendorEvent[] | undefined {
	const list = isFields(payload) && Array.isArray(payload['events']) ? payload['events'] : payload;
	const entries: unknown[] = Array.isArray(list) ? list : [list];
	const events = entries.map((entry) => (isFields(entry) ? genericEvent(entry) : undefined));
	const understood = events.filter((event) => event !== undefined);
	return understood.length === events.length ? understood : undefined;
}

function genericEvent(entry: Fields): VendorEvent | undefined {
	const fields: Fields = { ...entry, ...fieldsOf(entry, 'data') };
	const kind = fields['kind'];
	const type = text(fields['type'], entry['type'], kind);
	if (type === undefined) return undefined;
	return {
		type,
		...(isKind(kind) ? { kind } : isKind(type) ? { kind: type } : meaningOf(type, meanings)),
		source: text(fields['source']),
		employeeId: text(fields['employeeId'], fields['employee_id']),
		companyId: text(fields['companyId'], fields['company_id']),
		eventId: text(fields['eventId'], fields['event_id']),
		occurredAt: text(fields['occurredAt'], fields['occurred_at'], fields['timestamp']),
		effectiveDate: text(fields['effectiveDate'], fields['effective_date']),
		timeZone: text(fields['timeZone'], fields['time_zone']),
		changedFields: texts(fields['changedFields']),
		person: personFrom(fieldsOf(fields, 'person')),
		raw: entry,
	};
}
