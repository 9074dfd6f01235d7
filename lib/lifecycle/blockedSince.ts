import type { ReinstatementBlock } from '../directory/plan/policy';
import { heldPlanned, isAboutPerson, mayLetIn } from './heldChange';
import type { ReadRows, StoredChange } from './journal';
import { reinstatementBlocks } from './reinstatementBlocks';
import { instantOf } from './zones';

/** The clocks of n8n and of its database may differ, and the journal was read before the plan was made. */
const MARGIN = 60 * 60 * 1000;

/** The longest time in days that an emergency blocks a person; a planned change waits a day. */
const BLOCK_DAYS = 30;

/**
 * Why a held row must no longer be carried out: since it was planned, an emergency or an offboarding has
 * blocked the person to whom it would give access. Earlier blocks were known to the plan, and the admin may
 * have allowed the person to return.
 * @param journal at least the rows of emergencies and leavers changed since the oldest held row was planned
 * @returns a sentence, or undefined
 */
export function blockedSince(row: StoredChange, journal: ReadRows, now: number): string | undefined {
	if (!mayLetIn(row)) return undefined;
	const planned = heldPlanned(row);
	const plannedAt = (typeof planned === 'object' ? instantOf(planned.plannedAt) : undefined) ?? row.createdAt;
	const blocks = reinstatementBlocks(journal.rows, { blockDays: BLOCK_DAYS, letBackIn: [], now });
	return blocks.find((block) => block.at >= plannedAt - MARGIN && isAboutPerson(row, personOf(block)))?.why;
}

function personOf({ email, userId }: ReinstatementBlock): { email?: string; userId?: string } {
	return { ...(email === undefined ? {} : { email }), ...(userId === undefined ? {} : { userId }) };
}
