import { prove } from '../../../lib/watch/prove.ts';
import type { Look } from '../../../lib/watch/prove.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import type { Absences } from '../../../lib/scim/users.ts';

const gone = { seenAs: 'notFound', control: { readAt: 0, memberCount: 1 } } as const;
const late = new ScimError('rateLimited', 'The server answered so slowly.', 'Run this again.');
const broken = new ScimError('serverError', 'Notion failed.', 'Run this again.');
const people = Array.from({ length: 60 }, (_, at) => `person ${at}`);

/** @param absenceOf by the person, and by how many are looked at together */
const look = (absenceOf: (id: string, together: number) => Absences extends Map<string, infer A> ? A : never, more: Partial<Look> = {}) => {
	const asked: string[][] = [];
	const parts: Look = {
		users: {
			verifyAbsences: async (ids) => {
				asked.push(ids);
				return await Promise.resolve(new Map(ids.map((id) => [id, absenceOf(id, ids.length)])));
			},
		},
		groups: { get: async () => await Promise.resolve(undefined) },
		showsAllMembers: false,
		hasTime: () => true,
		...more,
	};
	return { asked, parts };
};

test('answers that came too late are asked for again, about fewer people at a time', async () => {
	const { parts } = look((_id, together) => (together > 1 ? late : gone));

	expect((await prove({ people, groups: [] }, parts)).gonePeople).toEqual(new Set(people));
});

test('who is still there, or cannot be looked at, is not gone, and is asked about once', async () => {
	const { parts, asked } = look((id) => (id === 'person 0' ? 'stillMember' : broken));

	expect((await prove({ people, groups: [] }, parts)).gonePeople.size).toBe(0);
	expect(asked.flat()).toEqual(people);
});

test('nothing more is asked once the time is over, and nothing is gone by that', async () => {
	const { parts, asked } = look(() => gone, { hasTime: () => false });

	expect(await prove({ people, groups: ['sales'] }, parts)).toEqual({ gonePeople: new Set(), goneGroups: new Set(), groups: new Map() });
	expect(asked).toEqual([]);
});
