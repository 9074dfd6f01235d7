import { ByteReader, ByteWriter } from './bytes';

/**
 * Columns of a table, in forms that take little room. The same attribute of all people stands together, because
 * neighbours resemble each other: a department is one of a few, and people sorted by address share the
 * beginnings of their names.
 */

/** Up to this share of different values, a column is a list of them and a number for each row. */
const FEW_VALUES = 0.25;

/** How a column of texts is written: see {@link writeNumbered} and {@link writeSpelled}. */
const FORMS = { numbered: 0, spelled: 1 };

/** @param values `''` for none */
export function writeTexts(writer: ByteWriter, values: readonly string[]): void {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	if (counts.size <= Math.max(1, values.length * FEW_VALUES)) {
		writer.number(FORMS.numbered);
		writeNumbered(writer, values, counts);
	} else {
		writer.number(FORMS.spelled);
		writeSpelled(writer, values);
	}
}

export function readTexts(reader: ByteReader, count: number): string[] {
	return reader.number() === FORMS.numbered ? readNumbered(reader, count) : readSpelled(reader, count);
}

/** The most frequent value has the shortest number. */
function writeNumbered(writer: ByteWriter, values: readonly string[], counts: ReadonlyMap<string, number>): void {
	const different = [...counts].sort(([, one], [, other]) => other - one).map(([value]) => value);
	writer.number(different.length);
	writeSpelled(writer, different);
	const numbers = new Map(different.map((value, number) => [value, number]));
	for (const value of values) writer.number(numbers.get(value) ?? 0);
}

function readNumbered(reader: ByteReader, count: number): string[] {
	const different = readSpelled(reader, reader.number());
	return Array.from({ length: count }, () => different[reader.number()] ?? '');
}

/** Each value is what it begins with like the one before, and the rest. Like parts stand together. */
function writeSpelled(writer: ByteWriter, values: readonly string[]): void {
	const [shared, lengths, rests] = [new ByteWriter(), new ByteWriter(), new ByteWriter()];
	const encoder = new TextEncoder();
	let before: Uint8Array = new Uint8Array();
	for (const value of values) {
		const bytes = encoder.encode(value);
		const common = commonLength(before, bytes);
		shared.number(common);
		lengths.number(bytes.length - common);
		rests.bytes(bytes.subarray(common));
		before = bytes;
	}
	for (const part of [shared, lengths, rests]) writer.block(part.result());
}

function readSpelled(reader: ByteReader, count: number): string[] {
	const [shared, lengths, rests] = [reader, reader, reader].map((whole) => new ByteReader(whole.block()));
	if (!shared || !lengths || !rests) return [];
	const decoder = new TextDecoder();
	let before: Uint8Array = new Uint8Array();
	return Array.from({ length: count }, () => {
		const common = shared.number();
		const rest = rests.bytes(lengths.number());
		const bytes = new Uint8Array(common + rest.length);
		bytes.set(before.subarray(0, common));
		bytes.set(rest, common);
		before = bytes;
		return decoder.decode(bytes);
	});
}

function commonLength(one: Uint8Array, other: Uint8Array): number {
	const most = Math.min(one.length, other.length);
	let length = 0;
	while (length < most && one[length] === other[length]) length += 1;
	return length;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UUID_BYTES = 16;

/** An id that is a UUID takes 16 bytes; any other is a text. */
export function writeIds(writer: ByteWriter, ids: readonly string[]): void {
	const areUuids = ids.every((id) => UUID.test(id));
	writer.number(areUuids ? 1 : 0);
	if (!areUuids) {
		writeSpelled(writer, ids);
		return;
	}
	writer.bytes(Buffer.from(ids.join('').replace(/-/g, ''), 'hex'));
}

export function readIds(reader: ByteReader, count: number): string[] {
	if (reader.number() === 0) return readSpelled(reader, count);
	return Array.from({ length: count }, () => {
		const digits = Buffer.from(reader.bytes(UUID_BYTES)).toString('hex');
		return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	});
}

/** @param numbers in ascending order, without repetition: each is stored as its distance from the one before */
export function writeAscending(writer: ByteWriter, numbers: readonly number[]): void {
	writer.number(numbers.length);
	numbers.forEach((number, at) => writer.number(number - (numbers[at - 1] ?? -1) - 1));
}

export function readAscending(reader: ByteReader): number[] {
	let before = -1;
	return Array.from({ length: reader.number() }, () => (before += reader.number() + 1));
}
