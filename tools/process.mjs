import { spawn } from 'node:child_process';

/** A longer silence looks like a hang, in milliseconds. */
const HEARTBEAT = 10_000;

/** How much of the output is kept for a failure, in characters. */
const KEPT = 20_000;

/**
 * Runs a step whose output matters only if it fails, and shows that it is still running.
 * @param {string} label what the person reads
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: RegExp }} options `show` selects the lines to show
 */
export async function run(label, command, args, { cwd, env, show }) {
	const startedAt = Date.now();
	const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	console.log(`▸ ${label} …`);
	const heartbeat = setInterval(() => console.log(`  … ${label}: ${seconds()}`), HEARTBEAT);
	let output = '';
	const code = await new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		const take = (chunk) => {
			output = `${output}${chunk}`.slice(-KEPT);
			for (const line of String(chunk).split('\n')) {
				if (show?.test(line)) console.log(`  ${line.trim()}`);
			}
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => clearInterval(heartbeat));
	if (code !== 0) {
		console.error(output);
		throw new Error(`${label} failed with exit code ${code}; its output is above.`);
	}
	console.log(`  ${label}: done in ${seconds()}`);
}

/**
 * Runs a step that prints for the person itself. Ctrl-C reaches it, and it decides when to end.
 * @returns {Promise<number>} its exit code
 */
export async function runInFront(command, args, { cwd, env }) {
	const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
	const pass = (signal) => child.kill(signal);
	const onInterrupt = () => {};
	process.on('SIGINT', onInterrupt);
	process.on('SIGTERM', pass);
	try {
		return await new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		process.off('SIGINT', onInterrupt);
		process.off('SIGTERM', pass);
	}
}
