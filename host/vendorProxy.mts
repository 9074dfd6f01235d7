import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { answerSchema, startedSchema, type VendorRequest } from './vendorProxyMessages.mts';

export type { VendorRequest };

export interface VendorProxy {
	/** Address for `HTTPS_PROXY` and `HTTP_PROXY`. */
	url: string;
	/** Certificate (PEM) of the authority that signs for every host, for `NODE_EXTRA_CA_CERTS`. */
	caCertificate: string;
	/** Sends a host's requests to another server from now on; path and query are kept. */
	route(host: string, target: string): Promise<void>;
	/** Answered requests in the order of their answers, for all hosts or one. */
	requests(host?: string): Promise<VendorRequest[]>;
	stop(): Promise<void>;
}

/**
 * Starts a proxy on 127.0.0.1 that terminates TLS and answers for vendors at their true host names, so that a
 * workflow runs unmodified against emulated vendors. Hosts without a target get status 418, so nothing leaves
 * this machine. It runs in its own process, so that its cryptography does not slow down the emulators in this
 * one.
 * @param vendors host name to the base address of its emulator, such as `{ 'api.notion.com':
 * 'http://127.0.0.1:4000' }`
 */
export async function startVendorProxy(vendors: Record<string, string>): Promise<VendorProxy> {
	// Found from the working folder: npm scripts and jest both run at the root of the checkout.
	const child = fork(resolve('host', 'vendorProxyProcess.mts'), { execArgv: [] });
	const [first] = await Promise.race([
		once(child, 'message'),
		once(child, 'exit').then(() => {
			throw new Error('The proxy for emulated vendors ended while it was starting');
		}),
	]);
	const { url, caCertificate } = startedSchema.parse(first);

	let questions = 0;
	const ask = async (question: Record<string, string>): Promise<VendorRequest[]> => {
		questions += 1;
		const id = questions;
		return await new Promise((settle) => {
			const listen = (message: unknown) => {
				const answer = answerSchema.parse(message);
				if (answer.id !== id) return;
				child.removeListener('message', listen);
				settle(answer.requests);
			};
			child.on('message', listen);
			child.send({ ...question, id });
		});
	};
	const route = async (host: string, target: string) => {
		await ask({ ask: 'route', host, target });
	};

	for (const [host, target] of Object.entries(vendors)) await route(host, target);
	return {
		url,
		caCertificate,
		route,
		requests: async (host) =>
			(await ask({ ask: 'requests' })).filter(
				(request) => host === undefined || request.host === host,
			),
		stop: async () => {
			if (!child.connected) return;
			const exited = once(child, 'exit');
			child.disconnect();
			await exited;
		},
	};
}
