import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import type { SeatClass } from '../../lib/directory/seats/seatClasses.ts';
import type { Seat } from '../../lib/directory/seats/seats.ts';
import { licenseReport } from '../../lib/directory/seats/license.ts';
import { licenseReportHtml } from '../../lib/report/licenseReportHtml.ts';
import { evidence, NOW, seat } from '../unit/report/seatExamples.mts';
import { startBrowser } from './canvas.mts';
import { EDITOR_TIMEOUT } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** With what n8n answers a request for a page: it runs in an origin of its own. */
const N8N_POLICY =
	'sandbox allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-scripts allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols';

const ADDRESS = 'http://report.test/';
const PICTURES = resolve('.run', 'pictures');

const SIZES = [
	['phone', { width: 390, height: 844 }],
	['laptop', { width: 1366, height: 820 }],
	['wide', { width: 2200, height: 1200 }],
] as const;

const NAMES = ['Ada Lovelace', 'Björn Ødegård', 'Zoë García', 'Ngũgĩ Okonkwo', 'Mei Tanaka', 'Priya Iyer'];
const DEPARTMENTS = ['Engineering', 'Design', 'Sales', null];

function seatsOf(counts: Partial<Record<SeatClass, number>>): Seat[] {
	let number = 0;
	return Object.entries(counts).flatMap(([name, count]) =>
		Array.from({ length: count }, () => {
			number += 1;
			return seat(`user${number}`, name as SeatClass, {
				displayName: `${NAMES[number % NAMES.length] ?? ''} ${number}`,
				department: DEPARTMENTS[number % DEPARTMENTS.length] ?? null,
				managerEmail: 'manager@example.com',
				groups: ['Everybody', DEPARTMENTS[number % DEPARTMENTS.length] ?? 'Guild'],
			});
		}),
	);
}

function htmlOf(seats: Seat[], title = 'Notion seats'): string {
	const before: Record<string, [SeatClass, string]> = Object.fromEntries(
		seats.slice(3).map(({ userId, email }) => [userId, ['matched', email]]),
	);
	before['gone'] = ['orphaned', 'gone@example.com'];
	return licenseReportHtml(
		licenseReport({
			title,
			seats,
			terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: seats.length + 6, renewalDate: '2026-06-01' },
			lastReport: { sources: {}, absentSince: {}, reportedAt: '2026-02-01T09:00:00.000Z', seats: before },
			whyNot: [],
			unproven: [],
			knowsOwnDomains: true,
			evidence,
			sources: {},
			absentSince: {},
			now: NOW,
		}),
	);
}

const usual = seatsOf({
	ownerNotInDirectory: 1, inactiveInDirectory: 9, orphaned: 6, possibleDuplicate: 4,
	foreignDomain: 5, unclear: 3, nonHuman: 2, matched: 220,
});

let browser: Browser;
beforeAll(async () => {
	await mkdir(PICTURES, { recursive: true });
	browser = await startBrowser();
});
afterAll(async () => await browser?.close());

interface OpenReport {
	page: Page;
	/** Whatever the page asked for besides itself, and what went wrong in it. */
	troubles: string[];
	/** First cells of the rows that can be seen, from above. */
	people(): Promise<string[]>;
}

