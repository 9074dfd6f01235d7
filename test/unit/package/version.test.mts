import { readFileSync } from 'node:fs';
import { z } from 'zod';

import { PACKAGE_VERSION } from '../../../lib/version.ts';

it('tells evidence the version that the package has', () => {
	const { version } = z
		.object({ version: z.string() })
		.parse(JSON.parse(readFileSync('package.json', 'utf8')));
	expect(PACKAGE_VERSION).toBe(version);
});
