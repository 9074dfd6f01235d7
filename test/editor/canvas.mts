import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';

import type { N8nHost } from '../../host/startHost.mts';

const DEFAULT_CHROMIUM = '/usr/bin/chromium';

/** Nothing of the browser's own goes out to the network, and it runs where there is no GPU. */
const CHROMIUM_OPTIONS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Buttons, tabs and panels float above the canvas and are no part of the workflow. */
const CANVAS_ALONE = `
	body :not(.vue-flow, .vue-flow *), .vue-flow__panel, .vue-flow__minimap,
	[data-test-id="canvas-handle-plus-wrapper"] {
		visibility: hidden !important;
	}
	.vue-flow { visibility: visible !important; }`;

/** CSS pixels around the workflow in a picture. */
const MARGIN = 24;
/** CSS pixels that the names below the lowest nodes may need. */
const ROOM_FOR_NAMES = 120;

const boxesSchema = z.array(
	z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }),
);

export interface Size {
	/** CSS pixels. */
	width: number;
	height: number;
}

/** The Chromium that `CHROMIUM_PATH` names, otherwise the one of this machine, without a window. */
export async function startBrowser(): Promise<Browser> {
	return await chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? DEFAULT_CHROMIUM,
		args: CHROMIUM_OPTIONS,
	});
}

/** A page of the editor with the owner signed in, at the overview. */
export async function signInToEditor(
	browser: Browser,
	{ url, owner }: Pick<N8nHost, 'url' | 'owner'>,
	{ size = { width: 1600, height: 900 }, sharpness = 1 }: { size?: Size; sharpness?: number } = {},
): Promise<Page> {
	const page = await browser.newPage({ viewport: size, deviceScaleFactor: sharpness, reducedMotion: 'reduce' });
	await page.goto(`${url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[name="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((address) => !address.pathname.includes('signin'));
	return page;
}

/** Opens a workflow and waits until all of its nodes are drawn. */
export async function openWorkflow(page: Page, { url }: Pick<N8nHost, 'url'>, id: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	await page.locator('.vue-flow__node').first().waitFor();
	// A straight connection has no height, which counts as hidden.
	await page.locator('.vue-flow__edge').first().waitFor({ state: 'attached' });
}

/**
 * A picture of the whole workflow as the editor draws it: the canvas alone, zoomed to fit and cut to
 * what is on it.
 *
 * @param file where the PNG goes
 */
export async function takeCanvasPicture(page: Page, file: string): Promise<void> {
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await zoomSettled(page);
	// n8n fits the nodes, and the names below the lowest ones need some more room.
	const window = page.viewportSize();
	if (window) await page.setViewportSize({ ...window, height: window.height + ROOM_FOR_NAMES });
	await page.mouse.move(0, 0);
	await page.addStyleTag({ content: CANVAS_ALONE });
	// The name of a node stands below it and is wider than it.
	const boxes = await page
		.locator('.vue-flow__node, .vue-flow__node [data-test-id="canvas-node-label"], .vue-flow__node [class*="label"]')
		.evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().toJSON()).filter(({ width }) => width > 0));
	await page.screenshot({ path: file, animations: 'disabled', clip: around(boxesSchema.parse(boxes), page.viewportSize()) });
}

/** A frame around all boxes, as far as the window shows it. */
function around(boxes: z.infer<typeof boxesSchema>, window: { width: number; height: number } | null) {
	const left = Math.max(0, Math.min(...boxes.map((box) => box.left)) - MARGIN);
	const top = Math.max(0, Math.min(...boxes.map((box) => box.top)) - MARGIN);
	const right = Math.min(window?.width ?? Infinity, Math.max(...boxes.map((box) => box.right)) + MARGIN);
	const bottom = Math.min(window?.height ?? Infinity, Math.max(...boxes.map((box) => box.bottom)) + MARGIN);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Zooming is animated: it is over when two looks in a row see the same. */
async function zoomSettled(page: Page): Promise<void> {
	await page.waitForFunction(
		() => {
			const transform = document.querySelector<HTMLElement>('.vue-flow__transformationpane')?.style.transform;
			const same = transform !== undefined && transform === document.body.dataset['lastTransform'];
			document.body.dataset['lastTransform'] = transform ?? '';
			return same;
		},
		undefined,
		{ polling: 300 },
	);
}
