import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

import { installedPackages } from '../n8n/existing.mts';
import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { TRIGGER_PACKAGE } from '../plan/planSetUp.mts';

const LOOKS = 10;
const BETWEEN_LOOKS = 1_000;

/**
 * Lets n8n install a package: as one that n8n has verified or, where n8n allows others, without that.
 * @throws N8nError that says how to install it by hand
 */
export async function installPackage(api: N8nApi, name: string): Promise<string> {
	const reasons: string[] = [];
	for (const verify of [true, false]) {
		try {
			await api.call(z.unknown(), 'POST', '/community-packages', { name, verify });
			await untilKnown(api, name);
			return 'installed';
		} catch (error) {
			if (!(error instanceof N8nError)) throw error;
			reasons.push(error.message);
		}
	}
	throw new N8nError(`${howToInstall(name)}\n\nn8n did not install it itself. ${whyNot(reasons.at(-1) ?? '')}`);
}

/** What n8n says without a remedy, and what it means. */
const REFUSALS: [RegExp, string][] = [
	[/unverified community packages is forbidden/, 'It installs only packages that n8n has verified (N8N_UNVERIFIED_PACKAGES_ENABLED is false).'],
	[/managed via environment variables|disabled on this instance/, 'Its settings allow no change of packages (N8N_COMMUNITY_PACKAGES_…).'],
	[/version does not exist|temporarily unreachable|Unable to reach npm/, 'It did not find the package in its registry of npm packages. Check its network, and N8N_COMMUNITY_PACKAGES_REGISTRY.'],
];

/** @param said n8n's message; of a package that does not load it lists the files of n8n, too */
function whyNot(said: string): string {
	const meaning = REFUSALS.find(([pattern]) => pattern.test(said))?.[1];
	const reason = said.split('\nRequire stack')[0]?.trim() ?? '';
	return meaning === undefined ? reason : `${meaning} n8n said: ${reason}`;
}

async function untilKnown(api: N8nApi, name: string): Promise<void> {
	for (let looks = 1; looks <= LOOKS; looks++) {
		if ((await installedPackages(api)).has(name)) return;
		await delay(BETWEEN_LOOKS);
	}
	throw new N8nError('n8n installed it and does not know its nodes yet. Restart n8n.');
}

export function howToInstall(name: string): string {
	const lines = [
		`The package ${name} is not installed in this n8n. Install it, then run this again:`,
		`  in n8n: Settings → Community nodes → Install, and enter ${name}`,
		`  without that page: npm install --omit=peer --ignore-scripts ${name} in ~/.n8n/nodes, and restart n8n`,
		...(name === TRIGGER_PACKAGE ? ['  where it cannot be installed, such as n8n Cloud: run this with --provider webhook'] : []),
	];
	return lines.join('\n');
}
