import { SECRET_VARIABLES, type Secrets } from '../answers/answers.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import type { Existing, Plan } from './steps.mts';

interface Choice {
	secrets: Secrets;
	/** Whether credentials that exist get the given secrets and guards. */
	updates: boolean;
}

/** n8n shows no secret, so what is stored cannot be compared: it is kept unless the admin says otherwise. */
export function planCredentials(existing: Existing['credentials'], wanted: readonly WantedCredential[], { secrets, updates }: Choice): Plan {
	const plan: Plan = { steps: [], problems: [] };
	for (const credential of wanted) {
		const found = existing.get(credential.id);
		const hasSecret = secrets[credential.secret] !== undefined;
		if (found !== undefined) {
			const kind = updates && hasSecret ? 'updateCredential' : 'keepCredential';
			plan.steps.push({ kind, credential });
		} else if (hasSecret) {
			plan.steps.push({ kind: 'createCredential', credential });
		} else if (!credential.isOptional) {
			plan.problems.push(
				`The credential "${credential.name}" does not exist, and its secret was not given. Set ${SECRET_VARIABLES[credential.secret]}, or answer the question.`,
			);
		}
	}
	return plan;
}
