import type { SealedState } from './difference';
import { sealedBy } from './difference';
import type { Finding } from './finding';
import { findingsOf } from './rules';
import type { Seal } from './seal';
import { headOf, inOrder } from './seal';

/** Whether each seal holds what its head says, and builds on the one before. @param seals by number */
export function brokenLinks(seals: readonly Seal[]): Finding[] {
	return seals.flatMap((seal, index): Finding[] => {
		const before = seals[index - 1];
		const expected = (before?.number ?? 0) + 1;
		const isGap = seal.number !== expected;
		const missing = expected === seal.number - 1 ? `Seal ${expected} is` : `Seals ${expected} to ${seal.number - 1} are`;
		return [
			...(isGap ? [chainFinding(`${missing} missing.`)] : []),
			...(headOf(seal) === seal.head ? [] : [chainFinding(`Seal ${seal.number} was altered: its head is not the hash of what it holds.`)]),
			...(isGap || seal.previous === (before?.head ?? '')
				? []
				: [chainFinding(`Seal ${seal.number} does not build on the one before it: one of the two was replaced.`)]),
		];
	});
}

/** What all seals together say about the rows. */
export interface Replayed {
	sealed: SealedState;
	/** What each seal has found when it was made. */
	findings: Finding[];
	last: Seal | undefined;
}

/** @param seals by number */
export function replayed(seals: readonly Seal[]): Replayed {
	let sealed: SealedState = new Map();
	const findings: Finding[] = [];
	let last: Seal | undefined;
	for (const seal of seals) {
		const judged = { sealed, since: last && Date.parse(last.at), until: Date.parse(seal.at) };
		findings.push(
			...findingsOf(seal, judged).map((finding) => ({ ...finding, text: `${finding.text} It was so at seal ${seal.number}, ${seal.at}.` })),
		);
		sealed = sealedBy(sealed, seal);
		last = seal;
	}
	return { sealed, findings, last };
}

/** What was mailed, and so cannot have been rewritten in n8n. */
export interface Mailed {
	heads: ReadonlyArray<Pick<Seal, 'number' | 'head'>>;
	/** From the attachments. */
	seals: readonly Seal[];
}

/**
 * Compares the stored seals with the mailed ones, which count where they differ.
 * @param stored by number
 */
export function withMailed(stored: readonly Seal[], { heads, seals: attached }: Mailed): { seals: Seal[]; findings: Finding[] } {
	const genuine = attached.filter((seal) => headOf(seal) === seal.head);
	const altered = attached.filter((seal) => headOf(seal) !== seal.head);
	const byNumber = new Map(stored.map((seal) => [seal.number, seal]));
	const rewritten = genuine.filter(({ number, head }) => byNumber.has(number) && byNumber.get(number)?.head !== head);
	return {
		seals: inOrder([...new Map([...byNumber, ...genuine.map((seal): [number, Seal] => [seal.number, seal])]).values()]),
		findings: [
			...altered.map(({ number }) => chainFinding(`The mailed file of seal ${number} was altered: its head is not the hash of what it holds.`)),
			...heads.flatMap((mailed) => headFinding(mailed, byNumber.get(mailed.number) ?? genuine.find(({ number }) => number === mailed.number))),
			// A CSV file has no stored seals at all.
			...genuine.flatMap(({ number }) =>
				stored.length === 0 || byNumber.has(number) ? [] : [chainFinding(`Seal ${number} is missing, although it was mailed.`)],
			),
			...rewritten.flatMap((seal) => rewrittenRows(seal, byNumber.get(seal.number))),
		],
	};
}

function headFinding({ number, head }: Pick<Seal, 'number' | 'head'>, seal: Seal | undefined): Finding[] {
	if (!seal) return [chainFinding(`Seal ${number} is missing, although its head was mailed.`)];
	if (seal.head === head) return [];
	return [chainFinding(`Seal ${number} is not the one whose head was mailed: it, or one before it, was rewritten.`)];
}

/** The mailed file of a seal says which rows the stored one lies about. */
function rewrittenRows(mailed: Seal, stored: Seal | undefined): Finding[] {
	if (!stored) return [];
	const listOf = ({ rows, deleted }: Seal): Map<number, string> =>
		new Map([
			...rows.map((row): [number, string] => [row.id, JSON.stringify(row)]),
			...deleted.map((id): [number, string] => [id, 'deleted']),
		]);
	const [was, is] = [listOf(mailed), listOf(stored)];
	const ids = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
	return [
		chainFinding(`Seal ${mailed.number} was rewritten: it is not the one that was mailed.`),
		...ids.map((row): Finding => ({ kind: 'edited', row, text: `Row ${row} was sealed otherwise: seal ${mailed.number} was rewritten.` })),
	];
}

export function chainFinding(text: string): Finding {
	return { kind: 'chain', text };
}
