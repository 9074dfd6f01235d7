import { type Answers, SECRET_VARIABLES, type Secrets } from '../answers/answers.mts';
import type { Assets } from '../assets.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import { eventWebhooks, hasSecretForEachWebhook } from '../catalog/events.mts';
import { sources } from '../catalog/sources.mts';
import type { MissingSecret } from '../plan/usedCredentials.mts';
import type { Io, Questions } from './io.mts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment holds; an empty variable counts as missing. */
export function secretsIn(environment: Environment): Secrets {
	const secrets: Secrets = {};
	for (const name of secretNames) secrets[name] = environment[SECRET_VARIABLES[name]] || undefined;
	return secrets;
}

const isSecretName = (name: string): name is keyof Secrets => Object.hasOwn(SECRET_VARIABLES, name);

export const secretNames: readonly (keyof Secrets)[] = Object.keys(SECRET_VARIABLES).filter(isSecretName);

/** What a secret is asked with. */
export interface SecretQuestion {
	message: string;
	/** What the admin does first, where the secret comes to exist only then. */
	before?: string;
}

/** Asks for the secrets of credentials that do not exist; an optional one comes from the environment only. */
export async function askForSecrets(
	given: Secrets,
	missing: readonly MissingSecret[],
	{ provider }: Pick<Answers, 'provider'>,
	questionOf: (credential: WantedCredential) => SecretQuestion,
	{ ask, say }: { ask: Questions; say: Io['say'] },
): Promise<Secrets> {
	const secrets = { ...given };
	for (const { credential, hasStandIn } of missing) {
		const { secret, isOptional } = credential;
		const canBeLeftOut = hasStandIn(secrets);
		if (secrets[secret] !== undefined || isOptional || (canBeLeftOut && !hasSecretForEachWebhook(provider))) continue;
		const { message, before } = questionOf(credential);
		if (before !== undefined) say(before);
		secrets[secret] = (await ask.secret(`${message}${canBeLeftOut ? ' (Enter: the one for hires)' : ''}`)) || undefined;
	}
	return secrets;
}

/** The question for a secret, in the words of where it is made. */
export function secretQuestions(answers: Answers, { providers }: Assets, urlOf: (slot: string) => string | undefined) {
	const { hris, directory, provider, smtpHost, smtpUser, formUser } = answers;
	const known = providers.find(({ name }) => name === provider);
	const hint = known?.secretHint.replace(/^Secret: /, '') ?? 'a value of at least 16 characters, which your HRIS sends as X-HRIS-Key';
	const events = (what: string) => `${known?.title ?? 'HRIS'}, webhook for ${what}: ${hint}`;
	const questions: Record<keyof Secrets, string> = {
		scimToken: 'Notion: the SCIM token',
		adminToken: 'Notion: the Admin API token',
		hrisSecret: sources[hris ?? '']?.secret ?? 'Secret of the HRIS',
		directorySecret: sources[directory ?? '']?.secret ?? 'Secret of the directory',
		eventsSecret: events(eventWebhooks.onboarding.what),
		leaverEventsSecret: events(eventWebhooks['offboarding-lockdown'].what),
		groupEventsSecret: events(eventWebhooks['group-teamspace-sync'].what),
		hintSecret: 'A secret of your choice, which your directory sends as X-HRIS-Key when a group has changed',
		emergencySecret: 'Emergency calls: the secret of your security tool, whsec_ and at least 16 bytes in base64',
		smtpPassword: `Password of ${smtpUser} at ${smtpHost}`,
		formPassword: `A password of your choice: it opens the forms and pages of these workflows, for the user "${formUser}"`,
	};
	return ({ slot, secret }: WantedCredential): SecretQuestion => {
		const url = urlOf(slot);
		if (url === undefined) return { message: questions[secret] };
		return { message: questions[secret], before: `\nIn ${known?.title ?? 'your HRIS'}, make a webhook to this address. It answers once this is done:\n  ${url}` };
	};
}
