import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import Fastify from 'fastify';
import { z } from 'zod';

/** The true host name of npm's registry. */
export const NPM_REGISTRY = 'registry.npmjs.org';

const manifestSchema = z.object({ name: z.string(), version: z.string() }).passthrough();

/** npm's registry with one package in it. */
export interface NpmRegistry {
	url: string;
	close(): Promise<void>;
}

/**
 * Starts an emulated registry that has the newest version of one package.
 *
 * @param tarball made by `npm pack` from the package in the working directory
 */
export async function startNpmRegistry(tarball: string): Promise<NpmRegistry> {
	const manifest = manifestSchema.parse(JSON.parse(await readFile('package.json', 'utf8')));
	const { name, version } = manifest;
	const content = await readFile(tarball);
	const file = basename(tarball);
	const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
	const dist = { tarball: `https://${NPM_REGISTRY}/${name}/-/${file}`, integrity };
	const published = { ...manifest, dist };

	const server = Fastify();
	server.get(`/${name}`, () => ({ name, 'dist-tags': { latest: version }, versions: { [version]: published } }));
	server.get(`/${name}/:version`, () => published);
	server.get(`/${name}/-/${file}`, async (_request, reply) => await reply.type('application/octet-stream').send(content));
	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	return { url, close: async () => await server.close() };
}
