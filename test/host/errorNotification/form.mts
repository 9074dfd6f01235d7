import { z } from 'zod';

import { poll } from '../../../host/poll.mts';
import type { AlertHost } from './alertHost.mts';
import { FORM_USER } from './publish.mts';

const postedSchema = z.object({ formWaitingUrl: z.string() });
const CHOICE = 'field-1';

/** The header of basic authentication for the form. */
export const FORM_AUTHORIZATION = `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`;

/** The address of the form that the mails name. */
export function formUrl({ host }: AlertHost): string {
	return `${host.url}/form/notion-alerts`;
}

export interface OpenPage {
	/** Its own address, which is signed. */
	url: string;
	html: string;
	/** What can be ticked. */
	choices: string[];
}

/** Gives a name on the first page, and waits for the second. */
export async function openAlertsPage(alerts: AlertHost, name: string): Promise<OpenPage> {
	const body = new FormData();
	body.set('field-0', name);
	const headers = { authorization: FORM_AUTHORIZATION };
	const response = await fetch(formUrl(alerts), { method: 'POST', headers, body });
	const { formWaitingUrl: url } = postedSchema.parse(await response.json());
	const html = await shown(url, (text) => /<h1>(Open alerts)/.test(text));
	const choices = [...html.matchAll(/type='checkbox'[^>]* value='([^']*)'/g)].map(([, value = '']) => value);
	return { url, html, choices };
}

/** Ticks choices and sends the page, and waits for the last one. */
export async function sendChoices(url: string, ...choices: string[]): Promise<string> {
	const body = new FormData();
	body.set(CHOICE, JSON.stringify(choices));
	const { status } = await fetch(url, { method: 'POST', body });
	if (status !== 200) throw new Error(`The form answered ${status}`);
	return await shown(url, (text) => text.includes('<h1>Acknowledged'));
}

/** What a browser does after sending a page: it asks whether the next one is there, and only then opens it. */
async function shown(url: string, isMeant: (html: string) => boolean): Promise<string> {
	const status = new URL(url);
	status.pathname += '/n8n-execution-status';
	return await poll(
		async () => {
			if ((await textOf(status.href)).trim() !== 'form-waiting') return undefined;
			const html = await textOf(url);
			return isMeant(html) ? html : undefined;
		},
		'the next page of the form',
		20_000,
	);
}

async function textOf(url: string): Promise<string> {
	return await (await fetch(url, { signal: AbortSignal.timeout(10_000) })).text();
}
