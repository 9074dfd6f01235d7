import type { StoredChange } from '../journal';
import type { Leasing } from '../leases';
import { COPY, holderOf } from '../leases';
import { instantOf, isoText } from '../zones';
import type { LockedApp } from './emergencyRow';
import { appOf } from './emergencyRow';
import type { ProtectedList } from './protectedList';

const HOUR = 60 * 60 * 1000;

/** The maximum number of starts of a row: one that fails or dies is started once more. */
export const MOST_TRIES = 2;

/** What an admin sets for emergencies. */
export interface EmergencySettings {
	/** The apps that the company has. */
	apps: readonly LockedApp[];
	protectedResponders: ProtectedList;
	/** How many people may be locked out in how many hours before a person must confirm. */
	limitPeople: number;
	limitHours: number;
	/** After this time, a missing answer is a no. */
	confirmWithinHours: number;
	/** Whether it is an alert that an app does not have the person. */
	alertIfNotFound: boolean;
}

/** The facts that the rules read: one person in one app. */
export interface EmergencyFacts {
	row: StoredChange;
	/** Other rows of the same call, person and app. */
	sameKey: readonly StoredChange[];
	/** The people who may be locked out without a confirmation; undefined if they cannot be counted. */
	first: ReadonlySet<string> | undefined;
	settings: EmergencySettings;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * A named rule.
 * @returns the row as it is afterwards; undefined if the rule does not apply
 */
interface EmergencyRule {
	name: string;
	decide(facts: EmergencyFacts): StoredChange | undefined;
}

/** An execution that died must not block a security tool that calls again after two minutes. */
const EMERGENCY_LEASING: Leasing<StoredChange> = {
	lease: 2 * 60_000,
	isOpen: ({ outcome }) => ['failed', 'notVerified', 'declined', 'expired'].includes(outcome),
};

/** The first rule that applies decides. */
export const EMERGENCY_RULES: readonly EmergencyRule[] = [
	{ name: 'The call cannot be followed', decide: cannotBeFollowed },
	{ name: 'It is not known who is protected', decide: protectionUnknown },
	{ name: 'Another row has this call', decide: copy },
	{ name: 'A protected responder', decide: protectedResponder },
	{ name: 'The company does not have the app', decide: notSetUp },
	{ name: 'No one has confirmed it in time', decide: expired },
	{ name: 'Begun twice', decide: begunTwice },
	{ name: 'A person has confirmed it', decide: confirmed },
	{ name: 'More people than the limit', decide: beyondLimit },
	{ name: 'Within the limit', decide: lockOut },
];

/** @returns the row as it is afterwards */
export function decideOnEmergency(facts: EmergencyFacts): StoredChange {
	for (const { decide } of EMERGENCY_RULES) {
		const after = decide(facts);
		if (after) return after;
	}
	return lockOut(facts);
}

function cannotBeFollowed({ row }: EmergencyFacts): StoredChange | undefined {
	const { trouble, ...details } = row.details;
	if (trouble !== undefined) return { ...row, state: 'refused', outcome: 'failed', reason: trouble, details };
	if (appOf(row) !== 'none') return undefined;
	return { ...row, state: 'refused', outcome: 'failed', reason: 'The row names no app, so no one was locked out.' };
}

function protectionUnknown({ row, settings }: EmergencyFacts): StoredChange | undefined {
	const { trouble } = settings.protectedResponders;
	return trouble === undefined ? undefined : { ...row, state: 'refused', outcome: 'failed', reason: trouble };
}

function copy({ row, sameKey }: EmergencyFacts): StoredChange | undefined {
	const holder = holderOf(row, sameKey, EMERGENCY_LEASING);
	if (!holder) return undefined;
	return { ...row, state: 'withdrawn', outcome: COPY, reason: `Row ${holder.id} does this for the same call.` };
}

function protectedResponder({ row, settings }: EmergencyFacts): StoredChange | undefined {
	if (!settings.protectedResponders.keys.has(row.email)) return undefined;
	return { ...row, state: 'refused', outcome: 'protected', reason: 'A protected responder is never locked out.' };
}

function notSetUp({ row, settings }: EmergencyFacts): StoredChange | undefined {
	if (settings.apps.some((app) => app === appOf(row))) return undefined;
	return { ...row, state: 'done', outcome: 'notSetUp', reason: 'This app is not among Apps of Plan Changes.' };
}

function expired({ row, now }: EmergencyFacts): StoredChange | undefined {
	const isExpired = row.outcome === 'held' && row.approvedBy === '' && (instantOf(row.dueAt) ?? now) <= now;
	return isExpired ? { ...row, state: 'done', outcome: 'expired', reason: 'No one decided in time.' } : undefined;
}

function begunTwice({ row }: EmergencyFacts): StoredChange | undefined {
	if (row.attempts < MOST_TRIES) return undefined;
	const reason = row.outcome === 'failed' ? row.reason : 'It was begun twice and did not end.';
	return { ...row, state: 'needsPerson', outcome: row.outcome === 'failed' ? 'failed' : 'notVerified', reason };
}

function confirmed(facts: EmergencyFacts): StoredChange | undefined {
	return facts.row.approvedBy === '' ? undefined : lockOut(facts);
}

function beyondLimit({ row, first, settings, now }: EmergencyFacts): StoredChange | undefined {
	if (first?.has(row.email)) return undefined;
	const { limitPeople, limitHours, confirmWithinHours } = settings;
	return {
		...row,
		state: 'held',
		outcome: 'held',
		dueAt: row.outcome === 'held' ? row.dueAt : isoText(now + confirmWithinHours * HOUR),
		reason:
			first === undefined
				? 'It cannot be counted how many people were locked out: a person must confirm.'
				: `More than ${limitPeople} people in ${limitHours} h: a person must confirm.`,
	};
}

function lockOut({ row, settings }: EmergencyFacts): StoredChange {
	const keys = [...settings.protectedResponders.keys];
	return {
		...row,
		state: 'intended',
		outcome: '',
		dueAt: '',
		attempts: row.attempts + 1,
		reason: row.details.callReason ?? '',
		details: {
			...row.details,
			// The other apps have accounts with several addresses; Notion's credential protects people
			// itself.
			...(keys.length > 0 && appOf(row) !== 'notion' ? { protectedEmails: keys } : {}),
			...(settings.alertIfNotFound ? {} : { quietNotFound: true }),
		},
	};
}
