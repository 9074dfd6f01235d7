import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { Fact } from '../../../lib/directory/approval/changeStatement';
import { groupWords, peopleFact, personWords, quoted } from '../../../lib/directory/approval/changeStatement';
import type { Group } from '../../../lib/scim/groupResource';
import { ACTION_WORDS } from '../../../lib/report/plannedWords';
import { findGroup } from '../actions/group/group';
import { findPerson } from '../actions/user/person';
import type { Session } from '../transport/session';
import { peopleOf } from './namedPeople';

const named = { id: z.string().nullable(), displayName: z.string().nullable() };

/** What a person has to read of a planned change. Whether the change is genuine is for Apply to find out. */
const shownSchema = z.object({
	action: z.string(),
	target: z.object({ type: z.enum(['user', 'group']), email: z.string().nullish(), ...named }),
	member: z.object({ email: z.string(), ...named }).nullable(),
	changes: z.array(z.object({ attribute: z.string(), from: z.string().nullable(), to: z.string() })),
});

type ShownChange = z.infer<typeof shownSchema>;
type Subject = { id: string | null; email?: string | null | undefined; displayName: string | null };

/**
 * What planned changes do, with each person and group that they concern as it is now. The deletion of a group
 * names the people who lose it.
 * @throws ScimError what {@link peopleFact} throws
 */
export async function plannedChangesFact(label: string, changes: readonly IDataObject[], session: Session): Promise<Fact> {
	const facts: Fact[] = [];
	for (const change of changes) facts.push(await changeFact(change, session));
	return { text: `${label}: ${facts.map(({ text }) => text).join('; ')}`, ids: facts.flatMap(({ ids }) => ids) };
}

async function changeFact(change: IDataObject, session: Session): Promise<Fact> {
	const parsed = shownSchema.safeParse(change);
	if (!parsed.success) return { text: 'something that is not a planned change', ids: [] };
	const { action, target, member, changes } = parsed.data;
	const does = ACTION_WORDS[action] ?? quoted(action);
	if (target.type === 'user') return factOf([await personFact(target, session)], (who) => `${who} ${does}${newValues(changes)}`);
	const group = target.id === null ? undefined : await findGroup(session, { mode: 'id', value: target.id });
	const shown = groupFact(target, group);
	if (member) return factOf([await personFact(member, session), shown], (who, what) => `${who} ${does}: ${what}`);
	const losing = action === 'group.delete' ? [peopleFact('for', await peopleOf(session, group?.memberIds ?? []))] : [];
	return factOf([shown, ...losing], (what, ...who) => [`${does}: ${what}${newValues(changes)}`, ...who].join(', '));
}

function factOf(parts: readonly Fact[], words: (...texts: string[]) => string): Fact {
	return { text: words(...parts.map(({ text }) => text)), ids: parts.flatMap(({ ids }) => ids) };
}

async function personFact({ id, email, displayName }: Subject, session: Session): Promise<Fact> {
	const user = id === null ? undefined : await findPerson(session, { by: 'id', value: id });
	return user ? { text: personWords(user), ids: [user.id] } : { text: `${quoted(email ?? displayName ?? '')} (no member)`, ids: [] };
}

function groupFact({ displayName }: Subject, group: Group | undefined): Fact {
	return group ? { text: groupWords(group), ids: [group.id] } : { text: `${quoted(displayName ?? '')} (no group yet)`, ids: [] };
}

/** Such as `: title "CEO" instead of "CFO"`. */
function newValues(changes: ShownChange['changes']): string {
	const words = changes.map(({ attribute, from, to }) => `${attribute} ${quoted(to)}${from === null ? '' : ` instead of ${quoted(from)}`}`);
	return words.length === 0 ? '' : `: ${words.join(', ')}`;
}
