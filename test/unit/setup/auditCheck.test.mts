import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checkFile } from '../../../lib/audit/fileCheck.ts';
import { exportedJson } from '../../../lib/audit/exported.ts';
import { readJournal } from '../../../lib/audit/journalRow.ts';
import { isBadArgument, isHelp } from '../../../setup/src/cli/arguments.mts';
import { auditCheck } from '../../../setup/src/cli/auditCheck.mts';
import { Company } from '../audit/auditKit.mts';

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'audit-check-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};

function company(): Company {
	const made = new Company();
	made.insert({ state: 'done', outcome: 'removed' });
	made.insert({ state: 'done', outcome: 'stays' });
	made.seal();
	return made;
}

const exported = ({ rows, stored }: Company) => file('journal.json', exportedJson(readJournal(rows).rows, stored, ''));

const checked = (...argv: string[]) => {
	const said: string[] = [];
	const code = auditCheck(argv, { say: (text) => said.push(text) }, checkFile, Date.now());
	return { code, text: said.join('\n') };
};

describe('notion-scim-setup audit-check', () => {
	it('ends with 0 for a journal as it was sealed', () => {
		const honest = company();
		const result = checked(exported(honest), '--mailed', file('mail.txt', honest.mails[0] ?? ''), file('seal-1.json', honest.attachments[0] ?? ''));
		expect(result).toEqual({ code: 0, text: expect.stringMatching(/Nothing was removed[\s\S]*2 rows as sealed[\s\S]*Compared with 1 mailed seal/) });
	});

	it('ends with 1 and names the row that was removed', () => {
		const tampered = company();
		tampered.rows = tampered.rows.slice(1);
		expect(checked(exported(tampered))).toEqual({ code: 1, text: expect.stringContaining('Row 1 was removed') });
	});

	it.each([
		['the file does not exist', () => [join(folder, 'none.json')], 'none.json cannot be read'],
		['a mail does not exist', () => [exported(company()), '--mailed', join(folder, 'none.txt')], 'none.txt cannot be read'],
		['the file is another one', () => [file('other.json', '{}')], 'no export of the journal'],
	])('ends with 2 where %s', (_what, argv, text) => {
		expect(checked(...argv())).toEqual({ code: 2, text: expect.stringContaining(text) });
	});

	it('explains itself, and says what is missing', () => {
		const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
		const complain = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
		const thrown = (argv: string[]): unknown => {
			try {
				return checked(...argv);
			} catch (error) {
				return error;
			}
		};
		expect(isHelp(thrown(['--help']))).toBe(true);
		expect(write.mock.calls.join('')).toContain('--mailed');
		expect(isBadArgument(thrown([]))).toBe(true);
		write.mockRestore();
		complain.mockRestore();
	});
});
