import { assertMayTakeAway } from '../../../../lib/directory/guards/guards';
import type { LockdownOutcome } from '../../../../lib/directory/lockdown/lockdown';
import type { LockdownRecord } from '../../../../lib/directory/lockdown/lockdownRecord';
import type { Applied } from '../../../../lib/lifecycle/applied';
import { nothingApplied } from '../../../../lib/lifecycle/applied';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { afterCopy, afterLockdown, attemptOf } from '../../../../lib/lifecycle/leavers/afterLockdown';
import { afterRemind, afterWatch } from '../../../../lib/lifecycle/leavers/afterLook';
import type { ComeBack } from '../../../../lib/lifecycle/leavers/afterLook';
import type { LockdownCase, RemovalAllowance } from '../../../../lib/lifecycle/leavers/lockdownCases';
import { lockdownCases } from '../../../../lib/lifecycle/leavers/lockdownCases';
import { ScimError } from '../../../../lib/scim/scimError';
import { isCancellation } from '../../execution/nodeErrors';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { lockDownAll } from '../lockDownAll';
import { reserveRemovals } from '../removalBudget';
import type { PersonLocator } from '../user/person';
import { findPerson, personLocator } from '../user/person';
import type { Applier, ApplyTools } from './appliers';
import type { LeaverApplySettings } from './leaverApplyProperties';
import { readLeaverApplySettings } from './leaverApplyProperties';

/** Carries out all removals together, then checks whether others have come back. */
export const applyToLeavers: Applier = async (rows, tools) => {
	const settings = readLeaverApplySettings(tools.parameters);
	const results = await lockOut(rows.filter(({ kind }) => kind === 'leave'), settings, tools);
	for (const row of rows) {
		if (row.kind === 'watch') {
			results.push(afterWatch(row, await comeBack(tools.session, row), systemClock.now()));
		} else if (row.kind === 'remind') {
			results.push(afterRemind(row, await comeBack(tools.session, row), settings.fallbackEmail));
		}
	}
	return merged(results);
};

async function lockOut(
	intended: StoredChange[],
	settings: LeaverApplySettings,
	{ context, session }: ApplyTools,
): Promise<Applied[]> {
	if (intended.length === 0) return [];
	const { journal, day, removalLimit } = settings;
	const execution = context.getExecutionId();
	const all = lockdownCases({ intended, journal, day, removalLimit, execution, now: systemClock.now() });
	const cases = all.filter(({ first }) => first === undefined);
	const outcomes = await lockdowns(cases, { context, session });
	const now = systemClock.now();
	const copies = all.flatMap(({ row, first }) => (first ? [afterCopy(row, first)] : []));
	const applied = cases.map(({ row, history }, index) => {
		const lockdown = outcomes[index] ?? { error: new ScimError('unexpectedAnswer', 'The lockdown gave no answer.', '') };
		const attempt = attemptOf(row, history);
		const earlierRecord = attempt && earlierRecordOf(attempt.key, settings.evidence);
		return afterLockdown({ row, lockdown, history, ...(earlierRecord ? { earlierRecord } : {}), settings, now });
	});
	return [...applied, ...copies];
}

/** @returns in the order of the cases. @throws ScimError `cancelled` */
async function lockdowns(
	cases: readonly LockdownCase[],
	{ context, session }: Pick<ApplyTools, 'context' | 'session'>,
): Promise<LockdownOutcome[]> {
	const allowances = new Map(cases.map(({ request, allowance }) => [request, allowance]));
	const budget = new SharedLimit(session);
	try {
		assertMayTakeAway(session.guards, 'remove people');
	} catch (error) {
		if (!(error instanceof ScimError)) return Promise.reject(error);
		return cases.map(() => ({ error }));
	}
	return await lockDownAll(
		context,
		session,
		cases.map(({ request }) => request),
		async (request) => {
			const allowance = allowances.get(request);
			if (allowance) await budget.reserve(allowance);
		},
	);
}

/**
 * Reserves removals, one after the other, within a limit that other executions use at the same time. Each row
 * counts the intentions that were stored before it, and rows are reserved in any order: what one row has
 * counted also applies to those reserved after it, so together they never exceed the limit.
 */
class SharedLimit {
	private mostUsed = 0;

	constructor(private readonly session: Session) {}

	/** @throws ScimError `limitReached` */
	async reserve(allowance: RemovalAllowance): Promise<void> {
		if ('error' in allowance) throw allowance.error;
		const { limit } = allowance;
		// A removal that a person has approved counts, but is not held.
		if (limit === Infinity) {
			this.session.removals.reserve(1, limit);
			return;
		}
		const alreadyUsed = Math.max(this.mostUsed, allowance.alreadyUsed);
		await reserveRemovals(this.session, 1, [{ limit, alreadyUsed }]);
		this.mostUsed = alreadyUsed;
	}
}

/** The newest record of an earlier attempt that has found the person. */
function earlierRecordOf(key: string, evidence: LeaverApplySettings['evidence']): Partial<LockdownRecord> | undefined {
	return evidence
		.filter((row) => row.key === key)
		.flatMap(({ record }) => parsed(record))
		.filter(({ person }) => Boolean(person))
		.at(-1);
}

function parsed(json: string): Partial<LockdownRecord>[] {
	try {
		const record: unknown = JSON.parse(json);
		return typeof record === 'object' && record !== null ? [record] : [];
	} catch {
		return [];
	}
}

/**
 * Whether a person who was removed is an active member again: by ID and by address, because another account
 * may have the address now. A person Notion does not find is gone.
 * @throws ScimError `cancelled`
 */
async function comeBack(session: Session, { userId, email }: StoredChange): Promise<ComeBack> {
	const lookUps: Array<() => PersonLocator> = [];
	if (userId !== '') lookUps.push(() => ({ by: 'id', value: userId }));
	if (email !== '') lookUps.push(() => personLocator({ mode: 'email', value: email }));
	if (lookUps.length === 0) return { failure: 'The row names no one.' };
	let failure: string | undefined;
	for (const locatorOf of lookUps) {
		try {
			const user = await findPerson(session, locatorOf());
			if (user?.active) return { member: { id: user.id, email: user.userName, role: user.role ?? 'member' } };
		} catch (error) {
			if (isCancellation(error) || !(error instanceof ScimError)) return Promise.reject(error);
			if (error.kind !== 'notFound') failure = `${error.message} ${error.remedy}`.trim();
		}
	}
	return failure === undefined ? { member: undefined } : { failure };
}

function merged(results: readonly Applied[]): Applied {
	const all = nothingApplied();
	for (const { changes, links, evidence, messages, alerts } of results) {
		all.changes.push(...changes);
		all.links.push(...links);
		all.evidence.push(...evidence);
		all.messages.push(...messages);
		all.alerts.push(...alerts);
	}
	return all;
}
