import { z } from 'zod';

import { poll } from '../../host/poll.mts';
import type { N8nHost } from '../../host/startHost.mts';

const redirectSchema = z.object({ data: z.object({ redirectUrl: z.string() }) });
const postedSchema = z.object({ formWaitingUrl: z.string() });

/** n8n shows some forms to browsers only. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A page of a form. */
export interface FormPage {
	url: string;
	html: string;
	/** The page that a workflow shows in the end; empty for a page with fields. */
	answer: string;
	/** What n8n's page sends along so that a submission is known to come from it. */
	authToken: string;
	/** The values that the page sends by itself: of hidden fields and of parts in HTML. */
	hidden: Record<string, string>;
}

/** A browser in which a person is signed in to n8n, or has the password of a form. */
export interface FormBrowser {
	/** @throws Error where n8n answers anything but a page */
	open(url: string): Promise<FormPage>;
	/** Sends a page with the values that a person puts in, and waits for the next one. */
	send(page: FormPage, values?: Record<string, string>): Promise<FormPage>;
	/** Sends a page as another site would make this browser do it. */
	sendFrom(origin: string, url: string, values: Record<string, string>): Promise<Response>;
}

/** Signs the owner in. */
export async function signedInBrowser(host: N8nHost): Promise<FormBrowser> {
	const browser = new Browser(host.url, {});
	await browser.signIn(host.owner.email, host.owner.password);
	return browser;
}

/** A browser that a form with Basic Auth has been opened in. */
export function browserWithPassword(host: N8nHost, { user, password }: { user: string; password: string }): FormBrowser {
	const basic = Buffer.from(`${user}:${password}`).toString('base64');
	return new Browser(host.url, { Authorization: `Basic ${basic}` });
}

class Browser implements FormBrowser {
	readonly #cookies = new Map<string, string>();

	constructor(
		private readonly host: string,
		private readonly headers: Record<string, string>,
	) {}

	async signIn(email: string, password: string): Promise<void> {
		await this.#json('login', { emailOrLdapLoginId: email, password });
	}

	async open(url: string): Promise<FormPage> {
		const response = await this.#follow(url);
		const html = await response.text();
		if (response.status !== 200) throw new Error(`${url} answers ${response.status}: ${html.slice(0, 200)}`);
		const [, authToken = ''] = /const authToken = '([^']*)'/.exec(html) ?? [];
		const inputs = html.matchAll(/<input type="hidden" id="[^"]*" name="([^"]*)" value="([^"]*)"/g);
		const hidden = Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, decoded(value)]));
		const [answer = ''] = /<main>.*<\/main>/s.exec(html) ?? [];
		return { url, html, answer, authToken, hidden };
	}

	async send(page: FormPage, values: Record<string, string> = {}): Promise<FormPage> {
		const response = await this.#fetch(page.url, {
			method: 'POST',
			body: formOf({ ...page.hidden, ...values }),
			headers: { 'x-auth-token': page.authToken },
		});
		const answer = await response.text();
		if (response.status !== 200) throw new Error(`The form answers ${response.status}: ${answer.slice(0, 200)}`);
		const next = postedSchema.safeParse(JSON.parse(answer));
		const url = next.success ? next.data.formWaitingUrl : page.url;
		await this.#pageIsReady(url);
		return await this.open(url);
	}

	async sendFrom(origin: string, url: string, values: Record<string, string>): Promise<Response> {
		const headers = { Origin: origin, Referer: `${origin}/`, 'Sec-Fetch-Site': 'cross-site' };
		return await this.#fetch(url, { method: 'POST', body: formOf(values), headers });
	}

	/** As the page of n8n does it. */
	async #pageIsReady(url: string): Promise<void> {
		const status = new URL(url);
		status.pathname += '/n8n-execution-status';
		await poll(
			async () => {
				const answer = await (await this.#fetch(status.href)).text();
				if (answer.trim() === 'error') throw new Error('The execution of the form has failed');
				return ['form-waiting', 'success'].includes(answer.trim()) ? true : undefined;
			},
			'the next page of the form',
			60_000,
		);
	}

	/** As a browser follows redirects; on n8n's own page of consent, it agrees as that page does. */
	async #follow(url: string): Promise<Response> {
		let response = await this.#fetch(url);
		for (let hops = 0; hops < 10; hops++) {
			const location = response.headers.get('location');
			if (location === null) break;
			await response.text();
			if (location.endsWith('/oauth/consent')) {
				const consent = await this.#json('consent/approve', { approved: true });
				response = await this.#fetch(redirectSchema.parse(await consent.json()).data.redirectUrl);
			} else {
				response = await this.#fetch(new URL(location, this.host).href);
			}
		}
		return response;
	}

	async #json(path: string, body: unknown): Promise<Response> {
		return await this.#fetch(`${this.host}/rest/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
	}

	async #fetch(
		url: string,
		init: { method?: string; headers?: Record<string, string>; body?: BodyInit } = {},
	): Promise<Response> {
		const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, {
			redirect: 'manual',
			...init,
			headers: { 'User-Agent': USER_AGENT, 'browser-id': 'a-browser', cookie, ...this.headers, ...init.headers },
		});
		for (const set of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			this.#cookies.set(name, value);
		}
		return response;
	}
}

function formOf(values: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(values)) form.set(name, value);
	return form;
}

/** The few entities that Handlebars writes. */
function decoded(value: string): string {
	return value
		.replace(/&#x([0-9a-f]+);/gi, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
