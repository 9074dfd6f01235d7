import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const packageSchema = z.object({ name: z.string(), version: z.string() }).passthrough();
const installedSchema = z.object({ dependencies: z.record(z.string()) }).passthrough();

/**
 * Installs a packed community package as n8n does: unpacked into n8n's own folder of nodes, without its
 * development and peer dependencies. (`npm install` of the tarball would install a second n8n-workflow, whose
 * classes the host does not recognise.) n8n loads the content of that folder when it starts; its table of
 * installed packages is not involved.
 * @param tarball result of `npm pack`, of a package without runtime dependencies
 * @param userFolder n8n's `N8N_USER_FOLDER`
 */
export async function installPackage(
	tarball: string,
	userFolder: string,
): Promise<{ name: string; version: string }> {
	const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = packageSchema.parse(
		JSON.parse(stdout),
	);
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodesFolder, 'node_modules', kept.name);

	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	await writeFile(join(folder, 'package.json'), JSON.stringify(kept, null, 2));
	await listAsInstalled(nodesFolder, kept);
	return { name: kept.name, version: kept.version };
}

async function listAsInstalled(nodesFolder: string, added: { name: string; version: string }) {
	const file = join(nodesFolder, 'package.json');
	const text = await readFile(file, 'utf8').catch(() => '{"dependencies":{}}');
	const { dependencies } = installedSchema.parse(JSON.parse(text));
	dependencies[added.name] = added.version;
	const listed = { name: 'installed-nodes', private: true, dependencies };
	await writeFile(file, JSON.stringify(listed, null, 2));
}
