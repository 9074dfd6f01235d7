import { z } from 'zod';

import type { AppAnswer } from './appAnswer';

export const APP_NAMES = ['entra', 'okta', 'google'] as const;

/** An app whose accounts a sub-workflow locks by HTTP requests. Notion is not one of them. */
export type AppName = (typeof APP_NAMES)[number];

/** An account of an app. */
export interface AppAccount {
	id: string;
	/** All addresses by which the app knows the account. */
	names: string[];
	isLocked: boolean;
	/** The state that was read, for the evidence. */
	state: Record<string, unknown>;
}

/** The answers to the requests that lock one account. */
export interface LockAnswers {
	lock: AppAnswer;
	sessions: AppAnswer;
	/** The applications that had access before and still have it afterwards, if the app lists them. */
	grantsBefore?: AppAnswer;
	grantsAfter?: AppAnswer;
	/** The account, read again. */
	seen: AppAnswer;
}

/** What was observed after an account was locked. */
export interface Seen {
	/** Undefined if the last answer does not say. */
	isLocked: boolean | undefined;
	/** What is not done, as sentences. */
	open: string[];
	/** For the evidence. */
	state: Record<string, unknown>;
}

export interface App {
	/** The name that people use. */
	label: string;
	/** The requests for each account, in this order. */
	requests: ReadonlyArray<keyof LockAnswers>;
	/** The accounts in the answer to a search by address; undefined if the answer is not the app's. */
	accounts(answer: AppAnswer): AppAccount[] | undefined;
	/** @param before the state of the account when it was found */
	after(answers: LockAnswers, before: Record<string, unknown>): Seen;
}

const name = z.string().nullish().transform((value) => value ?? '');

const entraUser = z.object({
	id: z.string().min(1),
	userPrincipalName: name,
	mail: name,
	accountEnabled: z.boolean(),
	signInSessionsValidFromDateTime: name,
});

const entra: App = {
	label: 'Entra',
	requests: ['lock', 'sessions', 'seen'],
	accounts({ problem, body }) {
		const list = z.object({ value: z.array(entraUser) }).safeParse(body);
		if (problem !== undefined || !list.success) return undefined;
		return list.data.value.map((user) => ({
			id: user.id,
			names: [user.userPrincipalName, user.mail],
			isLocked: !user.accountEnabled,
			state: entraState(user),
		}));
	},
	after({ lock, sessions, seen }, before) {
		const user = entraUser.safeParse(seen.body);
		const isLocked = user.success ? !user.data.accountEnabled : undefined;
		const state = user.success ? entraState(user.data) : {};
		const wasAccepted = z.object({ value: z.literal(true) }).safeParse(sessions.body).success;
		const areOver = wasAccepted && instantIn(state) > instantIn(before);
		return {
			isLocked,
			state,
			open: [
				...(isLocked ? [] : [sentence('The account is not seen disabled.', lock, seen)]),
				...(areOver ? [] : [sentence('Its sessions are not seen revoked.', sessions)]),
			],
		};
	},
};

function entraState(user: z.infer<typeof entraUser>) {
	return { accountEnabled: user.accountEnabled, sessionsValidFrom: user.signInSessionsValidFromDateTime };
}

/** Sessions that began before that instant are over. */
function instantIn({ sessionsValidFrom }: Record<string, unknown>): number {
	const at = Date.parse(String(sessionsValidFrom));
	return Number.isNaN(at) ? 0 : at;
}

const oktaUser = z.object({
	id: z.string().min(1),
	status: z.string(),
	profile: z.object({ login: name, email: name }),
});

const LOCKED_IN_OKTA = ['SUSPENDED', 'DEPROVISIONED'];

const okta: App = {
	label: 'Okta',
	requests: ['lock', 'sessions', 'seen'],
	accounts({ problem, body }) {
		const list = z.array(oktaUser).safeParse(body);
		if (problem !== undefined || !list.success) return undefined;
		return list.data.map(({ id, status, profile }) => ({
			id,
			names: [profile.login, profile.email],
			isLocked: LOCKED_IN_OKTA.includes(status),
			state: { status },
		}));
	},
	after({ lock, sessions, seen }) {
		const user = oktaUser.safeParse(seen.body);
		const status = user.success ? user.data.status : undefined;
		const isLocked = status === undefined ? undefined : LOCKED_IN_OKTA.includes(status);
		return {
			isLocked,
			state: { status },
			open: [
				...(isLocked ? [] : [sentence(`The account is ${status ?? 'not seen again'}.`, lock, seen)]),
				// Okta lists no sessions: its answer 204 is the only evidence.
				...(sessions.status === 204 ? [] : [sentence('Its sessions and tokens are not revoked.', sessions)]),
			],
		};
	},
};

const googleUser = z.object({
	id: z.string().min(1),
	primaryEmail: name,
	aliases: z.array(z.string()).default([]),
	nonEditableAliases: z.array(z.string()).default([]),
	suspended: z.boolean(),
});

/** Google's own answer that no account has this address; a proxy's 404 has no such body. */
const googleNotFound = z.object({
	error: z.object({ errors: z.array(z.object({ reason: z.string() })).nonempty() }),
});

/** Google leaves out an empty list. */
const googleGrants = z.object({
	kind: z.literal('admin#directory#tokenList'),
	items: z.array(z.object({ clientId: z.string() })).default([]),
});

const google: App = {
	label: 'Google',
	requests: ['lock', 'sessions', 'grantsBefore', 'grantsAfter', 'seen'],
	accounts({ status, problem, body }) {
		const none = googleNotFound.safeParse(body);
		if (status === 404 && none.success && none.data.error.errors[0].reason === 'notFound') return [];
		const user = googleUser.safeParse(body);
		if (problem !== undefined || !user.success) return undefined;
		const { id, primaryEmail, aliases, nonEditableAliases, suspended } = user.data;
		return [{ id, names: [primaryEmail, ...aliases, ...nonEditableAliases], isLocked: suspended, state: { suspended } }];
	},
	after({ lock, sessions, grantsBefore, grantsAfter, seen }) {
		const user = googleUser.safeParse(seen.body);
		const isLocked = user.success ? user.data.suspended : undefined;
		const left = clientsIn(grantsAfter);
		return {
			isLocked,
			state: { suspended: isLocked, applications: clientsIn(grantsBefore), applicationsLeft: left },
			open: [
				...(isLocked ? [] : [sentence('The account is not seen suspended.', lock, seen)]),
				...(sessions.status === 204 ? [] : [sentence('Its sessions are not ended.', sessions)]),
				...(left === undefined ? [sentence('Applications may still have access.', grantsAfter)] : []),
				...(left !== undefined && left.length > 0 ? [`Applications still have access: ${left.join(', ')}.`] : []),
			],
		};
	},
};

/** The applications in a list of grants; undefined if the answer is not Google's. */
function clientsIn(answer: AppAnswer | undefined): string[] | undefined {
	const grants = googleGrants.safeParse(answer?.body);
	return answer?.problem === undefined && grants.success ? grants.data.items.map(({ clientId }) => clientId) : undefined;
}

function sentence(what: string, ...answers: Array<AppAnswer | undefined>): string {
	const problems = new Set(answers.flatMap((answer) => answer?.problem ?? []));
	return [what, ...problems].join(' ');
}

export const APPS: Readonly<Record<AppName, App>> = { entra, okta, google };
