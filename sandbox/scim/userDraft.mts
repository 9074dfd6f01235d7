import type { Account, PersonName, Profile, Role } from '../workspace/account.mts';
import { fullName, isRole, nameFromFormatted, normalEmail } from '../workspace/account.mts';
import { ScimError, urn } from './answer.mts';
import type { AttributePath } from './attributePath.mts';
import { keyIn, parseAttributePath } from './attributePath.mts';
import type { PatchOperation } from './patchMessage.mts';
import { isRecord } from './patchMessage.mts';

/** In which form a request states the role; see the switch `rolePatch`. */
export type RoleForm = 'extensionObject' | 'extensionPath';

type Operation = PatchOperation['op'];

/** Attributes that clients may send and Notion ignores. */
const readOnly = ['schemas', 'id', 'meta', 'groups', 'displayName'];

/**
 * The state of a user after a request. The workspace changes only once the whole request has been read, so
 * that a request is carried out completely or not at all.
 */
export class UserDraft {
	profile: Profile;
	photos: unknown[] = [];
	/** Undefined: the request states no role. */
	role: Role | undefined;
	/** Undefined: the request does not state it. */
	active: boolean | undefined;
	#userNameStated = false;
	readonly #acceptsRole: (form: RoleForm) => boolean;

	/**
	 * @param from the current account; without one, all fields start empty
	 * @param acceptsRole decides whether a role in this form is read; may throw to refuse it
	 */
	constructor(from?: Account, acceptsRole: (form: RoleForm) => boolean = () => true) {
		this.profile = from
			? structuredClone(from.profile)
			: { userName: '', secondaryEmails: [], name: {}, attributes: {} };
		this.#acceptsRole = acceptsRole;
	}

	/** Reads a whole resource, as POST and PUT send it. @throws ScimError 400 */
	readResource(body: unknown): this {
		if (!isRecord(body)) throw new ScimError(400, 'A user must be an object', 'invalidSyntax');
		this.#applyAll('replace', body);
		return this;
	}

	/** Carries out one operation of a PATCH. @throws ScimError 400 */
	apply({ op, path, value }: PatchOperation): void {
		if (path !== undefined) this.#applyAt(op, parseAttributePath(path), value);
		else if (op === 'remove') throw new ScimError(400, 'Remove needs a path', 'noTarget');
		else if (isRecord(value)) this.#applyAll(op, value);
		else throw new ScimError(400, 'Without a path, value must be an object', 'invalidValue');
	}

