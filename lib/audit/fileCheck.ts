import { checkJournal } from './checkJournal';
import { readExported } from './exported';
import type { Finding } from './finding';
import type { JournalRow } from './journalRow';
import { readMailed } from './mailed';
import { checkWords, countOf } from './words';

export interface FileCheck {
	/** What a terminal shows. */
	lines: string[];
	/** `unreadable` if the file is no export: then nothing was checked. */
	result: 'clean' | 'findings' | 'unreadable';
}

/**
 * Checks an exported file without n8n.
 * @param texts of the file, and of what was mailed: attachments, or texts with heads
 * @param now epoch milliseconds
 */
export function checkFile(texts: { file: string; mailed: readonly string[] }, now: number): FileCheck {
	const exported = readExported(texts.file);
	if (!exported) return { lines: ['This is no export of the journal. Nothing was checked.'], result: 'unreadable' };
	const mailed = readMailed(texts.mailed);
	const check = checkJournal({ ...exported, now }, mailed);
	if (!check.last) {
		const lines = ['There is no seal to check against. A CSV file needs the mailed seals: --mailed seal-1.json seal-2.json …'];
		return { lines, result: 'unreadable' };
	}
	const findings = [...check.findings, ...misplaced(exported.journal.rows)];
	const compared = new Set([...mailed.heads, ...mailed.seals].map(({ number }) => number)).size;
	const trust =
		compared === 0
			? 'No mailed head was given, so whoever can write to n8n may have rewritten rows and seals together.'
			: `Compared with ${countOf(compared, 'mailed seal')}.`;
	return { lines: [...checkWords({ ...check, findings }), trust], result: findings.length === 0 ? 'clean' : 'findings' };
}

/** In a file, rows stand in the order of their IDs, each once. */
function misplaced(rows: readonly JournalRow[]): Finding[] {
	const seen = new Set<number>();
	let largest = 0;
	return rows.flatMap(({ id }): Finding[] => {
		if (seen.has(id)) return [{ kind: 'added', row: id, text: `Row ${id} stands in the file twice.` }];
		seen.add(id);
		if (id < largest) return [{ kind: 'reordered', row: id, text: `Row ${id} stands behind row ${largest}.` }];
		largest = id;
		return [];
	});
}
