import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import type { Alert } from './decision';
import { emergencyKey } from './emergency/emergencyRow';
import { isAboutPerson } from './heldChange';
import type { Change, ReadRows, StoredChange } from './journal';
import { newChange } from './journal';
import { alertOfUnreadable } from './plan';
import { isoText } from './zones';

const HOUR = 60 * 60 * 1000;

/** The name of the workflow, in rows and alerts. */
const WORKFLOW = 'out-of-band-alert';

const GIVES_ACCESS = ['personAdded', 'roleRaised'] as const;

const roleOf = z.object({ role: z.string() }).nullish().transform((person) => person?.role);

/** An item of the Notion SCIM Trigger that tells of new access. */
const accessSchema = z.object({
	event: z.enum(GIVES_ACCESS),
	eventId: z.string().min(1),
	detectedAt: z.string().transform((at) => Date.parse(at)).pipe(z.number()),
	id: z.string().min(1),
	email: z.string().min(1),
	displayName: z.string().nullish(),
	before: roleOf,
	after: roleOf,
});

type AccessEvent = z.output<typeof accessSchema>;

const otherEventSchema = z.object({ event: z.string().refine((event) => !GIVES_ACCESS.some((one) => one === event)) });

const directoryRowSchema = z.object({ email: z.string(), status: z.string().nullish() });

