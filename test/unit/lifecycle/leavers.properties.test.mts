import fc from 'fast-check';

import { readAnswers } from '../../../lib/lifecycle/answers.ts';
import { EVENT_KINDS } from '../../../lib/lifecycle/eventKinds.ts';
import { leavers } from '../../../lib/lifecycle/leavers/leavers.ts';
import { journalRow, link } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const DAY = 86_400_000;
const dateOf = (days: number) => new Date(NOW + days * DAY).toISOString().slice(0, 10);

const NO_DATE = '2026-02-30';

const day = fc.integer({ min: -40, max: 40 }).map(dateOf);
const record = fc.record({
	sourceId: fc.constantFrom('7', '8'),
	status: fc.constantFrom('active', 'onLeave', 'notStarted', 'suspended', 'inactive', 'unknown', 'gekündigt'),
	startDate: fc.option(day, { nil: undefined }),
	endDate: fc.option(fc.oneof(day, fc.constant(NO_DATE)), { nil: undefined }),
	timeZone: fc.constantFrom(undefined, 'Pacific/Auckland', 'Pacific/Honolulu', 'nowhere'),
});
const row = fc.record({
	event: fc.constantFrom(...EVENT_KINDS, '' as const),
	dueAt: fc.constantFrom('', '2026-03-10T11:00:00.000Z'),
	effectiveDate: fc.oneof(fc.constant(''), day),
	approvedBy: fc.constantFrom('', 'boss@example.com'),
	impact: fc.constantFrom(0, 1),
	attempts: fc.nat(5),
});
const others = fc.array(
	fc.record({
		state: fc.constantFrom('scheduled', 'retry', 'needsPerson', 'held', 'intended', 'done', 'withdrawn' as const),
		effectiveDate: fc.oneof(fc.constant(''), day),
		kind: fc.constantFrom('leave', 'hire', 'watch' as const),
	}),
	{ maxLength: 4 },
);
const world = fc.record({ records: fc.uniqueArray(record, { maxLength: 2, selector: ({ sourceId }) => sourceId }), row, others, isShared: fc.boolean() });

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const decide = ({ records, row: given, others: rows, isShared }: World) => {
	const own = journalRow(9, { ...given, state: 'received' });
	const asked = { employeeId: '7', email: '' };
	const answers = records.map((one) => ({ found: true, source: 'bamboohr', ...one, asked }));
	return leavers({ timeZone: 'UTC', onLeave: 'keep' }).decide({
		row: own,
		answers: readAnswers(answers.length > 0 ? answers : [{ found: false, source: 'bamboohr', asked }]),
		journal: rows.map((other, index) => journalRow(index + 1, other)),
		links: [
			link({ employeeId: '7', userId: 'u-1' }),
			...(isShared ? [link({ source: 'hibob', employeeId: '77', userId: 'u-1' })] : []),
		],
		execution: '77',
		now: NOW,
	});
};

const check = (property: (given: World, decision: ReturnType<typeof decide>) => boolean) =>
	fc.assert(
		fc.property(world, (given) => property(given, decide(given))),
		{ numRuns: 400 },
	);

/** Over everywhere on Earth. */
const isLongOver = (endDate = NO_DATE) => endDate !== NO_DATE && endDate < dateOf(-2);

describe('whatever the HRIS says and the journal holds', () => {
	it('no one is removed while one record is active without a last day', () => {
		check(({ records }, { operation }) => {
			const isEmployed = records.some(
				({ status, endDate }) => (status === 'active' || status === 'onLeave') && endDate === undefined,
			);
			return !isEmployed || operation !== 'lockDown';
		});
	});

	it('no one is removed before the last day, unless access is revoked and every record is inactive', () => {
		check(({ records, row: { event } }, { operation }) => {
			if (operation !== 'lockDown') return true;
			const isToCome = records.some(({ endDate = '' }) => endDate > dateOf(1));
			return !isToCome || (event === 'accessRevoked' && records.every(({ status }) => status === 'inactive'));
		});
	});

	it('no one is removed whose record is unclear, or whose account is in another HRIS, or whom no one knows', () => {
		check(({ records, isShared }, { operation }) => {
			const isUnclear = records.some(({ status }) => ['suspended', 'unknown', 'gekündigt'].includes(status));
			return (!isUnclear && !isShared && records.length > 0) || operation !== 'lockDown';
		});
	});

	it('a person who has left for good in every record is removed', () => {
		check(({ records, isShared }, { operation, rows }) => {
			const hasLeft = records.every(
				({ status, startDate = '', endDate }) => status === 'inactive' && isLongOver(endDate) && startDate <= (endDate ?? ''),
			);
			const isOwn = records.some(({ sourceId }) => sourceId === '7');
			if (!hasLeft || !isOwn || isShared) return true;
			return operation === 'lockDown' || rows.some(({ reason }) => reason.includes('stands for this employee'));
		});
	});

	it('the row of the event is decided on, each row changes once, and one row at most means to remove', () => {
		check((_given, { rows }) => {
			const ids = rows.map((one) => ('id' in one ? one.id : 0));
			const own = rows.find((one) => 'id' in one && one.id === 9);
			return (
				own !== undefined &&
				own.state !== 'received' &&
				new Set(ids).size === ids.length &&
				rows.filter(({ state }) => state === 'intended').length <= 1
			);
		});
	});

	it('rows that are over, and those of other kinds, are left alone', () => {
		check(({ others: given }, { rows }) =>
			rows.every((one) => {
				const before = 'id' in one ? given[one.id - 1] : undefined;
				return !before || (before.kind === 'leave' && !['done', 'withdrawn', 'intended'].includes(before.state));
			}),
		);
	});

	it('a person is asked with a reason and an alert, and what waits is due at an instant', () => {
		check((_given, { operation, alert, rows }) =>
			rows.every(({ state, reason, dueAt }) => {
				if (state === 'needsPerson') return operation === 'askPerson' && reason !== '' && alert !== undefined;
				return (state !== 'scheduled' && state !== 'retry') || dueAt !== '';
			}),
		);
	});
});
