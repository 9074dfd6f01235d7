import { z } from 'zod';

import type { PersonAttribute } from '../scim/personAttributes';

const instant = z.string();

/** A group for a person to join: by ID if it was picked from a list, otherwise by name. */
const groupReference = z.object({ id: z.string().optional(), name: z.string() });

export type GroupReference = z.infer<typeof groupReference>;

/**
 * The attributes that a hire or a change writes. The address is not included: it decides whose account it
 * is.
 */
export const WRITTEN_ATTRIBUTES = [
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'division',
	'costCenter',
	'employeeNumber',
	'managerEmail',
] as const satisfies readonly PersonAttribute[];

/** The apps that an emergency locks people out of; `none` stands for a call that cannot be carried out. */
export const EMERGENCY_APPS = ['notion', 'entra', 'okta', 'google', 'none'] as const;

export type EmergencyApp = (typeof EMERGENCY_APPS)[number];

/** Attributes of a person as the HRIS or a signed event gives them. */
const attributes = z.record(z.enum(WRITTEN_ATTRIBUTES), z.string());

/**
 * What a journal row holds besides its columns. Everything is small: a row stays under half a kilobyte,
 * because n8n stores the rows that an execution reads with the execution.
 */
export const detailsSchema = z
	.object({
		/** How certain it is that the HRIS sent the event. Only `signed` facts may be trusted. */
		authenticity: z.enum(['signed', 'token']),
		/** A sentence on what is unusual about the event. An admin gets it, whatever the HRIS says. */
		trouble: z.string(),
		/** The sender's word for the event if it is unknown. All events with one word are one alert. */
		unknownWord: z.string(),
		/**
		 * What a signed event says about the person, until the HRIS has been read; then what the operation
		 * writes.
		 */
		person: attributes,
		/** The role that the change gives. */
		role: z.string(),
		groups: z.array(groupReference),
		/** Whether groups that Notion does not have are made. */
		createGroups: z.boolean(),
		groupsJoined: z.array(z.string()),
		groupsMissing: z.array(z.string()),
		/** Why the HRIS is read once more: it reports the person as active after the last day, too. */
		lookAgain: z.enum(['active', 'overdue']),
		/** Since when the HRIS has said so. */
		since: instant,
		/** How often an execution that worked on the row has failed or died. */
		interrupted: z.number(),
		/** When the intention to remove the person was stored. */
		intendedAt: instant,
		/** When an earlier attempt may have removed the person, without a confirmation. */
		attemptAt: instant,
		/** Whether an attempt has found the person in Notion. */
		wasSeen: z.boolean(),
		/** When the person was confirmed to be gone. */
		verifiedAt: instant,
		/** Of a reminder: until when the person's private pages can be transferred, and its day. */
		transferUntil: instant,
		day: z.number(),
		/** Of an emergency: the app that its row is about. */
		app: z.enum(EMERGENCY_APPS),
		/** The caller's reason for the lockdown; `reason` of the row holds the outcome. */
		callReason: z.string(),
		/** Addresses of responders, whose accounts are left alone in every app. */
		protectedEmails: z.array(z.string()),
		/** The app is expected not to have the person, so this is no alert. */
		quietNotFound: z.boolean(),
		/** Of a planned change: its action, its group, the seats that it adds, and the plan it belongs to. */
		action: z.string(),
		groupId: z.string(),
		groupName: z.string(),
		seats: z.number(),
		planDigest: z.string(),
		/** The planned change as JSON, signed, as Apply takes it; only while the row may still be carried out. */
		planned: z.string(),
	})
	.partial();

export type Details = z.infer<typeof detailsSchema>;
