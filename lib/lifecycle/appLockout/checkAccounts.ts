import { type Applied, nothingApplied } from '../applied';
import type { StoredChange } from '../journal';
import { readChanges } from '../journal';
import { type OpenAccount, readAccountItem } from './accountItem';
import { answersFor, notRun } from './appAnswer';
import { type AppName, APPS } from './apps';
import { afterLocking, afterMistake, afterSearch } from './outcomes';
import { pickAccount } from './pickAccount';

/** What is known before anything is locked. */
export interface Search {
	/** The rows whose accounts were searched for, as in the journal. */
	rows: readonly unknown[];
	/** What the app answered, in the order of the rows. */
	answers: readonly unknown[];
	/** Addresses whose accounts are never locked, in any spelling. */
	protectedEmails: ReadonlySet<string>;
	/** Epoch milliseconds. */
	now: number;
}

/** What is known after the apps were asked to lock the accounts. */
export interface Locking {
	/** The output of {@link beforeLocking}. */
	accounts: readonly unknown[];
	/** The app's answers: to the first request about each account, then to the second, and so on. */
	answers: readonly unknown[];
	/** Epoch milliseconds. */
	now: number;
}

/** An account that may be locked, and the answer it was found in. */
export type FoundAccount = OpenAccount & { item: number };

/** Which accounts may be locked, and the outcome of the other rows. */
export function beforeLocking(app: AppName, search: Search): { accounts: FoundAccount[]; others: Applied[] } {
	const { rows, now } = search;
	const answers = answersFor(rows.length, search.answers);
	const accounts: FoundAccount[] = [];
	const others: Applied[] = [];
	for (const [index, answer] of answers.entries()) {
		const row = readRow(rows[index], app);
		if ('alerts' in row) {
			others.push(row);
		} else if (row.state === 'intended') {
			const protectedEmails = [...search.protectedEmails, ...(row.details.protectedEmails ?? [])];
			const picked = pickAccount(APPS[app], row.email, answer, protectedEmails);
			if ('outcome' in picked) others.push(afterSearch({ app, row, now }, picked));
			else accounts.push({ item: index, row, account: picked });
		}
	}
	return { accounts, others };
}

/** The outcome for the accounts that were to be locked. */
export function afterLockingAll(app: AppName, { accounts, answers, now }: Locking): Applied[] {
	const { requests } = APPS[app];
	const all = answersFor(accounts.length * requests.length, answers);
	return accounts.map((item, index) => {
		const open = readAccountItem(item);
		if (!open) return unreadable(app, 'An account of Check App Account cannot be read.');
		const own = requests.map((request, position) => [request, all[position * accounts.length + index]] as const);
		const { lock = notRun(), sessions = notRun(), seen = notRun(), ...grants } = Object.fromEntries(own);
		return afterLocking({ app, row: open.row, now }, open.account, { lock, sessions, seen, ...grants });
	});
}

/** The row of an item, or an alert about an item that does not belong to this workflow. */
function readRow(item: unknown, app: AppName): StoredChange | Applied {
	const { rows, unreadable: illegible } = readChanges([item]);
	const [row] = rows;
	if (!row) return unreadable(app, illegible[0]?.why ?? 'An item is no row of the journal.');
	const isOwn = row.kind === 'emergency' && (row.details.app ?? app) === app;
	if (isOwn || row.state !== 'intended') return row;
	return afterMistake(row, app, `This workflow locks out of ${APPS[app].label}, and the row asks for something else.`);
}

function unreadable(app: AppName, why: string): Applied {
	const { label } = APPS[app];
	const alert = { key: `emergency-lockdown: unreadable in ${label}`, text: `${why} End the access to ${label} by hand.` };
	return { ...nothingApplied(), alerts: [alert] };
}
