import type { WantedCredential } from '../catalog/credentials.mts';
import type { ExistingCredential, ExistingTable, ExistingWorkflow, Tag, TableSpec } from '../n8n/schemas.mts';
import type { WantedWorkflow } from '../wanted/wantedWorkflows.mts';

/** What an n8n has, as far as it matters here. */
export interface Existing {
	/** Of the API key. */
	scopes: ReadonlySet<string>;
	/** Names of packages whose nodes n8n knows. */
	packages: ReadonlySet<string>;
	/** By ID: those of the wanted ones that are there. */
	credentials: ReadonlyMap<string, ExistingCredential>;
	tables: readonly ExistingTable[];
	/** Undefined where n8n has switched tags off. */
	tags: readonly Tag[] | undefined;
	workflows: readonly ExistingWorkflow[];
}

/** One thing that is done, or deliberately not done. */
export type Step =
	| { kind: 'installPackage'; name: string }
	| { kind: 'createCredential' | 'updateCredential'; credential: WantedCredential }
	| { kind: 'keepCredential'; credential: WantedCredential }
	| { kind: 'createTable'; table: TableSpec }
	| { kind: 'addColumns'; table: ExistingTable; columns: TableSpec['columns'] }
	| { kind: 'createTag' }
	| { kind: 'createWorkflow'; wanted: WantedWorkflow }
	| { kind: 'updateWorkflow'; wanted: WantedWorkflow; existing: ExistingWorkflow; overwritesChanges: boolean }
	| { kind: 'keepWorkflow'; wanted: WantedWorkflow; existing: ExistingWorkflow; isChangedByHand: boolean }
	| { kind: 'leaveWorkflow'; wanted: WantedWorkflow; existing: ExistingWorkflow }
	| { kind: 'publishWorkflow'; wanted: WantedWorkflow }
	| { kind: 'rememberAnswers'; existing: ExistingWorkflow };

export interface Plan {
	steps: Step[];
	/** Sentences about what must be put right before anything is done. */
	problems: string[];
}

/** Steps that leave n8n as it is. */
const IDLE: ReadonlySet<Step['kind']> = new Set(['keepCredential', 'keepWorkflow', 'leaveWorkflow']);

export const changesSomething = ({ kind }: Step): boolean => !IDLE.has(kind);
