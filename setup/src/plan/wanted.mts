import type { Answers, Secrets } from '../answers/answers.mts';
import type { Assets } from '../assets.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import type { WantedWorkflow } from '../wanted/wantedWorkflows.mts';

/** Everything that the admin wants of this run. */
export interface Wanted {
	answers: Answers;
	assets: Assets;
	workflows: readonly WantedWorkflow[];
	/** By slot. */
	credentials: ReadonlyMap<string, WantedCredential>;
	secrets: Secrets;
	updatesCredentials: boolean;
	overwrite: ReadonlySet<string>;
}
