import fc from 'fast-check';

import { readIds, writeIds } from '../../../lib/watch/state/columns.ts';
import { ByteReader, ByteWriter } from '../../../lib/watch/state/bytes.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../lib/watch/state/encoding.ts';
import { fromStored, toStored } from '../../../lib/watch/state/storedState.ts';
import { EMPTY_SNAPSHOT } from '../../../lib/watch/snapshot.ts';
import { workspace } from './watchKit.mts';

const written = (write: (writer: ByteWriter) => void): ByteReader => {
	const writer = new ByteWriter();
	write(writer);
	return new ByteReader(writer.result());
};

test('a snapshot that was stored is the same when it is read', async () => {
	await fc.assert(
		fc.asyncProperty(workspace, async (snapshot) => {
			expect(await decodeSnapshot(await encodeSnapshot(snapshot))).toEqual(snapshot);
		}),
	);
});

test('any whole number is the same when it is read', () => {
	fc.assert(
		fc.property(fc.maxSafeNat(), (number) => {
			expect(written((writer) => writer.number(number)).number()).toBe(number);
		}),
	);
});

test.each([
	['UUIDs', ['2f0b7a6e-1111-8000-8000-00000000abcd', 'ffffffff-0000-8000-8000-000000000000']],
	['other texts', ['1', '2F0B7A6E-1111-8000-8000-00000000ABCD', '']],
])('ids keep their spelling: %s', (_name, ids) => {
	expect(readIds(written((writer) => writeIds(writer, ids)), ids.length)).toEqual(ids);
});

test('a state that was cut off or that a later version wrote is an error, not an empty workspace', async () => {
	const whole = await toStored({ snapshot: EMPTY_SNAPSHOT, revision: 3 });

	expect(await fromStored({})).toBeUndefined();
	expect(await fromStored(whole)).toEqual({ snapshot: EMPTY_SNAPSHOT, revision: 3 });
	await expect(fromStored({ ...whole, snapshot: '' })).rejects.toThrow(/cannot be read/);
	await expect(fromStored({ ...whole, format: 2 })).rejects.toThrow(/cannot be read/);
});
