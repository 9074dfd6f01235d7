import { z } from 'zod';

import { unguardedCell } from '../../../lib/report/csv.ts';
import { sweepFunctions } from './sweepCode.mts';

const call = sweepFunctions(
	['people', 'readings', 'leaverReport'],
	['leaverReport', 'reportHtml', 'reportCsv', 'reportText'],
);

const SETTINGS = { timeZone: 'Europe/Berlin', promisedMinutes: 15 };
const FROM = Date.parse('2026-10-21T00:00:00Z');
const TO = Date.parse('2026-11-20T00:00:00Z');
/** The end of 10 November in Berlin. */
const END_OF_10TH = '2026-11-10T23:00:00.000Z';

const reportSchema = z.object({
	entries: z.array(
		z.object({
			name: z.string(),
			outcome: z.string(),
			isLate: z.boolean(),
			isMissed: z.boolean(),
			isMemberAgain: z.boolean(),
			minutes: z.number().optional(),
			effective: z.number().optional(),
			known: z.number().optional(),
			verified: z.number().optional(),
		}),
	),
	totals: z.record(z.number()),
	population: z.object({ trouble: z.array(z.string()), complete: z.boolean() }).passthrough(),
});

interface Given {
	records?: object[];
	members?: object[];
	audit?: object[];
	links?: object[];
	trouble?: string;
	memberTrouble?: string;
}

function given({
	records = [],
	members = [],
	audit = [],
	links = [],
	trouble,
	memberTrouble,
}: Given) {
	return {
		reading: {
			records: records.map((record) => ({
				found: true,
				status: 'inactive',
				active: false,
				source: 'bamboohr',
				...record,
			})),
			manifest: {
				manifest: true,
				source: 'bamboohr',
				readAt: '2026-11-20T00:00:00Z',
				pages: 2,
				count: records.length,
				complete: !trouble,
			},
			trouble,
		},
		members: { members, trouble: memberTrouble },
		links,
		audit: audit.map((row, index) => ({
			id: index + 1,
			source: 'bamboohr',
			verified: false,
			...row,
		})),
		from: FROM,
		to: TO,
		settings: SETTINGS,
	};
}

const reportOf = (parts: Given) => reportSchema.parse(call('leaverReport', given(parts)));
const leaver = (sourceId: string, endDate = '2026-11-10') => ({
	sourceId,
	displayName: `Leaver ${sourceId}`,
	email: `l${sourceId}@example.com`,
	endDate,
});
const removed = (employeeId: string, at: string, more: object = {}) => ({
	employeeId,
	email: `l${employeeId}@example.com`,
	effectiveAt: END_OF_10TH,
	knownAt: '2026-11-01T08:00:00.000Z',
	removedAt: at,
	outcome: 'removed',
	verified: true,
	record: JSON.stringify({ verifiedAt: at }),
	...more,
});

