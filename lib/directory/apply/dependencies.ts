import type { Application } from './application';
import { notTried } from './applyResult';
import type { Answer } from './lineRunner';
import type { PlanItem } from '../plan/planItem';

/** Why an earlier line did not bring about what it should; undefined where it did. */
export function failureOf(
	{ runner, before }: Pick<Application, 'runner' | 'before'>,
	line: PlanItem | undefined,
): string | undefined {
	const result = line && (runner.results.get(line) ?? before.resultOf(line));
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