async function open(html: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<OpenReport> {
	const page = await browser.newPage(options);
	const troubles: string[] = [];
	page.on('pageerror', ({ message }) => troubles.push(message));
	page.on('console', (message) => troubles.push(message.text()));
	page.on('dialog', async (dialog) => {
		troubles.push(`dialog: ${dialog.message()}`);
		await dialog.dismiss();
	});
	await page.route('**', async (route) => {
		if (route.request().url() !== ADDRESS) {
			if (!route.request().url().endsWith('/favicon.ico')) troubles.push(route.request().url());
			await route.abort();
			return;
		}
		const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': N8N_POLICY };
		await route.fulfill({ body: html, headers });
	});
	await page.goto(ADDRESS);
	return {
		page,
		troubles,
		people: async () => await page.locator('#seats tbody tr:visible th b').allInnerTexts(),
	};
}

describe('the report in a browser', () => {
	it.each(SIZES)('fits a %s, in light and dark', async (name, viewport) => {
		const { page, troubles } = await open(htmlOf(usual), { viewport });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			await page.screenshot({ path: join(PICTURES, `license-${name}-${colorScheme}.png`) });
			expect(tooWide).toBeLessThanOrEqual(0);
		}
		expect(troubles).toEqual([]);
		await page.close();
	});

	it('sorts by what is clicked, up and then down, and says so', async () => {
		const { page, people } = await open(htmlOf(usual));
		const byPerson = page.getByRole('button', { name: 'Person' });
		const header = page.locator('#seats thead th').first();

		await byPerson.click();
		const up = await people();
		expect(up[0]).toBe('Ada Lovelace 6');
		expect(await header.getAttribute('aria-sort')).toBe('ascending');

		await byPerson.click();
		expect((await people())[0]).toMatch(/^Zoë García/);
		expect(await header.getAttribute('aria-sort')).toBe('descending');

		await page.getByRole('button', { name: 'Department' }).click();
		const departments = await page.locator('#seats tbody tr:visible td:nth-child(4)').allInnerTexts();
		expect(departments[0]).toMatch(/^Design/);
		await page.close();
	});

	it('filters by text, class and change, and counts seats and money', async () => {
		const { page, people } = await open(htmlOf(usual));
		const status = page.getByRole('status');
		expect(await status.innerText()).toBe('All 250 seats: €6,000 a month, €72,000 a year.');
		expect(await people()).toHaveLength(100);

		await page.getByRole('button', { name: 'Show 100 more of 250' }).click();
		expect(await people()).toHaveLength(200);

		await page.getByLabel('Class').selectOption('orphaned');
		expect(await people()).toHaveLength(6);
		expect(await status.innerText()).toBe('6 of 250 seats: €144 a month, €1,728 a year.');

		await page.getByLabel('Search').fill('design');
		expect(await people()).toEqual(['Björn Ødegård 13']);

		await page.getByRole('button', { name: 'Reset' }).click();
		expect(await people()).toHaveLength(100);
		await page.getByLabel('Changed since the last report').check();
		expect(await people()).toHaveLength(30);
		await page.getByLabel('May be ended').check();
		expect(await people()).toHaveLength(15);

		await page.getByRole('button', { name: 'Reset' }).click();
		await page.getByRole('button', { name: 'Foreign domain' }).click();
		expect(await people()).toHaveLength(5);
		await page.close();
	});

	it('can be used with the keyboard alone', async () => {
		const { page, people } = await open(htmlOf(usual));
		await page.getByLabel('Search').focus();
		await page.keyboard.type('Tanaka');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.id)).toBe('pick');
		await page.getByRole('button', { name: 'Role' }).focus();
		await page.keyboard.press('Enter');
		expect((await people()).every((name) => name.includes('Tanaka'))).toBe(true);
		expect(await page.getByRole('row').count()).toBeGreaterThan(10);
		await page.close();
	});

	it('runs nothing that came in a name', async () => {
		const hostile = [
			'<script>alert(1)</script>',
			'</script><script>alert(2)</script>',
			'"><img src=x onerror=alert(3)>',
			'<svg onload=alert(4)>',
			'<iframe srcdoc="<script>alert(5)</script>"></iframe>',
			'<a href="javascript:alert(6)">x</a>',
			'</style><style>body{display:none}</style>',
			'<meta http-equiv=refresh content="0;url=http://evil.test">',
			'\u202Egnp.exe\u2028',
		];
		const seats = hostile.map((text, index) =>
			seat(`user${index}`, 'orphaned', { displayName: text, reason: text, department: text, groups: [text], role: text }),
		);
		const { page, troubles, people } = await open(htmlOf(seats, hostile.join('')));
		await page.getByRole('button', { name: 'Department' }).click();
		await page.getByLabel('Search').fill('alert');

		expect(await people()).toEqual(expect.arrayContaining([hostile[0], hostile[3], hostile[5]]));
		expect(await page.locator('img, iframe, a, body svg[onload]').count()).toBe(0);
		expect(troubles).toEqual([]);
		await page.close();
	});

	it('stays quick with 10,000 seats', async () => {
		const { page } = await open(htmlOf(seatsOf({ orphaned: 300, matched: 9_700 })));
		const milliseconds = await page.evaluate(() => {
			const startedAt = performance.now();
			document.querySelectorAll<HTMLButtonElement>('#seats thead button').forEach((button) => button.click());
			const search = document.querySelector<HTMLInputElement>('#search');
			if (search) search.value = 'tanaka';
			search?.dispatchEvent(new Event('input'));
			document.body.getBoundingClientRect();
			return performance.now() - startedAt;
		});
		// A table that moves its rows while they are shown takes a minute.
		expect(milliseconds).toBeLessThan(20_000);
		await page.close();
	});

	it('shows every seat without a script', async () => {
		const { page, people } = await open(htmlOf(usual), { javaScriptEnabled: false });
		expect(await people()).toHaveLength(250);
		expect(await page.getByLabel('Search').isVisible()).toBe(false);
		await page.close();
	});

	it('prints what the filter lets pass, on A4', async () => {
		const { page } = await open(htmlOf(usual));
		const pagesOf = async (): Promise<number> => {
			const pdf = await page.pdf({ preferCSSPageSize: true, path: join(PICTURES, 'license.pdf') });
			expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
			return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
		};
		const everyone = await pagesOf();
		await page.emulateMedia({ media: 'print' });
		// Folded up on the screen, and there on paper.
		expect(await page.getByText('gone@example.com (was orphaned)').evaluate((one) => one.getClientRects().length)).toBe(1);
		await page.emulateMedia({ media: null });
		expect(await page.getByText('gone@example.com (was orphaned)').isVisible()).toBe(false);
		await page.getByLabel('Class').selectOption('look');
		const toLookAt = await pagesOf();

		expect(everyone).toBeGreaterThan(6);
		expect(toLookAt).toBeLessThan(everyone);
		await page.close();
	});
});
