#!/usr/bin/env node
import { run } from './cli/command.mts';
import { isBadArgument, isHelp } from './cli/arguments.mts';
import { terminal } from './cli/questions.mts';

const isTerminal = process.stdin.isTTY && process.stdout.isTTY;

try {
	process.exitCode = await run(
		process.argv.slice(2),
		process.env,
		{ say: (text) => console.log(text), ask: isTerminal && !process.argv.includes('--yes') ? terminal : undefined },
		import.meta.dirname,
	);
} catch (error) {
	const isLeft = error instanceof Error && error.name === 'ExitPromptError';
	if (isHelp(error)) process.exitCode = 0;
	else if (isBadArgument(error)) process.exitCode = 2;
	else if (isLeft) process.exitCode = 130;
	else throw error;
}
