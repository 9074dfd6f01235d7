import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { leaverReport } from '../../../lib/lifecycle/leaverReport.ts';
import type { LeaverReportInput } from '../../../lib/lifecycle/leaverReport.ts';
import { leaverReportCsv } from '../../../lib/report/leaverReportCsv.ts';
import { leaverReportHtml } from '../../../lib/report/leaverReportHtml.ts';
import { unguardedCell } from '../../../lib/report/csv.ts';
import { employment, journalRow, link, member } from './leaverKit.mts';

const FROM = Date.parse('2026-10-21T00:00:00Z');
const TO = Date.parse('2026-11-20T00:00:00Z');
/** The end of 10 November in Berlin. */
const END_OF_10TH = '2026-11-10T23:00:00.000Z';

interface Given {
	records?: Parameters<typeof employment>[0][];
	members?: ReturnType<typeof member>[];
	rows?: Partial<StoredChange>[];
	links?: LeaverReportInput['links'];
	trouble?: string;
	memberTrouble?: string;
}

const given = ({ records = [], members = [], rows = [], links = [], trouble, memberTrouble }: Given): LeaverReportInput => ({
	leavers: {
		records: records.map((record) => employment({ status: 'inactive', ...record })),
		outOfScope: new Set(),
		manifest: {
			source: 'bamboohr',
			readAt: '2026-11-20T00:00:00Z',
			pages: 2,
			count: records.length,
			complete: !trouble,
		},
		...(trouble ? { trouble } : {}),
	},
	members: { members, ...(memberTrouble ? { trouble: memberTrouble } : {}) },
	membersReadAt: TO,
	links,
	rows: rows.map((row, index) => journalRow(index + 1, { state: 'done', ...row })),
	from: FROM,
	to: TO,
	settings: { timeZone: 'Europe/Berlin', promisedMinutes: 15 },
});

const reportOf = (parts: Given) => leaverReport(given(parts));
const leaver = (sourceId: string, endDate = '2026-11-10') => ({
	sourceId,
	displayName: `Leaver ${sourceId}`,
	email: `l${sourceId}@example.com`,
	endDate,
});
const removed = (employeeId: string, at: string, more: Partial<StoredChange> = {}): Partial<StoredChange> => ({
	employeeId,
	email: `l${employeeId}@example.com`,
	effectiveAt: END_OF_10TH,
	knownAt: '2026-11-01T08:00:00.000Z',
	removedAt: at,
	outcome: 'removed',
	details: { verifiedAt: at },
	...more,
});
/** A try that removed no one. */
const tried = (employeeId: string, outcome: string, more: Partial<StoredChange> = {}) =>
	removed(employeeId, '', { outcome, details: {}, ...more });

