import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'sandbox', 'main.mts');

let folder: string;
const running: ChildProcessWithoutNullStreams[] = [];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => {
	for (const child of running.splice(0)) child.kill('SIGKILL');
	rmSync(folder, { recursive: true });
});

/** Starts the command and gives what it printed once the token's line is there. */
const run = async (...args: string[]) => {
	const child = spawn(process.execPath, [MAIN, '--port', '0', ...args]);
	running.push(child);
	let output = '';
	for await (const chunk of child.stdout) {
		output += String(chunk);
		if (/^Admin token.*\n/m.test(output)) break;
	}
	const [, scimUrl = ''] = /^SCIM +(\S+)$/m.exec(output) ?? [];
	return { child, output, scimUrl };
};

const readUsers = async (scimUrl: string, token: string) => {
	const answer = await fetch(`${scimUrl}/Users`, { headers: { authorization: `Bearer ${token}` } });
	return { status: answer.status, text: await answer.text() };
};

it('prints its addresses, serves people, and ends on SIGTERM', async () => {
	const { child, output, scimUrl } = await run('--users', '50');
	const [, token = ''] = /^SCIM token +(\S+)$/m.exec(output) ?? [];
	expect(output).toMatch(/^Live page +http:\/\/127\.0\.0\.1:\d+\/$/m);
	const { status, text } = await readUsers(scimUrl, token);
	expect([status, JSON.parse(text).totalResults]).toEqual([200, 57]);
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
}, 30_000);

it('keeps the token in a file for its owner only, and uses it again', async () => {
	const file = join(folder, 'new folder', 'token');
	const first = await run('--empty', '--token-file', file);
	const token = readFileSync(file, 'utf8').trim();
	expect(first.output).not.toContain(token);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect((await readUsers(first.scimUrl, token)).status).toBe(200);
	const second = await run('--empty', '--token-file', file);
	expect((await readUsers(second.scimUrl, token)).status).toBe(200);
}, 30_000);

it('explains an option that makes no sense', async () => {
	const child = spawn(process.execPath, [MAIN, '--users', 'many']);
	running.push(child);
	let error = '';
	child.stderr.on('data', (chunk) => {
		error += String(chunk);
	});
	expect(await once(child, 'close')).toEqual([1, null]);
	expect(error).toBe('--users must be a whole number\n');
}, 30_000);
