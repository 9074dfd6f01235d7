import { z } from 'zod';

import { GROUP_SCHEMA } from './schemaUrns';
import { ScimError } from './scimError';

/** A Group of the workspace, parsed once. */
export interface Group {
	id: string;
	/** Not guaranteed to be unique: groups older than that rule can share a name (Notion help, "SCIM"). */
	displayName: string;
	/** User ids, each once. */
	memberIds: string[];
	/** The resource as it came, with everything unknown kept. */
	resource: Record<string, unknown>;
}

const groupSchema = z.object({
	id: z.string().min(1),
	displayName: z.string(),
	members: z.array(z.object({ value: z.string() })).nullish(),
});

/** @throws ScimError `unexpectedAnswer` without `id` or `displayName`, or with members of another form */
export function parseGroup(body: unknown): Group {
	const parsed = groupSchema.safeParse(body);
	const resource = z.record(z.unknown()).safeParse(body);
	if (!parsed.success || !resource.success) {
		throw new ScimError(
			'unexpectedAnswer',
			'The server answered, but not with a SCIM group that has an ID and a name.',
			'Check the Base URL of the credential. If it is right, the server has changed; please report it.',
		);
	}
	return {
		id: parsed.data.id,
		displayName: parsed.data.displayName,
		memberIds: [...new Set((parsed.data.members ?? []).map((member) => member.value))],
		resource: resource.data,
	};
}

/**
 * The body of `POST /Groups`. Members are left out on purpose: whether Notion reads them there is
 * not documented, so they are added by PATCH afterwards.
 */
export function newGroupResource(displayName: string): Record<string, unknown> {
	return { schemas: [GROUP_SCHEMA], displayName };
}

/** Group names are compared exactly, but for surrounding white space and Unicode composition. */
export function groupNameKey(name: string): string {
	return name.trim().normalize('NFC');
}
