import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const OLD = 'https://github.com/old-owner/old.name';
const NEW = 'https://github.com/new-owner/new-name';
const PICTURE = Buffer.concat([Buffer.from([0x89, 0, 0xff]), Buffer.from(OLD)]);

describe('tools/setRepository.mjs', () => {
	let folder: string;

	const read = (file: string) => readFileSync(join(folder, file), 'utf8');
	const setRepository = (url: string) =>
		execFileSync(process.execPath, [resolve('tools/setRepository.mjs'), url], {
			cwd: folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
		});

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'repository-'));
		writeFileSync(
			join(folder, 'package.json'),
			JSON.stringify({ homepage: OLD, repository: { url: `git+${OLD}.git`, directory: 'here' } }),
		);
		writeFileSync(join(folder, 'README.md'), `[Docs](${OLD}/blob/main/docs/node.md), ${OLD}-fork, https://github.com/old-owner/oldxname`);
		writeFileSync(join(folder, 'picture.png'), PICTURE);
		execFileSync('git', ['init', '--quiet'], { cwd: folder });
		execFileSync('git', ['add', '.'], { cwd: folder });
		writeFileSync(join(folder, 'untracked.md'), OLD);
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it.each([NEW, `${NEW}/`, `${NEW}.git`])('writes %s into every tracked text', (url) => {
		expect(setRepository(url)).toBe(`${NEW} is now in 2 files.\n`);

		expect(JSON.parse(read('package.json'))).toEqual({ homepage: NEW, repository: { url: `git+${NEW}.git`, directory: 'here' } });
		expect(read('README.md')).toBe(`[Docs](${NEW}/blob/main/docs/node.md), ${OLD}-fork, https://github.com/old-owner/oldxname`);
		expect(readFileSync(join(folder, 'picture.png'))).toEqual(PICTURE);
		expect(read('untracked.md')).toBe(OLD);
	});

	it('does nothing the second time', () => {
		setRepository(NEW);

		expect(setRepository(NEW)).toBe(`${NEW} is now in 0 files.\n`);
	});

	it.each(['', 'new-owner/new-name', 'https://example.com/a/b', `${NEW}/tree/main`])('refuses "%s"', (url) => {
		expect(() => setRepository(url)).toThrow('Usage: node tools/setRepository.mjs');
		expect(read('README.md')).toContain(`${OLD}/blob`);
	});

	it('finds one repository in both packages', () => {
		const urls = ['package.json', 'hris-trigger/package.json'].map(
			(file) => JSON.parse(readFileSync(file, 'utf8')).repository.url,
		);

		expect(urls[1]).toBe(urls[0]);
	});
});
