import { ScimError } from '../../scim/scimError';

/** The outcome of one planned change. */
export type ApplyOutcome =
	| 'done'
	/** It was as wished before. */
	| 'unchanged'
	/** It only explains, and changes nothing. */
	| 'nothingToDo'
	/** A guard of the plan, or one now, keeps it back; a person has to decide. */
	| 'blocked'
	/** A limit keeps it back; a person has to decide. */
	| 'held'
	/** Not a change of this plan, this workspace, these guards and this day. */
	| 'refused'
	/** The workspace is not as the plan saw it. */
	| 'stale'
	| 'failed'
	/** Notion accepted it and did not do it. */
	| 'notTaken'
	/** It was sent, and its outcome could not be seen. */
	| 'notVerified'
	/** Something that it depends on did not happen. */
	| 'notTried';

export interface ChangeResult {
	outcome: ApplyOutcome;
	/** Whole sentences for a person. */
	note: string;
	/** Of whom it is about, as far as that is known now. */
	userId: string | null;
	groupId: string | null;
	/** What it removed, or may have: 0 unless it was done or could not be verified. */
	impact: number;
	/** Seats that it added. */
	seats: 0 | 1;
	/** Instant, ISO. */
	at: string;
	/** For outcomes that are errors of their item. */
	error?: ScimError;
}

/** Outcomes that make an item fail; the others are for a person to read, or as wished. */
const FAILING: ReadonlySet<ApplyOutcome> = new Set([
	'failed',
	'notTaken',
	'notVerified',
	'refused',
	'stale',
]);

export function isFailing(outcome: ApplyOutcome): boolean {
	return FAILING.has(outcome);
}

/** The outcome that a failure stands for. */
export function outcomeOf(error: ScimError): ApplyOutcome {
	switch (error.kind) {
		case 'accessDenied':
		case 'protectedPerson':
			return 'blocked';
		case 'limitReached':
			return 'held';
		case 'planRefused':
			return 'refused';
		case 'stale':
		case 'notTaken':
		case 'notVerified':
			return error.kind;
		default:
			return 'failed';
	}
}

/**
 * A change that the plan made, but that does not fit what is there now.
 *
 * @param differences ends of the sentence "Since the plan was made, …"
 */
export function stale(differences: string[]): ScimError {
	return new ScimError(
		'stale',
		`Since the plan was made, ${differences.join('; ')}. Nothing was done.`,
		'Make a new plan: it sees what is there now.',
	);
}

/** @param note what became of that on which it depends */
export function notTried(why: string, note = ''): Pick<ChangeResult, 'outcome' | 'note'> {
	return { outcome: 'notTried', note: `Not tried, because ${why}. ${note}`.trim() };
}

/** A change that is not one of a plan that may be applied here and now. */
export function planRefused(message: string, remedy: string): ScimError {
	return new ScimError('planRefused', `${message} Nothing was done.`, remedy);
}

/** Every further request would meet it as well, and wait as long. */
export function concernsAllChanges(error: ScimError): boolean {
	return ['tokenRejected', 'network', 'rateLimited'].includes(error.kind);
}
