import fc from 'fast-check';

import { headOf } from '../../../lib/audit/seal.ts';
import type { Item } from './auditKit.mts';
import { Company, DAY, histories, livedThrough } from './auditKit.mts';

type History = Parameters<typeof livedThrough>[0];

/** A history that ends with a seal, at least two rows closed. */
function sealedAfter(history: History): Company {
	const { company } = livedThrough(history);
	for (const word of ['removed', 'stays']) {
		const { id } = company.insert({ kind: 'leave' });
		company.change(id, { state: 'done', outcome: word, reason: `It was ${word}.` });
	}
	company.seal();
	company.now += DAY / 2;
	return company;
}

const someRow = <T,>(rows: readonly T[], pick: number): T => {
	const row = rows[pick % rows.length];
	if (row === undefined) throw new Error('There is no row');
	return row;
};

const found = (company: Company, mailed: readonly string[] = []) => company.check(mailed).findings.map(({ kind, row }) => ({ kind, row }));

describe('honest changes', () => {
	it('raise nothing, at no seal and at no check, with and without what was mailed', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const { company, found: atSeals } = livedThrough(history);
				expect(atSeals).toEqual([]);
				expect(found(company)).toEqual([]);
				expect(found(company, company.mails)).toEqual([]);
				expect(found(company, [...company.attachments, ...company.mails])).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});

	it('are named until they are sealed', () => {
		const company = new Company();
		const { id } = company.insert();
		company.seal();
		company.now += DAY;
		company.change(id, { state: 'done', outcome: 'removed' });
		company.insert();
		expect(company.check()).toMatchObject({ findings: [], proven: new Set(), unsealed: { rows: [{ id: 1 }, { id: 2 }] } });
		company.seal();
		expect(company.check()).toMatchObject({ findings: [], proven: new Set([1, 2]), unsealed: { rows: [], deleted: [] } });
	});

	it('cannot be told from tampering where no seal was made for 60 days, and the finding says so', () => {
		const company = new Company();
		const { id } = company.insert({ kind: 'watch' });
		company.seal();
		company.change(id, { state: 'done' });
		company.now += 61 * DAY;
		company.deleteOld();
		expect(company.check().findings).toEqual([
			{ kind: 'removed', row: id, text: `Row ${id} was removed while no seal was made for 60 days, so nightly-comparison may have deleted it.` },
		]);
	});

	it('include a row that was written while the journal was read', () => {
		const company = new Company();
		company.seal();
		company.now -= 60_000;
		company.insert();
		company.now += DAY;
		expect(found(company)).toEqual([]);
	});
});