export interface OutOfBandInputs {
	/** Items of the trigger. */
	events: readonly unknown[];
	/** Recent rows of the journal. */
	journal: ReadRows;
	/** Rows of the Data Table `directory_people`. */
	directory: readonly unknown[];
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

export interface OutOfBandSettings {
	/** A row of the journal explains what was detected up to so many hours after it. */
	explainedWithinHours: number;
	/** For how long a lockdown waits for a person to confirm it. */
	confirmWithinHours: number;
}

export interface OutOfBand {
	/** Lockdowns that wait for a person, in the form of emergency-lockdown; one for each person. */
	held: Change[];
	/** One for each person. */
	alerts: Alert[];
}

/**
 * New access that neither the journal nor the directory explains. A row or an item that cannot be read explains
 * nothing, and is an alert.
 */
export function findOutOfBand(inputs: OutOfBandInputs, settings: OutOfBandSettings): OutOfBand {
	const { events, journal, execution, now } = inputs;
	const read = events.map((event) => accessSchema.safeParse(event));
	const listed = listedIn(inputs.directory);
	const unexplained = new Map<string, AccessEvent[]>();
	for (const { data: event } of read) {
		if (!event || isExplained(event, journal.rows, listed, settings)) continue;
		unexplained.set(event.id, [...(unexplained.get(event.id) ?? []), event]);
	}
	const unreadable = events.filter((event, at) => !read[at]?.success && !otherEventSchema.safeParse(event).success);
	const open = [...unexplained.values()].filter((ofPerson) => !isDecided(ofPerson, journal.rows));
	return {
		held: open.flatMap((ofPerson) => heldRow(ofPerson, execution, now, settings)),
		alerts: [
			...open.flatMap((ofPerson) => alertOf(ofPerson, settings)),
			...(unreadable.length === 0 ? [] : [unreadableAlert(unreadable.length)]),
			...journal.unreadable.map(alertOfUnreadable),
		],
	};
}

/** Addresses that the directory lists, except of those whose status says anything but active. */
function listedIn(rows: readonly unknown[]): ReadonlySet<string> {
	const emails = rows.flatMap((row) => {
		const { data } = directoryRowSchema.safeParse(row);
		const isActive = ['', 'active'].includes(data?.status?.trim().toLowerCase() ?? '');
		return data && isActive && data.email.trim() !== '' ? [emailKey(data.email)] : [];
	});
	return new Set(emails);
}

function isExplained(
	event: AccessEvent,
	rows: readonly StoredChange[],
	listed: ReadonlySet<string>,
	{ explainedWithinHours }: OutOfBandSettings,
): boolean {
	// A directory says who belongs to the company; it gives no one a role.
	if (event.event === 'personAdded' && listed.has(emailKey(event.email))) return true;
	const since = event.detectedAt - explainedWithinHours * HOUR;
	const done = rows.filter(
		(row) => row.updatedAt >= since && isAboutPerson(row, { email: event.email, userId: event.id }) && isDone(row),
	);
	if (event.event === 'personAdded') return done.some(addsPerson);
	// What the journal has said before explains nothing once it says another role.
	const [newest] = done.filter(({ details }) => details.role).sort((one, other) => other.updatedAt - one.updatedAt);
	return newest !== undefined && newest.details.role === event.after;
}

/** What was refused, held or failed has given no one access. A row counts whichever process of n8n has written it. */
function isDone({ state, outcome }: StoredChange): boolean {
	return state === 'intended' || (state === 'done' && !['ignored', 'merged', 'declined', 'expired'].includes(outcome));
}

function addsPerson({ kind, details }: StoredChange): boolean {
	return kind === 'hire' || (kind === 'sync' && details.action === 'user.create');
}

/** Whether a person has decided on the same events before: an execution that is repeated asks no second time. */
function isDecided([first]: readonly AccessEvent[], rows: readonly StoredChange[]): boolean {
	return first !== undefined && rows.some(({ key, state }) => key === keyOf(first) && state !== 'held');
}

function keyOf({ eventId, email }: AccessEvent): string {
	return emergencyKey({ source: WORKFLOW, delivery: eventId }, emailKey(email), 'notion');
}

/** It becomes due when the time to confirm is over, and then expires. */
function heldRow(
	[first]: readonly AccessEvent[],
	execution: string,
	now: number,
	{ confirmWithinHours }: OutOfBandSettings,
): Change[] {
	if (!first) return [];
	const { id, email, displayName } = first;
	return [
		newChange({
			kind: 'emergency',
			state: 'held',
			outcome: 'held',
			key: keyOf(first),
			event: 'accessRevoked',
			source: WORKFLOW,
			execution,
			userId: id,
			email: emailKey(email),
			displayName: displayName ?? '',
			knownAt: isoText(now),
			dueAt: isoText(now + confirmWithinHours * HOUR),
			requestedBy: WORKFLOW,
			reason: 'Access that neither the journal nor the directory explains: a person must confirm.',
			details: { app: 'notion', callReason: 'Access that neither the journal nor the directory explains.' },
		}),
	];
}

function alertOf(ofPerson: readonly AccessEvent[], { confirmWithinHours }: OutOfBandSettings): Alert[] {
	const [first] = ofPerson;
	if (!first) return [];
	const { email, id } = first;
	const facts = ofPerson.map(({ event, before, after }) =>
		event === 'personAdded' ? 'was added to the workspace' : `has the role ${after ?? 'unknown'} now (before: ${before ?? 'none'})`,
	);
	const isOwner = ofPerson.some(({ after }) => after === 'owner');
	return [
		{
			key: `${WORKFLOW}: ${emailKey(email)}`,
			text: [
				`${email} (${id}) ${facts.join(', and ')}. Neither the journal nor the directory says why.`,
				`If that is wrong: open the form of emergency-confirm within ${confirmWithinHours} hours, which locks out everyone on its list.`,
				...(isOwner ? ['An owner is not locked out of Notion: lower the role in Notion under Settings, People, first.'] : []),
				'If it is right: answer No in the form. That is recorded with your name, and this access is not raised again.',
				'For directory-sync the person is still not in the directory: add them there.',
			].join(' '),
		},
	];
}

function unreadableAlert(count: number): Alert {
	return {
		key: `${WORKFLOW}: unreadable`,
		text: `${count} of the items that came are no events of the Notion SCIM Trigger, so no one knows what they tell. Look at the execution.`,
	};
}
