import { ScimError, urn } from './answer.mts';

/** The location of an attribute: `urn:…:User:manager.value` has all three parts. */
export interface AttributePath {
	/** Undefined: the core schema. */
	schema: string | undefined;
	/** Undefined: the extension as a whole. */
	attribute: string | undefined;
	subAttribute: string | undefined;
}

const extensions = [urn.enterprise, urn.notion];

/** Names of the core attributes as RFC 7643 writes them; requests may use any case. */
const coreAttributes = [
	'active',
	'addresses',
	'displayName',
	'emails',
	'groups',
	'id',
	'locale',
	'members',
	'meta',
	'name',
	'phoneNumbers',
	'photos',
	'preferredLanguage',
	'roles',
	'schemas',
	'title',
	'userName',
	'userType',
];

const canonical = (attribute: string): string =>
	coreAttributes.find((known) => known.toLowerCase() === attribute.toLowerCase()) ?? attribute;

/**
 * Reads the path of an attribute, or a key of a body, which follows the same grammar.
 *
 * @throws ScimError 400 invalidPath for paths with a value filter, and for what is not a path
 */
export const parseAttributePath = (path: string): AttributePath => {
	const [, schema, , rest = ''] = /^(urn:.+?:\d+\.\d+:\w+)(:(.+))?$/i.exec(path) ?? [];
	const inner = schema === undefined ? path : rest;
	const known = extensions.find((extension) => extension.toLowerCase() === schema?.toLowerCase());
	const isCore = schema?.toLowerCase() === urn.user.toLowerCase();
	if (schema !== undefined && inner === '' && !isCore) {
		return { schema: known ?? schema, attribute: undefined, subAttribute: undefined };
	}
	const [, attribute, , subAttribute] = /^([a-z][\w$-]*)(\.([a-z$][\w$-]*))?$/i.exec(inner) ?? [];
	if (attribute === undefined) {
		throw new ScimError(400, 'This path is not supported', 'invalidPath');
	}
	return {
		schema: isCore ? undefined : (known ?? schema),
		attribute: canonical(attribute),
		subAttribute,
	};
};

/** The key of a record that is equal but for case, or the name itself. */
export const keyIn = (record: Record<string, unknown>, name: string): string =>
	Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
