/** `node tools/formStyle.mts` gives every form of the workflows the style of formStyle.css. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withFormStyle } from '../host/formStyle.mts';

const style = readFileSync('tools/formStyle.css', 'utf8');
for (const job of readdirSync('workflows')) {
	if (job === 'sources') continue;
	const file = join('workflows', job, `${job}.json`);
	const text = readFileSync(file, 'utf8');
	const made = withFormStyle(text, style);
	if (made === text) continue;
	writeFileSync(file, made);
	console.log(`Written: ${file}`);
}
