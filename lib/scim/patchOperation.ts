import { declarationOf, patchPath } from './attributeDeclarations';
import { emailKey } from './emailKey';
import { memberPath } from './filter';
import type { PersonAttribute, PersonAttributes } from './personAttributes';
import { PERSON_ATTRIBUTES, splitList } from './personAttributes';
import { NOTION_USER_SCHEMA, PATCH_OP_SCHEMA } from './schemaUrns';
import { isSameValue, proseKey } from './sameValue';
import type { User } from './userResource';
import { writtenValue } from './userResource';

/**
 * One operation of a PATCH (RFC 7644 section 3.5.2). `op` is capitalised, as in requests that Notion is known
 * to accept.
 */
export interface PatchOperation {
	op: 'Add' | 'Remove' | 'Replace';
	path?: string;
	value?: unknown;
}

export function patchBody(operations: PatchOperation[]): Record<string, unknown> {
	return { schemas: [PATCH_OP_SCHEMA], Operations: operations };
}

/** One attribute of a person that differs. */
export interface AttributeChange {
	attribute: PersonAttribute | 'role';
	/** Null if the server did not state a value. */
	from: string | null;
	to: string;
}

/**
 * The stated values that differ from the server's, compared as values: see {@link isSameValue}. Absent and
 * empty texts request no change, and the photo is never compared: Notion reads it at creation only (Notion
 * help, "SCIM"). A desired display name alone decides the name. Notion keeps one name and prefers the
 * formatted one; writing the parts as well could revert it, and each run would undo the last.
 */
export function attributeChanges(user: User, desired: PersonAttributes): AttributeChange[] {
	return PERSON_ATTRIBUTES.flatMap((attribute) => {
		const to = desired[attribute]?.trim();
		if (!to || declarationOf(attribute).onlyAtCreation) return [];
		if (hasValue(user, attribute, to, desired.email?.trim() || user.userName)) return [];
		if (isNamePart(attribute) && (desired.displayName?.trim() || formattedNameCovers(user, desired))) {
			return [];
		}
		return [{ attribute, from: user.attributes[attribute] ?? null, to }];
	});
}

/** @param email the desired primary address, which never counts as a secondary one */
function hasValue(user: User, attribute: PersonAttribute, value: string, email: string): boolean {
	const current = user.attributes[attribute];
	switch (attribute) {
		case 'secondaryEmails': {
			const wanted = secondaryKey(value, email);
			// A list without any address, such as a lone comma, does not request that the others be deleted.
			return wanted === '' || wanted === secondaryKey(current ?? '', email);
		}
		default:
			return current !== undefined && isSameValue(attribute, current, value);
	}
}

function isNamePart(attribute: PersonAttribute): boolean {
	return attribute === 'givenName' || attribute === 'familyName';
}

/** Notion may keep only the formatted name, which then shows whether both name parts are right already. */
function formattedNameCovers(user: User, desired: PersonAttributes): boolean {
	const { givenName, familyName, displayName } = user.attributes;
	if (givenName !== undefined || familyName !== undefined || !displayName) return false;
	const given = desired.givenName?.trim();
	const family = desired.familyName?.trim();
	return [`${given} ${family}`, `${family} ${given}`].some((name) => proseKey(name) === proseKey(displayName));
}

function secondaryKey(list: string, email: string): string {
	const keys = new Set(splitList(list).map(emailKey));
	keys.delete(emailKey(email));
	return [...keys].sort().join(' ');
}

/** The operations that carry out the changes, except for a role: see {@link rolePatch}. */
export function changeOperations(user: User, changes: AttributeChange[]): PatchOperation[] {
	const email = changes.find(({ attribute }) => attribute === 'email')?.to ?? user.userName;
	return changes.flatMap(({ attribute, to }) =>
		attribute === 'role' ? [] : [replaceOperation(attribute, to, email)],
	);
}

function replaceOperation(attribute: PersonAttribute, value: string, email: string): PatchOperation {
	const declared = declarationOf(attribute);
	return { op: 'Replace', path: patchPath(declared), value: writtenValue(declared, value, email) };
}

/** Ways to write a role. Notion documents the attribute, but no request: see docs/notion.md. */
export const ROLE_FORMS = ['extensionObject', 'extensionPath'] as const;
export type RoleForm = (typeof ROLE_FORMS)[number];

export function rolePatch(role: string, form: RoleForm): PatchOperation {
	return form === 'extensionObject'
		? { op: 'Replace', value: { [NOTION_USER_SCHEMA]: { role } } }
		: { op: 'Replace', path: `${NOTION_USER_SCHEMA}:role`, value: role };
}

/**
 * Ways to remove members from a group. `valueArray` has worked in production for years; the RFC's
 * `memberFilter` is plausible but untested.
 */
export const MEMBER_REMOVAL_FORMS = ['valueArray', 'memberFilter'] as const;
export type MemberRemovalForm = (typeof MEMBER_REMOVAL_FORMS)[number];

export function addMembersOperation(ids: string[]): PatchOperation {
	return { op: 'Add', path: 'members', value: ids.map((value) => ({ value })) };
}

export function removeMembersOperations(ids: string[], form: MemberRemovalForm): PatchOperation[] {
	return form === 'valueArray'
		? [{ op: 'Remove', path: 'members', value: ids.map((value) => ({ value })) }]
		: ids.map((id) => ({ op: 'Remove', path: memberPath(id) }));
}
