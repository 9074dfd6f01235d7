import { z } from 'zod';

import type { N8nHost } from '../../../host/startHost.mts';

const redirectSchema = z.object({ data: z.object({ redirectUrl: z.string() }) });

/** A browser in which somebody is signed in to n8n, or nobody. */
export interface Browser {
	open(url: string): Promise<{ status: number; page: string }>;
	/** Opens the form and submits it. @returns the status of the submission */
	submit(formUrl: string, values: string[]): Promise<number>;
}

/** Signs the owner in. */
export async function signedInBrowser(host: N8nHost): Promise<Browser> {
	const cookies = new Map<string, string>();
	const send = async (
		url: string,
		init: { method?: string; headers?: Record<string, string>; body?: BodyInit } = {},
	) => {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, {
			redirect: 'manual',
			...init,
			headers: { 'browser-id': 'a-browser', cookie, ...init.headers },
		});
		for (const set of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			cookies.set(name, value);
		}
		return response;
	};
	const sendJson = async (path: string, body: unknown) =>
		await send(`${host.url}/rest/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});

	/** As a browser follows redirects; on n8n's own page of consent, it agrees as that page does. */
	const open = async (url: string) => {
		let response = await send(url);
		for (let hops = 0; hops < 10; hops++) {
			const location = response.headers.get('location');
			if (location === null) break;
			if (location.endsWith('/oauth/consent')) {
				await response.text();
				const consent = await sendJson('consent/approve', { approved: true });
				response = await send(redirectSchema.parse(await consent.json()).data.redirectUrl);
			} else {
				await response.text();
				response = await send(new URL(location, host.url).href);
			}
		}
		return { status: response.status, page: await response.text() };
	};

	await sendJson('login', { emailOrLdapLoginId: host.owner.email, password: host.owner.password });
	return {
		open,
		async submit(formUrl, values) {
			const { page } = await open(formUrl);
			const token = /const authToken = '([^']*)'/.exec(page)?.[1] ?? '';
			const body = new FormData();
			for (const [index, value] of values.entries()) body.set(`field-${index}`, value);
			const response = await send(formUrl, { method: 'POST', body, headers: { 'x-auth-token': token } });
			await response.text();
			return response.status;
		},
	};
}