describe('tampering with the table', () => {
	const isFound = (tamper: (company: Company, pick: number) => { kind: string; row: number }) => {
		fc.assert(
			fc.property(histories, fc.nat(1000), (history, pick) => {
				const company = sealedAfter(history);
				const expected = tamper(company, pick);
				expect(found(company)).toContainEqual(expected);
				// The seal of the next day finds it, and later checks still say so.
				company.now += DAY;
				expect(company.seal().findings).toContainEqual(expect.objectContaining(expected));
				company.now += DAY;
				company.seal();
				expect(found(company)).toContainEqual(expected);
			}),
			{ numRuns: 50 },
		);
	};

	it('finds a removed row of the audit trail', () => {
		isFound((company, pick) => {
			const { id } = someRow(company.rows.filter(({ kind, outcome }) => ['leave', 'hire'].includes(String(kind)) && !['copy', 'merged'].includes(String(outcome))), pick);
			company.rows = company.rows.filter((row) => row.id !== id);
			return { kind: 'removed', row: id };
		});
	});

	it.each(['email', 'reason', 'approvedBy', 'removedAt', 'impact', 'details', 'ownColumn'])('finds %s of a closed row edited in n8n', (column) => {
		isFound((company, pick) => {
			const { id } = someRow(company.closed(), pick);
			company.change(id, { [column]: column === 'impact' ? 7 : 'tampered' });
			return { kind: 'edited', row: id };
		});
	});

	it('finds a closed row that is opened again', () => {
		isFound((company, pick) => {
			const { id } = someRow(company.closed(), pick);
			company.change(id, { state: 'retry' });
			return { kind: 'edited', row: id };
		});
	});

	it.each(['key', 'kind', 'createdAt'])('finds another %s of any row', (column) => {
		isFound((company, pick) => {
			const { id } = someRow(company.rows, pick);
			company.change(id, { [column]: column === 'createdAt' ? '2020-01-01T00:00:00.000Z' : 'tampered' });
			return { kind: 'edited', row: id };
		});
	});

	it('finds an edit in the database, behind the back of n8n, in an open row as well', () => {
		isFound((company, pick) => {
			const opened = company.insert();
			company.seal();
			company.now += DAY;
			const { id } = pick % 2 === 0 ? opened : someRow(company.rows.filter(({ updatedAt }) => Date.parse(updatedAt) < company.now - DAY / 2), pick);
			company.rows = company.rows.map((row) => (row.id === id ? { ...row, email: 'tampered@x.example' } : row));
			return { kind: 'edited', row: id };
		});
	});

	it('finds a row that claims to be old', () => {
		isFound((company) => {
			const { id } = company.insert();
			company.rows = company.rows.map((row) => (row.id === id ? { ...row, createdAt: '2025-01-01T00:00:00.000Z' } : row));
			return { kind: 'added', row: id };
		});
	});

	it('finds a row put between others', () => {
		const company = new Company();
		for (const word of ['one', 'two', 'three']) company.insert({ reason: word });
		company.rows = company.rows.filter(({ id }) => id !== 2);
		company.seal();
		company.now += DAY;
		const at = new Date(company.now).toISOString();
		company.rows.push({ id: 2, createdAt: at, updatedAt: at, kind: 'hire', state: 'done', key: 'made up' });
		expect(found(company)).toEqual([{ kind: 'added', row: 2 }]);
	});

	it('finds a row that comes back', () => {
		isFound((company, pick) => {
			const gone = someRow(company.closed(), pick);
			company.rows = company.rows.filter(({ id }) => id !== gone.id);
			company.seal();
			company.now += DAY;
			company.rows.push(gone);
			return { kind: 'added', row: gone.id };
		});
	});

	it.each([
		['contents', ({ id, createdAt, updatedAt }: Item, other: Item): Item => ({ ...other, id, createdAt, updatedAt })],
		['numbers', ({ id }: Item, other: Item): Item => ({ ...other, id })],
	])('finds two closed rows that exchanged their %s', (_what, exchanged) => {
		isFound((company) => {
			const [one, other] = company.closed().slice(-2);
			if (!one || !other) throw new Error('There are two');
			company.rows = company.rows.map((row) => (row === one ? exchanged(one, other) : row === other ? exchanged(other, one) : row));
			expect(found(company)).toContainEqual({ kind: 'reordered', row: other.id });
			return { kind: 'reordered', row: one.id };
		});
	});

	it('finds that a row of 60 days is gone too early', () => {
		const company = new Company();
		const { id } = company.insert({ kind: 'change', state: 'done' });
		company.seal();
		company.now += 59 * DAY;
		company.rows = [];
		expect(found(company)).toEqual([{ kind: 'removed', row: id }]);
		company.now += 2 * DAY;
		expect(found(company)).toEqual([]);
	});

	it('says which numbers no seal has seen', () => {
		const company = new Company();
		company.insert();
		company.seal();
		company.insert();
		company.insert();
		company.rows = company.rows.filter(({ id }) => id !== 2);
		expect(company.check()).toMatchObject({ findings: [], neverSeen: [2] });
	});
});

