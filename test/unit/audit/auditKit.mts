import fc from 'fast-check';

import type { Seal } from '../../../lib/audit/seal.ts';
import { readSeals, sealKey } from '../../../lib/audit/seal.ts';
import { readJournal } from '../../../lib/audit/journalRow.ts';
import { checkJournal, sealJournal } from '../../../lib/audit/checkJournal.ts';
import { readMailed } from '../../../lib/audit/mailed.ts';

/** A row as a Data Table node returns it. */
export interface Item {
	id: number;
	createdAt: string;
	updatedAt: string;
	[column: string]: string | number | null;
}

export const DAY = 24 * 60 * 60 * 1000;
export const START = Date.UTC(2026, 0, 1);

const OPEN = ['received', 'scheduled', 'intended', 'held', 'retry', 'needsPerson'];
const CLOSED = ['done', 'refused', 'withdrawn'];

/** A journal, its seals, and a clock, as the workflows move them. */
export class Company {
	now = START;
	rows: Item[] = [];
	/** As stored, the mailed attachments, and the texts of the mails. */
	stored: Seal[] = [];
	readonly attachments: string[] = [];
	readonly mails: string[] = [];
	sealedAt = START;
	private nextId = 1;

	insert(values: Partial<Item> = {}): Item {
		const at = new Date(this.now).toISOString();
		const row = { key: `k${this.nextId}`, kind: 'leave', state: 'received', outcome: '', email: `p${this.nextId}@x.example`, ...values };
		const item = { ...row, id: this.nextId, createdAt: at, updatedAt: at };
		this.nextId += 1;
		this.rows.push(item);
		return item;
	}

	change(id: number, values: Record<string, string | number | null>): void {
		this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...values, updatedAt: new Date(this.now).toISOString() } : row));
	}

	/** What nightly-comparison does, in its own words: see lib/lifecycle/nightly/retention.ts. */
	deleteOld(): void {
		this.rows = this.rows.filter(({ kind, state, outcome, updatedAt }) => {
			const isOver = state === 'done' || state === 'withdrawn';
			const provesNothing = kind === 'change' || kind === 'watch' || ['copy', 'merged', 'ignored'].includes(String(outcome));
			return !(isOver && provesNothing && Date.parse(updatedAt) < this.now - 60 * DAY);
		});
	}

	seal(): ReturnType<typeof sealJournal> {
		const made = sealJournal({ journal: readJournal(this.rows), stored: this.readSeals(), now: this.now });
		this.stored.push(made.seal);
		this.sealedAt = this.now;
		this.attachments.push(JSON.stringify(made.seal));
		this.mails.push(`Hello,\r\nSeal ${made.seal.number}: ${made.seal.head}\r\n`);
		return made;
	}

	check(mailed: readonly string[] = []) {
		return checkJournal({ journal: readJournal(this.rows), stored: this.readSeals(), now: this.now }, readMailed(mailed));
	}

	readSeals() {
		return readSeals(this.stored.map((seal, index) => ({ id: index + 1, key: sealKey(seal.number), record: JSON.stringify(seal) })));
	}

	closed(): Item[] {
		return this.rows.filter(({ state }) => CLOSED.includes(String(state)));
	}

	open(): Item[] {
		return this.rows.filter(({ state }) => OPEN.includes(String(state)));
	}
}

const steps = fc.record({
	kind: fc.constantFrom('insert', 'insert', 'insert', 'work', 'close', 'close', 'touch', 'deleteOld', 'seal', 'seal'),
	pick: fc.nat(50),
	hours: fc.nat(400),
	kindOfRow: fc.constantFrom('leave', 'hire', 'change', 'watch', 'sync'),
	word: fc.constantFrom('copy', 'merged', 'removed', 'done'),
	open: fc.constantFrom(...OPEN),
	closed: fc.constantFrom(...CLOSED),
	text: fc.string(),
});

type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** A journal to which only honest things happened, each sealed version included. */
export const histories = fc.array(steps, { minLength: 1, maxLength: 40 });

/** @returns what the seals found on the way: nothing, as all is honest */
export function livedThrough(history: readonly Step[]): { company: Company; found: unknown[] } {
	const company = new Company();
	const found: unknown[] = [];
	for (const step of history) {
		company.now += step.hours * 60 * 60 * 1000 + 1;
		// Seals are made daily. Without one for 60 days a row could be closed and deleted unseen.
		if (company.now - company.sealedAt > 40 * DAY) found.push(...company.seal().findings);
		const open = company.open();
		const closed = company.closed();
		const row = open[step.pick % Math.max(1, open.length)];
		const old = closed[step.pick % Math.max(1, closed.length)];
		if (step.kind === 'insert') company.insert({ kind: step.kindOfRow, displayName: step.text });
		if (step.kind === 'work' && row) company.change(row.id, { state: step.open, reason: step.text, attempts: step.pick });
		if (step.kind === 'close' && row) company.change(row.id, { state: step.closed, outcome: step.word, details: step.text });
		// Storing the same outcome again moves n8n's time alone.
		if (step.kind === 'touch' && old) company.change(old.id, {});
		if (step.kind === 'deleteOld') company.deleteOld();
		if (step.kind === 'seal') found.push(...company.seal().findings);
	}
	return { company, found };
}
