import { SECRET_VARIABLES, type Secrets } from '../answers/answers.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import type { ExistingCredential } from '../n8n/schemas.mts';
import type { Existing, Plan, Step } from './steps.mts';

interface Choice {
	secrets: Secrets;
	/** Whether credentials that exist get the given secrets and guards. */
	updates: boolean;
}

/** n8n shows no secret, so what is stored cannot be compared: it is kept unless the admin says otherwise. */
export function planCredentials(existing: Existing['credentials'], wanted: readonly WantedCredential[], { secrets, updates }: Choice): Plan {
	const own = wanted.filter(({ isReused }) => !isReused);
	const missing = own.filter(({ id, secret, isOptional }) => !existing.has(id) && secrets[secret] === undefined && !isOptional);
	const steps = own.flatMap((credential): Step[] => {
		const hasSecret = secrets[credential.secret] !== undefined;
		if (!existing.has(credential.id)) return hasSecret ? [{ kind: 'createCredential', credential }] : [];
		return [{ kind: updates && hasSecret ? 'updateCredential' : 'keepCredential', credential }];
	});
	const secretsMissing = [...new Set(missing.map(({ secret }) => secret))];
	const reused = wanted.filter(({ isReused }) => isReused);
	return {
		steps: [...steps, ...reused.map((credential): Step => ({ kind: 'keepCredential', credential }))],
		problems: [
			...secretsMissing.map((secret) => problemOf(secret, missing.filter((one) => one.secret === secret))),
			...reused.flatMap((one) => problemOfReused(one, existing.get(one.id))),
		],
	};
}

function problemOf(secret: keyof Secrets, credentials: readonly WantedCredential[]): string {
	const names = credentials.map(({ name }) => `"${name}"`).join(', ');
	return `${SECRET_VARIABLES[secret]} is missing: n8n does not have ${names}, which needs it.`;
}

function problemOfReused({ slot, id, type }: WantedCredential, found: ExistingCredential | undefined): string[] {
	if (found === undefined) return [`n8n has no credential with the ID ${id} (--reuse ${slot}=${id}). The ID is the end of the address at which n8n shows the credential.`];
	return found.type === type ? [] : [`The credential "${found.name}" (--reuse ${slot}=${id}) is of the type ${found.type}; ${type} is needed.`];
}
