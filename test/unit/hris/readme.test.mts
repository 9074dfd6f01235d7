import { readFileSync } from 'node:fs';

import { providers } from '../../../hris-trigger/lib/providers';
import { wordsTable } from './wordsTable.mts';

const readme = readFileSync('hris-trigger/README.md', 'utf8');

describe('the README of the trigger', () => {
	// Where this fails, the table that is expected goes into the README.
	it('says what every word of every system means', () => {
		const [, told = ''] = /<!-- words -->\n([\s\S]*?)\n<!-- \/words -->/.exec(readme) ?? [];
		expect(told).toBe(wordsTable(providers.filter(({ name }) => name !== 'headerToken')));
	});

	it('links the pages on which the systems publish their words', () => {
		for (const { words } of providers) {
			for (const page of words.pages) expect(readme).toContain(page);
		}
	});
});
