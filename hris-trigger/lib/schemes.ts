import type { Scheme } from './scheme';
import { bambooHr } from './schemes/bambooHr';
import { deel } from './schemes/deel';
import { factorial } from './schemes/factorial';
import { finch } from './schemes/finch';
import { gusto } from './schemes/gusto';
import { headerToken } from './schemes/headerToken';
import { hiBob } from './schemes/hiBob';
import { merge } from './schemes/merge';
import { personio } from './schemes/personio';
import { standardWebhooks } from './schemes/standardWebhooks';

/** All supported providers, in the order in which people read them. */
export const schemes: readonly Scheme[] = [
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

export function schemeNamed(name: unknown): Scheme | undefined {
	return schemes.find((scheme) => scheme.name === name);
}
