import { createHash } from 'node:crypto';
import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import { ScimError } from '../scim/scimError';
import { addressIn, fields, lenientText } from './cells';
import type { Details } from './details';
import { WRITTEN_ATTRIBUTES } from './details';
import { rowOfTrouble, rowsOfBody, rowsOfEvent } from './emergency/calls';
import { namesSource } from './employees';
import type { EventKind, JobName } from './eventKinds';
import { concerns, EVENT_KINDS } from './eventKinds';
import type { Change, ChangeKind, StoredChange } from './journal';
import { newChange, readChange, readChanges } from './journal';
import { isoText } from './zones';

/** Context for reading events, besides the items. */
export interface Reception {
	job: JobName;
	/** The HRIS of events that do not name theirs. */
	source: string;
	/** The execution that received them. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** One event in a common form, from any trigger. An empty text means unknown. */
interface ReceivedEvent {
	kind: EventKind;
	source: string;
	eventId: string;
	employeeId: string;
	companyId: string;
	email: string;
	timeZone: string;
	details: Details;
	/** A test of the connection by an admin: nothing has happened to the person. */
	isSimulation?: boolean;
}

/**
 * The rows to store for the items of any trigger, in state `received`: of the HRIS Trigger, of n8n's Webhook
 * node, or a journal row that another workflow hands over. A stored row that is handed over keeps its `id`.
 * Events of other jobs are left to those, unless an admin must know about them.
 */
export function receiveEvents(items: readonly unknown[], reception: Reception): Array<Change | StoredChange> {
	return items.flatMap((item): Array<Change | StoredChange> => {
		const handedOver = rowHandedOver(item, reception);
		if (handedOver) return [handedOver];
		if (reception.job === 'emergency') {
			const unreadable = eventOfUnreadableRow(item);
			if (unreadable) return [rowOfTrouble(unreadable, reception)];
			return isDelivery(item) ? rowsOfBody(item.body, reception) : rowsOfEvent(item, reception);
		}
		const events = isDelivery(item)
			? eventsOfDelivery(item, reception)
			: [eventOfUnreadableRow(item) ?? eventOfTrigger(item)];
		return events
			.filter(({ isSimulation }) => !isSimulation)
			.filter(({ kind, details }) => concerns(reception.job, kind) || details.trouble !== undefined)
			.map((event) => rowOf(event, reception));
	});
}

/** The same for every copy of an event, and for one job: if two workflows get one event, both act on it. */
export function eventKey(
	job: JobName,
	event: Pick<ReceivedEvent, 'source' | 'companyId' | 'eventId' | 'employeeId' | 'email'>,
): string {
	const who = event.employeeId || emailKey(event.email);
	return [job, event.source, event.companyId, event.eventId, who].join('|');
}

/** The rows that a workflow takes over from others. */
const OWN_KINDS: Readonly<Record<JobName, readonly ChangeKind[]>> = {
	joiners: ['hire', 'change'],
	leavers: ['leave', 'watch', 'remind'],
	emergency: ['emergency'],
};

/** What a row of a job changes. The clock uses it to find the workflow for a due row. */
function changeKind(job: JobName, event: EventKind): ChangeKind {
	if (job !== 'joiners') return 'leave';
	return ['hired', 'rehired', 'hireCancelled'].includes(event) ? 'hire' : 'change';
}

function rowOf(event: ReceivedEvent, { job, source: usual, execution, now }: Reception): Change {
	const source = namesSource(event.source) ? event.source : usual || event.source;
	const named = { ...event, source, eventId: event.eventId || execution };
	return newChange({
		key: eventKey(job, named),
		kind: changeKind(job, event.kind),
		state: 'received',
		execution,
		event: event.kind,
		source,
		companyId: event.companyId,
		employeeId: event.employeeId,
		email: event.email,
		timeZone: event.timeZone,
		knownAt: isoText(now),
		reference: [source, named.eventId].join(' ').trim(),
		details: event.details,
	});
}

/**
 * A journal row, as the clock or the nightly comparison hands it over.
 * @throws ScimError `invalidInput` for a row of another job, which this job would close without doing
 * anything
 */
function rowHandedOver(item: unknown, { job, execution, now }: Reception): Change | StoredChange | undefined {
	const { state } = fields.parse(item);
	if (state === undefined || isDelivery(item)) return undefined;
	const [stored] = readChanges([item]).rows;
	const change = stored ?? readChange(item);
	if (!change) return undefined;
	if (!OWN_KINDS[job].includes(change.kind)) throw wrongJob(change, job);
	return { ...change, state: 'received', execution, knownAt: change.knownAt || isoText(now) };
}

function wrongJob(row: Change, job: JobName): ScimError {
	return new ScimError(
		'invalidInput',
		`A row of kind "${row.kind}"${'id' in row ? ` (${String(row.id)})` : ''} is none for ${job}. Nothing was done.`,
		'Hand the row to the workflow that takes care of it, or correct its kind in the Data Table.',
	);
}

/** An unreadable row raises an alert only once, because the key is always the same. */
function eventOfUnreadableRow(item: unknown): ReceivedEvent | undefined {
	const [row] = 'state' in fields.parse(item) ? readChanges([item]).unreadable : [];
	if (!row) return undefined;
	const { id, employeeId, email, why } = row;
	const unknown = { source: '', companyId: '', timeZone: '' };
	return { ...unknown, kind: 'other', eventId: `row:${id}`, employeeId, email, details: troubleOf(why) };
}

const triggerSchema = z.object({
	kind: lenientText,
	type: lenientText,
	source: lenientText,
	eventId: lenientText,
	employeeId: lenientText,
	companyId: lenientText,
	email: lenientText,
	timeZone: lenientText,
	authenticity: lenientText,
	person: fields,
	alert: lenientText,
	unmapped: z.boolean().catch(false),
	simulation: z.boolean().catch(false),
});

/** An item of the HRIS Trigger. */
function eventOfTrigger(item: unknown): ReceivedEvent {
	const event = triggerSchema.parse(fields.parse(item));
	const known = EVENT_KINDS.find((one) => one === event.kind);
	const isSigned = event.authenticity === 'signed';
	const trouble = event.alert || (known ? '' : unknownEvent(event.kind));
	const word = known ? (event.unmapped ? event.type : '') : event.kind;
	return {
		kind: known ?? 'other',
		source: event.source,
		eventId: event.eventId,
		employeeId: event.employeeId,
		companyId: event.companyId,
		email: addressIn(event.email || lenientText.parse(event.person['email'])),
		timeZone: event.timeZone,
		isSimulation: event.simulation,
		details: {
			authenticity: isSigned ? 'signed' : 'token',
			...troubleOf(trouble, word),
			// A sender that is authenticated only by a password can be imitated, so its statements are not
			// trusted.
			...(isSigned ? signedFacts(event.person) : {}),
		},
	};
}

/** What a signed event says about the attributes that are written. */
function signedFacts(person: Record<string, unknown>): Pick<Details, 'person'> {
	const facts = Object.fromEntries(
		WRITTEN_ATTRIBUTES.flatMap((attribute) => {
			const value = lenientText.parse(person[attribute]);
			return value === '' ? [] : [[attribute, value]];
		}),
	);
	return Object.keys(facts).length === 0 ? {} : { person: facts };
}

const deliverySchema = z.object({ headers: z.record(z.unknown()), body: z.unknown() });

/** Whether an item comes from n8n's Webhook node. */
function isDelivery(item: unknown): item is z.infer<typeof deliverySchema> {
	return deliverySchema.safeParse(item).success;
}

/** One object, a list, `{events}`, or BambooHR's `{employees}`. */
function eventsOfDelivery({ body }: { body?: unknown }, reception: Reception): ReceivedEvent[] {
	const { events, employees } = fields.parse(body);
	const list = [body, events, employees].find(Array.isArray) ?? [body];
	const isBambooHr = list === employees;
	return list.map((entry: unknown) => eventOfEntry(entry, isBambooHr, reception));
}

/** The words that systems use for a kind, without `employee.` and reduced to letters. */
const KINDS_BY_WORD: Readonly<Record<string, EventKind>> = {
	created: 'hired',
	hired: 'hired',
	joined: 'hired',
	rehired: 'rehired',
	hirecancelled: 'hireCancelled',
	updated: 'changed',
	changed: 'changed',
	leaverscheduled: 'leaverScheduled',
	left: 'left',
	terminated: 'left',
	leavercancelled: 'leaverCancelled',
	onleave: 'onLeave',
	returned: 'returned',
	accessrevoked: 'accessRevoked',
	other: 'other',
};

const entrySchema = z.object({
	kind: lenientText,
	action: lenientText,
	type: lenientText,
	source: lenientText,
	eventId: lenientText,
	employeeId: lenientText,
	id: lenientText,
	companyId: lenientText,
	email: lenientText,
	timeZone: lenientText,
	person: fields,
	data: z.object({ employeeId: lenientText, companyId: lenientText }).catch({ employeeId: '', companyId: '' }),
});

/**
 * An unknown word is an alert: it may mean a beginning or an end. BambooHR's deliveries with fields do not
 * always state an action; then something about the employee has changed.
 */
function eventOfEntry(given: unknown, isBambooHr: boolean, { now }: Reception): ReceivedEvent {
	const entry = entrySchema.parse(fields.parse(given));
	const word = entry.kind || entry.action || entry.type;
	const plain = word.toLowerCase().replace(/^employee\./, '').replace(/[^a-z]/g, '');
	const known = Object.hasOwn(KINDS_BY_WORD, plain) ? KINDS_BY_WORD[plain] : undefined;
	const isClear = known !== undefined || (isBambooHr && word === '');
	return {
		kind: known ?? (isBambooHr ? 'changed' : 'other'),
		source: entry.source,
		eventId: entry.eventId || idByContent(given, now),
		employeeId: entry.employeeId || entry.data.employeeId || entry.id,
		companyId: entry.companyId || entry.data.companyId,
		email: addressIn(entry.email || lenientText.parse(entry.person['email'])),
		timeZone: entry.timeZone,
		details: { authenticity: 'token', ...(isClear ? {} : troubleOf(unknownEvent(word), word)) },
	};
}

function unknownEvent(word: string): string {
	return word === ''
		? 'The event does not say what happened.'
		: `"${word.slice(0, 80)}" is no event that this workflow knows.`;
}

function troubleOf(trouble: string, word = ''): Pick<Details, 'trouble' | 'unknownWord'> {
	if (trouble === '') return {};
	return { trouble: trouble.slice(0, 200), ...(word === '' ? {} : { unknownWord: word.slice(0, 80) }) };
}

/** For a sender without event IDs: deliveries that are equal within a minute are copies. */
function idByContent(entry: unknown, now: number): string {
	const digest = createHash('sha256').update(JSON.stringify(entry) ?? '').digest('hex');
	return `content:${digest.slice(0, 16)}:${Math.floor(now / 60_000)}`;
}
