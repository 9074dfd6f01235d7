import { verdictBySignature } from '../bodySignature';
import { dateText, type Fields, fieldsOf, isFields, text } from '../fields';
import { hmac } from '../hmac';
import { type Person, personFrom } from '../person';
import type { Scheme } from '../scheme';
import { problemOfKey } from '../secretForm';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf } from '../words';

/** A contract that ended for any of these reasons was never worked on. */
const neverBegan = new Set(['cancelled', 'user_cancelled', 'rejected']);
const ended = new Set(['terminated', 'completed']);

const meanings: Record<string, VendorEvent['kind']> = {
	'employee.created.direct': 'hired',
	'employee.created.contractor': 'hired',
	'employee.created.eor': 'hired',
	'employee.updated.direct': 'changed',
	'worker.created': 'hired',
	'worker.updated': 'changed',
	'worker.deleted': 'left',
	'worker.v2.created': 'hired',
	'worker.v2.updated': 'changed',
	'worker.v2.deleted': 'left',
	'contract.created': 'hired',
	'contract.amended': 'changed',
	'contract.status.updated': 'changed',
	'contract.terminated': 'leaving',
	'gp.termination.confirmed': 'leaving',
};

/** https://developer.deel.com/docs/webhook-event-types */
export const deel: Scheme = {
	name: 'deel',
	title: 'Deel',
	authenticity: 'signed',
	problemOfSecret: (secret) => problemOfKey(secret, 'Deel\'s signing key of the webhook'),
	verdictOn(delivery, secret) {
		const expected = hmac('sha256', secret, ['POST', delivery.body], 'hex');
		return verdictBySignature(delivery, 'x-deel-signature', expected);
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const data = fieldsOf(payload, 'data');
		const meta = fieldsOf(data, 'meta');
		const type = text(meta['event_type']);
		if (type === undefined) return undefined;
		const { resource } = data;
		const resources: unknown[] = Array.isArray(resource) ? resource : [resource];
		return resources.map((entry) => (isFields(entry) ? entry : {})).map((one) => ({
			type,
			...meaningOfResource(type, one),
			employeeId: employeeIdOf(type, one),
			companyId: text(meta['organization_id']),
			eventId: text(meta['tracking_id']),
			occurredAt: text(payload['timestamp']),
			effectiveDate: effectiveDateOf(type, one),
			person: personOf(one),
			raw: one,
		}));
	},
};

const isAboutContract = (type: string): boolean => /^(contract|gp)\./i.test(type);

function meaningOfResource(type: string, resource: Fields): Pick<VendorEvent, 'kind' | 'alarm'> {
	const status = text(resource['status'])?.toLowerCase() ?? '';
	if (type === 'contract.status.updated') {
		if (ended.has(status)) return { kind: 'leaving' };
		if (neverBegan.has(status)) return { kind: 'hireCancelled' };
	}
	const meaning = meaningOf(type, meanings);
	const wasDeactivated = meaning.kind === 'changed' && resource['active'] === false;
	if (/^worker\.(v2\.)?deleted$/i.test(type)) {
		return {
			...meaning,
			alarm: 'Deleted in Deel: somebody left, or a record was tidied up. A person must look.',
		};
	}
	return wasDeactivated ? { kind: 'left' } : meaning;
}

/** A contract has an id of its own, which is nobody's. */
function employeeIdOf(type: string, resource: Fields): string | undefined {
	const ofWorker = text(fieldsOf(resource, 'worker')['id'], resource['worker_id']);
	return isAboutContract(type) ? ofWorker : text(resource['id'], ofWorker);
}

function effectiveDateOf(type: string, resource: Fields): string | undefined {
	if (/terminat|status/i.test(type)) {
		return dateText(resource['termination_date'], resource['end_date']);
	}
	return /created/i.test(type) ? dateText(resource['start_date']) : undefined;
}

/** People come in Deel's own form, or in that of SCIM. */
function personOf(resource: Fields): Person | undefined {
	const worker = isFields(resource['worker']) ? resource['worker'] : resource;
	const name = fieldsOf(worker, 'name');
	const { emails } = worker;
	const [firstEmail]: unknown[] = Array.isArray(emails) ? emails : [];
	return personFrom({
		email: text(worker['email'], worker['work_email'], isFields(firstEmail) && firstEmail['value']),
		displayName: text(worker['full_name'], worker['display_name']),
		givenName: text(worker['first_name'], name['given_name'], name['givenName']),
		familyName: text(worker['last_name'], name['family_name'], name['familyName']),
		title: text(worker['job_title'], worker['title']),
		active: worker['active'],
	});
}
