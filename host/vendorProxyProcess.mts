import type { Server } from 'node:net';
import { generateCACertificate, getLocal, type Mockttp } from 'mockttp';
import { freePorts } from './freePorts.mts';
import { type VendorRequest, questionSchema } from './vendorProxyMessages.mts';

/**
 * The program behind `startVendorProxy`: the process that started it sends its vendors as messages, and it
 * ends with that process.
 */
async function run() {
	const ca = await generateCACertificate({ subject: { commonName: 'Emulated vendors' } });
	const proxy = getLocal({ https: ca, http2: false, recordTraffic: false });
	listenOnLoopbackOnly(proxy);
	const [port] = await freePorts(1);
	await proxy.start(port);

	const targets = new Map<string, string>();
	await proxy.forUnmatchedRequest().thenPassThrough({
		beforeRequest: ({ url }) => {
			const asked = new URL(url);
			const target = targets.get(asked.hostname);
			if (target !== undefined) {
				return { url: new URL(asked.pathname + asked.search, target).href };
			}
			const error = `Nothing emulates ${asked.hostname} here, and this proxy lets nothing out.`;
			return { response: { statusCode: 418, json: { error } } };
		},
	});
	const answered = await recordRequests(proxy);

	process.on('message', (message) => {
		const question = questionSchema.parse(message);
		if (question.ask === 'route') targets.set(question.host, question.target);
		process.send?.({ id: question.id, requests: question.ask === 'requests' ? answered : [] });
	});
	process.once('disconnect', () => process.exit());
	process.send?.({ url: `http://127.0.0.1:${proxy.port}`, caCertificate: ca.cert });
}

async function recordRequests(proxy: Mockttp): Promise<VendorRequest[]> {
	const answered: VendorRequest[] = [];
	const pending = new Map<string, Omit<VendorRequest, 'status'>>();
	await proxy.on('request-initiated', ({ id, url, method }) => {
		const { hostname, pathname, search } = new URL(url);
		pending.set(id, { host: hostname, method, path: pathname + search });
	});
	await proxy.on('response', ({ id, statusCode }) => {
		const request = pending.get(id);
		pending.delete(id);
		if (request) answered.push({ ...request, status: statusCode });
	});
	await proxy.on('abort', ({ id }) => {
		pending.delete(id);
	});
	return answered;
}

/**
 * mockttp listens on every network interface and has no option to change that. Its server is intercepted
 * between its creation and its start.
 */
function listenOnLoopbackOnly(proxy: Mockttp): void {
	let inner: Server | undefined;
	Object.defineProperty(proxy, 'server', {
		get: () => inner,
		set: (made: Server) => {
			const listen = made.listen.bind(made);
			Object.defineProperty(made, 'listen', {
				value: (port: number) => listen(port, '127.0.0.1'),
			});
			inner = made;
		},
	});
}

void run();
