/**
 * What a seat can be; each seat is exactly one of them. This is the order in which they are shown. The
 * order in which they are looked for is that of the rules in classifySeat.ts.
 *
 * - `ownerNotInDirectory`: may manage the workspace, is protected or made the SCIM token, and no
 *   directory lists them as present
 * - `inactiveInDirectory`: listed, and everywhere as having left
 * - `orphaned`: an address of your own that no directory lists
 * - `possibleDuplicate`: another seat of a person who is present; reported, and never acted on
 * - `foreignDomain`: an address of a domain that is not yours, which no directory lists
 * - `outOfScope`: present, but Notion is not meant for them (any more)
 * - `unclear`: suspended, of unknown status, ambiguous, or not read
 * - `nonHuman`: a bot, a service or a shared mailbox
 * - `matched`: present. Never "in use": SCIM shows no use.
 */
export const SEAT_CLASSES = [
	'ownerNotInDirectory',
	'inactiveInDirectory',
	'orphaned',
	'possibleDuplicate',
	'foreignDomain',
	'outOfScope',
	'unclear',
	'nonHuman',
	'matched',
] as const;

export type SeatClass = (typeof SEAT_CLASSES)[number];

/** Classes whose seats an admin may pick for removal. */
export const REMOVABLE_CLASSES: readonly SeatClass[] = ['inactiveInDirectory', 'orphaned'];