describe('the leaver report', () => {
	it('measures from the end of the last day to the moment when the person was seen to be gone', () => {
		const report = reportOf({
			records: [leaver('1'), leaver('2'), leaver('3')],
			rows: [
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
			rows: [removed('1', '2026-11-12T09:01:00.000Z', { knownAt: '2026-11-12T09:00:00.000Z' })],
		});

		expect(report.entries).toEqual([expect.objectContaining({ minutes: 1, isLate: false })]);
	});

	it('counts tries that failed and the one that held as one leaver, known since the first', () => {
		const report = reportOf({
			records: [leaver('1')],
			rows: [
				tried('1', 'failed', { state: 'retry', knownAt: '2026-11-10T23:00:00.000Z' }),
				removed('1', '2026-11-11T00:00:00.000Z', { knownAt: '2026-11-10T23:59:00.000Z' }),
				removed('1', '', { outcome: 'alreadyGone', knownAt: '2026-11-11T02:30:00.000Z' }),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ outcome: 'removed', minutes: 60, isLate: true }),
		]);
	});

	it('counts a person who left, came back and left again twice', () => {
		const report = reportOf({
			records: [leaver('1', '2026-11-10')],
			rows: [
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
				{ ...leaver('3'), status: 'active' as const },
			],
			rows: [
				removed('9', '2026-10-01T00:01:00.000Z', {
					effectiveAt: '2026-10-01T00:00:00Z',
					knownAt: '2026-09-01T00:00:00Z',
				}),
				tried('3', 'stays'),
			],
		});

		expect(report.entries).toEqual([]);
		expect(report.totals.leavers).toBe(0);
	});

	it('leaves out hires, looks and reminders, and what is only scheduled', () => {
		const report = reportOf({
			rows: [
				removed('1', END_OF_10TH, { kind: 'watch', outcome: '' }),
				removed('1', END_OF_10TH, { kind: 'hire', outcome: 'created' }),
				tried('1', '', { state: 'scheduled' }),
			],
		});

		expect(report.entries).toEqual([]);
	});

	it('names who left and is still a member, who was never here, and who came back', () => {
		const report = reportOf({
			records: [leaver('1'), leaver('2'), leaver('3'), { ...leaver('4'), email: '' }],
			members: [
				member('u1', 'L1@example.com'),
				member('u3', 'l3@example.com'),
				member('u4', 'other@example.com'),
			],
			links: [link({ employeeId: '4', userId: 'u4' })],
			rows: [removed('3', '2026-11-10T23:01:00.000Z')],
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

	it('calls no one open or late who is active in another record', () => {
		const stays = { updatedAt: Date.parse('2026-11-11T01:30:00.000Z') };
		const report = reportOf({
			records: [leaver('1'), leaver('2')],
			members: [member('u1', 'l1@example.com'), member('u2', 'l2@example.com')],
			rows: [
				tried('1', 'failed', { state: 'retry' }),
				tried('1', 'stays', stays),
				// Decided before the last day was over: of what holds now it says nothing.
				tried('2', 'stays', { updatedAt: Date.parse('2026-06-01T01:30:00.000Z') }),
			],
		});

		expect(report.entries.map(({ name, outcome, isLate }) => [name, outcome, isLate])).toEqual([
			['Leaver 1', 'stays', false],
			['Leaver 2', 'member', true],
		]);
		expect(report.totals).toMatchObject({ leavers: 1, stays: 1, open: 1 });
	});

	it('says that the population is not complete while there is no time zone', () => {
		const report = leaverReport({ ...given({}), settings: { timeZone: '', promisedMinutes: 15 } });
		expect(report.population.trouble).toEqual([expect.stringContaining('Time Zone')]);
	});

	it('counts what is held, refused, begun or not verified as open, and late ones as late', () => {
		const outcomes = ['held', 'refused', 'intended', 'notVerified', 'failed'] as const;
		const report = reportOf({
			records: outcomes.map((_outcome, index) => leaver(String(index))),
			rows: outcomes.map((outcome, index) =>
				outcome === 'intended'
					? tried(String(index), '', { state: 'intended' })
					: tried(String(index), outcome),
			),
		});

		expect(report.entries.map(({ outcome }) => outcome).sort()).toEqual([...outcomes].sort());
		expect(report.totals).toMatchObject({ leavers: 5, open: 5, removedInTime: 0, removedLate: 0 });
		expect(report.entries.every(({ isLate }) => isLate)).toBe(true);
	});

	it('has who is in the journal only, and says who was found at night', () => {
		const report = reportOf({
			rows: [
				removed('7', '2026-11-11T02:30:00.000Z', {
					displayName: 'Only here',
					requestedBy: 'Nightly comparison',
				}),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ name: 'Only here', isMissed: true, isLate: true }),
		]);
		expect(report.totals).toMatchObject({ leavers: 1, missed: 1 });
	});

	it('calls late whom only the night found, although no one had told before', () => {
		const report = reportOf({
			records: [leaver('1')],
			rows: [
				removed('1', '2026-11-12T01:31:00.000Z', {
					requestedBy: 'Nightly comparison',
					knownAt: '2026-11-12T01:30:00.000Z',
				}),
			],
		});

		expect(report.entries).toEqual([
			expect.objectContaining({ isLate: true, minutes: 26 * 60 + 31 }),
		]);
	});

	it('does not call anyone gone where the members could not be read, and says so', () => {
		const report = reportOf({
			records: [leaver('1')],
			memberTrouble: "The list of Notion's members is not complete.",
		});

		expect(report.entries).toEqual([expect.objectContaining({ outcome: 'notKnown' })]);
		expect(report.totals).toMatchObject({ open: 1, noRecord: 0 });
		expect(leaverReportHtml(report, '')).toContain('NOT known to be complete');
	});

	it('says that its population is not known to be whole where the HRIS was not', () => {
		const report = reportOf({ trouble: 'The HRIS could not be read: down.' });

		expect(report.population.trouble).toEqual(['The HRIS could not be read: down.']);
		expect(leaverReportHtml(report, '')).toContain('NOT known to be complete. The HRIS could not be read: down.');
	});

	it('says that it is not complete where a row of the journal cannot be read', () => {
		const unreadable = [{ id: '5', key: '', employeeId: '', email: '', why: 'Row 5 cannot be read.' }];
		expect(leaverReportHtml(leaverReport({ ...given({}), unreadable }), '')).toContain(
			'NOT known to be complete. Row 5 cannot be read.',
		);
	});

	it('does not call a person back who was removed after the members were read', () => {
		const parts = given({
			records: [leaver('1')],
			members: [member('u1', 'l1@example.com')],
			rows: [removed('1', '2026-11-19T02:31:00.000Z')],
		});
		const againIf = (membersReadAt: string) =>
			leaverReport({ ...parts, membersReadAt: Date.parse(membersReadAt) }).totals.memberAgain;

		expect(againIf('2026-11-19T02:30:00Z')).toBe(0);
		expect(againIf('2026-11-19T02:32:00Z')).toBe(1);
	});

	describe('with names that an attacker made up', () => {
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
		const report = reportOf({
			records: hostile.map((displayName, index) => ({
				...leaver(String(index)),
				displayName,
				email: `=x${index}@example.com`,
			})),
		});

		it('has no markup of theirs in the HTML', () => {
			const html = leaverReportHtml(report, '<b>about</b>');
			expect(html).not.toMatch(/<script|<img|<b>/);
			expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
			expect(html).toContain('&quot;&gt;&lt;img src&#61;x onerror&#61;alert(1)&gt;');
			expect(html).not.toMatch(/(?:src|href)="?http/);
		});

		it('has no formula in the CSV, and loses nothing', () => {
			const text = leaverReportCsv(report);
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
