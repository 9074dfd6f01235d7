import { z } from 'zod';

import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import { fields, lenientText } from '../cells';
import type { Details } from '../details';
import { EVENT_KINDS } from '../eventKinds';
import type { Change } from '../journal';
import { newChange } from '../journal';
import { isoText } from '../zones';
import { emergencyKey, LOCKED_APPS } from './emergencyRow';

/** Context for reading calls, besides the item. */
export interface CallReception {
	/** The execution that received it. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** One person a call names, from any trigger. An empty text means unknown. */
interface Call {
	kind: string;
	/** As written. */
	named: string;
	source: string;
	/** The same for all copies of one call. */
	delivery: string;
	requestedBy: string;
	reason: string;
	reference: string;
	authenticity: 'signed' | 'token';
	/** What the trigger found unusual. */
	alert: string;
	/** A test of the connection by an admin: nothing has happened. */
	isSimulation: boolean;
}

const askingSchema = z.object({ requestedBy: lenientText, reason: lenientText, reference: lenientText });

const callSchema = askingSchema.extend({
	kind: lenientText,
	source: lenientText,
	eventId: lenientText,
	email: lenientText,
	person: fields,
	authenticity: lenientText,
	alert: lenientText,
	simulation: z.boolean().catch(false),
	raw: fields,
});

/** The rows of an item of the HRIS Trigger, which has checked the signature. */
export function rowsOfEvent(item: unknown, reception: CallReception): Change[] {
	const event = callSchema.parse(fields.parse(item));
	const inside = callSchema.parse(event.raw);
	return rowsOf(
		{
			kind: event.kind,
			named: namedIn(event) || namedIn(inside),
			source: event.source || inside.source || 'HrisEvents',
			// The trigger appends the position in the delivery, and the employee, to the ID of the delivery.
			delivery: event.eventId.replace(/\/\d+\/[^/]*$/, '') || `execution ${reception.execution}`,
			...askingSchema.parse(inside),
			authenticity: event.authenticity === 'signed' ? 'signed' : 'token',
			alert: event.alert,
			isSimulation: event.simulation,
		},
		reception,
	);
}

/**
 * The rows of a delivery to n8n's Webhook node: one person, a list of people, or either under `people` or
 * `events`. An invalid entry does not stop the others.
 */
export function rowsOfBody(body: unknown, reception: CallReception): Change[] {
	const common = fields.parse(body);
	const list = Array.isArray(body) ? body : (common['events'] ?? common['people'] ?? [body]);
	const entries: unknown[] = Array.isArray(list) && list.length > 0 ? list : [{}];
	const seen = new Set<string>();
	return entries
		.flatMap((entry) => rowsOf(callOfEntry(entry, common, reception), reception))
		.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** An unreadable row that another workflow handed over raises an alert, and locks no one out. */
export function rowOfTrouble(
	{ eventId, email, details: { trouble = '' } }: { eventId: string; email: string; details: Details },
	{ execution, now }: CallReception,
): Change {
	return newChange({
		key: emergencyKey({ source: 'journal', delivery: eventId }, email, 'none'),
		kind: 'emergency',
		state: 'received',
		execution,
		email,
		knownAt: isoText(now),
		details: { app: 'none', trouble },
	});
}

function callOfEntry(given: unknown, common: Record<string, unknown>, { execution }: CallReception): Call {
	const isObject = typeof given === 'object' && given !== null;
	const entry = callSchema.parse(fields.parse(given));
	const all = callSchema.parse(common);
	return {
		kind: entry.kind,
		named: isObject ? namedIn(entry) : lenientText.parse(given),
		source: entry.source || all.source || 'HrisWebhook',
		delivery: entry.eventId || all.eventId || `execution ${execution}`,
		requestedBy: entry.requestedBy || all.requestedBy,
		reason: entry.reason || all.reason,
		reference: entry.reference || all.reference,
		authenticity: 'token',
		alert: '',
		isSimulation: false,
	};
}

function namedIn({ person, email }: z.infer<typeof callSchema>): string {
	return lenientText.parse(person['email']) || email;
}

/** One row for each app; a call that cannot be carried out gets one row with the app `none`. */
function rowsOf(call: Call, { execution, now }: CallReception): Change[] {
	if (call.isSimulation) return [];
	const address = addressIn(call.named);
	const trouble = troubleOf(call, address);
	const email = (address ?? emailKey(call.named)).slice(0, 200);
	const source = call.source.slice(0, 100);
	const about: Details = {
		authenticity: call.authenticity,
		...(call.reason === '' ? {} : { callReason: call.reason.slice(0, 500) }),
		...(trouble === undefined ? {} : { trouble }),
	};
	return (trouble === undefined ? LOCKED_APPS : (['none'] as const)).map((app) =>
		newChange({
			key: emergencyKey({ source, delivery: call.delivery }, email, app),
			kind: 'emergency',
			state: 'received',
			execution,
			event: call.kind === '' ? 'accessRevoked' : (EVENT_KINDS.find((kind) => kind === call.kind) ?? 'other'),
			source,
			email,
			knownAt: isoText(now),
			reason: call.reason.slice(0, 500),
			// If the call names no other sender, a sender that is a person counts as the requester.
			requestedBy: call.requestedBy || (readEmail(call.source) ?? ''),
			reference: call.reference.slice(0, 200) || `${source} ${call.delivery}`,
			details: { app, ...about },
		}),
	);
}

/** The comparison key of an address in the ASCII form that all apps know. */
function addressIn(written: string): string | undefined {
	const email = readEmail(written);
	const key = email === undefined ? '' : emailKey(email);
	return /^[\x21-\x7e]+$/.test(key) ? key : undefined;
}

/** Why a call locks no one out, as a sentence. */
function troubleOf({ kind, named, alert }: Call, address: string | undefined): string | undefined {
	if (kind !== '' && kind !== 'accessRevoked') {
		return `"${kind.slice(0, 40)}" is no emergency, so no one was locked out. ${alert}`.trim();
	}
	if (named === '') return 'The call names no email address, so no one was locked out.';
	if (address === undefined) return 'The call names something that is no email address, so no one was locked out.';
	return undefined;
}
