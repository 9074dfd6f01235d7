import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Does what an npm script does: starts a program, which leaves a file in the temporary folder. */
const SCRIPT = `
import { execFileSync } from 'node:child_process';
import { ownTemporaryFolder } from '${pathToFileURL('tools/temporaryFolder.mjs').href}';
const leaveFile = "const file = require('node:path').join(require('node:os').tmpdir(), 'left');"
	+ "require('node:fs').writeFileSync(file, ''); process.stdout.write(file);";
const env = { ...process.env, ...ownTemporaryFolder() };
process.stdout.write(execFileSync(process.execPath, ['--eval', leaveFile], { env }));
process.exitCode = Number(process.argv[1]);
`;

describe('tools/temporaryFolder.mjs', () => {
	let systemFolder: string;

	beforeEach(() => {
		systemFolder = mkdtempSync(join(tmpdir(), 'system-'));
	});

	afterEach(() => rmSync(systemFolder, { recursive: true, force: true }));

	const run = (exitCode: number) =>
		execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT, String(exitCode)], {
			encoding: 'utf8',
			env: { ...process.env, TMPDIR: systemFolder, TEMP: systemFolder, TMP: systemFolder },
			stdio: ['ignore', 'pipe', 'pipe'],
		});

	it('removes what programs leave in it', () => {
		const file = run(0);

		expect(dirname(dirname(file))).toBe(systemFolder);
		expect(existsSync(file)).toBe(false);
		expect(readdirSync(systemFolder)).toEqual([]);
	});

	it('removes it after a failure, too', () => {
		expect(() => run(3)).toThrow('Command failed');
		expect(readdirSync(systemFolder)).toEqual([]);
	});
});