	#applyAll(op: Operation, attributes: Record<string, unknown>): void {
		for (const [key, value] of Object.entries(attributes)) {
			this.#applyAt(op, parseAttributePath(key), value);
		}
	}

	#applyAt(op: Operation, path: AttributePath, value: unknown): void {
		const { schema, attribute } = path;
		const wanted = op === 'remove' ? undefined : (value ?? undefined);
		if (schema === urn.notion) this.#readRole(path, wanted);
		else if (schema !== undefined) this.#setInExtension(schema, path, wanted);
		else if (attribute !== undefined) this.#setCore(op, attribute, path, wanted);
	}

	#setCore(op: Operation, attribute: string, path: AttributePath, value: unknown): void {
		if (readOnly.includes(attribute)) return;
		switch (attribute) {
			case 'userName':
				this.#setUserName(value);
				this.#userNameStated = true;
				return;
			case 'name':
				this.#setName(path.subAttribute, value);
				return;
			case 'emails':
				this.#setEmails(op, value);
				return;
			case 'active':
				if (value !== undefined) this.active = booleanOf(value);
				return;
			case 'photos':
				this.photos = Array.isArray(value) ? value : [];
				return;
			case 'phoneNumbers':
				setIn(this.profile.attributes, 'phoneNumbers', undefined, onePhoneNumber(value), 'replace');
				return;
			default:
				setIn(this.profile.attributes, attribute, path.subAttribute, value, op);
		}
	}

	#setUserName(value: unknown): void {
		if (typeof value !== 'string' || value.trim() === '') {
			throw new ScimError(400, 'userName must be an e-mail address', 'invalidValue');
		}
		this.profile.userName = normalEmail(value);
		this.#dropRepeatedEmails();
	}

	#setName(part: string | undefined, value: unknown): void {
		if (part !== undefined) this.#mergeName({ [part]: value });
		else if (value === undefined) this.profile.name = {};
		else if (isRecord(value)) this.#mergeName(value);
		else throw new ScimError(400, 'name must be an object', 'invalidValue');
	}

	/** `formatted` takes precedence; the parts are derived from it, or it from them. */
	#mergeName(parts: Record<string, unknown>): void {
		const formatted = nameText(parts['formatted']);
		const stated: PersonName = {
			...('givenName' in parts ? { givenName: nameText(parts['givenName']) } : {}),
			...('familyName' in parts ? { familyName: nameText(parts['familyName']) } : {}),
		};
		const statesParts = Object.keys(stated).length > 0;
		if (formatted !== '') {
			this.profile.name = statesParts
				? withoutEmpty({ ...stated, formatted })
				: nameFromFormatted(formatted);
		} else if (statesParts) {
			const { givenName, familyName } = withoutEmpty({ ...this.profile.name, ...stated });
			const merged = {
				...(givenName === undefined ? {} : { givenName }),
				...(familyName === undefined ? {} : { familyName }),
			};
			this.profile.name = withoutEmpty({ ...merged, formatted: fullName(merged) ?? '' });
		} else if ('formatted' in parts) {
			this.profile.name = {};
		}
	}

	#setEmails(op: Operation, value: unknown): void {
		const entries = value === undefined ? [] : Array.isArray(value) ? value : [value];
		const emails = entries.map((entry: unknown) => {
			const email = isRecord(entry) ? entry['value'] : entry;
			if (typeof email !== 'string') {
				throw new ScimError(400, 'An e-mail needs a value', 'invalidValue');
			}
			return { email: normalEmail(email), primary: isRecord(entry) && entry['primary'] === true };
		});
		const primary = emails.find((entry) => entry.primary)?.email;
		if (primary !== undefined && !this.#userNameStated) this.profile.userName = primary;
		this.profile.secondaryEmails = [
			...(op === 'add' ? this.profile.secondaryEmails : []),
			...emails.map((entry) => entry.email),
		];
		this.#dropRepeatedEmails();
	}

	#dropRepeatedEmails(): void {
		const others = new Set(this.profile.secondaryEmails);
		others.delete(this.profile.userName);
		this.profile.secondaryEmails = [...others];
	}

	#readRole({ attribute, subAttribute }: AttributePath, value: unknown): void {
		if (subAttribute !== undefined) return;
		if (attribute === undefined) {
			if (isRecord(value) && 'role' in value && this.#acceptsRole('extensionObject')) {
				this.#setRole(value['role']);
			}
		} else if (attribute.toLowerCase() === 'role' && this.#acceptsRole('extensionPath')) {
			this.#setRole(value);
		}
	}

	#setRole(value: unknown): void {
		if (value === undefined || value === null) return;
		if (!isRole(value)) throw new ScimError(400, 'There is no such role', 'invalidValue');
		this.role = value;
	}

	#setInExtension(schema: string, path: AttributePath, value: unknown): void {
		const { attributes } = this.profile;
		if (path.attribute === undefined) {
			if (value === undefined) delete attributes[schema];
			else if (isRecord(value)) {
				for (const [name, part] of Object.entries(value)) {
					const inner = parseAttributePath(name);
					this.#setInExtension(schema, { ...inner, schema }, part ?? undefined);
				}
			} else throw new ScimError(400, 'An extension must be an object', 'invalidValue');
			return;
		}
		const present = attributes[schema];
		const extension = isRecord(present) ? present : {};
		setIn(extension, path.attribute, path.subAttribute, value, 'replace');
		attributes[schema] = extension;
	}
}

/** Sets, extends or (with undefined) removes an attribute of a record. */
const setIn = (
	record: Record<string, unknown>,
	attribute: string,
	subAttribute: string | undefined,
	value: unknown,
	op: Operation,
): void => {
	const key = keyIn(record, attribute);
	const present = record[key];
	if (subAttribute !== undefined) {
		if (Array.isArray(present)) {
			throw new ScimError(400, 'This path does not say which value is meant', 'invalidPath');
		}
		const inner = isRecord(present) ? { ...present } : {};
		setIn(inner, subAttribute, undefined, value, op);
		record[key] = inner;
	} else if (value === undefined) {
		delete record[key];
	} else if (op === 'add' && Array.isArray(present)) {
		record[key] = [...present, ...(Array.isArray(value) ? value : [value])];
	} else {
		record[key] = value;
	}
};

const nameText = (value: unknown): string => {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'string') throw new ScimError(400, 'A name must be text', 'invalidValue');
	return value.trim();
};

const withoutEmpty = ({ formatted, givenName, familyName }: PersonName): PersonName => ({
	...(formatted ? { formatted } : {}),
	...(givenName ? { givenName } : {}),
	...(familyName ? { familyName } : {}),
});

/** Some clients send booleans as text. */
const booleanOf = (value: unknown): boolean => {
	const text = String(value).toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new ScimError(400, 'active must be true or false', 'invalidValue');
};

/** Notion stores one phone number: the primary one, else the first. */
const onePhoneNumber = (value: unknown): unknown => {
	if (!Array.isArray(value)) return value === undefined ? undefined : [value];
	const entries: unknown[] = value;
	const chosen =
		entries.find((entry) => isRecord(entry) && entry['primary'] === true) ?? entries[0];
	return chosen === undefined ? undefined : [chosen];
};
