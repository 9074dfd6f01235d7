import type { SeededRandom } from '../seed/random.mts';
import type { Switches } from '../switches.mts';
import type { Answer } from './answer.mts';
import { json, ScimError, urn } from './answer.mts';
import type { EqualityFilter } from './filter.mts';
import { parseEqualityFilter } from './filter.mts';

/** Maximum and default number of resources in one answer. */
const MAX_COUNT = 100;

/** Query parameters as received; a repeated one has several values. */
export type Query = Record<string, string | string[] | undefined>;

const single = (value: string | string[] | undefined): string | undefined =>
	Array.isArray(value) ? value[0] : value;

const integer = (value: string | string[] | undefined, fallback: number): number => {
	const number = Number(single(value) ?? fallback);
	return Number.isInteger(number) ? number : fallback;
};

/** The requested resources, and their conversion to JSON. */
export interface Listing<Resource> {
	all: readonly Resource[];
	/** The resources that a filter finds; undefined if its attribute is not supported. */
	find: (filter: EqualityFilter) => readonly Resource[] | undefined;
	render: (resource: Resource) => unknown;
}

/**
 * The ListResponse for a query. `startIndex` counts from 1; `count` is at most 100, which is also the
 * default.
 * @throws ScimError if a switch says that the filter is refused
 */
export const list = <Resource,>(
	{ all, find, render }: Listing<Resource>,
	query: Query,
	switches: Switches,
	random: SeededRandom,
): Answer => {
	const filter = single(query['filter']);
	const found = filter === undefined ? all : filtered(filter, find, all, switches);
	const startIndex = Math.max(1, integer(query['startIndex'], 1));
	const count = Math.min(MAX_COUNT, Math.max(0, integer(query['count'], MAX_COUNT)));
	const page =
		switches.listOrder === 'stable'
			? found.slice(startIndex - 1, startIndex - 1 + count)
			: sample(found, Math.max(0, Math.min(count, found.length - startIndex + 1)), random);
	return json(
		200,
		{
			schemas: [urn.listResponse],
			totalResults: found.length,
			startIndex,
			itemsPerPage: page.length,
			Resources: page.map(render),
		},
		switches,
	);
};

const filtered = <Resource,>(
	filter: string,
	find: Listing<Resource>['find'],
	all: readonly Resource[],
	switches: Switches,
): readonly Resource[] => {
	const parsed = parseEqualityFilter(filter);
	const found = parsed && find(parsed);
	const answer = found ? switches.documentedFilter : switches.unsupportedFilter;
	if (found && answer === 'answered') return found;
	if (typeof answer === 'number') {
		throw new ScimError(answer, 'This filter is not supported', 'invalidFilter');
	}
	return all;
};

/**
 * A page of a list whose order changes with every request. A page of a random order is a random selection, so
 * there is no need to shuffle the whole list.
 */
const sample = <Item,>(items: readonly Item[], size: number, random: SeededRandom): Item[] => {
	const moved = new Map<number, number>();
	return Array.from({ length: size }, (_, position) => {
		const chosen = position + random.below(items.length - position);
		const index = moved.get(chosen) ?? chosen;
		moved.set(chosen, moved.get(position) ?? position);
		return index;
	}).flatMap((index) => items[index] ?? []);
};
