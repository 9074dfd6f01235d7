import { PERSON_ATTRIBUTES } from '../../scim/personAttributes';
import { hasLeft } from '../person/hasLeft';
import { counted, listed, recordKey } from '../person/naming';
import type { Directory, Manifest, Person } from '../person/person';
import type { Memory, PersonLink, Policy } from './policy';
import { absenceDoubts, hiddenGroupDoubts } from '../person/unreadableAddresses';

/** Whether a reading of the directories is good enough for taking something away, and what it leaves. */
export interface Evidence {
	/** Whole sentences. Empty where people may lose something on this reading. */
	whyNot: string[];
	/** As `whyNot`, for members no entry names; holds all of those as well. */
	whyNotUnlisted: string[];
	/** As `whyNot`, for what depends on the groups of people; holds all of those as well. */
	whyNotGroups: string[];
	/** Of all good readings: what the next plan compares with. */
	sources: Memory['sources'];
	/** Epoch milliseconds: the earliest and the latest reading of a source. Undefined without any. */
	readAt: { first: number; last: number } | undefined;
}

/** The share of people that had an attribute. If hardly any have it later, what the source may read was changed. */
const MOST = 0.5;

/** From a list that is older than this, in milliseconds, people may have gone and come back. */
const MOST_AGE = 24 * 60 * 60 * 1_000;

/** So many people may leave, lose the scope or all groups at once, and a share of so many besides. */
const MOST_TURNED = 10;
const MOST_TURNED_SHARE = 0.25;

/** A person counts as having these besides their attributes; `words` are for a sentence. */
const TRAITS: Record<string, { words: string; has(person: Person): boolean }> = {
	active: { words: 'active', has: ({ active }) => active },
	inScope: { words: 'in scope', has: ({ inScope }) => inScope },
	groups: { words: 'in groups', has: ({ groups }) => groups !== undefined && groups.length > 0 },
};

/**
 * @param now epoch milliseconds; a source whose clock is ahead has read no later than that
 * @param links where a memory must be: a source of which links know people was read before
 */
export function evidenceOf(
	directory: Directory,
	policy: Pick<Policy, 'maxSourceShrink'>,
	memory: Memory,
	now: number,
	links: readonly PersonLink[] = [],
): Evidence {
	const bySource = new Map<string, Person[]>();
	for (const person of directory.persons) {
		const persons = bySource.get(person.source) ?? [];
		persons.push(person);
		bySource.set(person.source, persons);
	}
	const manifests = [...directory.manifests].sort((one, other) => (one.source < other.source ? -1 : 1));
	const general = generalDoubts(directory, manifests, bySource, memory);
	const sources = { ...memory.sources };
	const linkedSources = new Set(links.map(({ source }) => source));
	const doubts: string[] = [];
	for (const manifest of manifests) {
		const persons = bySource.get(manifest.source) ?? [];
		const before = Object.hasOwn(memory.sources, manifest.source)
			? memory.sources[manifest.source]
			: undefined;
		const filled = filledOf(persons);
		const found = [
			...doubtsAbout(manifest, persons, before, now),
			...(before ? shrinkDoubts(manifest.source, persons.length, filled, before, policy) : []),
		];
		doubts.push(...found);
		if (!before && linkedSources.has(manifest.source)) doubts.push(lostMemory(manifest.source));
		// A memory that is lost says nothing against this reading, which becomes the measure.
		if (found.length === 0 && general.length === 0) {
			const readAt = new Date(instantOf(manifest, now)).toISOString();
			sources[manifest.source] = { readAt, count: persons.length, filled };
		}
	}
	const whyNot = [...general, ...doubts];
	const instants = manifests.map((manifest) => instantOf(manifest, now));
	return {
		whyNot,
		whyNotUnlisted: [...whyNot, ...absenceDoubts(directory.persons)],
		whyNotGroups: [...whyNot, ...groupDoubts(manifests, bySource), ...hiddenGroups(bySource)],
		sources,
		readAt:
			instants.length === 0 ? undefined : { first: Math.min(...instants), last: Math.max(...instants) },
	};
}

function instantOf({ readAt }: Manifest, now: number): number {
	return Math.min(Date.parse(readAt), now);
}

