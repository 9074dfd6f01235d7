import { dateText, type Fields, fieldsOf, isFields, text } from '../fields';
import { verifyByToken } from '../tokenInHeader';
import { personFrom } from '../person';
import type { Provider } from '../provider';
import { problemOfToken } from '../secretForm';
import { meaningOf, type WhatHappened, wordIn } from '../words';
import { factorialWords } from '../words/factorial';

/**
 * Factorial sends the employee's record and not what happened; so the webhook's address ends in
 * `?event=employee_created` or another of its event names. Without one, the record itself shows leavers.
 * https://apidoc.factorialhr.com/docs/manage-webhooks
 */
export const factorial: Provider = {
	name: 'factorial',
	title: 'Factorial',
	authenticity: 'token',
	secretHint:
		'Secret: the challenge that you enter at Factorial with the webhook. Factorial does not sign deliveries.',
	words: factorialWords,
	problemOfSecret: (secret) => problemOfToken(secret, 'The challenge of Factorial\'s webhook'),
	verify: (delivery, secret) => verifyByToken(delivery, 'x-factorial-wh-challenge', secret),
	eventsIn(payload, delivery) {
		if (!isFields(payload)) return undefined;
		const inner = fieldsOf(payload, 'data');
		const record = 'id' in inner ? inner : payload;
		const said = wordIn(payload['event'], payload['subscription_type'], text(delivery.eventInAddress));
		if (said === undefined && !('id' in record)) return undefined;
		const meaning = meaningOfRecord(said, record);
		return [
			{
				type: said ?? 'employee',
				...meaning,
				employeeId: text(isEmployee(said) ? record['id'] : record['employee_id']),
				companyId: text(record['company_id']),
				effectiveDate:
					meaning.kind === 'hired'
						? dateText(record['hired_on'], record['start_date'])
						: dateText(record['terminated_on']),
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

/** The record of anything else has its own id, which is not an employee's. */
const isEmployee = (said: string | undefined): boolean => said === undefined || /^employee/i.test(said);

function meaningOfRecord(said: string | undefined, record: Fields): WhatHappened {
	if (said !== undefined) return meaningOf(said, factorialWords);
	return { kind: dateText(record['terminated_on']) === undefined ? 'changed' : 'leaving' };
}
