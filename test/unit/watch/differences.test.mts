import fc from 'fast-check';

import { advance, missingFrom, NO_PROOF } from '../../../lib/watch/advance.ts';
import type { Proof } from '../../../lib/watch/advance.ts';
import { differences } from '../../../lib/watch/differences.ts';
import type { Change } from '../../../lib/watch/differences.ts';
import type { SeenGroup } from '../../../lib/watch/observation.ts';
import type { Snapshot, WatchedPerson } from '../../../lib/watch/snapshot.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../lib/watch/state/encoding.ts';
import { observationOf, reading, workspace } from './watchKit.mts';

/** What a look at the missing ones shows in a workspace that is now so. */
const proofIn = (now: Snapshot, before: Snapshot): Proof => {
	const missing = missingFrom(observationOf(now), before);
	const groups = missing.groups.flatMap((id): SeenGroup[] => {
		const group = now.groups.get(id);
		return group ? [{ ...group, isPartial: false }] : [];
	});
	return {
		gonePeople: new Set(missing.people.filter((id) => !now.people.has(id))),
		goneGroups: new Set(missing.groups.filter((id) => !now.groups.has(id))),
		groups: new Map(groups.map((group) => [group.id, group])),
	};
};

/** The workspace that results from changes, by their words alone. */
const applied = (before: Snapshot, changes: readonly Change[]): Snapshot => {
	const people = new Map(before.people);
	const groups = new Map(before.groups);
	for (const change of changes) {
		if ('added' in change) {
			const { id, displayName } = change.after ?? change.before;
			if (!change.after) groups.delete(id);
			else {
				const members = groups.get(id)?.memberIds ?? new Set<string>();
				const left = [...members].filter((member) => !change.removed.includes(member));
				const name = change.event === 'membershipChanged' ? (groups.get(id)?.displayName ?? '') : displayName;
				groups.set(id, { id, displayName: name, memberIds: new Set([...left, ...change.added]) });
			}
		} else if (!change.after) people.delete(change.before.id);
		else people.set(change.after.id, change.after);
	}
	return { people, groups };
};

const ada = (more: Partial<WatchedPerson> = {}): WatchedPerson => ({
	id: 'ada',
	role: 'member',
	attributes: { email: 'ada@example.com' },
	...more,
});

const peopleOf = (...people: WatchedPerson[]): Snapshot => ({
	people: new Map(people.map((person) => [person.id, person])),
	groups: new Map(),
});

describe('from one poll to the next', () => {
	test('the changes lead exactly from the stored workspace to the present one', async () => {
		await fc.assert(
			fc.asyncProperty(workspace, workspace, async (before, now) => {
				const stored = await decodeSnapshot(await encodeSnapshot(before));

				const after = advance(stored, observationOf(now), proofIn(now, stored));

				expect(after).toEqual(now);
				expect(applied(stored, differences(stored, after))).toEqual(now);
				expect(differences(after, now)).toEqual([]);
			}),
		);
	});

	test('a change is told once, whatever polls lie between', () => {
		fc.assert(
			fc.property(workspace, workspace, (before, now) => {
				const after = advance(before, observationOf(now), proofIn(now, before));

				expect(differences(after, advance(after, observationOf(now), proofIn(now, after)))).toEqual([]);
			}),
		);
	});
});

const isLoss = (change: Change): boolean =>
	change.after === undefined || ('removed' in change && change.removed.length > 0);

describe('nothing is removed', () => {
	test('by lists with gaps', () => {
		fc.assert(
			fc.property(workspace, workspace, (before, now) => {
				const { people, groups, ...rest } = observationOf(now, true);
				const seen = { ...rest, people: reading(people.rows, false), groups: reading(groups.rows, false) };

				expect(missingFrom(seen, before)).toEqual({ people: [], groups: [] });
				expect(differences(before, advance(before, seen, NO_PROOF)).filter(isLoss)).toEqual([]);
			}),
		);
	});

	test('by a group that may be cut, even if it was read by itself', () => {
		fc.assert(
			fc.property(workspace, workspace, (before, now) => {
				const seen = observationOf(now, true);
				const groups = new Map(seen.groups.rows.map((group) => [group.id, group]));
				const after = advance(before, seen, { ...NO_PROOF, groups });

				const lost = differences(before, after).flatMap((change) => ('removed' in change ? change.removed : []));
				expect(lost).toEqual([]);
			}),
		);
	});

	test('by a complete list, as long as no look at the missing ones has proved it', () => {
		fc.assert(
			fc.property(workspace, workspace, (before, now) => {
				const losses = differences(before, advance(before, observationOf(now), NO_PROOF)).filter(isLoss);

				expect(losses).toEqual([]);
			}),
		);
	});

	test('by a server that says all at once that it has no groups', () => {
		fc.assert(
			fc.property(workspace, (before) => {
				const seen = { ...observationOf(before), groups: reading<SeenGroup>([]), hasGroups: false };

				expect(missingFrom(seen, before).groups).toEqual([]);
				expect(differences(before, advance(before, seen, NO_PROOF))).toEqual([]);
			}),
		);
	});
});

describe('a role', () => {
	test('that is raised comes first, the highest before the others', () => {
		const before = peopleOf(ada(), ada({ id: 'bo' }));
		const after = peopleOf(ada({ role: 'membership_admin' }), ada({ id: 'bo', role: 'owner' }), ada({ id: 'cy' }));

		expect(differences(before, after).map(({ event, after: now }) => [event, now?.id])).toEqual([
			['roleRaised', 'bo'],
			['roleRaised', 'ada'],
			['personAdded', 'cy'],
		]);
	});

	test('above member that someone comes with is told as raised', () => {
		const events = differences(peopleOf(), peopleOf(ada({ role: 'owner' }))).map(({ event }) => event);

		expect(events).toEqual(['roleRaised', 'personAdded']);
	});

	test('that is lowered is a change of the person', () => {
		const [change] = differences(peopleOf(ada({ role: 'owner' })), peopleOf(ada()));

		expect(change).toMatchObject({ event: 'personChanged', changed: ['role'] });
	});
});
