import { type Applied, nothingApplied } from '../applied';
import type { Change, StoredChange } from '../journal';
import { isoText } from '../zones';
import { type AppAccount, type AppName, APPS, type LockAnswers } from './apps';
import type { NoAccount } from './pickAccount';

/** One person in one app, whom an emergency locks out. */
export interface AppCase {
	app: AppName;
	/** A row of kind `emergency` and state `intended`. */
	row: StoredChange;
	/** Epoch milliseconds. */
	now: number;
}

type Outcome = 'lockedDown' | 'alreadyLocked' | 'notFound' | 'failed' | 'notVerified' | 'protected';

const STATES: Readonly<Record<Outcome, Change['state']>> = {
	lockedDown: 'done',
	alreadyLocked: 'done',
	notFound: 'done',
	failed: 'needsPerson',
	notVerified: 'needsPerson',
	protected: 'refused',
};

/** The text of an alert after "ada@example.com in Okta". */
const ALERTS: Readonly<Partial<Record<Outcome, (why: string) => string>>> = {
	notFound: (why) => `no one of this address was found. ${why} Look for another address of theirs.`,
	failed: (why) => `access has not been ended. ${why} End it by hand, or call again.`,
	notVerified: (why) => `it is not certain that access has ended. ${why} Check, and end it by hand.`,
	protected: (why) => `was named, but is protected, and was not locked out. ${why} Find out who called, and why.`,
};

/** The final state of a row whose account is left alone. */
export function afterSearch(about: AppCase, { outcome, why }: NoAccount): Applied {
	const isUsual = outcome === 'notFound' && about.row.details.quietNotFound === true;
	return ended(about, { outcome, why, isTold: !isUsual });
}

/** The final state of a row whose account was locked. Only what was read afterwards counts. */
export function afterLocking(
	about: AppCase,
	account: Pick<AppAccount, 'id' | 'isLocked' | 'state'>,
	answers: LockAnswers,
): Applied {
	const { app, row, now } = about;
	const { isLocked, open, state } = APPS[app].after(answers, account.state);
	const label = APPS[app].label;
	const isVerified = isLocked === true && open.length === 0;
	const success = account.isLocked
		? { outcome: 'alreadyLocked' as const, why: `Was locked out of ${label} before. Sessions were ended again.` }
		: { outcome: 'lockedDown' as const, why: `Locked out of ${label}, and seen to be.` };
	const failure = { outcome: isLocked === false ? ('failed' as const) : ('notVerified' as const), why: open.join(' ') };
	const { outcome, why } = isVerified ? success : failure;
	const { email, requestedBy, reference } = row;
	const asked = { requestedBy, reference, reason: row.details.callReason ?? '' };
	const seen = { seenAt: isoText(now), before: account.state, after: state, open };
	const record = { app, email, account: account.id, outcome, ...asked, ...seen };
	return {
		...ended(about, { outcome, why, isTold: !isVerified }),
		evidence: [{ key: row.key, record: JSON.stringify(record) }],
	};
}

/** A row that is not for this workflow: no account is touched. */
export function afterMistake(row: StoredChange, app: AppName, why: string): Applied {
	return {
		...nothingApplied(),
		changes: [{ ...row, state: 'needsPerson', reason: why }],
		alerts: [{ key: alertKey(row, app), text: `${row.email || 'A row'} in ${APPS[app].label}: access has not been ended. ${why}` }],
	};
}

function ended({ app, row, now }: AppCase, { outcome, why, isTold }: { outcome: Outcome; why: string; isTold: boolean }): Applied {
	const isLocked = outcome === 'lockedDown' || outcome === 'alreadyLocked';
	const text = isTold ? ALERTS[outcome]?.(why) : undefined;
	return {
		...nothingApplied(),
		changes: [
			{
				...row,
				state: STATES[outcome],
				outcome,
				reason: why,
				dueAt: '',
				...(outcome === 'lockedDown' ? { removedAt: isoText(now) } : {}),
				details: isLocked ? { ...row.details, verifiedAt: isoText(now) } : row.details,
			},
		],
		alerts: text === undefined ? [] : [{ key: alertKey(row, app), text: `${row.email} in ${APPS[app].label}: ${text}` }],
	};
}

function alertKey({ email }: StoredChange, app: AppName): string {
	return `emergency-lockdown: ${email} in ${APPS[app].label}`;
}
