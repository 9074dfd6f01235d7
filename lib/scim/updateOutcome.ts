import type { AttributeChange } from './patchOperation';
import { attributeChanges } from './patchOperation';
import type { PersonAttributes } from './personAttributes';
import { PERSON_ATTRIBUTES } from './personAttributes';
import { mayBeReformatted } from './sameValue';
import type { User } from './userResource';

/** The values that the server does not show as they were sent; `from` is what it shows instead. */
export interface Unsettled {
	/** It shows another value: the old one, or one that is certainly not the value that was sent. */
	notTaken: AttributeChange[];
	/** It shows no value, or one that may be the sent value in another form. */
	unconfirmed: AttributeChange[];
}

/**
 * Compares a person after a write with what was sent.
 * @param before the values before the write, as far as they are known
 */
export function unsettled(
	after: User,
	sent: PersonAttributes,
	before: Partial<Record<string, string | null>>,
): Unsettled {
	const outcome: Unsettled = { notTaken: [], unconfirmed: [] };
	const differing = new Set(attributeChanges(after, sent).map(({ attribute }) => attribute));
	for (const attribute of PERSON_ATTRIBUTES) {
		const to = sent[attribute]?.trim();
		const from = after.attributes[attribute] ?? null;
		if (!to || from === to) continue;
		const isReformatted = from !== null && mayBeReformatted(attribute, { before: before[attribute], shown: from });
		const isDifferent = differing.has(attribute);
		if (isReformatted || (isDifferent && from === null)) outcome.unconfirmed.push({ attribute, from, to });
		else if (isDifferent) outcome.notTaken.push({ attribute, from, to });
	}
	return outcome;
}

/** Sentences about unconfirmed values; empty if there are none. */
export function unconfirmedNote(changes: readonly AttributeChange[]): string {
	const unseen = changes.filter(({ from }) => from === null).map(({ attribute }) => attribute);
	const reformatted = changes.flatMap(({ attribute, from, to }) =>
		from === null ? [] : [`${attribute} as "${from}" after "${to}" was sent`],
	);
	return [
		...(unseen.length > 0 ? [`Notion does not show ${unseen.join(', ')}, so that is not confirmed.`] : []),
		...(reformatted.length > 0
			? [`Notion shows ${reformatted.join('; ')}, which may be the same in another form.`]
			: []),
	].join(' ');
}
