import { counted } from '../../person/naming';
import type { Policy } from '../policy';

/** How long an absence lasts before it counts, for a sentence. */
export function confirmHours({ confirmAfter }: Pick<Policy, 'confirmAfter'>): string {
	return counted(Math.round(confirmAfter / 3_600_000), 'hour', 'hours');
}