describe('tampering with the seals', () => {
	const twoSeals = () => {
		const company = new Company();
		company.insert({ kind: 'leave', state: 'done', outcome: 'removed', reason: 'Left.' });
		company.insert({ kind: 'hire', state: 'done', outcome: 'done' });
		company.seal();
		company.now += DAY;
		company.insert({ kind: 'leave', state: 'scheduled' });
		company.seal();
		company.now += DAY;
		company.seal();
		return company;
	};
	/** Who can write everything in n8n makes the whole chain anew, as if the journal had always been so. */
	const forged = (company: Company, change: (rows: Item[]) => Item[]): Company => {
		const twin = new Company();
		company.rows = change(company.rows);
		for (const { at } of company.stored) {
			twin.rows = company.rows.filter(({ createdAt }) => createdAt <= at);
			twin.now = Date.parse(at);
			twin.seal();
		}
		company.stored = twin.stored;
		return company;
	};

	it.each([
		['a row of it', (record: string) => record.replace(/"digest":"./, '"digest":"x')],
		['its time', (record: string) => record.replace('"at":"2026', '"at":"2025')],
		['whether a row was over', (record: string) => record.replace('"isClosed":true', '"isClosed":false')],
	])('finds a seal in which %s was altered', (_what, alter) => {
		const company = twoSeals();
		company.stored = company.stored.map((seal, index) => (index === 0 ? JSON.parse(alter(JSON.stringify(seal))) : seal));
		expect(company.check().findings).toContainEqual({ kind: 'chain', text: expect.stringContaining('Seal 1 was altered') });
	});

	it('finds a seal that was altered and given a new head', () => {
		const company = twoSeals();
		company.stored = company.stored.map((seal) => {
			if (seal.number !== 1) return seal;
			const altered = { ...seal, rows: seal.rows.slice(1) };
			return { ...altered, head: headOf(altered) };
		});
		expect(company.check().findings).toContainEqual({ kind: 'chain', text: expect.stringContaining('Seal 2 does not build on') });
	});

	it('finds a seal that was removed', () => {
		const company = twoSeals();
		company.stored = company.stored.filter(({ number }) => number !== 2);
		expect(company.check().findings).toContainEqual({ kind: 'chain', text: 'Seal 2 is missing.' });
	});

	it('cannot find a whole chain that was made anew, without what was mailed', () => {
		expect(found(forged(twoSeals(), (rows) => rows.slice(1)))).toEqual([]);
	});

	it.each([
		['the last seal is gone', (company: Company) => company.stored.pop()],
		['the chain was made anew', (company: Company) => forged(company, (rows) => rows.slice(1))],
	])('finds by a mailed head that %s', (_what, tamper) => {
		const company = twoSeals();
		tamper(company);
		expect(company.check(company.mails.slice(-1)).findings).toContainEqual({ kind: 'chain', text: expect.stringContaining('Seal 3') });
	});

	it('names the row by the mailed file, also where the chain was made anew', () => {
		const removed = forged(twoSeals(), (rows) => rows.filter(({ id }) => id !== 1));
		expect(found(removed, removed.attachments)).toContainEqual({ kind: 'removed', row: 1 });
		const edited = forged(twoSeals(), (rows) => rows.map((row) => (row.id === 2 ? { ...row, email: 'other@x.example' } : row)));
		expect(found(edited, edited.attachments)).toContainEqual({ kind: 'edited', row: 2 });
		const added = forged(twoSeals(), (rows) => [...rows, { id: 9, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', kind: 'hire', state: 'done' }]);
		expect(found(added, added.attachments)).toContainEqual({ kind: 'added', row: 9 });
	});

	it('does not believe a mailed file that was altered', () => {
		const company = twoSeals();
		const [first = ''] = company.attachments;
		expect(company.check([first.replace('"isClosed":true', '"isClosed":false')]).findings).toEqual([
			{ kind: 'chain', text: expect.stringContaining('The mailed file of seal 1 was altered') },
		]);
	});

	it('takes the first of two seals that were made at once', () => {
		const company = twoSeals();
		const [, second] = company.stored;
		if (!second) throw new Error('There are three');
		const other = { ...second, at: new Date(Date.parse(second.at) + 5).toISOString() };
		company.stored.push({ ...other, head: headOf(other) });
		expect(found(company, company.mails)).toEqual([]);
	});
});
