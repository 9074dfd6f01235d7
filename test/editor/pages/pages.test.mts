import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

import { startBrowser } from '../canvas.mts';
import { EDITOR_TIMEOUT } from '../editor.mts';
import { type ServedPage, servedPages } from './servedPages.mts';

declare global {
	interface Window {
		axe: typeof axe;
	}
}

jest.setTimeout(EDITOR_TIMEOUT);

const ADDRESS = 'http://page.test/';
const PICTURES = resolve('.run', 'pictures', 'pages');
const PHONE = { width: 390, height: 844 };

/** WCAG 2.2 up to AA, and headings in order. */
const RULES: axe.RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
	rules: { 'heading-order': { enabled: true }, 'page-has-heading-one': { enabled: true }, 'empty-heading': { enabled: true } },
	resultTypes: ['violations'],
};

const pages = servedPages();
let axeSource: string;
let browser: Browser;
let page: Page;
let shown: ServedPage;

beforeAll(async () => {
	await mkdir(PICTURES, { recursive: true });
	axeSource = await readFile(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
	browser = await startBrowser();
	// The pages forbid any script but their own.
	const context = await browser.newContext({ bypassCSP: true, viewport: PHONE });
	await context.route('**', async (route) => {
		const request = route.request();
		const isPage = request.url().split('?')[0] === ADDRESS && request.isNavigationRequest();
		await (isPage ? route.fulfill({ contentType: 'text/html', body: shown.html }) : route.abort());
	});
	page = await context.newPage();
});
afterAll(async () => await browser?.close());

async function open(served: ServedPage): Promise<void> {
	shown = served;
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto(ADDRESS);
}

const tooWide = async () => await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** 0 for black, 255 for white. */
const lightness = async () =>
	await page.evaluate(() => {
		const canvas = document.createElement('canvas').getContext('2d');
		if (!canvas) return NaN;
		// Where a page has no color of its own, the browser's own is behind it.
		canvas.fillStyle = getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff';
		canvas.fillRect(0, 0, 1, 1);
		canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
		return (red + green + blue) / 3;
	});

const violations = async () =>
	await page.evaluate(
		async (rules) =>
			(await window.axe.run(document, rules)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`),
		RULES,
	);

describe.each(pages.map((one) => [one.name, one] as const))('%s', (name, served) => {
	it('fits a phone, has the colors of the night, and passes the rules of accessibility in both', async () => {
		await open(served);
		await page.evaluate(axeSource);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await tooWide()).toBe(0);
			expect(await violations()).toEqual([]);
			expect((await lightness()) > 128).toBe(colorScheme === 'light');
			await page.screenshot({ path: join(PICTURES, `${name.replace(/\W+/g, '-')}-${colorScheme}.png`), fullPage: true });
		}
	});

	it('can be walked through with the keyboard, which shows where it is', async () => {
		await open(served);
		const places = await page.evaluate(() => {
			const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
			const all = Array.from(document.querySelectorAll<HTMLElement>(can)).filter((one) => one.getClientRects().length > 0);
			for (const [index, one] of all.entries()) one.dataset['place'] = String(index);
			// Of radio buttons with one name, the keyboard reaches one.
			const groups = new Set<string>();
			return all.flatMap((one, index) => {
				if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return [String(index)];
				return groups.has(one.name) ? [] : groups.add(one.name) && [String(index)];
			});
		});
		const walked: (string | undefined)[] = [];
		for (let steps = 0; steps <= places.length; steps += 1) {
			await page.keyboard.press('Tab');
			const { place, outline } = await page.evaluate(() => {
				const focused = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
				const { outlineStyle, outlineWidth } = getComputedStyle(focused);
				return { place: focused.dataset['place'], outline: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth) };
			});
			if (place === undefined) break;
			walked.push(place);
			expect([place, outline >= 1]).toEqual([place, true]);
		}
		expect(walked).toEqual(places);
	});
});

describe('a form', () => {
	const formOf = async (name: string) => {
		const served = pages.find((one) => one.name === name);
		if (!served) throw new Error(`There is no page ${name}`);
		await open(served);
	};

	it('is filled in and sent with the keyboard alone', async () => {
		await formOf('offboarding-release: Ask');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Space');
		while (!(await page.locator('select').evaluate((select) => select === document.activeElement))) await page.keyboard.press('Tab');
		await page.keyboard.press('Y');
		await page.keyboard.press('Tab');
		const posted = page.waitForRequest((request) => request.method() === 'POST');
		await page.keyboard.press('Enter');

		const sent = (await posted).postData();
		expect(sent).toContain('All of these');
		expect(sent).toContain('Yes, lock them out');
	});
});