describe('the leaver report', () => {
	it('measures from the end of the last day to the moment when somebody was seen to be gone', () => {
		const report = reportOf({
			records: [leaver('1'), leaver('2'), leaver('3')],
			audit: [
				removed('1', '2026-11-10T23:02:00.000Z'),
				removed('2', '2026-11-10T23:15:00.000Z'),
				removed('3', '2026-11-10T23:15:00.001Z'),
			],
		});

		expect(report.entries.map(({ minutes, isLate }) => [minutes, isLate])).toEqual([
			[2, false],
			[15, false],
			[16, true],
		]);
		expect(report.entries[0]?.effective).toBe(Date.parse(END_OF_10TH));
		expect(report.totals).toMatchObject({ leavers: 3, removedInTime: 2, removedLate: 1, open: 0 });
	});

	it('measures from the moment when the HRIS told, where it told only afterwards', () => {
		const report = reportOf({
			records: [leaver('1')],
			audit: [removed('1', '2026-11-12T09:01:00.000Z', { knownAt: '2026-11-12T09:00:00.000Z' })],
		});

		expect(report.entries).toEqual([expect.objectContaining({ minutes: 1, isLate: false })]);
	});

	it('counts tries that failed and the one that held as one leaver, known since the first', () => {
		const report = reportOf({
			records: [leaver('1')],
			audit: [
				removed('1', '', {
					outcome: 'failed',
					verified: false,
					knownAt: '2026-11-10T23:00:00.000Z',
				}),
				removed('1', '2026-11-11T00:00:00.000Z', { knownAt: '2026-11-10T23:59:00.000Z' }),
				removed('1', '', { outcome: 'alreadyGone', knownAt: '2026-11-11T02:30:00.000Z' }),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ outcome: 'removed', minutes: 60, isLate: true }),
		]);
	});

	it('counts somebody who left, came back and left again twice', () => {
		const report = reportOf({
			records: [leaver('1', '2026-11-10')],
			audit: [
				removed('1', '2026-10-25T23:01:00.000Z', {
					effectiveAt: '2026-10-25T23:00:00.000Z',
					knownAt: '2026-10-20T08:00:00.000Z',
				}),
				removed('1', '2026-11-10T23:01:00.000Z'),
			],
		});

		expect(report.entries.map(({ outcome, minutes }) => [outcome, minutes])).toEqual([
			['removed', 1],
			['removed', 1],
		]);
	});

	it('leaves out who left before the period, who has not left yet and who stays', () => {
		const report = reportOf({
			records: [
				leaver('1', '2026-10-19'),
				leaver('2', '2026-11-20'),
				{ ...leaver('3'), active: true },
			],
			audit: [
				removed('9', '2026-10-01T00:01:00.000Z', {
					effectiveAt: '2026-10-01T00:00:00Z',
					knownAt: '2026-09-01T00:00:00Z',
				}),
				removed('3', '', { outcome: 'stays' }),
			],
		});

		expect(report.entries).toEqual([]);
		expect(report.totals['leavers']).toBe(0);
	});

	it('names who left and is still a member, who was never here, and who came back', () => {
		const report = reportOf({
			records: [leaver('1'), leaver('2'), leaver('3'), { ...leaver('4'), email: undefined }],
			members: [
				{ id: 'u1', email: 'L1@example.com' },
				{ id: 'u3', email: 'l3@example.com' },
				{ id: 'u4', email: 'other@example.com' },
			],
			links: [{ source: 'bamboohr', employeeId: '4', userId: 'u4' }],
			audit: [removed('3', '2026-11-10T23:01:00.000Z')],
		});

		const outcomes = Object.fromEntries(report.entries.map((one) => [one.name, one.outcome]));
		expect(outcomes).toEqual({
			'Leaver 1': 'member',
			'Leaver 2': 'noRecord',
			'Leaver 3': 'removed',
			'Leaver 4': 'member',
		});
		expect(report.totals).toMatchObject({
			leavers: 4,
			open: 2,
			noRecord: 1,
			memberAgain: 1,
			removedInTime: 1,
		});
		expect(report.entries.filter(({ isLate }) => isLate).map(({ name }) => name)).toEqual([
			'Leaver 1',
			'Leaver 4',
		]);
	});

	it('calls nobody open or late who is active in another record', () => {
		const stays = { outcome: 'stays', createdAt: '2026-11-11T01:30:00.000Z' };
		const report = reportOf({
			records: [leaver('1'), leaver('2')],
			members: [
				{ id: 'u1', email: 'l1@example.com' },
				{ id: 'u2', email: 'l2@example.com' },
			],
			audit: [
				removed('1', '', { outcome: 'failed' }),
				removed('1', '', stays),
				// Decided before the last day was over: of what holds now it says nothing.
				removed('2', '', { ...stays, createdAt: '2026-06-01T01:30:00.000Z' }),
			],
		});

		expect(report.entries.map(({ name, outcome, isLate }) => [name, outcome, isLate])).toEqual([
			['Leaver 1', 'stays', false],
			['Leaver 2', 'member', true],
		]);
		expect(report.totals).toMatchObject({ leavers: 1, stays: 1, open: 1 });
	});

	it('says that the population is not whole while Settings have no time zone', () => {
		const report = reportSchema.parse(
			call('leaverReport', { ...given({}), settings: { timeZone: '', promisedMinutes: 15 } }),
		);
		expect(report.population.trouble).toEqual([expect.stringContaining('timeZone')]);
	});

	it('counts what is held, refused, begun or not verified as open, and late ones as late', () => {
		const outcomes = ['held', 'refused', 'intended', 'notVerified', 'failed'];
		const report = reportOf({
			records: outcomes.map((_outcome, index) => leaver(String(index))),
			audit: outcomes.map((outcome, index) =>
				removed(String(index), '', { outcome, verified: false }),
			),
		});

		expect(report.totals).toMatchObject({ leavers: 5, open: 5, removedInTime: 0, removedLate: 0 });
		expect(report.entries.every(({ isLate }) => isLate)).toBe(true);
	});

	it('has who is in the audit only, and says who was found at night', () => {
		const report = reportOf({
			audit: [
				removed('7', '2026-11-11T02:30:00.000Z', {
					displayName: 'Only here',
					requestedBy: 'Nightly sweep',
				}),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ name: 'Only here', isMissed: true, isLate: true }),
		]);
		expect(report.totals).toMatchObject({ leavers: 1, missed: 1 });
	});

	it('calls late whom only the night found, although nobody had told before', () => {
		const report = reportOf({
			records: [leaver('1')],
			audit: [
				removed('1', '2026-11-12T01:31:00.000Z', {
					requestedBy: 'Nightly sweep',
					knownAt: '2026-11-12T01:30:00.000Z',
				}),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ isLate: true, minutes: 26 * 60 + 31 }),
		]);
	});

	it('does not call anybody gone where the members could not be read, and says so', () => {
		const parts = {
			records: [leaver('1')],
			memberTrouble: "The list of Notion's members is not whole.",
		};
		const report = reportOf(parts);

		expect(report.entries).toEqual([expect.objectContaining({ outcome: 'notKnown' })]);
		expect(report.totals).toMatchObject({ open: 1, noRecord: 0 });
		expect(call('reportHtml', call('leaverReport', given(parts)), '')).toContain(
			'NOT known to be whole',
		);
	});

	it('says that its population is not known to be whole where the HRIS was not', () => {
		const report = call('leaverReport', given({ trouble: 'The HRIS could not be read: down.' }));

		expect(call('reportText', report)).toContain(
			'NOT known to be whole. The HRIS could not be read: down.',
		);
		expect(call('reportHtml', report, '')).toContain('NOT known to be whole');
	});

	it('does not call somebody back who was removed after the members were read', () => {
		const parts = given({
			records: [leaver('1')],
			members: [{ id: 'u1', email: 'l1@example.com' }],
			audit: [removed('1', '2026-11-19T02:31:00.000Z')],
		});
		const againIf = (membersReadAt: string) =>
			reportSchema.parse(
				call('leaverReport', { ...parts, membersReadAt: Date.parse(membersReadAt) }),
			).totals['memberAgain'];

		expect(againIf('2026-11-19T02:30:00Z')).toBe(0);
		expect(againIf('2026-11-19T02:32:00Z')).toBe(1);
	});

	describe('with names that somebody made up to do harm', () => {
		const hostile = [
			'<script>alert(1)</script>',
			'"><img src=x onerror=alert(1)>',
			'=HYPERLINK("http://evil.example","click")',
			'+1+1',
			'-2+3',
			'@SUM(A1)',
			'\tcmd',
			'\r=1+1',
			' =1+1',
			'＝1+1',
			'O\'Hara, "Bob"\nLine',
		];
		const report = call(
			'leaverReport',
			given({
				records: hostile.map((displayName, index) => ({
					...leaver(String(index)),
					displayName,
					email: `=x${index}@example.com`,
				})),
			}),
		);

		it('gives no markup of theirs in the HTML', () => {
			const html = z.string().parse(call('reportHtml', report, '<b>about</b>'));
			expect(html).not.toMatch(/<script|<img|<b>/);
			expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
			expect(html).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
			expect(html).not.toMatch(/(?:src|href)="?http/);
		});

		it('gives no formula in the CSV, and loses nothing', () => {
			const text = z.string().parse(call('reportCsv', report));
			expect(text.startsWith('\uFEFF')).toBe(true);
			const cells = csvCells(text.slice(1));
			expect(cells).toHaveLength(hostile.length + 1);
			for (const cell of cells.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝]|^[\t\r\n]/);
			const names = cells.slice(1).map(([name = '']) => unguardedCell(name));
			expect(new Set(names)).toEqual(new Set(hostile));
			expect(cells[1]?.[1]).toMatch(/^'=x/);
		});
	});
});

/** A reader of RFC 4180, so that not the writer itself says what it has written. */
function csvCells(text: string): string[][] {
	const rows: string[][] = [[]];
	let cell = '';
	let isQuoted = false;
	for (let index = 0; index < text.length; index += 1) {
		const character = text.charAt(index);
		if (isQuoted && character === '"' && text.charAt(index + 1) === '"') {
			cell += '"';
			index += 1;
		} else if (character === '"') {
			isQuoted = !isQuoted;
		} else if (!isQuoted && (character === ',' || text.startsWith('\r\n', index))) {
			rows.at(-1)?.push(cell);
			cell = '';
			if (character === '\r') {
				index += 1;
				rows.push([]);
			}
		} else {
			cell += character;
		}
	}
	return rows.filter((row) => row.length > 0);
}
