import { createHash } from 'crypto';

import type { ComparedMember } from './compareMembers';
import type { ListRow } from './listColumns';

/** What an import writes: rows of the list, and links of rows and accounts. */
export interface ImportToWrite {
	people: ListRow[];
	links: Array<{ sourceId: string; email: string; userId: string }>;
}

/** @param updateChanged whether rows that differ from Notion are written as well */
export function toWrite(compared: readonly ComparedMember[], updateChanged: boolean): ImportToWrite {
	const isWritten = ({ comparison }: ComparedMember): boolean => comparison === 'new' || (comparison === 'changed' && updateChanged);
	return {
		people: compared.filter(isWritten).flatMap(({ row }) => row ?? []),
		links: compared.flatMap(({ needsLink, sourceId, email, userId }) =>
			needsLink === true && sourceId !== undefined ? [{ sourceId, email, userId }] : [],
		),
	};
}

/** A code that stands for exactly these rows and links. */
export function previewCode(written: ImportToWrite): string {
	return createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 10);
}

/** How many members there are of each comparison. */
export type ImportCounts = Record<ComparedMember['comparison'] | 'members', number>;

export function importCounts(compared: readonly ComparedMember[]): ImportCounts {
	const counts: ImportCounts = { members: compared.length, new: 0, imported: 0, changed: 0, ambiguous: 0, leftOut: 0 };
	for (const { comparison } of compared) counts[comparison] += 1;
	return counts;
}
