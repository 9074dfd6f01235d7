import type { Provider } from './provider';
import { bambooHr } from './providers/bambooHr';
import { deel } from './providers/deel';
import { factorial } from './providers/factorial';
import { finch } from './providers/finch';
import { gusto } from './providers/gusto';
import { headerToken } from './providers/headerToken';
import { hiBob } from './providers/hiBob';
import { merge } from './providers/merge';
import { personio } from './providers/personio';
import { standardWebhooks } from './providers/standardWebhooks';

/** All supported providers, in the order in which people read them. */
export const providers: readonly Provider[] = [
	bambooHr,
	deel,
	factorial,
	finch,
	gusto,
	headerToken,
	hiBob,
	merge,
	personio,
	standardWebhooks,
];

export function providerNamed(name: unknown): Provider | undefined {
	return providers.find((provider) => provider.name === name);
}
