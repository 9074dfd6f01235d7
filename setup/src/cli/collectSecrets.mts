import { SECRET_VARIABLES, type Secrets } from '../answers/answers.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import { sources } from '../catalog/sources.mts';
import type { Assets } from '../assets.mts';
import type { Answers } from '../answers/answers.mts';
import type { Questions } from './io.mts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment holds; an empty variable counts as missing. */
export function secretsIn(environment: Environment): Secrets {
	const secrets: Secrets = {};
	for (const name of secretNames) secrets[name] = environment[SECRET_VARIABLES[name]] || undefined;
	return secrets;
}

const isSecretName = (name: string): name is keyof Secrets => Object.hasOwn(SECRET_VARIABLES, name);

export const secretNames: readonly (keyof Secrets)[] = Object.keys(SECRET_VARIABLES).filter(isSecretName);

/** Asks for the secrets of credentials that do not exist; an optional one comes from the environment only. */
export async function askForSecrets(
	given: Secrets,
	missing: readonly WantedCredential[],
	questionOf: (secret: keyof Secrets) => string,
	ask: Questions,
): Promise<Secrets> {
	const secrets = { ...given };
	for (const { secret, isOptional } of missing) {
		if (secrets[secret] !== undefined || isOptional) continue;
		secrets[secret] = (await ask.secret(questionOf(secret))) || undefined;
	}
	return secrets;
}

/** The question for a secret, in the words of where it is made. */
export function secretQuestions({ hris, directory, provider, smtpHost, formUser }: Answers, { providers }: Assets): (secret: keyof Secrets) => string {
	const hint = providers.find(({ name }) => name === provider)?.secretHint ?? 'Secret: the value of X-HRIS-Key';
	const questions: Record<keyof Secrets, string> = {
		scimToken: 'Notion SCIM token',
		adminToken: 'Notion Admin API token',
		hrisSecret: sources[hris ?? '']?.secret ?? 'Secret of the HRIS',
		directorySecret: sources[directory ?? '']?.secret ?? 'Secret of the directory',
		eventsSecret: `Events of the HRIS. ${hint}`,
		emergencySecret: 'Emergency calls: the secret of your security tool, whsec_ and at least 16 bytes in base64',
		smtpPassword: `Password at ${smtpHost}`,
		formPassword: `A password of your choice for the forms, for the user ${formUser}`,
	};
	return (secret) => questions[secret];
}
