import type { Application } from './application';
import { notTried } from './applyResult';
import type { Answer } from './changeRunner';
import type { PlannedChange } from '../plan/plannedChange';

/** Why an earlier change did not bring about what it should; undefined where it did. */
export function failureOf(
	{ runner, before }: Pick<Application, 'runner' | 'before'>,
	change: PlannedChange | undefined,
): string | undefined {
	const result = change && (runner.results.get(change) ?? before.resultOf(change));
	if (!result || result.outcome === 'done' || result.outcome === 'unchanged') return undefined;
	return result.note;
}

/**
 * That a member is the person of the directory may be known from their new address only: where they did
 * not get it, nothing that follows from it happens either.
 */
export function renameFailure(application: Application, userId: string): Answer | undefined {
	const why = failureOf(application, application.before.renameOf(userId));
	return why === undefined ? undefined : notTried('the new address was not given', why);
}
