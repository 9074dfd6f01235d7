import type { Change, GroupChange, PersonChange } from './differences';

/** The oldest are dropped. A dropped one is reported as a change of someone else. */
const MOST_FACTS = 200_000;

/** One thing that is so of a person or a group: an attribute, the role, the name, a membership, or that it exists. */
type Fact = { id: string; of: string };

const EXISTS = 'exists';
const memberFact = (groupId: string, personId: string): Fact => ({ id: groupId, of: `member ${personId}` });

/** What the nodes of this process have last written into Notion. */
export class OwnWrites {
	private readonly facts = new Map<string, { value: string | null; writtenAt: number }>();

	constructor(private readonly now: () => number) {}

	wrote(id: string, attribute: string, value: string | null): void {
		this.remember({ id, of: attribute }, value);
	}

	created(id: string): void {
		this.remember({ id, of: EXISTS }, 'yes');
	}

	removed(id: string): void {
		this.remember({ id, of: EXISTS }, null);
	}

	changedMember(groupId: string, personId: string, isMember: boolean): void {
		this.remember(memberFact(groupId, personId), isMember ? 'yes' : null);
	}

	private remember({ id, of }: Fact, value: string | null): void {
		const key = `${id} ${of}`;
		this.facts.delete(key);
		this.facts.set(key, { value, writtenAt: this.now() });
		for (const oldest of this.facts.keys()) {
			if (this.facts.size <= MOST_FACTS) break;
			this.facts.delete(oldest);
		}
	}

	/**
	 * The changes that are not exactly what was last written. Of a change that was written in part, the rest stays.
	 * @param since epoch milliseconds: what was written before has been told, so a change to it is another one
	 */
	withoutOwn(changes: readonly Change[], since: number): Change[] {
		const isOwn = ({ id, of }: Fact, value: string | null): boolean => {
			const last = this.facts.get(`${id} ${of}`);
			return last !== undefined && last.writtenAt >= since && last.value === value;
		};
		return changes.flatMap((change) => ('added' in change ? foreignMembers(change, isOwn) : foreignAttributes(change, isOwn)));
	}
}

type IsOwn = (fact: Fact, value: string | null) => boolean;

function foreignAttributes(change: PersonChange, isOwn: IsOwn): Change[] {
	switch (change.event) {
		case 'personAdded':
			return isOwn({ id: change.after.id, of: EXISTS }, 'yes') ? [] : [change];
		case 'personRemoved':
			return isOwn({ id: change.before.id, of: EXISTS }, null) ? [] : [change];
		case 'roleRaised':
			return isOwn({ id: change.after.id, of: 'role' }, change.after.role) ? [] : [change];
		case 'personChanged': {
			const { id, role, attributes } = change.after;
			const valueOf = (name: (typeof change.changed)[number]): string | null =>
				name === 'role' ? role : (attributes[name] ?? null);
			const changed = change.changed.filter((name) => !isOwn({ id, of: name }, valueOf(name)));
			return changed.length === 0 ? [] : [{ ...change, changed }];
		}
	}
}

function foreignMembers(change: GroupChange, isOwn: IsOwn): Change[] {
	const { id } = change.after ?? change.before;
	if (change.event === 'groupDeleted') return isOwn({ id, of: EXISTS }, null) ? [] : [change];
	if (change.event === 'groupRenamed') return isOwn({ id, of: 'displayName' }, change.after.displayName) ? [] : [change];
	const added = change.added.filter((member) => !isOwn(memberFact(id, member), 'yes'));
	// Who is removed from the workspace leaves every group.
	const removed = change.removed.filter(
		(member) => !isOwn(memberFact(id, member), null) && !isOwn({ id: member, of: EXISTS }, null),
	);
	const isDone = added.length + removed.length === 0;
	const isOwnGroup = change.event !== 'groupCreated' || isOwn({ id, of: EXISTS }, 'yes');
	return isDone && isOwnGroup ? [] : [{ ...change, added, removed }];
}