function generalDoubts(
	{ persons, unreadable }: Directory,
	manifests: Manifest[],
	bySource: ReadonlyMap<string, Person[]>,
	memory: Memory,
): string[] {
	const doubts: string[] = [];
	const names = new Set(manifests.map(({ source }) => source));
	if (manifests.length === 0) {
		doubts.push(
			'No directory source said that its list is whole: the last item, its manifest, is missing.',
		);
	}
	if (persons.length === 0)
		doubts.push('The directory lists no one. An empty list is never believed.');
	if (unreadable.length > 0) {
		doubts.push(
			`${counted(unreadable.length, 'item of the directory', 'items of the directory')} could not be read. ${[...unreadable].sort().slice(0, 3).join(' ')}`,
		);
	}
	if (names.size < manifests.length) {
		doubts.push(
			'A directory source gave two manifests, so its list was read twice. Run each source once.',
		);
	}
	const unproven = [...bySource.keys()].filter((source) => !names.has(source)).sort();
	if (manifests.length > 0 && unproven.length > 0) {
		doubts.push(
			`The source ${listed(unproven)} gave people, but no manifest that says that its list is whole.`,
		);
	}
	const silent = Object.keys(memory.sources)
		.filter((source) => !names.has(source))
		.sort();
	if (silent.length > 0) {
		doubts.push(
			`The source ${listed(silent)}, which earlier plans knew, gave nothing this time. If it is not used any more, take it out of the memory that is given to the plan.`,
		);
	}
	const records = new Set<string>();
	const repeated = new Set<string>();
	for (const person of persons) {
		const key = recordKey(person);
		if (records.has(key)) repeated.add(`${person.source} ${person.sourceId}`);
		records.add(key);
	}
	if (repeated.size > 0) {
		doubts.push(
			`The directory lists ${[...repeated].sort().slice(0, 3).join(', ')} more than once, so its pages may have moved while they were read.`,
		);
	}
	return doubts;
}

function doubtsAbout(
	{ source, complete, count, readAt, explanation }: Manifest,
	persons: Person[],
	before: Memory['sources'][string] | undefined,
	now: number,
): string[] {
	const doubts: string[] = [];
	if (!complete) {
		doubts.push(`The source ${source} could not be read to its end. ${explanation ?? ''}`.trim());
	}
	if (persons.length === 0) {
		doubts.push(`The source ${source} listed no one. An empty list is never believed.`);
	}
	if (count !== persons.length) {
		doubts.push(
			`The source ${source} says that it gave ${counted(count, 'person', 'people')}, but ${persons.length} arrived.`,
		);
	}
	// Written so that an instant that is none is never young.
	if (!(now - Date.parse(readAt) <= MOST_AGE)) {
		doubts.push(
			`The list of ${source} was read at ${readAt}, which is more than 24 hours ago. Read it again.`,
		);
	}
	if (before && Date.parse(readAt) <= Date.parse(before.readAt)) {
		doubts.push(
			`The list of ${source} was read at ${readAt}, and an earlier plan has seen one that is as new (${before.readAt}). Read it again.`,
		);
	}
	return doubts;
}

function lostMemory(source: string): string {
	return `People of ${source} are linked already, but no earlier reading of it is known: this is the first one, or the memory of earlier plans was lost. So it is not known whether the source has shrunk. If nothing else is wrong with this reading, the next plan is compared with it. directory-sync keeps it for the next plan; a workflow of your own must pass the memory on.`;
}

function shrinkDoubts(
	source: string,
	count: number,
	filled: Record<string, number>,
	before: Memory['sources'][string],
	{ maxSourceShrink }: Pick<Policy, 'maxSourceShrink'>,
): string[] {
	const doubts: string[] = [];
	const remedy = 'If that is right, set Max Source Shrink to 100 for one run.';
	// One person may always go, however small a company is. Written so that a share that is no number
	// lets nothing pass.
	if (!(count >= Math.min(before.count - 1, before.count * (1 - maxSourceShrink)))) {
		doubts.push(
			`The source ${source} has ${counted(count, 'person', 'people')} where it had ${before.count}, which is less than ${percent(1 - maxSourceShrink)}. ${remedy}`,
		);
	}
	// A policy that allows any shrinking allows an attribute to vanish as well.
	const least = maxSourceShrink >= 1 ? 0 : MOST;
	const changes = Object.entries(before.filled)
		.map(([name, had]) => ({ name, had, has: Object.hasOwn(filled, name) ? (filled[name] ?? 0) : 0 }))
		.sort((one, other) => (one.name < other.name ? -1 : 1));
	const vanished = changes
		.filter(({ had, has }) => {
			const share = had / Math.max(1, before.count);
			return share > MOST && has / Math.max(1, count) < share * least;
		})
		.map(({ name }) => name);
	if (vanished.length > 0) {
		doubts.push(
			`Most people of ${source} had ${listed(vanished)}, and suddenly few have. Its permissions or settings may have changed. ${remedy}`,
		);
	}
	const most = Math.max(MOST_TURNED_SHARE, maxSourceShrink);
	for (const { name, had, has } of changes) {
		const trait = Object.hasOwn(TRAITS, name) ? TRAITS[name] : undefined;
		const isMany = had - has > MOST_TURNED && !(had - has <= had * most);
		if (trait && isMany && !vanished.includes(name)) {
			doubts.push(
				`Of the people of ${source}, ${had} were ${trait.words}, and suddenly only ${has} are. ${remedy}`,
			);
		}
	}
	return doubts;
}

