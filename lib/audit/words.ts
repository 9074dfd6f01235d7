import type { AuditCheck } from './checkJournal';

/** At most so many IDs stand in one sentence. */
const MOST_IDS = 20;

/** The result of a check in a few words. */
export function checkTitle({ findings, last }: Pick<AuditCheck, 'findings' | 'last'>): string {
	if (findings.length > 0) return countOf(findings.length, 'finding');
	return last ? 'as sealed' : 'never sealed';
}

/** The result of a check in sentences, what was found first. */
export function checkWords({ findings, last, proven, unsealed, neverSeen }: AuditCheck): string[] {
	const written = [...unsealed.rows.map(({ id }) => id), ...unsealed.deleted];
	return [
		...(findings.length === 0 && last ? ['Nothing was removed, added, edited or reordered.'] : []),
		...(findings.length > 0 ? [`${countOf(findings.length, 'finding')}:`] : []),
		...findings.map(({ text }) => text),
		last
			? `${countOf(proven.size, 'row')} as sealed. Last seal: ${last.number}, ${last.at}.`
			: 'There is no seal, so nothing is proven.',
		...(last ? [`Seal ${last.number}: ${last.head}`] : []),
		...(last && written.length > 0 ? [`Written or deleted since then, and not proven yet: ${idsOf(written)}.`] : []),
		...(neverSeen.length > 0
			? [`IDs that no seal has seen: ${idsOf(neverSeen)}. Such rows were deleted on their first day, or could not be stored.`]
			: []),
	];
}

export function countOf(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function idsOf(ids: readonly number[]): string {
	const more = ids.length - MOST_IDS;
	return `${ids.slice(0, MOST_IDS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
