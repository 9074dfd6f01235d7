import { EventEmitter } from 'node:events';

import { z } from 'zod';

const rateLimitSchema = z
	.object({
		perSecond: z.number().int().positive(),
		status: z.union([z.literal(429), z.literal(529)]).default(429),
	})
	.strict();

const lagInTimeSchema = z.object({ milliseconds: z.number().int().positive() }).strict();

const lagInReadsSchema = z.object({ reads: z.number().int().positive() }).strict();

/** Values of a switch that are not plain, by example. */
const examples: ReadonlyMap<z.ZodTypeAny, readonly unknown[]> = new Map<z.ZodTypeAny, unknown[]>([
	[
		rateLimitSchema,
		[
			{ perSecond: 3, status: 429 },
			{ perSecond: 3, status: 529 },
		],
	],
	[lagInTimeSchema, [{ milliseconds: 250 }]],
	[lagInReadsSchema, [{ reads: 1 }]],
]);

/** Statuses with which a server can refuse a filter. */
const filterRefusals = [z.literal(400), z.literal(404), z.literal(500), z.literal(501)] as const;

/**
 * The open questions about Notion's SCIM API, one switch for each. The first value of each is the default. A
 * client of the API has to behave the same for every value of a switch. This schema is the only place that
 * defines switches: types, defaults, validation and the table on the live page all derive from it.
 */
export const switchesSchema = z
	.object({
		createStatus: z
			.union([z.literal(201), z.literal(200)])
			.default(201)
			.describe('Status of a successful POST'),
		invalidTokenStatus: z
			.union([z.literal(401), z.literal(403)])
			.default(401)
			.describe('Status for a missing, unknown or dead token'),
		errorBody: z
			.enum(['scim', 'notion', 'text', 'empty'])
			.default('scim')
			.describe('Shape of the body of an error'),
		contentType: z
			.enum(['application/scim+json', 'application/json'])
			.default('application/scim+json')
			.describe('Content type of JSON answers'),
		afterRemoval: z
			.enum(['notFound', 'inactive'])
			.default('notFound')
			.describe('What GET says of a person who was removed: 404, or active: false'),
		gateway404: z
			.enum(['off', 'on'])
			.default('off')
			.describe('A proxy in front answers 404 in HTML to everything'),
		removeUnknown: z
			.union([z.literal(404), z.literal(204)])
			.default(404)
			.describe('Status of DELETE on something that is not there'),
		patchGroupAnswer: z
			.enum(['body', 'noContent'])
			.default('body')
			.describe('Answer to PATCH of a group: 200 with the group, or 204'),
		memberRemovePath: z
			.enum(['legacy', 'filter', 'both'])
			.default('legacy')
			.describe('How members are removed: value array, members[value eq "ID"], or either'),
		unsupportedPatchForm: z
			.union([z.literal('ignored'), z.literal(400)])
			.default('ignored')
			.describe('Answer to a form that memberRemovePath or rolePatch does not support'),
		multiMemberPatch: z
			.enum(['yes', 'onlyFirstApplied', 'no'])
			.default('yes')
			.describe('Several members in one operation: applied, only the first, or 400'),
		createGroupMembers: z
			.enum(['ignored', 'applied'])
			.default('ignored')
			.describe('Members in POST of a group'),
		putGroupWithoutMembers: z
			.enum(['empties', 'keeps'])
			.default('empties')
			.describe('PUT of a group that states no members'),
		putUser: z
			.enum(['merge', 'replace'])
			.default('merge')
			.describe('PUT of a user: attributes left out are kept, or cleared'),
		rolePatch: z
			.enum(['extensionObject', 'extensionPath', 'both'])
			.default('extensionObject')
			.describe('How PATCH states a role: extension object, path to the role, or either'),
		unsupportedFilter: z
			.union([z.literal('ignored'), ...filterRefusals])
			.default('ignored')
			.describe('Answer to a filter that is not supported: everything, or a refusal'),
		documentedFilter: z
			.union([z.literal('answered'), z.literal('ignored'), ...filterRefusals])
			.default('answered')
			.describe('Answer to the filters that Notion documents: what they find, everything, or a refusal'),
		emailFilterMatches: z
			.enum(['primary', 'primaryAndSecondary'])
			.default('primary')
			.describe('Addresses that the email filter looks at'),
		unverifiedDomainUpdate: z
			.union([z.literal(403), z.literal('keepsOldValue')])
			.default(403)
			.describe('Change of name or e-mail of a person whose domain is not verified'),
		tokenOwnerRemoval: z
			.union([z.literal(403), z.literal(400)])
			.default(403)
			.describe("Status for removing the token's creator"),
		lastOwnerRemoval: z
			.union([z.literal(403), z.literal(400)])
			.default(403)
			.describe('Status for removing or demoting the last owner'),
		guestInGroup: z
			.union([z.literal(400), z.literal('ignored')])
			.default(400)
			.describe('Adding a guest to a group'),
		listOrder: z
			.enum(['stable', 'shuffledPerRequest'])
			.default('stable')
			.describe('Order of lists'),
		extensionInSchemas: z
			.enum(['no', 'yes'])
			.default('no')
			.describe("Whether schemas lists Notion's extension"),
		nameFields: z
			.enum(['full', 'formattedOnly', 'none'])
			.default('full')
			.describe('Which parts of a name a user carries'),
		roleStated: z
			.enum(['always', 'sometimes'])
			.default('always')
			.describe('Whether every plain member carries a role'),
		activeForm: z
			.enum(['boolean', 'text', 'number'])
			.default('boolean')
			.describe('How active is written: true, "True" or 1'),
		emailFilterCase: z
			.enum(['ignored', 'exactWithCapitals'])
			.default('ignored')
			.describe('Addresses in lower case and found in any, or stored with a capital and compared exactly'),
		extensionCase: z
			.enum(['documented', 'other'])
			.default('documented')
			.describe('Case of the names of schemas and attributes in answers'),
		nameStorage: z
			.enum(['asSent', 'normalized'])
			.default('asSent')
			.describe('Names as they were sent, or in NFC with blanks collapsed'),
		groups: z
			.enum(['yes', 'none'])
			.default('yes')
			.describe('Whether there are groups: none answers 404 to everything below /Groups'),
		groupMembersShown: z
			.enum(['all', 'first100'])
			.default('all')
			.describe('How many members of a group are shown'),
		groupNames: z
			.enum(['free', 'uniqueIgnoringCase'])
			.default('free')
			.describe('Whether two groups may have one name: 409 where it differs by case only'),
		rateLimit: z
			.union([z.literal('none'), rateLimitSchema])
			.default('none')
			.describe('Requests a second, and the status beyond that'),
		writeConflict: z
			.enum(['never', 'firstTry'])
			.default('never')
			.describe('409 of a passing collision for the first try of each write'),
		writeAnswer: z
			.enum(['resource', 'emptyObject', 'null', 'idOnly', 'list'])
			.default('resource')
			.describe('Body of a successful POST, PATCH and PUT'),
		refusalStatus: z
			.union([z.literal(400), z.literal(405), z.literal(412), z.literal(413), z.literal(422)])
			.default(400)
			.describe('Status wherever something is refused with 400'),
		readLag: z
			.union([z.literal('none'), lagInTimeSchema, lagInReadsSchema])
			.default('none')
			.describe('How long reads still show people and groups as they were before a write'),
	})
	.strict();

