import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

import type { Calls } from './scimCalls.mts';
import { closeAll, idOf, newUser, start } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

describe('the live page', () => {
	it.each([
		['/', 'text/html'],
		['/page.css', 'text/css'],
		['/page.js', 'text/javascript'],
		['/favicon.svg', 'image/svg+xml'],
	])('serves %s', async (path, type) => {
		const answer = await fetch(calls.sandbox.url + path);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toContain(type);
		expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
	});

	it('needs nothing from another host', async () => {
		for (const path of ['/', '/page.css', '/page.js']) {
			const text = await (await fetch(calls.sandbox.url + path)).text();
			expect(text).not.toMatch(/(https?:)?\/\/[a-z0-9-]+\.[a-z]/i);
		}
	});
});

/** Reads server-sent events until one is what the test waits for. */
const waitForEvent = async (
	reader: ReadableStreamDefaultReader<Uint8Array>,
	isIt: (text: string) => boolean,
): Promise<string> => {
	const decoder = new TextDecoder();
	let text = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) throw new Error(`The stream ended: ${text}`);
		text += decoder.decode(value, { stream: true });
		const event = text.split('\n\n').find(isIt);
		if (event !== undefined) return event;
	}
};

it('tells of a hire, of requests and of switches while they happen', async () => {
	const answer = await fetch(`${calls.sandbox.url}/sandbox/api/events`, {
		headers: { accept: 'text/event-stream' },
		signal: AbortSignal.timeout(10_000),
	});
	expect(answer.headers.get('content-type')).toContain('text/event-stream');
	const reader = answer.body?.getReader();
	if (!reader) throw new Error('There is no stream');
	await waitForEvent(reader, (event) => event.includes('"topics":[]'));

	await calls.post('/Users', newUser('hire@example.com'));
	const id = idOf(calls, 'hire@example.com');
	const arrival = await waitForEvent(reader, (event) => event.includes(id));
	expect(arrival).toMatch(/^event: change$/m);
	expect(arrival).toContain('"members"');
	expect(arrival).toContain('"requests"');

	calls.sandbox.setSwitches({ createStatus: 200 });
	await waitForEvent(reader, (event) => event.includes('"switches"'));
	await reader.cancel();
});

it('lets the sandbox close while a person listens', async () => {
	const { sandbox } = await start();
	const answer = await fetch(`${sandbox.url}/sandbox/api/events`, {
		headers: { accept: 'text/event-stream' },
	});
	await sandbox.close();
	await answer.text().catch(() => undefined);
	await expect(fetch(sandbox.url)).rejects.toThrow();
});

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

inBrowser('in a browser', () => {
	it('shows a hire at once, and any name as text', async () => {
		const browser = await chromium.launch({
			executablePath: CHROMIUM,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
		try {
			const page = await browser.newPage();
			const errors: string[] = [];
			page.on('pageerror', (error) => errors.push(String(error)));
			page.on('dialog', (dialog) => errors.push(`dialog ${dialog.message()}`));
			page.on('console', (message) => {
				if (message.type() === 'error') errors.push(message.text());
			});
			await page.goto(calls.sandbox.url);
			await page.locator('#live.on').waitFor();
			await page.getByText('ada@example.com').first().waitFor();
			const token = page.locator('#sessions li', { hasText: 'Release notes script' });
			await token.locator('.chip', { hasText: 'active' }).waitFor();
			const [{ id } = { id: '' }] =
				calls.sandbox.workspace.access.personalAccessTokens('ada@example.com');
			calls.sandbox.workspace.access.revokePersonalAccessToken(id);
			await page.locator('#sessions li.fresh', { hasText: 'Release notes script' }).waitFor();
			expect(await token.textContent()).toContain('ended');

			const name = '<img src=x onerror=alert(1)> & "Co"';
			const { body } = await calls.post(
				'/Users',
				newUser('hire@example.com', { name: { formatted: name } }),
			);
			calls.sandbox.workspace.addToGroup('<b>Group</b>', body.id);
			calls.sandbox.workspace.addSession(body.id, 'web', '<i>Device</i>');
			await calls.get('/Users/%3Cscript%3Ealert(1)%3C%2Fscript%3E?filter=%3Cimg%3E');

			const row = page.locator('#members tr.fresh', { hasText: 'hire@example.com' });
			await row.waitFor();
			await page.locator('#members .chip', { hasText: '<b>Group</b>' }).waitFor();
			await page.locator('#sessions', { hasText: '<i>Device</i>' }).waitFor();
			await page.locator('#requests', { hasText: '<img>' }).waitFor();
			expect(await row.locator('.name').textContent()).toBe(name);
			expect(await page.locator('main :is(img, b, i, script)').count()).toBe(0);

			await calls.remove(`/Users/${body.id}`);
			await page.locator('#sessions li', { hasText: 'ended' }).waitFor();
			await row.waitFor({ state: 'detached' });
			expect(errors).toEqual([]);
		} finally {
			await browser.close();
		}
	}, 60_000);
});