/**
 * A source whose manifest says that its groups are complete, and that gives no one groups, has none:
 * the groups of its people are in another source.
 */
function groupDoubts(manifests: Manifest[], bySource: ReadonlyMap<string, Person[]>): string[] {
	const withGroups = new Set(
		[...bySource].flatMap(([source, persons]) =>
			persons.some(({ groups }) => groups !== undefined) ? [source] : [],
		),
	);
	return manifests.flatMap(({ source, groupsComplete, explanation }) => {
		const isUnread = (bySource.get(source) ?? []).some(
			(person) => person.groups === undefined && !hasLeft(person),
		);
		const hasNone = !withGroups.has(source) && withGroups.size > 0;
		if (groupsComplete && (!isUnread || hasNone)) return [];
		const doubt = `The source ${source} could not read the groups of every person. ${explanation ?? ''}`.trim();
		return hasNone
			? `${doubt} If it never has groups, because ${listed([...withGroups].sort())} knows them, let its manifest say groupsComplete: true, and give no person of it groups.`
			: doubt;
	});
}

/** Where two sources give groups, an entry that cannot be matched may hold groups of a person in the other. */
function hiddenGroups(bySource: ReadonlyMap<string, Person[]>): string[] {
	const giveGroups = [...bySource].filter(([, persons]) => persons.some(({ groups }) => groups !== undefined));
	if (giveGroups.length < 2) return [];
	return hiddenGroupDoubts(
		giveGroups.flatMap(([, persons]) =>
			persons.filter((person) => (person.groups ?? []).length > 0 && !hasLeft(person)),
		),
	);
}

function filledOf(persons: Person[]): Record<string, number> {
	const filled: Record<string, number> = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const count = persons.filter(({ attributes }) => attributes[attribute]).length;
		if (count > 0) filled[attribute] = count;
	}
	for (const [name, trait] of Object.entries(TRAITS)) {
		filled[name] = persons.filter((person) => trait.has(person)).length;
	}
	return filled;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/** Evidence for what depends on the groups of people as well. */
export function aboutGroups(evidence: Evidence): Evidence {
	return { ...evidence, whyNot: evidence.whyNotGroups };
}

/** Evidence for what depends on no entry of the directory meaning the member. */
export function aboutUnlisted(evidence: Evidence): Evidence {
	return { ...evidence, whyNot: evidence.whyNotUnlisted };
}

/**
 * Since when members or groups are absent, for the memory. Only a good reading makes one absent; being
 * seen in any reading ends it.
 *
 * @param unlisted ids of all members no entry may mean, or of linked groups that no entry names
 */
export function absencesOf(
	unlisted: readonly string[],
	{ whyNot, readAt }: Evidence,
	memory: Memory,
): Record<string, string> {
	const isGood = whyNot.length === 0 && readAt !== undefined;
	const entries = unlisted.flatMap((id): Array<[string, string]> => {
		const since = Object.hasOwn(memory.absentSince, id) ? memory.absentSince[id] : undefined;
		if (since !== undefined && !Number.isNaN(Date.parse(since))) return [[id, since]];
		return isGood ? [[id, new Date(readAt.last).toISOString()]] : [];
	});
	return Object.fromEntries(entries);
}

/** Whether an absence has been seen by two good readings that are far enough apart. */
export function isConfirmedAbsence(
	since: string | undefined,
	{ whyNot, readAt }: Evidence,
	confirmAfter: number,
): boolean {
	if (since === undefined || readAt === undefined || whyNot.length > 0) return false;
	return readAt.first - Date.parse(since) >= confirmAfter && readAt.first > Date.parse(since);
}
