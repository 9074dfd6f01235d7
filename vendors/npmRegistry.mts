import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';

/** The registry of npm. */
export interface NpmRegistry extends Vendor {
	/** For `vendors` of `startHost`. */
	readonly hosts: Record<string, string>;
	/** Offers the package in this tarball, made by `npm pack`, as its newest version. */
	publish(tarball: string): Promise<void>;
}

const manifestSchema = z.object({ name: z.string(), version: z.string() }).passthrough();

type Manifest = z.infer<typeof manifestSchema>;

interface Published {
	/** With its `dist`. */
	manifest: Manifest;
	tarball: Buffer;
}

interface OfPackage {
	Params: { name: string };
}

/**
 * Starts a registry from which `npm` and n8n can install what is published to it, and nothing else. n8n takes another
 * address than npm's own (`N8N_COMMUNITY_PACKAGES_REGISTRY`) only with a licence, so this one is reached at npm's.
 * https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 *
 * @param host npm's own host name
 */
export async function startNpmRegistry(host: string): Promise<NpmRegistry> {
	const packages = new Map<string, Published>();
	const vendor = await startVendor(
		(server) => {
			server.get<OfPackage>('/:name', async ({ params }, reply) => {
				const found = packages.get(params.name);
				return found === undefined ? await reply.code(404).send(notFound()) : metadata(found.manifest);
			});
			server.get<OfPackage>('/:name/:version', async ({ params }, reply) => {
				const found = packages.get(params.name);
				return found === undefined ? await reply.code(404).send(notFound()) : found.manifest;
			});
			server.get<OfPackage>('/:name/-/:file', async ({ params }, reply) => {
				const found = packages.get(params.name);
				return await (found === undefined ? reply.code(404).send(notFound()) : reply.type('application/octet-stream').send(found.tarball));
			});
		},
		(_status, error) => ({ error }),
	);
	return {
		...vendor,
		hosts: { [host]: vendor.url },
		publish: async (tarball) => {
			const published = await readTarball(tarball, host);
			packages.set(published.manifest.name, published);
		},
	};
}

async function readTarball(file: string, host: string): Promise<Published> {
	const tarball = await readFile(file);
	const { stdout } = await promisify(execFile)('tar', ['-xzOf', file, 'package/package.json']);
	const manifest = manifestSchema.parse(JSON.parse(stdout));
	const { name, version } = manifest;
	const dist = {
		tarball: `https://${host}/${name}/-/${name}-${version}.tgz`,
		integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
	};
	return { manifest: { ...manifest, dist }, tarball };
}

const metadata = (manifest: Manifest) => ({
	name: manifest.name,
	'dist-tags': { latest: manifest.version },
	versions: { [manifest.version]: manifest },
});

const notFound = () => ({ error: 'Not found' });
