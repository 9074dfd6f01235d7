import { PERSON_ATTRIBUTES } from '../scim/personAttributes';
import { counted, listed, recordKey } from './naming';
import type { Directory, Manifest, Person } from './person';
import type { Memory, Policy } from './policy';
import { hasLeft } from './standing';

/** Whether a reading of the directories is good enough for taking something away, and what it leaves. */
export interface Evidence {
	/** Whole sentences. Empty where people may lose something on this reading. */
	whyNot: string[];
	/** As `whyNot`, for what depends on the groups of people; holds all of those as well. */
	whyNotGroups: string[];
	/** Of all good readings: what the next plan compares with. */
	sources: Memory['sources'];
	/** Epoch milliseconds: the earliest and the latest reading of a source. Undefined without any. */
	readAt: { first: number; last: number } | undefined;
}

/** What most people of a source had once, and then hardly any: somebody changed what it may read. */
const MOST = 0.5;

/** A person counts as having these besides their attributes. */
const TRAITS: Record<string, (person: Person) => boolean> = {
	active: ({ active }) => active,
	inScope: ({ inScope }) => inScope,
	groups: ({ groups }) => groups !== undefined && groups.length > 0,
};

/** @param now epoch milliseconds; a source whose clock is ahead has read no later than that */
export function evidenceOf(
	directory: Directory,
	policy: Pick<Policy, 'maxSourceShrink'>,
	memory: Memory,
	now: number,
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
	const doubts: string[] = [];
	for (const manifest of manifests) {
		const persons = bySource.get(manifest.source) ?? [];
		const before = Object.hasOwn(memory.sources, manifest.source)
			? memory.sources[manifest.source]
			: undefined;
		const filled = filledOf(persons);
		const found = [
			...doubtsAbout(manifest, persons, before),
			...(before ? shrinkDoubts(manifest.source, persons.length, filled, before, policy) : []),
		];
		doubts.push(...found);
		if (found.length === 0 && general.length === 0) {
			sources[manifest.source] = { readAt: manifest.readAt, count: persons.length, filled };
		}
	}
	const whyNot = [...general, ...doubts];
	const instants = manifests.map(({ readAt }) => Math.min(Date.parse(readAt), now));
	return {
		whyNot,
		whyNotGroups: [...whyNot, ...groupDoubts(manifests, bySource)],
		sources,
		readAt:
			instants.length === 0 ? undefined : { first: Math.min(...instants), last: Math.max(...instants) },
	};
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
		doubts.push('The directory has nobody in it. An empty list is never believed.');
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
): string[] {
	const doubts: string[] = [];
	if (!complete) {
		doubts.push(`The source ${source} could not be read to its end. ${explanation ?? ''}`.trim());
	}
	if (persons.length === 0) {
		doubts.push(`The source ${source} gave nobody. An empty list is never believed.`);
	}
	if (count !== persons.length) {
		doubts.push(
			`The source ${source} says that it gave ${counted(count, 'person', 'people')}, but ${persons.length} arrived.`,
		);
	}
	if (before && Date.parse(readAt) < Date.parse(before.readAt)) {
		doubts.push(
			`The list of ${source} was read at ${readAt}, before that of an earlier plan (${before.readAt}). Read it again.`,
		);
	}
	return doubts;
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
	// Written so that a share that is no number lets nothing pass.
	if (!(count >= before.count * (1 - maxSourceShrink))) {
		doubts.push(
			`The source ${source} has ${counted(count, 'person', 'people')} where it had ${before.count}, which is less than ${percent(1 - maxSourceShrink)}. ${remedy}`,
		);
	}
	// Whoever allows any shrinking allows an attribute to vanish as well.
	const least = maxSourceShrink >= 1 ? 0 : MOST;
	const vanished = Object.entries(before.filled)
		.filter(([attribute, had]) => {
			const share = had / Math.max(1, before.count);
			const now = (Object.hasOwn(filled, attribute) ? (filled[attribute] ?? 0) : 0) / Math.max(1, count);
			return share > MOST && now < share * least;
		})
		.map(([attribute]) => attribute)
		.sort();
	if (vanished.length > 0) {
		doubts.push(
			`Most people of ${source} had ${listed(vanished)}, and suddenly few have. Its permissions or settings may have changed. ${remedy}`,
		);
	}
	return doubts;
}

function groupDoubts(manifests: Manifest[], bySource: ReadonlyMap<string, Person[]>): string[] {
	return manifests.flatMap(({ source, groupsComplete, explanation }) => {
		const isUnread = (bySource.get(source) ?? []).some(
			(person) => person.groups === undefined && !hasLeft(person),
		);
		if (groupsComplete && !isUnread) return [];
		return `The source ${source} could not read the groups of everybody. ${explanation ?? ''}`.trim();
	});
}

function filledOf(persons: Person[]): Record<string, number> {
	const filled: Record<string, number> = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const count = persons.filter(({ attributes }) => attributes[attribute]).length;
		if (count > 0) filled[attribute] = count;
	}
	for (const [trait, has] of Object.entries(TRAITS)) filled[trait] = persons.filter(has).length;
	return filled;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/**
 * Since when members are absent, for the memory. Only a good reading makes somebody absent; being seen
 * in any reading ends it.
 *
 * @param unlisted ids of all members whom no entry may mean
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
