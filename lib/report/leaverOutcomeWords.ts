import type { LeaverOutcome } from '../lifecycle/leaverReport';

/** The names of outcomes in the report, on its page and in its list. */
export const LEAVER_OUTCOME_WORDS: Readonly<Record<LeaverOutcome, string>> = {
	removed: 'Removed',
	alreadyGone: 'Was gone already',
	notVerified: 'Not verified',
	refused: 'Refused: waits for a person',
	held: 'Held by the limit: waits for a person',
	declined: 'Not released: a person decided',
	failed: 'Failed',
	intended: 'Begun, no result',
	member: 'STILL A MEMBER',
	noRecord: 'No member, nothing on record here',
	stays: 'Stays: active in another record of the HRIS',
	notKnown: 'Not known',
	unclear: 'The HRIS is not clear',
};
