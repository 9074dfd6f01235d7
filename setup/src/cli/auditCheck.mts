import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';

import type { Io } from './io.mts';

/** `checkFile` of lib/audit in the node's package: the build puts a copy beside this command. */
export type CheckFile = (texts: { file: string; mailed: readonly string[] }, now: number) => unknown;

/** The name of the command behind `notion-scim-setup`. */
export const AUDIT_CHECK = 'audit-check';

const resultSchema = z.object({ lines: z.array(z.string()), result: z.enum(['clean', 'findings', 'unreadable']) });

const EXIT_CODES = { clean: 0, findings: 1, unreadable: 2 } as const;

const HELP = `
It needs no n8n and sends nothing. It exits with 0 if nothing was found, with 1 if something was,
and with 2 if it could not check.`;

/**
 * Checks an exported journal against its seals, and against what was mailed.
 * @param argv what stands behind `audit-check`
 * @returns the exit code
 * @throws CommanderError for an unknown option, and after the help
 */
export function auditCheck(argv: readonly string[], { say }: Pick<Io, 'say'>, checkFile: CheckFile, now: number): number {
	const command = new Command(`notion-scim-setup ${AUDIT_CHECK}`)
		.description('Finds rows of an exported journal that were removed, added, edited or reordered.')
		.exitOverride()
		.argument('<file>', 'the JSON or CSV file that audit-check mailed')
		.option('--mailed <files...>', 'mails of audit-seal as text, and their attachments')
		.addHelpText('after', HELP)
		.parse([...argv], { from: 'user' });
	const [file = ''] = command.args;
	const { mailed = [] } = z.object({ mailed: z.array(z.string()).optional() }).parse(command.opts());
	const texts: string[] = [];
	for (const path of [file, ...mailed]) {
		const text = textOf(path);
		if (text === undefined) {
			say(`${path} cannot be read. Nothing was checked.`);
			return EXIT_CODES.unreadable;
		}
		texts.push(text);
	}
	const [exported = '', ...others] = texts;
	const { lines, result } = resultSchema.parse(checkFile({ file: exported, mailed: others }, now));
	say(lines.join('\n'));
	return EXIT_CODES[result];
}

function textOf(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
