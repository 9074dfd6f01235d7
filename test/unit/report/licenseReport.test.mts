import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { Parser } from 'htmlparser2';

import type { LicenseInput } from '../../../lib/directory/seats/license.ts';
import { licenseReport } from '../../../lib/directory/seats/license.ts';
import type { Seat } from '../../../lib/directory/seats/seats.ts';
import { escapeHtml } from '../../../lib/report/escape.ts';
import { licenseReportHtml } from '../../../lib/report/licenseReportHtml.ts';
import { seatsCsv } from '../../../lib/report/seatsCsv.ts';
import { evidence, NOW, seat } from './seatExamples.mts';

function reportOf(seats: readonly Seat[], more: Partial<LicenseInput> = {}) {
	return licenseReport({
		title: 'Notion seats',
		seats,
		terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: 8, renewalDate: '2026-06-01' },
		lastReport: { sources: {}, absentSince: {} },
		whyNot: [],
	unproven: [],
		knowsOwnDomains: true,
		evidence,
		sources: {},
		absentSince: {},
		now: NOW,
		...more,
	});
}

interface Page {
	tags: string[];
	attributes: Set<string>;
	/** Content of elements by tag. */
	texts: Map<string, string[]>;
	text: string;
	/** The texts of each row of seats, cell by cell. */
	rows: string[][];
}

/** What a browser's parser makes of it. */
function parsed(html: string): Page {
	const page: Page = { tags: [], attributes: new Set(), texts: new Map(), text: '', rows: [] };
	const open: string[] = [];
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				page.tags.push(name);
				for (const attribute of Object.keys(attributes)) page.attributes.add(attribute);
				open.push(name);
				page.texts.set(name, [...(page.texts.get(name) ?? []), '']);
				if (name === 'tr' && attributes['data-order'] !== undefined) page.rows.push([]);
				if (['th', 'td'].includes(name)) page.rows.at(-1)?.push('');
			},
			ontext(text) {
				const name = open.at(-1) ?? '';
				const texts = page.texts.get(name);
				if (texts) texts[texts.length - 1] += text;
				if (!['script', 'style'].includes(name)) page.text += text;
				const row = page.rows.at(-1);
				if (row && row.length > 0 && open.includes('tr')) row[row.length - 1] += text;
			},
			onclosetag() {
				open.pop();
			},
		},
		{ decodeEntities: true },
	);
	parser.write(html);
	parser.end();
	return page;
}

const HOSTILE = [
	'<script>alert(1)</script>',
	'</script><script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'` onfocus=alert(1) autofocus x=`',
	'</title></style><svg onload=alert(1)>',
	'<!--',
	']]>',
	'&lt;b&gt; &amp; &#60;',
	'a\u2028b\u2029c',
	'\u202Egnp.exe',
	'javascript:alert(1)',
	'{{ $env }} ={{ 1 }}',
	'\u0000null',
	'\uD800',
];

const plainTags = parsed(licenseReportHtml(reportOf([seat('a', 'orphaned', { managerEmail: 'm@example.com' })]))).tags;

