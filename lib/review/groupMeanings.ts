import { z } from 'zod';

import { readEmail, shownEntry } from '../scim/emailAddress';
import { groupNameKey } from '../scim/groupResource';
import { ScimError } from '../scim/scimError';

/** What a group stands for; SCIM knows names only. An admin connects it to a teamspace in Notion. */
export interface GroupMeaning {
	/** Name of the group. */
	group: string;
	teamspace: string | undefined;
	/** The company's own word, for example `confidential`. */
	sensitivity: string | undefined;
	/** Address of the person who is responsible for the content. */
	owner: string | undefined;
}

const word = z
	.string()
	.nullish()
	.transform((text) => text?.trim() || undefined);

const meaningsSchema = z.array(
	z.object({ group: z.string().trim().min(1), teamspace: word, sensitivity: word, owner: word }),
);

/**
 * Reads what an admin entered: an array or its JSON text. Nothing entered is an empty list.
 *
 * @throws ScimError `invalidInput`, also for a group with two meanings
 */
export function parseGroupMeanings(value: unknown): GroupMeaning[] {
	const parsed = meaningsSchema.safeParse(listed(value));
	if (!parsed.success) {
		throw unusable('Group Meanings is not a list of groups with what they mean.');
	}
	const names = parsed.data.map(({ group }) => groupNameKey(group));
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) throw unusable(`Group Meanings names the group "${twice}" twice.`);
	return parsed.data.map(({ group, teamspace, sensitivity, owner }) => ({
		group,
		teamspace,
		sensitivity,
		owner: owner === undefined ? undefined : ownerOf(group, owner),
	}));
}

/** The person to ask about the group. Without an address, no one would be asked. */
function ownerOf(group: string, written: string): string {
	const email = readEmail(written);
	if (email !== undefined) return email;
	throw unusable(
		`Group Meanings has "${shownEntry(written)}" as the owner of the group "${group}", which is not an email address.`,
	);
}

function listed(value: unknown): unknown {
	if (value === null || value === undefined) return [];
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return [];
	try {
		const list: unknown = JSON.parse(value);
		return list;
	} catch {
		return undefined;
	}
}

function unusable(message: string): ScimError {
	return new ScimError(
		'invalidInput',
		message,
		'Give an array such as [{ "group": "Finance", "teamspace": "Finance", "sensitivity": "confidential", "owner": "cfo@example.com" }], each group once.',
	);
}
