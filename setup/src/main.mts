#!/usr/bin/env node
import { createRequire } from 'node:module';
import { z } from 'zod';

import { AUDIT_CHECK, auditCheck, type CheckFile } from './cli/auditCheck.mts';
import { run } from './cli/command.mts';
import { isBadArgument, isHelp } from './cli/arguments.mts';
import { terminal } from './cli/questions.mts';

const isTerminal = process.stdin.isTTY && process.stdout.isTTY;

const say = (text: string) => console.log(text);

/** The build copies this part of the node's package, which is CommonJS. */
function checkFileOfPackage(): CheckFile {
	const loaded: unknown = createRequire(import.meta.url)('./lib/audit/fileCheck.js');
	return z.object({ checkFile: z.custom<CheckFile>((value) => typeof value === 'function') }).parse(loaded).checkFile;
}

try {
	const [command, ...rest] = process.argv.slice(2);
	process.exitCode =
		command === AUDIT_CHECK
			? auditCheck(rest, { say }, checkFileOfPackage(), Date.now())
			: await run(
					process.argv.slice(2),
					process.env,
					{ say, ask: isTerminal && !process.argv.includes('--yes') ? terminal : undefined },
					import.meta.dirname,
				);
} catch (error) {
	const isLeft = error instanceof Error && error.name === 'ExitPromptError';
	if (isHelp(error)) process.exitCode = 0;
	else if (isBadArgument(error)) process.exitCode = 2;
	else if (isLeft) process.exitCode = 130;
	else throw error;
}
