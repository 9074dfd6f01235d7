import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

const PAGE_FOLDER = join(import.meta.dirname, '..', 'page');

const files = [
	{ url: '/', name: 'index.html', type: 'text/html; charset=utf-8' },
	{ url: '/page.css', name: 'page.css', type: 'text/css; charset=utf-8' },
	{ url: '/page.js', name: 'page.js', type: 'text/javascript; charset=utf-8' },
	{ url: '/favicon.svg', name: 'favicon.svg', type: 'image/svg+xml' },
];

/** Serves the live page. Nothing on it comes from anywhere else, and scripts only from files. */
export const addPageRoutes = (server: FastifyInstance): void => {
	for (const { url, name, type } of files) {
		server.get(url, async (_request, reply) =>
			reply
				.headers({
					'content-type': type,
					'cache-control': 'no-cache',
					'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
					'x-content-type-options': 'nosniff',
				})
				.send(await readFile(join(PAGE_FOLDER, name))),
		);
	}
};
