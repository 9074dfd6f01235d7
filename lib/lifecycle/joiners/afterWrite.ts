import type { Applied, Failure } from '../applied';
import type { GroupReference } from '../details';
import { isSameAddress, nameOf } from '../employees';
import type { StoredChange } from '../journal';
import type { Link, StoredLink } from '../links';
import { accountLink } from '../links';
import { isWorthAnotherTry, retryAlert, retryValues } from '../tries';

/** What was written to Notion for a hire or a change. */
export interface WriteResult {
	/** The member; undefined if there is none, or if it is unknown. */
	user?: {
		id: string;
		/** `created`, `updated`, `unchanged`, `unconfirmed` or `notTaken`. */
		outcome: string;
		/** What Notion stored differently from the request. */
		note: string;
	};
	/**
	 * Each group that the row names; with a failure if the person did not join it, and a note if Notion's
	 * answer cannot be confirmed.
	 */
	groups: Array<{ group: GroupReference; failure?: Failure; note?: string }>;
	/** Why the person was not written. */
	failure?: Failure;
}

/** What was known before the write. */
interface Before {
	links: readonly StoredLink[];
	/** Epoch milliseconds. */
	now: number;
}

/** The result of writing a hire or a change: its row, the link, and an alert if the admin must look. */
export function afterWrite(row: StoredChange, result: WriteResult, before: Before): Pick<Applied, 'changes' | 'links' | 'alerts'> {
	const { user, groups } = result;
	const failures = [result.failure, ...groups.map(({ failure }) => failure)].flatMap((failure) => failure ?? []);
	const notes = [user?.note ?? '', ...groups.map(({ note = '' }) => note)];
	const reason = [...new Set([...failures.map(({ text }) => text), ...notes])].filter((text) => text !== '').join(' ');
	const joined = namesOf(groups.filter(({ failure }) => !failure));
	const missing = namesOf(groups.filter(({ failure }) => failure));
	const written: StoredChange = {
		...row,
		userId: user?.id ?? row.userId,
		reason,
		outcome: user?.outcome ?? (isKept(row, failures) ? 'notTaken' : 'failed'),
		details: {
			...(joined.length > 0 ? { groupsJoined: joined } : {}),
			...(missing.length > 0 ? { groupsMissing: missing } : {}),
		},
	};
	const end = endOf(written, row, failures, before.now);
	const link = user ? linkAfter(end.row, before.links) : undefined;
	return { changes: [end.row], links: link ? [link] : [], alerts: end.alert ? [end.alert] : [] };
}

function namesOf(groups: WriteResult['groups']): string[] {
	return groups.map(({ group }) => group.name);
}

/** Notion changes names only of people with a verified domain, which no one can correct here. */
function isKept({ kind }: StoredChange, failures: readonly Failure[]): boolean {
	return (
		kind === 'change' && failures.length > 0 && failures.every((failure) => ['notTaken', 'refused'].includes(failure.kind ?? ''))
	);
}

/** The final row: done, retried, or handed to the admin. */
function endOf(
	written: StoredChange,
	row: StoredChange,
	failures: readonly Failure[],
	now: number,
): { row: StoredChange; alert?: Applied['alerts'][number] } {
	if (failures.length === 0 || isKept(row, failures)) return { row: { ...written, state: 'done' } };
	const name = nameOf(row);
	const why = written.reason;
	if (failures.some(({ kind }) => isWorthAnotherTry(kind))) {
		const attempts = row.attempts + 1;
		const alert = retryAlert({ workflow: 'onboarding', name, attempts, why });
		// The statements of a signed event about the person are needed again.
		const details = { ...row.details, ...written.details };
		return { row: { ...written, ...retryValues(attempts, why, now), details }, ...(alert ? { alert } : {}) };
	}
	const alert = { key: `onboarding: ${name}`, text: `${name}: ${why}` };
	const isProtected = failures.some(({ kind }) => kind === 'protectedPerson');
	const outcome = written.userId !== '' && !isProtected && written.outcome !== 'failed' ? written.outcome : 'refused';
	// A hire waits until the admin adds what is missing; a change comes again with the next one.
	const state = row.kind === 'hire' && !isProtected ? 'needsPerson' : 'refused';
	return { row: { ...written, state, outcome }, alert };
}

/** The link of the employee to the account, if it differs from the stored one. */
function linkAfter(row: StoredChange, links: readonly StoredLink[]): Link | undefined {
	const { source, employeeId, companyId, email, userId, outcome } = row;
	if (employeeId === '' || email === '' || userId === '' || outcome === 'refused') return undefined;
	const link = accountLink({ source, employeeId, companyId, email }, links);
	if (link?.userId === userId && isSameAddress(link.email, email)) return undefined;
	// A link that was written before the company was known stays one row.
	return { source, employeeId, companyId: link?.companyId ?? companyId, email, userId };
}
