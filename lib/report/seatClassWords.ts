import type { SeatClass } from '../directory/seats/seatClasses';

/** The name of a class, its meaning, and what a reader can do about its seats. */
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
		advice: 'Can be removed once a person has checked it.',
	},
	possibleDuplicate: {
		label: 'Possible duplicate',
		meaning: 'Seems to be another seat of a person who is present.',
		advice: 'No workflow changes it: check, then end one seat by hand.',
	},
	foreignDomain: {
		label: 'Foreign domain',
		meaning: 'Another organization\'s domain, and in no directory.',
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
		advice: 'Correct it in the directory.',
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
