import { verifyBySignature } from '../bodySignature';
import { onlyHeader } from '../delivery';
import { type Fields, fieldsOf, isFields, plainName, text, texts } from '../fields';
import { hmac } from '../hmac';
import { personFrom } from '../person';
import type { Provider } from '../provider';
import { problemOfKey } from '../secretForm';
import { unreadableEntry } from '../unreadableEntry';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf, type WhatHappened, wordIn } from '../words';
import { bambooHrWords } from '../words/bambooHr';

/** The form of an unset date in BambooHR. */
const NO_DATE = '0000-00-00';

/**
 * The signature covers the body followed by the text of the timestamp header. That time has no window:
 * BambooHR repeats a delivery for up to two and a half hours, and never one that was answered with 4xx, so a
 * strict clock would lose people.
 */
export const bambooHr: Provider = {
	name: 'bamboohr',
	title: 'BambooHR',
	authenticity: 'signed',
	secretHint: 'Secret: the private key that BambooHR shows when the webhook is created',
	words: bambooHrWords,
	problemOfSecret: (secret) => problemOfKey(secret, 'BambooHR\'s private key of the webhook'),
	verify(delivery, secret) {
		const timestamp = onlyHeader(delivery, 'X-BambooHR-Timestamp');
		if (timestamp === undefined) return 'forged';
		// The key looks like hex and is used as text.
		const expected = hmac('sha256', secret, [delivery.body, timestamp], 'hex');
		return verifyBySignature(delivery, 'X-BambooHR-Signature', expected);
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const { employees } = payload;
		if (Array.isArray(employees)) {
			const entries: unknown[] = employees;
			return entries.map((entry) =>
				isFields(entry) ? fieldBasedEvent(entry) : unreadableEntry(entry),
			);
		}
		const type = wordIn(payload['type']);
		if (type === undefined) return undefined;
		const data = fieldsOf(payload, 'data');
		return [
			{
				type,
				...meaningOf(type, bambooHrWords),
				employeeId: text(data['employeeId']),
				companyId: text(data['companyId']),
				occurredAt: text(payload['timestamp']),
				changedFields: texts(data['changedFields']),
				raw: payload,
			},
		];
	},
};

/**
 * The older form, with the values of the fields that the webhook was configured to send. It does not always
 * state an action.
 */
function fieldBasedEvent(employee: Fields): VendorEvent {
	const action = text(employee['action']);
	const type = `employee.${action?.toLowerCase() ?? 'unknown'}`;
	const value = valuesOf(fieldsOf(employee, 'fields'));
	const changedFields = texts(employee['changedFields']);
	const changed = new Set(changedFields?.map(plainName));
	const meaning = meaningOfAction(action === undefined ? undefined : type, value, changed);
	return {
		type,
		...meaning,
		employeeId: text(employee['id']),
		occurredAt: text(employee['timestamp']),
		effectiveDate: meaning.kind === 'hired' ? value('hireDate') : value('terminationDate'),
		changedFields,
		person: personFrom({
			email: value('workEmail'),
			displayName: value('displayName'),
			givenName: value('firstName'),
			familyName: value('lastName'),
			title: value('jobTitle'),
			department: value('department'),
			division: value('division'),
			employeeNumber: value('employeeNumber') ?? value('Employee #'),
			managerEmail: value('supervisorEmail'),
			phoneNumber: value('workPhone'),
			active: isActive(value),
		}),
		raw: employee,
	};
}

type ValueOf = (field: string) => string | undefined;

/** Fields have the names of the API or of the screen; values are texts, or objects that contain one. */
function valuesOf(fields: Fields): ValueOf {
	const byName = new Map(
		Object.entries(fields).map(([name, value]) => [
			name === 'Employee #' ? name : plainName(name),
			text(isFields(value) ? value['value'] : value),
		]),
	);
	return (field) => {
		const value = byName.get(field) ?? byName.get(plainName(field));
		return value === NO_DATE ? undefined : value;
	};
}

/**
 * There is no action for a leaver: the status and the date of termination show it. They also show it if the
 * action is missing or unknown; an unknown action is also shown to a person.
 * @param type word of the action, undefined if there is none
 */
function meaningOfAction(
	type: string | undefined,
	value: ValueOf,
	changed: ReadonlySet<string>,
): WhatHappened {
	const said: WhatHappened =
		type === undefined ? { kind: 'changed' } : meaningOf(type, bambooHrWords);
	if (said.kind !== 'changed' && said.unmapped === undefined) return said;
	const told = meaningOfUpdate(value, changed);
	const alerts = [said.alert, told.alert].filter((alert) => alert !== undefined);
	return {
		...said,
		kind: told.kind,
		...(alerts.length > 0 ? { alert: alerts.join(' ') } : {}),
	};
}

function meaningOfUpdate(value: ValueOf, changed: ReadonlySet<string>): WhatHappened {
	const isInactive = isActive(value) === false;
	if (value('terminationDate') !== undefined && (isInactive || changed.has('terminationdate'))) {
		return { kind: 'leaving' };
	}
	if (isInactive) {
		return {
			kind: 'changed',
			alert: 'Inactive in BambooHR, without a date of termination. A person must look.',
		};
	}
	const wasWithdrawn = changed.has('terminationdate') && isActive(value) === true;
	return { kind: wasWithdrawn ? 'leaverCancelled' : 'changed' };
}

function isActive(value: ValueOf): boolean | undefined {
	if (value('employmentStatus')?.toLowerCase() === 'terminated') return false;
	const status = value('status')?.toLowerCase();
	return status === 'active' || status === 'inactive' ? status === 'active' : undefined;
}
