import type { SeatClass } from '../directory/seats/seatClasses';

/** How a class is called, what it means, and what a reader can do about its seats. */
export const SEAT_CLASS_WORDS: Readonly<Record<SeatClass, { label: string; meaning: string; advice: string }>> = {
	ownerNotInDirectory: {
		label: 'Owner not in directory',
		meaning: 'May manage the workspace, is protected or made the SCIM token, and no directory lists them as present.',
		advice: 'Settle who takes over, then change the role in Notion.',
	},
	inactiveInDirectory: {
		label: 'Inactive in directory',
		meaning: 'Every directory that lists them says that they have left.',
		advice: 'Can be removed.',
	},
	orphaned: {
		label: 'Orphaned',
		meaning: 'An address of your own that no directory lists.',
		advice: 'Can be removed once somebody has looked.',
	},
	possibleDuplicate: {
		label: 'Possible duplicate',
		meaning: 'Seems to be another seat of somebody who is present.',
		advice: 'Nothing is done to it from here: look, then end one by hand.',
	},
	foreignDomain: {
		label: 'Foreign domain',
		meaning: 'Somebody else\'s domain, and in no directory.',
		advice: 'A guest needs no seat.',
	},
	outOfScope: {
		label: 'Out of scope',
		meaning: 'Present, but the directory does not mean Notion for them.',
		advice: 'Assign Notion to them, or let them go.',
	},
	unclear: {
		label: 'Unclear',
		meaning: 'Suspended, of unknown status, ambiguous, or not read.',
		advice: 'Put it right in the directory.',
	},
	nonHuman: {
		label: 'Non-human',
		meaning: 'A bot, a service or a shared mailbox.',
		advice: 'Name an owner; a connection may need no seat.',
	},
	matched: {
		label: 'Matched',
		meaning: 'The directory lists them as present. Whether they use Notion is not visible.',
		advice: '',
	},
};