describe('report.html', () => {
	test.each(HOSTILE)('shows %j as text, wherever it comes from', (text) => {
		const hostile = seat('a', 'orphaned', {
			email: `${text}@x.test`, displayName: text, reason: text, role: text, department: text,
			managerEmail: text, groups: [text],
		});
		const html = licenseReportHtml(
			reportOf([hostile], {
				title: text,
				terms: { costPerSeat: 24, currency: text, contractedSeats: 8, renewalDate: '2026-06-01' },
			}),
		);
		const page = parsed(html);
		expect(page.tags).toEqual(plainTags);
		for (const attribute of page.attributes) expect(attribute).not.toMatch(/^on|^style$|^src$|^href$|^srcdoc$/);
		expect(html).not.toMatch(/[\u2028\u2029\u202E\u0000]/);
	});

	test('no text of a directory changes the structure of the page', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE), fc.string().map((inner) => `<${inner}>`));
		fc.assert(
			fc.property(text, text, text, (name, reason, group) => {
				const one = seat('a', 'orphaned', { displayName: name || null, reason, managerEmail: 'm@example.com', groups: [group] });
				const page = parsed(licenseReportHtml(reportOf([one])));
				expect(page.tags.filter((tag) => tag !== 'span')).toEqual(plainTags.filter((tag) => tag !== 'span'));
			}),
			{ numRuns: 200 },
		);
	});

	test('what was escaped reads as it was', () => {
		const letters = fc.string({ unit: 'grapheme-ascii' });
		fc.assert(
			fc.property(letters, (text) => {
				expect(parsed(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`).text).toBe(text);
			}),
		);
	});

	test('lets nothing run but its own script and style, and asks nothing of a network', () => {
		const html = licenseReportHtml(reportOf([seat('a', 'matched')]));
		const { texts, attributes } = parsed(html);
		const hash = (source: string): string => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
		const [policy = ''] = /(?<=Content-Security-Policy" content=")[^"]+/.exec(html) ?? [];
		expect(texts.get('script')).toHaveLength(1);
		expect(policy.split('; ')).toEqual([
			"default-src 'none'",
			`style-src ${hash(texts.get('style')?.[0] ?? '')}`,
			`script-src ${hash(texts.get('script')?.[0] ?? '')}`,
			"base-uri 'none'",
			"form-action 'none'",
		]);
		expect([...attributes].filter((name) => ['src', 'href', 'action', 'srcset'].includes(name))).toEqual([]);
		expect(html).not.toMatch(/https?:|@import|url\((?!#)/);
	});

	test('has every seat with its class and its reason, and the figures', () => {
		const seats = [seat('a', 'inactiveInDirectory', { reason: 'entra lists this person as having left.' }), seat('b', 'matched')];
		const { rows, text } = parsed(licenseReportHtml(reportOf(seats)));
		expect(rows).toHaveLength(2);
		expect(rows[0]).toEqual([
			'Person aa@example.com',
			'Inactive in directoryentra lists this person as having left.',
			'member',
			'',
			'',
		]);
		expect(text).toContain('6 fewer than the 8 of the contract');
		expect(text).toContain('a month, at €24 a seat; €144 more for the 6 that are not taken');
		expect(text).toContain('known by the mark a1b2c3');
		expect(text).toContain('€24');
		expect(text).toContain('seats, €288 a year after the renewal');
		expect(text).toContain('1 Jun 2026');
		expect(text).not.toMatch(/in use/i);
	});

	test.each([
		['2026-03-02', 'in 1 day; seats that end are paid for until then'],
		['2026-03-01', 'is today; who is a member then is paid for'],
		['2026-02-01', 'is past: enter the next one'],
	])('tells the renewal on %s in days', (renewalDate, expected) => {
		const terms = { costPerSeat: 24, currency: 'EUR', contractedSeats: 8, renewalDate };
		const report = reportOf([seat('a', 'matched')], { terms });
		const { text } = parsed(licenseReportHtml(report));
		expect(text).toContain(expected);
		expect(text.includes('Until renewal')).toBe(!report.isRenewalPast);
		expect(seatsCsv(report)).toContain(report.isRenewalPast ? ',24,,EUR,' : ',24,');
	});

	test('is usable without sight and without a mouse', () => {
		const html = licenseReportHtml(reportOf([seat('a', 'orphaned'), seat('b', 'matched')]));
		const { texts } = parsed(html);
		expect(html).toMatch(/<html lang="en">/);
		expect(texts.get('h1')).toHaveLength(1);
		const labels = (html.match(/aria-labelledby="([^"]+)"/g) ?? []).map((one) => one.slice(17, -1));
		for (const id of labels) expect(html).toContain(`id="${id}"`);
		expect(html.match(/<svg(?![^>]*(role="img" aria-label="[^"]+"|aria-hidden="true"))/g)).toBeNull();
		expect(html.match(/<th(?![^>]*scope=)[ >]/g)).toBeNull();
		expect(html).toContain('role="status"');
		for (const control of html.match(/<(input|select)[^>]*>/g) ?? []) {
			const before = html.slice(0, html.indexOf(control));
			expect(before.lastIndexOf('<label')).toBeGreaterThan(before.lastIndexOf('</label>'));
		}
	});

	test('says first of all where the readings have gaps', () => {
		const html = licenseReportHtml(reportOf([seat('a', 'unclear')], { whyNot: ['entra was not read completely.'] }));
		expect(html.indexOf('No seat may be ended on this report')).toBeLessThan(html.indexOf('<dl class="figures">'));
		expect(html).toContain('entra was not read completely.');
	});

	test('of no one at all is a page, too', () => {
		expect(parsed(licenseReportHtml(reportOf([], { evidence: { ...evidence, sources: [], persons: 0 } }))).text).toContain('compared with no directory');
	});

	test('says what has changed', () => {
		const first = reportOf([seat('a', 'matched'), seat('b', 'matched')]);
		const again = (seats: Seat[]): string => parsed(licenseReportHtml(reportOf(seats, { lastReport: first.memory }))).text;
		expect(again([seat('a', 'matched'), seat('b', 'matched')])).toContain('Nothing has changed since 1 March 2026, 09:00 UTC');
		const changed = again([seat('a', 'orphaned'), seat('c', 'matched')]);
		expect(changed).toContain('1 new seat, 1 seat gone, 1 seat in another class');
		expect(changed).toContain('b@example.com (was matched)');
		expect(changed).toContain('was matched');
	});

	test('10,000 seats are made in less than five seconds, and stay below 8 MB', () => {
		const seats = Array.from({ length: 10_000 }, (_, index) =>
			seat(`user${index}`, 'matched', { managerEmail: 'manager@example.com', department: 'Engineering', groups: ['Engineering', 'Everybody'] }),
		);
		const startedAt = performance.now();
		const html = licenseReportHtml(reportOf(seats));
		expect(performance.now() - startedAt).toBeLessThan(5_000);
		expect(html.length).toBeLessThan(8_000_000);
	});
});

describe('seats.csv', () => {
	test('has a row for each seat, with what it costs', () => {
		const csv = seatsCsv(reportOf([seat('a', 'orphaned', { displayName: '=1+1', groups: ['Design', 'Ops'] })]));
		const [header, row, end] = csv.split('\r\n');
		expect(header).toBe(
			'\uFEFFClass,Email,Name,Reason,May be removed,Since last report,Class in last report,Role,Department,Manager,Cost center,Employee number,Groups,Cost per month,Cost until renewal,Currency,Directory,Directory ID,Notion ID',
		);
		expect(row).toBe("Orphaned,a@example.com,'=1+1,There is a reason.,yes,,,member,,,,,\"Design; Ops\",24,72,EUR,,,a");
		expect(end).toBe('');
	});
});
