import { providers } from '../../../hris-trigger/lib/providers';
import { HrisTrigger } from '../../../hris-trigger/nodes/HrisTrigger/HrisTrigger.node';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node';
import { type Assets, generatedSchema, readWorkflows, sourceChoices } from '../../../setup/src/assets.mts';
import type { Answers, GivenAnswers, Secrets } from '../../../setup/src/answers/answers.mts';
import { jobNames } from '../../../setup/src/catalog/jobs.mts';
import { credentialsFor } from '../../../setup/src/catalog/credentials.mts';
import { checkedAnswers } from '../../../setup/src/cli/collectAnswers.mts';
import type { ExistingWorkflow } from '../../../setup/src/n8n/schemas.mts';
import { newMark, rememberedOf, withMark } from '../../../setup/src/plan/mark.mts';
import { planSetUp, surroundingsOf } from '../../../setup/src/plan/planSetUp.mts';
import { usedCredentials } from '../../../setup/src/plan/usedCredentials.mts';
import type { Wanted } from '../../../setup/src/plan/wanted.mts';
import type { Existing, Plan } from '../../../setup/src/plan/steps.mts';
import { contentOf } from '../../../setup/src/wanted/content.mts';
import { wantedWorkflows } from '../../../setup/src/wanted/wantedWorkflows.mts';

const taken = {
	providers,
	credentialUses: {
		'n8n-nodes-notion-scim.notionScim': new NotionScim().description.credentials,
		'n8n-nodes-hris-trigger.hrisTrigger': new HrisTrigger().description.credentials,
	},
};

/** As the build takes them from the repository. */
export const assets: Assets = { ...generatedSchema.parse(JSON.parse(JSON.stringify(taken))), ...readWorkflows('workflows') };

export const given: GivenAnswers = {
	n8nUrl: 'https://n8n.example.com',
	jobs: ['onboarding', 'offboarding', 'nightly-comparison'],
	hris: 'bamboohr',
	zone: 'Europe/Berlin',
	ownedDomains: 'example.com',
	tokenCreator: 'owner@example.com',
	fields: { 'hris.company': 'acme' },
	mailFrom: 'n8n@company.example',
	mailTo: 'it@company.example, security@company.example',
	smtpHost: 'mail.company.example',
};

/** Every job, with a directory of its own. */
export const everyJob: GivenAnswers = {
	...given,
	jobs: [...jobNames],
	directory: 'okta',
	managedGroups: 'Design, eng-*',
	fields: { 'hris.company': 'acme', 'directory.url': 'https://acme.okta.com' },
};

export const answersFrom = (values: GivenAnswers): Answers => checkedAnswers(values, assets);

export const allSecrets: Secrets = {
	scimToken: 'scim-token',
	hrisSecret: 'hris-key',
	directorySecret: 'directory-key',
	eventsSecret: 'events-secret',
	emergencySecret: 'whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ==',
	smtpPassword: 'smtp-password',
	formPassword: 'form-password',
};

export function wantedFor(values: GivenAnswers = given, more: Partial<Wanted> = {}): Wanted {
	const answers = answersFrom(values);
	return {
		answers,
		assets,
		secrets: allSecrets,
		workflows: wantedWorkflows(assets, answers),
		credentials: credentialsFor(answers, { sources: sourceChoices(assets), providers: assets.providers }),
		updatesCredentials: false,
		overwrite: new Set(),
		...more,
	};
}

export const emptyN8n: Existing = {
	scopes: new Set(),
	packages: new Set(['n8n-nodes-notion-scim', 'n8n-nodes-hris-trigger']),
	credentials: new Map(),
	tables: [],
	tags: [],
	workflows: [],
};

/** An n8n after this plan was carried out. */
export function afterwards(wanted: Wanted): Existing {
	const idOf = (key: string) => `id of ${key}`;
	const used = usedCredentials(wanted, () => false).filter(({ secret }) => wanted.secrets[secret] !== undefined);
	const surroundings = { ...surroundingsOf(wanted, () => false), idOf };
	return {
		...emptyN8n,
		credentials: new Map(used.map(({ id, name, type }) => [id, { id, name, type }])),
		tables: wanted.assets.tables.map((table, index) => ({ id: String(index), ...table })),
		tags: [{ id: 'tag', name: 'Notion SCIM' }],
		workflows: wanted.workflows.map((one, index): ExistingWorkflow => {
			const content = contentOf(one, surroundings);
			const tables = wanted.assets.tables.map(({ name }) => name);
			const kept = one.key === 'error-notification' ? { tables, answers: rememberedOf(wanted.answers) } : {};
			return {
				...content,
				nodes: content.nodes.map((node) => ({ ...node, webhookId: `webhook ${node.name}` })),
				id: idOf(one.key),
				staticData: withMark({}, newMark(one.key, content, kept)),
				active: true,
				createdAt: `2026-01-01T00:00:${String(index).padStart(2, '0')}Z`,
				versionId: 'v',
				activeVersionId: 'v',
				isArchived: false,
				triggerCount: 1,
				tags: [{ id: 'tag', name: 'Notion SCIM' }],
			};
		}),
	};
}

/** The names of the steps, with what they are about. */
export function stepsOf({ steps }: Plan, kind: string): string[] {
	return steps.flatMap((step) => (step.kind === kind ? [nameIn(step)] : []));
}

function nameIn(step: Plan['steps'][number]): string {
	if ('wanted' in step) return step.wanted.key;
	if ('credential' in step) return step.credential.slot;
	if ('table' in step) return step.table.name;
	return 'name' in step ? step.name : '';
}

export const planFor = (existing: Existing, wanted: Wanted): Plan => planSetUp(existing, wanted);
