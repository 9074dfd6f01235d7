import { z } from 'zod';

/** An item of a directory source, before it is checked: a person, a manifest, or what a failed source gives. */
export type Entry = Readonly<Record<string, unknown>>;

const groups = z.array(z.string());

/** Whether an item is the manifest with which a source ends. */
export function isManifest({ manifest }: Entry): boolean {
	return manifest === true;
}

export function isPerson(entry: Entry): boolean {
	return !isManifest(entry) && entry['sourceId'] !== undefined;
}

/** A text of an entry, or ''. */
export function fieldText(entry: Entry, name: string): string {
	const value = entry[name];
	return typeof value === 'string' ? value.trim() : '';
}

/** The groups of a person in the directory; undefined where they are not known. */
export function groupsIn({ groups: names }: Entry): string[] | undefined {
	const read = groups.safeParse(names);
	return read.success ? read.data : undefined;
}
