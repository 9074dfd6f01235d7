import { differences } from '../../../lib/watch/differences.ts';
import { OwnWrites } from '../../../lib/watch/ownWrites.ts';
import type { Snapshot, WatchedGroup } from '../../../lib/watch/snapshot.ts';

const workspace = (title: string, members: string[] = []): Snapshot => {
	const group: WatchedGroup = { id: 'sales', displayName: 'Sales', memberIds: new Set(members) };
	return {
		people: new Map([['ada', { id: 'ada', role: 'member', attributes: { email: 'ada@example.com', title } }]]),
		groups: new Map([[group.id, group]]),
	};
};

let now = 0;
const own = (): OwnWrites => {
	now = 1_000;
	return new OwnWrites(() => now);
};

test('the same value again is a change of someone else, once the own one has been told', () => {
	const writes = own();
	writes.wrote('ada', 'title', 'Head');
	const changes = differences(workspace('Clerk'), workspace('Head'));

	expect(writes.withoutOwn(changes, 500)).toEqual([]);
	expect(writes.withoutOwn(changes, 1_001)).toEqual(changes);
});

test('another value than the one that was written is told', () => {
	const writes = own();
	writes.wrote('ada', 'title', 'Head');

	expect(writes.withoutOwn(differences(workspace('Clerk'), workspace('Owner')), 0)).toHaveLength(1);
});

test('of the members of a group, those that someone else added stay', () => {
	const writes = own();
	writes.changedMember('sales', 'ada', true);

	expect(writes.withoutOwn(differences(workspace(''), workspace('', ['ada', 'eve'])), 0)).toMatchObject([{ added: ['eve'] }]);
});

test('who was removed from the workspace by a node has left their groups by that', () => {
	const writes = own();
	writes.removed('ada');
	const after = { people: new Map(), groups: workspace('').groups };

	expect(writes.withoutOwn(differences(workspace('', ['ada']), after), 0)).toEqual([]);
});
