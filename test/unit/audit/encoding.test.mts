import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { encoded, readJournal, sealedRow } from '../../../lib/audit/journalRow.ts';
import { headOf } from '../../../lib/audit/seal.ts';

const AT = '2026-01-01T00:00:00.000Z';
const stored = (cells: object) => ({ id: 1, createdAt: AT, updatedAt: AT, ...cells });
const digestOf = (cells: object) => readJournal([stored(cells)]).rows.map((row) => sealedRow(row).digest)[0];

/** Cells whose names and texts are made to be mistaken for each other. */
const tricky = fc.oneof(fc.string(), fc.constantFrom('', ',', '"', '\\', '["', '"],["', 'a', 'b', '\n', '\u0000', '\u2028'), fc.string({ unit: 'grapheme' }));
const rows = fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'key', 'kind', 'state'), tricky);

const filled = (cells: Record<string, string>) => JSON.stringify(Object.entries(cells).filter(([, value]) => value !== '').sort(([one], [other]) => one.localeCompare(other)));

describe('the encoding of a row', () => {
	it('is the same for two rows only if all their cells are', () => {
		fc.assert(
			fc.property(rows, rows, (one, other) => {
				const isSame = filled(one) === filled(other);
				expect(JSON.stringify(encoded(one)) === JSON.stringify(encoded(other))).toBe(isSame);
				expect(digestOf(one) === digestOf(other)).toBe(isSame);
			}),
			{ numRuns: 2000 },
		);
	});

	it('can be read back', () => {
		fc.assert(
			fc.property(rows, (cells) => {
				const back: unknown = JSON.parse(JSON.stringify(encoded(cells)));
				expect(Object.fromEntries(back as Array<[string, string]>)).toEqual(Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== '')));
			}),
		);
	});

	it('does not depend on the order of columns, nor on empty ones', () => {
		expect(digestOf({ a: '1', b: '2' })).toBe(digestOf({ b: '2', a: '1', c: '', d: null }));
	});

	it('does not confuse where a text ends', () => {
		expect(digestOf({ a: 'x', b: '' })).not.toBe(digestOf({ a: '', b: 'x' }));
		expect(digestOf({ a: 'x"],["b","y' })).not.toBe(digestOf({ a: 'x', b: 'y' }));
	});

	it('keeps white space, and takes a number for its text', () => {
		expect(digestOf({ a: 'x ' })).not.toBe(digestOf({ a: 'x' }));
		expect(digestOf({ impact: 1 })).toBe(digestOf({ impact: '1' }));
	});
});

describe('a seal', () => {
	it('can be computed as setup/README.md says', () => {
		const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
		const [row] = readJournal([{ ...stored({ key: 'k', kind: 'leave', state: 'done', outcome: 'removed', impact: 1 }), email: 'ada@example.com' }]).rows;
		const digest = sha256('[["email","ada@example.com"],["impact","1"],["key","k"],["kind","leave"],["outcome","removed"],["state","done"]]');
		const identity = sha256('[["key","k"],["kind","leave"]]');
		const sealed = row && sealedRow(row);
		expect(sealed).toEqual({ id: 1, createdAt: AT, updatedAt: AT, isClosed: true, mayBeDeleted: false, identity, digest });
		expect(headOf({ number: 2, at: AT, previous: 'p', rows: sealed ? [sealed] : [], deleted: [7] })).toBe(
			sha256(`[2,"${AT}","p",[[1,"${AT}","${AT}",true,false,"${identity}","${digest}"]],[7]]`),
		);
	});
});

describe('rows that are none', () => {
	it('are counted, and the empty item of an empty table is not', () => {
		expect(readJournal([{}, { id: 'x', createdAt: AT, updatedAt: AT }, { id: 3 }, stored({})])).toMatchObject({ rows: [{ id: 1 }], unreadable: 2 });
	});
});
