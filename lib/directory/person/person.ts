import { z } from 'zod';

import type { PersonAttributes, UnreadableAddress } from '../../scim/personAttributes';
import { PERSON_ATTRIBUTES, readAddresses, statedAttributes } from '../../scim/personAttributes';
import { calendarDate, calendarInstant, instantWithOffset, isNoDate } from './calendarDate';

/**
 * The employment state that a directory states. Only `inactive` is evidence that a person has left: a suspended,
 * locked or absent person may be back tomorrow, and an unknown word means nothing.
 */
export const PERSON_STATUSES = [
	'active',
	'notStarted',
	'onLeave',
	'suspended',
	'inactive',
	'unknown',
] as const;

export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** A person as a directory knows them: one item between a directory source and a plan. */
export interface Person {
	/** Which directory, for example `entra`. */
	source: string;
	/** The directory's own stable id. */
	sourceId: string;
	active: boolean;
	status: PersonStatus;
	/** The directory's own words for the status. */
	statusWord: string | undefined;
	/** Every address is bare. `email` is absent where the directory has none. Empty texts are absent. */
	attributes: PersonAttributes;
	/** What stands where an address belongs, and is none. */
	unreadableAddresses: readonly UnreadableAddress[];
	/** Workspace role in Notion, where the directory decides on it. */
	role: string | undefined;
	/** Names of groups as they are called in Notion; undefined where groups were not read. */
	groups: string[] | undefined;
	/** The instant (epoch milliseconds) at which access begins; undefined for at once. */
	startAt: number | undefined;
	/** The last day (`YYYY-MM-DD`, where they work), included. It alone is no evidence that the person has left. */
	endDate: string | undefined;
	/** Whether Notion is meant for this person. Leaving the scope is not leaving the company. */
	inScope: boolean;
	scopeNote: string | undefined;
	/** What a person must know about this entry. */
	explanation: string | undefined;
	kind: 'person' | 'service' | 'shared';
}

/** How a source was read: the last item that it gives. */
export interface Manifest {
	source: string;
	/** Instant, ISO. */
	readAt: string;
	pages: number;
	/** How many persons the source gave out. */
	count: number;
	complete: boolean;
	groupsComplete: boolean;
	/** Names of attributes that the source was asked for and may read. */
	attributesRead: string[];
	explanation: string | undefined;
}

/** Everything that came from directory sources, parsed once. */
export interface Directory {
	persons: Person[];
	manifests: Manifest[];
	/** Items that are neither; each makes the reading incomplete. Sentences, with the item's number. */
	unreadable: string[];
}

const word = z
	.union([z.string(), z.number().transform(String)])
	.nullish()
	.transform((value) => value?.trim() || undefined);

/** A date of a source that gives no time begins in Greenwich; the server's own zone means nothing. */
const instant = z
	.string()
	.nullish()
	.transform((value, context) => {
		if (isNoDate(value ?? '')) return undefined;
		const at = instantWithOffset(value ?? '') ?? calendarInstant(value ?? '', 'utc');
		if (at === undefined) context.addIssue({ code: 'custom', message: `"${value}" is no instant` });
		return at === undefined ? undefined : Date.parse(at);
	});

const date = z
	.string()
	.nullish()
	.transform((value, context) => {
		if (isNoDate(value ?? '')) return undefined;
		const day = calendarDate(value ?? '');
		if (day === undefined) {
			context.addIssue({ code: 'custom', message: `"${value}" is no date (YYYY-MM-DD)` });
		}
		return day;
	});

const groupNames = z
	.union([z.array(z.string()), z.string().transform((text) => text.split(','))])
	.nullish()
	.transform((names) => names?.map((name) => name.trim()).filter((name) => name !== ''));

/** A memory is plain data, in which this name would be lost, and the watch over the source with it. */
const sourceName = z
	.string()
	.trim()
	.min(1)
	.refine((name) => name !== '__proto__', 'is no name for a source');

const personSchema = z.object({
	source: sourceName,
	sourceId: z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1)),
	active: z.boolean(),
	status: z.enum(PERSON_STATUSES).nullish(),
	statusWord: word,
	role: word,
	groups: groupNames,
	startAt: instant,
	endDate: date,
	inScope: z.boolean().nullish(),
	scopeNote: word,
	explanation: word,
	kind: z.enum(['person', 'service', 'shared']).nullish(),
	...Object.fromEntries(PERSON_ATTRIBUTES.map((attribute) => [attribute, word])),
});

const manifestSchema = z.object({
	manifest: z.literal(true),
	source: sourceName,
	readAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no instant'),
	pages: z.number().catch(0),
	count: z.number().int().min(0),
	complete: z.boolean(),
	groupsComplete: z.boolean().catch(false),
	attributesRead: z.array(z.string()).catch([]),
	explanation: word,
});

/**
 * Reads the items that directory sources give. Nothing is thrown: what cannot be read is listed, and
 * a plan then treats the source as incomplete.
 */
export function parseDirectory(items: readonly unknown[]): Directory {
	const directory: Directory = { persons: [], manifests: [], unreadable: [] };
	items.forEach((item, index) => {
		if (isMarkedAsManifest(item)) {
			const manifest = manifestSchema.safeParse(item);
			if (manifest.success) directory.manifests.push(toManifest(manifest.data));
			else directory.unreadable.push(unreadable(index, 'manifest', manifest.error));
			return;
		}
		const person = personSchema.safeParse(item);
		if (person.success) directory.persons.push(toPerson(person.data, item));
		else directory.unreadable.push(unreadable(index, 'person', person.error));
	});
	return directory;
}

function isMarkedAsManifest(item: unknown): boolean {
	return typeof item === 'object' && item !== null && 'manifest' in item && item.manifest === true;
}

function toPerson(fields: z.infer<typeof personSchema>, item: unknown): Person {
	const stated = new Map(Object.entries(z.record(z.unknown()).parse(item)));
	const { attributes, unreadable: unreadableAddresses } = readAddresses(
		statedAttributes(
			Object.fromEntries(
				// The schema has seen that each is a text, a number or nothing.
				PERSON_ATTRIBUTES.map((attribute) => [attribute, String(stated.get(attribute) ?? '')]),
			),
		),
	);
	return {
		source: fields.source,
		sourceId: fields.sourceId,
		active: fields.active,
		// Where the source gives no status, its yes or no is all there is.
		status: fields.status ?? (fields.active ? 'active' : 'inactive'),
		statusWord: fields.statusWord,
		attributes,
		unreadableAddresses,
		role: fields.role,
		groups: fields.groups && [...new Set(fields.groups)],
		startAt: fields.startAt,
		endDate: fields.endDate,
		inScope: fields.inScope ?? true,
		scopeNote: fields.scopeNote,
		explanation: fields.explanation,
		kind: fields.kind ?? 'person',
	};
}

function toManifest(fields: z.infer<typeof manifestSchema>): Manifest {
	const { source, readAt, pages, count, complete, groupsComplete, attributesRead, explanation } = fields;
	return { source, readAt, pages, count, complete, groupsComplete, attributesRead, explanation };
}

function unreadable(index: number, what: string, { issues }: z.ZodError): string {
	const reasons = issues.map(({ path, message }) => `${path.join('.') || 'item'}: ${message}`);
	return `Item ${index} is no ${what} (${reasons.join('; ')}).`;
}