/** Every switch with its current value. */
export type Switches = z.output<typeof switchesSchema>;

/** Some switches, as a caller states them. */
export type SwitchSettings = z.input<typeof switchesSchema>;

/** Name of a switch. */
export type SwitchName = keyof Switches;

/**
 * The settings of a running sandbox. Holds a value for every switch at any time.
 */
export class SwitchBoard {
	readonly changes = new EventEmitter<{ change: [] }>();
	#current: Switches;

	/** @throws ZodError when a switch is unknown or a value is not one of its values */
	constructor(settings: SwitchSettings = {}) {
		this.#current = switchesSchema.parse(settings);
	}

	get current(): Readonly<Switches> {
		return this.#current;
	}

	/**
	 * Sets the given switches and leaves the others unchanged.
	 * @throws ZodError if a switch is unknown or a value is not one of its values; then none is set
	 */
	set(settings: SwitchSettings): Readonly<Switches> {
		this.#current = switchesSchema.parse({ ...this.#current, ...settings });
		this.changes.emit('change');
		return this.#current;
	}

	/** Resets every switch to its default, then sets the given ones. */
	reset(settings: SwitchSettings = {}): Readonly<Switches> {
		this.#current = switchesSchema.parse(settings);
		this.changes.emit('change');
		return this.#current;
	}
}

const isOptions = (
	schema: z.ZodTypeAny,
): schema is z.ZodUnion<[z.ZodTypeAny, z.ZodTypeAny, ...z.ZodTypeAny[]]> =>
	schema instanceof z.ZodUnion;

/** The plain values of one switch; any others are shown by examples. */
const valuesOf = (schema: z.ZodTypeAny): unknown[] => {
	if (schema instanceof z.ZodEnum) return [...schema.options];
	if (schema instanceof z.ZodLiteral) return [schema.value];
	if (isOptions(schema)) return schema.options.flatMap(valuesOf);
	return [...(examples.get(schema) ?? [])];
};

/** One switch as people see it: its question, its values, its default. */
export interface SwitchDescription {
	name: string;
	description: string;
	values: unknown[];
	default: unknown;
}

/** All switches in the order of the schema. */
export const describeSwitches = (): SwitchDescription[] =>
	Object.entries(switchesSchema.shape).map(([name, schema]) => ({
		name,
		description: schema.description ?? '',
		values: valuesOf(schema.removeDefault()),
		default: schema.parse(undefined),
	}));
