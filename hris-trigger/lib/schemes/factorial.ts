import { dateText, type Fields, fieldsOf, isFields, plainName, text } from '../fields';
import { verdictByToken } from '../tokenInHeader';
import { personFrom } from '../person';
import type { Scheme } from '../scheme';
import { problemOfToken } from '../secretForm';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf } from '../words';

/** Without punctuation: `employee_created`, `employees/employee/create`, `Employees::Events::EmployeeCreated`. */
const meanings: ReadonlyMap<string, VendorEvent['kind']> = new Map(
	Object.entries({
		created: 'hired',
		create: 'hired',
		updated: 'changed',
		update: 'changed',
		terminated: 'leaving',
		terminate: 'leaving',
		unterminated: 'leaverCancelled',
		unterminate: 'leaverCancelled',
	} as const).flatMap(([verb, kind]) =>
		['employee', 'employeesemployee', 'employeeseventsemployee'].map(
			(noun) => [noun + verb, kind] as const,
		),
	),
);

/**
 * Factorial sends the employee's record and not what happened; so the address that it is given ends in
 * `?event=employee_created` or another of its event names. Without one, the record itself tells leavers.
 * https://apidoc.factorialhr.com/docs/manage-webhooks
 */
export const factorial: Scheme = {
	name: 'factorial',
	title: 'Factorial',
	authenticity: 'token',
	problemOfSecret: (secret) => problemOfToken(secret, 'The challenge of Factorial\'s webhook'),
	verdictOn: (delivery, secret) => verdictByToken(delivery, 'x-factorial-wh-challenge', secret),
	eventsIn(payload, delivery) {
		if (!isFields(payload)) return undefined;
		const inner = fieldsOf(payload, 'data');
		const record = 'id' in inner ? inner : payload;
		const said = text(payload['event'], payload['subscription_type'], delivery.eventInAddress);
		if (said === undefined && !('id' in record)) return undefined;
		return [
			{
				type: said ?? 'employee',
				...meaningOfRecord(said, record),
				employeeId: text(record['id']),
				companyId: text(record['company_id']),
				effectiveDate: effectiveDateOf(said, record),
				person: personFrom({
					email: record['email'],
					displayName: record['full_name'],
					givenName: record['first_name'],
					familyName: record['last_name'],
					employeeNumber: record['company_identifier'],
					active: record['active'],
				}),
				raw: payload,
			},
		];
	},
};

const isHire = (said: string | undefined): boolean =>
	said !== undefined && meanings.get(plainName(said)) === 'hired';

function meaningOfRecord(
	said: string | undefined,
	record: Fields,
): Pick<VendorEvent, 'kind' | 'alarm'> {
	if (said === undefined) {
		return { kind: dateText(record['terminated_on']) === undefined ? 'changed' : 'leaving' };
	}
	const kind = meanings.get(plainName(said));
	return kind === undefined ? meaningOf(said, {}) : { kind };
}

function effectiveDateOf(said: string | undefined, record: Fields): string | undefined {
	if (isHire(said)) return dateText(record['hired_on'], record['start_date']);
	return dateText(record['terminated_on']);
}
