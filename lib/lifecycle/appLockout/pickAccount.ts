import { emailKey } from '../../scim/emailKey';
import { type AppAnswer, COULD_NOT_RUN } from './appAnswer';
import type { App, AppAccount } from './apps';

/** Why no account is locked. */
export interface NoAccount {
	outcome: 'notFound' | 'failed' | 'protected';
	/** A sentence. */
	why: string;
}

/**
 * The one account that an address leads to. Anything ambiguous is a failure, and no account is changed.
 * @param protectedEmails in any spelling
 */
export function pickAccount(
	app: App,
	email: string,
	answer: AppAnswer,
	protectedEmails: Iterable<string>,
): AppAccount | NoAccount {
	if (answer.didNotRun) return { outcome: 'failed', why: COULD_NOT_RUN };
	const accounts = app.accounts(answer);
	if (!accounts) return { outcome: 'failed', why: answer.problem ?? `The answer is not what ${app.label} sends.` };
	const [account, ...more] = accounts;
	if (!account) return { outcome: 'notFound', why: `No account in ${app.label} has this address.` };
	if (more.length > 0) return { outcome: 'failed', why: 'Several accounts have this address. Find out which one is meant.' };
	const names = account.names.map(emailKey);
	if (!names.includes(emailKey(email))) {
		return { outcome: 'failed', why: `${app.label} gave an account of another address.` };
	}
	if ([...protectedEmails].some((address) => names.includes(emailKey(address)))) {
		return { outcome: 'protected', why: 'This address leads to the account of a protected person.' };
	}
	return account;
}
