import { ScimError } from '../../scim/scimError';
import { counted } from '../person/naming';

/** The removals that are always allowed, however small the workspace is. */
export const SMALLEST_LIMIT = 2;

/**
 * How many removals one execution may do where the admin sets nothing: 2 % of the members, at least 2
 * and at most 10. Enough for a usual day, too little for a disaster.
 */
export function defaultRemovalLimit(memberCount: number): number {
	return Math.min(10, Math.max(SMALLEST_LIMIT, Math.floor(memberCount * 0.02)));
}

/**
 * Counts the removals of one execution, whatever nodes, batches or loops they come from. Removing a
 * person counts 1, removing a member from a group 1, deleting a group its members, lowering a role 1,
 * changing an address 1.
 */
export class RemovalCount {
	private used = 0;

	/** Whether an impact is within a limit; nothing is reserved. See {@link reserve} for the numbers. */
	fits(impact: number, limit: number, alreadyUsed = 0): boolean {
		return alreadyUsed + this.used + impact <= limit;
	}

	/**
	 * The limit that holds where the admin sets none, for each workspace that this execution works on;
	 * the first one stays, while members get fewer.
	 */
	readonly usualLimits = new WeakMap<object, number>();

	/**
	 * Reserves an impact before the operation, so that items running side by side cannot pass together.
	 *
	 * @param impact nothing is reserved for 0
	 * @param alreadyUsed removals by other executions in the rolling day
	 * @throws ScimError `limitReached`; then nothing is reserved
	 */
	reserve(impact: number, limit: number, alreadyUsed = 0): void {
		// Written so that a limit that is no number lets nothing pass.
		if (impact > 0 && !this.fits(impact, limit, alreadyUsed)) {
			throw new ScimError(
				'limitReached',
				`This would remove ${counted(impact, 'access grant', 'access grants')}, but this execution has used ${this.used}${
					alreadyUsed > 0 ? ` and others of the last day ${alreadyUsed}` : ''
				} of the ${limit} that it may. Nothing was done.`,
				'Check that the list is right. If it is, set Removal Limit in the options of this node and run the rest again.',
				{ evidence: { impact, used: this.used, alreadyUsed, limit } },
			);
		}
		this.used += impact;
	}

	/** Returns what was reserved for an operation that was certainly not done. */
	release(impact: number): void {
		this.used -= impact;
	}
}
