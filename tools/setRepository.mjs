/**
 * `node tools/setRepository.mjs https://github.com/OWNER/NAME` writes where this repository lives into every tracked
 * file that names it: both package.json, READMEs, links of nodes, credentials and sticky notes. Run it at the root.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [given = ''] = process.argv.slice(2);
const wanted = given.replace(/\/$/, '').replace(/\.git$/, '');
if (!/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(wanted)) {
	console.error('Usage: node tools/setRepository.mjs https://github.com/OWNER/NAME');
	process.exit(2);
}

const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const current = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
// Behind it, a letter or a hyphen would make it another repository.
const mention = new RegExp(`${current.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');

const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const changed = files.filter((file) => {
	const bytes = readFileSync(file);
	// A picture that was read and written as text would be broken.
	if (bytes.includes(0)) return false;
	const text = bytes.toString('utf8');
	const replaced = text.replace(mention, () => wanted);
	if (replaced === text) return false;
	writeFileSync(file, replaced);
	return true;
});
console.log(`${wanted} is now in ${changed.length} files.`);
