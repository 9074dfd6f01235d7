import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser } from 'playwright-core';

import { reviewPage } from '../../lib/report/reviewPage.ts';
import { review, row } from '../unit/review/reviewKit.mts';
import { startBrowser } from './canvas.mts';
import { EDITOR_TIMEOUT } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** With what n8n answers a request for a page: it runs in an origin of its own. */
const N8N_POLICY = 'sandbox allow-forms allow-modals allow-popups allow-scripts';
const ADDRESS = 'http://review.test/webhook/notion-access-review?key=abc';
const PICTURES = resolve('.run', 'pictures');
const SIZES = [
	['phone', { width: 390, height: 844 }],
	['laptop', { width: 1366, height: 768 }],
] as const;

const facts = { title: 'Engineer', department: 'Research & Development', teamspace: 'Money', sensitivity: 'confidential' };
const MIA = 'mia@example.com';
const finance = (id: number, more: Parameters<typeof row>[1] = {}) =>
	row(id, { email: `person${id}@example.com`, groupName: 'Finance', digest: `digest${id}`, ...more, facts: { ...facts, ...more.facts } });
const rows = [
	finance(1, { displayName: 'Ann <b onclick="alert(1)">"Quote"</b> O’Hara' }),
	finance(2, { displayName: 'Bartholomew-Montgomery-Featherstonehaugh-the-Third-of-Llanfairpwllgwyngyllgogerychwyrn' }),
	finance(3, { groupName: 'A group with a very long name that goes on and on', facts: { teamspace: '', directoryStatus: 'inactive', directoryNote: 'The directory says "Terminated".' } }),
	finance(4, { groupName: '', role: 'restricted_member' }),
	finance(5, { decision: 'leaveGroup', decidedBy: MIA, decidedAt: '2026-11-20T08:00:00.000Z', comment: 'moved' }),
];
const html = reviewPage({
	review: review({ dueAt: '2026-12-11T08:00:00.000Z' }),
	rows,
	key: 'abc',
	reviewer: MIA,
	now: Date.UTC(2026, 10, 20),
});

let browser: Browser;
beforeAll(async () => {
	await mkdir(PICTURES, { recursive: true });
	browser = await startBrowser();
});
afterAll(async () => await browser?.close());

/** The page as n8n serves it, and what was sent from it. */
const opened = async (viewport: { width: number; height: number }) => {
	const page = await browser.newPage({ viewport });
	const sent: { method: string; url: string; body: string }[] = [];
	const said: string[] = [];
	page.on('console', (message) => said.push(message.text()));
	await page.route('**/*', async (route) => {
		const request = route.request();
		sent.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' });
		await route.fulfill({
			contentType: 'text/html; charset=utf-8',
			headers: { 'Content-Security-Policy': N8N_POLICY, 'Referrer-Policy': 'no-referrer' },
			body: html,
		});
	});
	await page.goto(ADDRESS);
	return { page, sent, said };
};

it.each(SIZES)('fits a %s, asks for nothing else, and has no answer chosen', async (name, size) => {
	const { page, sent, said } = await opened(size);
	await page.screenshot({ path: join(PICTURES, `access-review-${name}.png`), fullPage: true });

	expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
	expect(await page.locator('h2').first().innerText()).toBe('Ann <b onclick="alert(1)">"Quote"</b> O’Hara');
	expect(await page.locator('input:checked').count()).toBe(0);
	for (const label of await page.locator('.choices label').all()) {
		// Large enough for a finger (WCAG 2.2, target size).
		expect((await label.boundingBox())?.height).toBeGreaterThanOrEqual(44);
	}
	expect(said).toEqual([]);
	expect(sent).toHaveLength(1);
	await page.close();
});

it('sends what was chosen, with its key and what was shown, and nothing about the rest', async () => {
	const { page, sent } = await opened({ width: 1366, height: 768 });
	await page.locator('fieldset').nth(0).getByText('Keep').click();
	await page.locator('fieldset').nth(2).getByText('Remove from Notion').click();
	await page.locator('fieldset').nth(2).locator('input[type=text]').fill('left & gone');

	await page.getByText('Send decisions').click();
	await page.waitForURL(/\?$/);

	const [, post] = sent;
	expect(post).toMatchObject({ method: 'POST', url: 'http://review.test/webhook/notion-access-review?' });
	expect(Object.fromEntries(new URLSearchParams(post?.body))).toEqual({
		key: 'abc',
		d1: 'keep', c1: '', s1: 'digest1',
		c2: '', s2: 'digest2',
		d3: 'remove', c3: 'left & gone', s3: 'digest3',
		c4: '', s4: 'digest4',
	});
	await page.close();
});

it('can be filled in without a mouse', async () => {
	const { page } = await opened({ width: 1366, height: 768 });
	await page.keyboard.press('Tab');
	await page.keyboard.press('ArrowRight');

	expect(await page.locator('input:checked').getAttribute('value')).toBe('leaveGroup');
	await page.close();
});
