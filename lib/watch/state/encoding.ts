import type { PersonAttributes } from '../../scim/personAttributes';
import type { Snapshot, WatchedGroup, WatchedPerson } from '../snapshot';
import { WATCHED_ATTRIBUTES } from '../snapshot';
import { ByteReader, ByteWriter } from './bytes';
import { readAscending, readIds, readTexts, writeAscending, writeIds, writeTexts } from './columns';

/** Written as `domain` and `local part`, since most people share few domains. */
const SPLIT = 'email';
const OTHERS = WATCHED_ATTRIBUTES.filter((name) => name !== SPLIT);

/**
 * A snapshot as text: columns, compressed with DEFLATE, in base64. The order of people and groups is not kept.
 */
export async function encodeSnapshot({ people, groups }: Snapshot): Promise<string> {
	const writer = new ByteWriter();
	const sorted = [...people.values()].sort(byEmail);
	writePeople(writer, sorted);
	writeGroups(writer, [...groups.values()], new Map(sorted.map(({ id }, row) => [id, row])));
	return toBase64(await piped(writer.result(), new CompressionStream('deflate-raw')));
}

/** @throws RangeError or TypeError if the text is no snapshot, or one that was cut off */
export async function decodeSnapshot(text: string): Promise<Snapshot> {
	const reader = new ByteReader(await piped(fromBase64(text), new DecompressionStream('deflate-raw')));
	const people = readPeople(reader);
	const groups = readGroups(reader, people);
	return {
		people: new Map(people.map((person) => [person.id, person])),
		groups: new Map(groups.map((group) => [group.id, group])),
	};
}

function byEmail(one: WatchedPerson, other: WatchedPerson): number {
	const [email = '', otherEmail = ''] = [one.attributes.email, other.attributes.email];
	if (email === otherEmail) return one.id < other.id ? -1 : 1;
	return email < otherEmail ? -1 : 1;
}

function writePeople(writer: ByteWriter, people: readonly WatchedPerson[]): void {
	writer.number(people.length);
	writeIds(writer, people.map(({ id }) => id));
	const emails = people.map(({ attributes }) => splitEmail(attributes.email ?? ''));
	writeTexts(writer, emails.map(({ local }) => local));
	writeTexts(writer, emails.map(({ domain }) => domain));
	writeTexts(writer, people.map(({ role }) => role));
	// By name, so that a later version with more attributes reads what an earlier one has stored.
	writer.number(OTHERS.length);
	for (const name of OTHERS) {
		writer.text(name);
		writeTexts(writer, people.map(({ attributes }) => attributes[name] ?? ''));
	}
}

function readPeople(reader: ByteReader): WatchedPerson[] {
	const count = reader.number();
	const ids = readIds(reader, count);
	const locals = readTexts(reader, count);
	const domains = readTexts(reader, count);
	const roles = readTexts(reader, count);
	const all = ids.map((_, row): PersonAttributes => ({ email: `${locals[row] ?? ''}${domains[row] ?? ''}` }));
	for (let columns = reader.number(); columns > 0; columns -= 1) {
		const written = reader.text();
		const values = readTexts(reader, count);
		const name = OTHERS.find((known) => known === written);
		if (name === undefined) continue;
		values.forEach((value, row) => {
			const attributes = all[row];
			if (value !== '' && attributes) attributes[name] = value;
		});
	}
	return ids.map((id, row) => ({ id, role: roles[row] ?? '', attributes: all[row] ?? {} }));
}

/** Members are numbers of rows; those who are not among the people are ids. */
function writeGroups(writer: ByteWriter, groups: readonly WatchedGroup[], rows: ReadonlyMap<string, number>): void {
	writer.number(groups.length);
	writeIds(writer, groups.map(({ id }) => id));
	writeTexts(writer, groups.map(({ displayName }) => displayName));
	for (const { memberIds } of groups) {
		const members = [...memberIds];
		const numbers = members.flatMap((id) => rows.get(id) ?? []);
		writeAscending(writer, numbers.sort((one, other) => one - other));
		const strangers = members.filter((id) => !rows.has(id));
		writer.number(strangers.length);
		writeIds(writer, strangers);
	}
}

function readGroups(reader: ByteReader, people: readonly WatchedPerson[]): WatchedGroup[] {
	const count = reader.number();
	const ids = readIds(reader, count);
	const names = readTexts(reader, count);
	return ids.map((id, at) => {
		const members = readAscending(reader).flatMap((row) => people[row]?.id ?? []);
		const strangers = readIds(reader, reader.number());
		return { id, displayName: names[at] ?? '', memberIds: new Set([...members, ...strangers]) };
	});
}

/** @returns the domain with its `@` */
function splitEmail(email: string): { local: string; domain: string } {
	const at = email.lastIndexOf('@');
	return at < 0 ? { local: email, domain: '' } : { local: email.slice(0, at), domain: email.slice(at) };
}

async function piped(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
	const packed = new Blob([bytes]).stream().pipeThrough(stream);
	return new Uint8Array(await new Response(packed).arrayBuffer());
}

function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(Buffer.from(text, 'base64'));
}
