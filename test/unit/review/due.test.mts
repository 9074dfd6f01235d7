import type { Person } from '../../../lib/directory/person/person.ts';
import { directoryToday, whatIsDue } from '../../../lib/review/due.ts';
import type { Letter, Review } from '../../../lib/review/records.ts';
import type { ReviewRow } from '../../../lib/review/rows.ts';
import { peopleByAddress } from '../../../lib/review/directoryPeople.ts';
import { ago, DAY, NOW, person, review, row } from './reviewKit.mts';

const asked = (id: number, days: number | undefined, more: Parameters<typeof row>[1] = {}): ReviewRow =>
	row(id, { assignedAt: days === undefined ? ago(0) : ago(days), ...more });
const letter = (days: number, reviewer = 'mia@x.example', isSent = true): Letter => ({
	...{ id: 1, reviewId: 'r1', reviewer, letter: 'first', rows: 1, writtenAt: ago(days), sentAt: isSent ? ago(days) : '' },
});
const due = (rows: ReviewRow[], letters: Letter[] = [], more: Partial<Review> = {}, persons?: Person[], isComplete = true) =>
	whatIsDue(review(more), rows, letters, {
		directory: persons && { byAddress: peopleByAddress(persons), isComplete },
		now: NOW,
	});
const kinds = ({ letters }: ReturnType<typeof due>) => letters.map((one) => `${one.reviewer} ${one.letter} ${one.rows}`);
const nothing = { reassignments: [], letters: [], alerts: [] };

describe('what is due', () => {
	it('is one mail for all rows of a reviewer', () => {
		expect(kinds(due([asked(1, undefined), asked(2, undefined), asked(3, undefined, { decision: 'keep' })]))).toEqual(['mia@x.example first 2']);
	});

	it('is nothing on the day after, a reminder later, and each reminder once', () => {
		expect(due([asked(1, 1)], [letter(1)])).toEqual(nothing);
		expect(kinds(due([asked(1, 4)], [letter(4)]))).toEqual(['mia@x.example reminder 1']);
		expect(due([asked(1, 5)], [letter(5), letter(1)])).toEqual(nothing);
	});

	it('is a first mail again where the mail server did not take it', () => {
		expect(kinds(due([asked(1, 1)], [letter(1, 'mia@x.example', false)]))).toEqual(['mia@x.example first 1']);
	});

	it('is a mail for rows that came to a reviewer who was asked about others', () => {
		expect(kinds(due([asked(1, 3), asked(2, 1, { step: 1 })], [letter(3)]))).toEqual(['mia@x.example escalation 2']);
	});

	it('asks the next one, and stays with the last', () => {
		const escalated = due([asked(1, 9)], [letter(9), letter(5)]);
		expect(escalated.reassignments).toMatchObject([{ reviewer: 'fall@x.example', reviewerAs: 'fallback', step: 1, at: ago(0) }]);
		expect(kinds(escalated)).toEqual(['fall@x.example escalation 1']);
		const last = asked(1, 30, { step: 1, reviewer: 'fall@x.example' });
		expect(due([last], [letter(30, 'fall@x.example'), letter(1, 'fall@x.example')])).toEqual(nothing);
	});

	it.each<[string, number, number]>([
		['some seconds early', 4 - 0.0001, 9 - 0.0001],
		['an hour early, after the clocks went forward', 4 - 1 / 24, 9 - 1 / 24],
		['in the morning of the day, after a start in the evening', 4 - 0.45, 9 - 0.45],
	])('counts days where the schedule is %s', (_case, reminder, escalation) => {
		expect(kinds(due([asked(1, reminder)], [letter(reminder)]))).toEqual(['mia@x.example reminder 1']);
		expect(kinds(due([asked(1, escalation)], [letter(escalation), letter(1)]))).toEqual(['fall@x.example escalation 1']);
	});

	it('goes on at once to the next who can answer where a reviewer has left meanwhile, and says why', () => {
		const reviewers = [
			{ email: 'mia@x.example', as: 'manager' },
			{ email: 'max@x.example', as: "manager's manager" },
			{ email: 'fall@x.example', as: 'fallback' },
		];
		const one = asked(1, 1, { reviewers });
		const mia = person('mia@x.example', undefined, { active: false, status: 'inactive' });

		expect(due([one], [letter(1)], {}, [mia, person('max@x.example')])).toMatchObject({
			reassignments: [{ reviewer: 'max@x.example', step: 1, passedOver: 'mia@x.example (manager) has left.' }],
			letters: [{ reviewer: 'max@x.example', letter: 'escalation' }],
		});
		expect(due([one], [letter(1)], {}, [mia, person('max@x.example', undefined, { status: 'onLeave' })]).reassignments).toMatchObject([
			{ reviewer: 'fall@x.example', step: 2, passedOver: "mia@x.example (manager) has left. max@x.example (manager's manager) is on leave." },
		]);
		expect(due([one], [letter(1)], {}, [person('max@x.example')]).reassignments).toMatchObject([
			{ reviewer: 'max@x.example', passedOver: expect.stringContaining('not in the directory any more') },
		]);
	});

	it('tells that the last reviewer has left', () => {
		const last = asked(1, undefined, { step: 1, reviewer: 'fall@x.example' });
		const gone = person('fall@x.example', undefined, { active: false, status: 'inactive' });
		expect(due([last], [], {}, [gone]).alerts).toMatchObject([{ key: 'access review: reviewer gone', text: expect.stringContaining(': fall@x.example has left, and'.slice(0, 25)) }]);
	});

	it.each<[string, Person[] | undefined, boolean]>([
		['no directory today', undefined, true],
		['a directory with gaps', [person('max@x.example')], false],
		['the manager still there', [person('mia@x.example')], true],
	])('asks no one else because of %s', (_case, persons, isComplete) => {
		expect(due([asked(1, 1)], [letter(1)], {}, persons, isComplete)).toEqual(nothing);
	});

	it('asks nothing more about who is removed, nor when the time is over', () => {
		const rows = [asked(1, undefined, { decision: 'remove', userId: 'u' }), asked(2, undefined, { userId: 'u' })];
		expect(due(rows)).toEqual(nothing);
		expect(due([asked(1, 20)], [], { dueAt: ago(0) })).toEqual(nothing);
	});

	it('is one change for all rows that change alike', () => {
		const rows = [1, 2, 3].map((id) => asked(id, 9));
		const changes = due([...rows, asked(4, 9, { passedOver: 'Someone.' })], [letter(9)]).reassignments;
		expect(changes).toMatchObject([
			{ stepWas: 0, atWas: ago(9), passedOverWas: '', step: 1, reviewer: 'fall@x.example' },
			{ passedOverWas: 'Someone.' },
		]);
		expect(changes).toHaveLength(2);
	});

	it('believes a directory to be whole only where it says so', () => {
		const manifest = { source: 's', readAt: ago(0), pages: 1, count: 1, complete: true, groupsComplete: true, attributesRead: [], explanation: undefined };
		const of = (count: number, unreadable: string[] = []) =>
			directoryToday({ persons: [person('a@x.example')], manifests: [{ ...manifest, count }], unreadable })?.isComplete;
		expect([of(1), of(2), of(1, ['Item 3']), DAY > 0]).toEqual([true, false, false, true]);
		expect(directoryToday({ persons: [], manifests: [manifest], unreadable: [] })).toBeUndefined();
	});
});
