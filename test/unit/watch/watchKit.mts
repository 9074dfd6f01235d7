import fc from 'fast-check';

import type { Observation, SeenGroup } from '../../../lib/watch/observation.ts';
import type { Snapshot, WatchedGroup, WatchedPerson } from '../../../lib/watch/snapshot.ts';

/** Few, so that two random workspaces have people and groups in common. */
const ids = Array.from({ length: 12 }, (_, at) => `2f0b7a6e-0000-8000-8000-0000000000${String(at).padStart(2, '0')}`);
const someId = fc.constantFrom(...ids);
const text = fc.oneof(fc.constantFrom('Ada', 'Bo', 'Ada Lovelace', 'Ωmega', ''), fc.string({ unit: 'grapheme', maxLength: 12 }));
/** An attribute without a value is absent. */
const stated = text.map((value) => (value.trim() === '' ? undefined : value));

export const role = fc.constantFrom('restricted_member', 'member', 'membership_admin', 'owner', 'guru');

const person: fc.Arbitrary<Omit<WatchedPerson, 'id'>> = fc
	.record({ email: text, role, displayName: stated, title: stated, secondaryEmails: stated })
	.map(({ role: one, email, ...others }) => ({
		role: one,
		attributes: {
			email: `${email}@example.com`,
			...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
		},
	}));

const group: fc.Arbitrary<Omit<WatchedGroup, 'id'>> = fc.record({
	displayName: text,
	memberIds: fc.uniqueArray(fc.oneof(someId, fc.constant('stranger'))).map((members) => new Set(members)),
});

const named = <T extends object>(entries: [string, T][]): Map<string, T & { id: string }> =>
	new Map(entries.map(([id, entry]) => [id, { id, ...entry }]));

const entriesOf = <T extends object>(entry: fc.Arbitrary<T>): fc.Arbitrary<Map<string, T & { id: string }>> =>
	fc.uniqueArray(fc.tuple(someId, entry), { selector: ([id]) => id }).map((entries) => named(entries));

/** Any workspace. */
export const workspace: fc.Arbitrary<Snapshot> = fc.record({ people: entriesOf(person), groups: entriesOf(group) });

/** What a whole and faultless reading of a workspace shows. */
export const observationOf = ({ people, groups }: Snapshot, isPartial = false): Observation => ({
	people: reading([...people.values()].map((one) => ({ id: one.id, person: one }))),
	groups: reading([...groups.values()].map((one): SeenGroup => ({ ...one, isPartial }))),
	hasGroups: true,
	showsAllMembers: false,
});

export const reading = <T,>(rows: T[], complete = true) => ({
	rows,
	complete,
	firstTotal: rows.length,
	lastTotal: rows.length,
	pages: 1,
	passes: 1,
});
