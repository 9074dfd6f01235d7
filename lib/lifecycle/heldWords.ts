import type { HeldKind } from './shownList';

/** The sentences about a list of one kind. */
interface Words {
	/** For an empty list. */
	none: string;
	/** Follows "2 people were released." and the like. */
	released: string;
	/** On the last page after a yes. */
	after: string;
	/** After a no. */
	declined: string;
	/** For a person who has requested an entry of the list. */
	asked: string;
}

const LOCKDOWN_ASKED = 'You have asked for a lockdown on the list yourself, so another person must decide.';

export const HELD_WORDS: Readonly<Record<HeldKind, Words>> = {
	leave: {
		none: 'No leaver is held at the moment.',
		released: 'The HRIS is read again for each, and those who have left are locked out.',
		after: 'The HRIS was read again for each.',
		declined:
			'No one was released, and the list no longer has them. Correct in the HRIS who has not left: everyone who has still left there tonight comes back to the list.',
		asked: LOCKDOWN_ASKED,
	},
	emergency: {
		none: 'No emergency lockdown waits at the moment.',
		released: 'They are locked out now.',
		after: 'They are locked out now.',
		declined: 'No one was locked out, and the list no longer has them. If one of them must be locked out, call again.',
		asked: LOCKDOWN_ASKED,
	},
	sync: {
		none: 'No planned change waits for a decision.',
		released: 'Each is looked at again before it is carried out.',
		after: 'Each was looked at again.',
		declined:
			'Nothing of it is carried out. If the directory still says so tomorrow, you are asked again.',
		asked: 'You have asked for this plan yourself, so another person must decide.',
	},
	seat: {
		none: 'No seat waits for a decision.',
		released: 'The directory is read again before a seat is ended.',
		after: 'The directory was read again.',
		declined: 'No seat is ended. If one of them must be ended, pick it again.',
		asked: 'You have picked seats on the list yourself, so another person must decide.',
	},
};

/** The name of one row of a list. */
export function heldCount(kind: HeldKind, rows: number): string {
	if (kind === 'sync') return rows === 1 ? '1 planned change' : `${rows} planned changes`;
	if (kind === 'seat') return rows === 1 ? '1 seat' : `${rows} seats`;
	return rows === 1 ? '1 person' : `${rows} people`;
}

/** The same with its verb. */
export function heldCountWas(kind: HeldKind, rows: number): string {
	return `${heldCount(kind, rows)} ${rows === 1 ? 'was' : 'were'}`;
}

/** For an answer that is about a part of a list. @param rows how many rows it left alone */
export function othersWait(rows: number): string {
	return rows > 0 ? ' The others on the list still wait.' : '';
}
