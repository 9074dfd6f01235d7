import type { ReinstatementBlock } from '../directory/plan/policy';
import { emailKey } from '../scim/emailKey';
import { appOf } from './emergency/emergencyRow';
import type { StoredChange } from './journal';
import { instantOf, isoText } from './zones';

const DAY = 24 * 60 * 60 * 1000;

/** Outcomes of an emergency in Notion that block a person. A row in progress blocks as well. */
const LOCKED_OUT = ['lockedDown', 'alreadyLocked', 'notFound', 'notVerified'];
const UNDER_WAY = ['received', 'intended', 'retry'];

/** A directory may learn of a leaver a day or two after the HRIS. */
const LEAVERS_FOR = 2 * DAY;

export interface BlockSettings {
	/** How many days an emergency blocks a person from Notion. */
	blockDays: number;
	/** Addresses of people who may be reinstated all the same. */
	letBackIn: readonly string[];
	/** Epoch milliseconds. */
	now: number;
}

/**
 * The reinstatement blocks: people to whom no plan gives access again, because an emergency has locked them
 * out of Notion, or because they are leavers who were just removed.
 * @param rows of the journal, of any kind
 */
export function reinstatementBlocks(
	rows: readonly StoredChange[],
	{ blockDays, letBackIn, now }: BlockSettings,
): ReinstatementBlock[] {
	const allowed = new Set(letBackIn.map(emailKey));
	return rows
		.flatMap((row) => emergencyBlock(row, blockDays) ?? leaverBlock(row) ?? [])
		.filter(({ email, userId }) => email !== undefined || userId !== undefined)
		.filter(({ until }) => until === undefined || until > now)
		.filter(({ email }) => email === undefined || !allowed.has(emailKey(email)));
}

const REMEDY = 'To let them back in, add their address to Let Back In of Plan.';

function emergencyBlock(row: StoredChange, blockDays: number): ReinstatementBlock | undefined {
	if (row.kind !== 'emergency' || appOf(row) !== 'notion') return undefined;
	if (!LOCKED_OUT.includes(row.outcome) && !UNDER_WAY.includes(row.state)) return undefined;
	return {
		...personOf(row),
		until: row.createdAt + blockDays * DAY,
		at: row.updatedAt,
		why: `An emergency lockdown locked ${row.email || row.userId} out of Notion (${minuteOf(row.createdAt)}${askedBy(row)}). ${REMEDY}`,
	};
}

function leaverBlock(row: StoredChange): ReinstatementBlock | undefined {
	const isRemoved = row.outcome === 'removed' || row.outcome === 'notVerified';
	if (row.kind !== 'leave' || !(isRemoved || row.state === 'intended')) return undefined;
	const removedAt = instantOf(row.removedAt) ?? instantOf(row.details.intendedAt ?? '') ?? row.updatedAt;
	return {
		...personOf(row),
		until: removedAt + LEAVERS_FOR,
		at: row.updatedAt,
		why: `${row.email || row.userId} has left and was removed from Notion (${minuteOf(removedAt)}${askedBy(row)}). The directory may not know yet. ${REMEDY}`,
	};
}

function personOf({ email, userId }: StoredChange): Pick<ReinstatementBlock, 'email' | 'userId'> {
	return { email: email || undefined, userId: userId || undefined };
}

function minuteOf(instant: number): string {
	return `${isoText(instant).slice(0, 16).replace('T', ' ')} UTC`;
}

function askedBy({ requestedBy }: StoredChange): string {
	return requestedBy === '' ? '' : `, asked for by ${requestedBy}`;
}
