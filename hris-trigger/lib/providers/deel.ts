import { DateTime } from 'luxon';

import { verifyBySignature } from '../bodySignature';
import { calendarDate } from '../calendarDate';
import { dateByDayEdge, isDayEdge } from '../dayEdge';
import { dateText, type Fields, fieldsOf, isFields, text } from '../fields';
import { hmac } from '../hmac';
import { type Person, personFrom } from '../person';
import type { Provider } from '../provider';
import { problemOfKey } from '../secretForm';
import { meaningOf, type WhatHappened, wordIn } from '../words';
import { deelWords } from '../words/deel';

/** No one ever worked on a contract that ended for any of these reasons. */
const neverBegan = new Set(['cancelled', 'user_cancelled', 'rejected']);
const ended = new Set(['terminated', 'completed']);

/** https://developer.deel.com/docs/webhook-event-types */
export const deel: Provider = {
	name: 'deel',
	title: 'Deel',
	authenticity: 'signed',
	secretHint: 'Secret: the signing key of the webhook',
	words: deelWords,
	problemOfSecret: (secret) => problemOfKey(secret, 'Deel\'s signing key of the webhook'),
	verify(delivery, secret) {
		const expected = hmac('sha256', secret, ['POST', delivery.body], 'hex');
		return verifyBySignature(delivery, 'x-deel-signature', expected);
	},
	dateIn: (written, timeZone) =>
		dateByDayEdge(written, (instant) => dayEdgeIn(timeZone, instant)) ?? calendarDate(written, timeZone),
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const data = fieldsOf(payload, 'data');
		const meta = fieldsOf(data, 'meta');
		const type = wordIn(meta['event_type']);
		if (type === undefined) return undefined;
		const { resource } = data;
		const listed: unknown[] = Array.isArray(resource) ? resource : [resource];
		const resources: unknown[] = listed.length === 0 ? [undefined] : listed;
		return resources.map((entry) => (isFields(entry) ? entry : {})).map((one) => ({
			type,
			...meaningOfResource(type, one),
			employeeId: employeeIdOf(type, one),
			companyId: text(meta['organization_id']),
			eventId: text(meta['tracking_id'], meta['event_id']),
			occurredAt: text(payload['timestamp']),
			effectiveDate: effectiveDateOf(type, one),
			person: personOf(one),
			...(isSimulation(payload, data, meta) ? { simulation: true } : {}),
			raw: one,
		}));
	},
};

/**
 * Deel sends a simulated event like a real one, with `is_simulation` in `data.meta`.
 * https://developer.deel.com/docs/simulating-webhook-events
 */
function isSimulation(...places: readonly Fields[]): boolean {
	return places.some(({ is_simulation: said }) => said === true || said === 'true');
}

/** The date that begins or ends in a zone at this instant (milliseconds since 1970), if one does. */
function dayEdgeIn(timeZone: string, instant: number): string | undefined {
	const local = DateTime.fromMillis(instant, { zone: timeZone });
	const isEdge = isDayEdge(instant + local.offset * 60_000);
	return isEdge ? (local.toISODate() ?? undefined) : undefined;
}

/** Events whose resource is a person; for all others, the id is that of a contract, a request and so on. */
const isAboutPerson = (type: string): boolean =>
	/^(worker|employee)\./i.test(type) && !/^employee\.created\.contractor$/i.test(type);

function meaningOfResource(type: string, resource: Fields): WhatHappened {
	const status = text(resource['status'])?.toLowerCase() ?? '';
	if (/^contract\.status\.updated$/i.test(type)) {
		if (ended.has(status)) return { kind: 'leaving' };
		if (neverBegan.has(status)) return { kind: 'hireCancelled' };
	}
	const meaning = meaningOf(type, deelWords);
	const wasDeactivated = meaning.kind === 'changed' && resource['active'] === false;
	if (/^worker\.(v2\.)?deleted$/i.test(type)) {
		return {
			...meaning,
			alert: 'Deleted in Deel: the person left, or an admin cleaned up a record. A person must look.',
		};
	}
	return wasDeactivated ? { kind: 'left' } : meaning;
}

function employeeIdOf(type: string, resource: Fields): string | undefined {
	const ofWorker = text(fieldsOf(resource, 'worker')['id'], resource['worker_id']);
	return isAboutPerson(type) ? text(resource['id'], ofWorker) : ofWorker;
}

function effectiveDateOf(type: string, resource: Fields): string | undefined {
	if (/terminat|status/i.test(type)) {
		return dateText(resource['termination_date'], resource['completion_date'], resource['end_date']);
	}
	return /created|signed/i.test(type) ? dateText(resource['start_date']) : undefined;
}

/**
 * People come in Deel's own form, or in that of SCIM. A worker who was invited has no id yet, and only an
 * expected address.
 */
function personOf(resource: Fields): Person | undefined {
	const worker = isFields(resource['worker']) ? resource['worker'] : resource;
	const name = fieldsOf(worker, 'name');
	const { emails } = worker;
	const [firstEmail]: unknown[] = Array.isArray(emails) ? emails : [];
	return personFrom({
		email: text(
			worker['email'],
			worker['work_email'],
			isFields(firstEmail) && firstEmail['value'],
			worker['expected_email'],
			resource['worker_email'],
			fieldsOf(resource, 'invitations')['worker_email'],
		),
		displayName: text(worker['full_name'], worker['display_name']),
		givenName: text(worker['first_name'], name['given_name'], name['givenName']),
		familyName: text(worker['last_name'], name['family_name'], name['familyName']),
		title: text(worker['job_title'], worker['title']),
		active: worker['active'],
	});
}
