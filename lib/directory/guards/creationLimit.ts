import { ScimError } from '../../scim/scimError';

/** Seats that may always be added, however small the workspace is. */
export const SMALLEST_CREATE_LIMIT = 10;

/**
 * How many seats one rolling day may add where the admin sets nothing: 10 % of the members, at least
 * 10 and at most 100. A seat is billed at once, and removing it again lowers no bill.
 */
export function defaultCreateLimit(memberCount: number): number {
	return Math.min(100, Math.max(SMALLEST_CREATE_LIMIT, Math.floor(memberCount * 0.1)));
}

/** Counts the seats that one execution adds, whatever nodes, batches or loops they come from. */
export class CreationCount {
	private used = 0;

	/** The limit that holds where the admin sets none, for each workspace; the first one stays. */
	readonly usualLimits = new WeakMap<object, number>();

	/** Whether one more seat is within a limit; nothing is reserved. */
	fits(limit: number, alreadyUsed = 0): boolean {
		return alreadyUsed + this.used + 1 <= limit;
	}

	/**
	 * Reserves a seat before the operation, so that items running side by side cannot pass together.
	 *
	 * @param alreadyUsed seats that other executions have added in the rolling day
	 * @throws ScimError `limitReached`; then nothing is reserved
	 */
	reserve(limit: number, alreadyUsed = 0): void {
		// Written so that a limit that is no number lets nothing pass.
		if (!this.fits(limit, alreadyUsed)) {
			throw new ScimError(
				'limitReached',
				`This would add a seat, but this execution has added ${this.used}${
					alreadyUsed > 0 ? ` and others of the last day ${alreadyUsed}` : ''
				} of the ${limit} that it may. Nothing was done.`,
				'Check that the list is right. If it is, set Create Limit in the options of this node and run the rest again.',
				{ evidence: { used: this.used, alreadyUsed, limit } },
			);
		}
		this.used += 1;
	}

	/** Returns a seat that was certainly not added. */
	release(): void {
		this.used -= 1;
	}
}
