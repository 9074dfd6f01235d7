import type { ExistingWorkflow } from '../../../setup/src/n8n/schemas.mts';
import { markOf } from '../../../setup/src/plan/mark.mts';
import { changesSomething, type Existing } from '../../../setup/src/plan/steps.mts';
import { afterwards, allSecrets, emptyN8n, everyJob, given, planFor, stepsOf, wantedFor } from './setupWorld.mts';

const WORKFLOWS = ['error-notification', 'sources/bamboohr', 'onboarding', 'offboarding-lockdown', 'offboarding-release', 'due-changes', 'nightly-comparison'];

/** The n8n with one workflow as a person left it. */
function changed(existing: Existing, key: string, change: (workflow: ExistingWorkflow) => ExistingWorkflow): Existing {
	return { ...existing, workflows: existing.workflows.map((one) => (markOf(one)?.workflow === key ? change(one) : one)) };
}

const renamedNode = (workflow: ExistingWorkflow): ExistingWorkflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => (node.name === 'Plan changes' ? { ...node, parameters: { ...node.parameters, leadHours: 12 } } : node)),
});

describe('in an empty n8n', () => {
	const plan = planFor(emptyN8n, wantedFor());

	it('everything is made, and published after what it calls', () => {
		expect(plan.problems).toEqual([]);
		expect(stepsOf(plan, 'createCredential').sort()).toEqual(['events', 'forms', 'hris', 'scim-full', 'scim-noRemovals', 'scim-readOnly', 'smtp']);
		expect(stepsOf(plan, 'createTable')).toHaveLength(7);
		expect(stepsOf(plan, 'createWorkflow').sort()).toEqual([...WORKFLOWS].sort());
		expect(stepsOf(plan, 'publishWorkflow')).toEqual(stepsOf(plan, 'createWorkflow'));
		expect(plan.steps.findIndex(({ kind }) => kind === 'createWorkflow')).toBeGreaterThan(plan.steps.findLastIndex(({ kind }) => kind === 'createTable'));
	});

	it('the Admin API is part of it if there is a token', () => {
		const withAdmin = planFor(emptyN8n, wantedFor(given, { secrets: { ...allSecrets, adminToken: 'admin-token' } }));
		expect(stepsOf(withAdmin, 'createCredential')).toContain('admin');
	});

	it('a missing secret is a sentence that names its variable', () => {
		const { problems } = planFor(emptyN8n, wantedFor(given, { secrets: { ...allSecrets, hrisSecret: undefined } }));
		expect(problems).toEqual(['HRIS_SECRET is missing: n8n does not have "Notion SCIM: BambooHR", which needs it.']);
	});

	it('packages that n8n does not know are installed first', () => {
		const { steps } = planFor({ ...emptyN8n, packages: new Set() }, wantedFor());
		expect(steps.slice(0, 2)).toEqual([
			{ kind: 'installPackage', name: 'n8n-nodes-notion-scim' },
			{ kind: 'installPackage', name: 'n8n-nodes-hris-trigger' },
		]);
		const webhook = planFor({ ...emptyN8n, packages: new Set() }, wantedFor({ ...given, provider: 'webhook' }));
		expect(stepsOf(webhook, 'installPackage')).toEqual(['n8n-nodes-notion-scim']);
		const withoutHris = planFor({ ...emptyN8n, packages: new Set() }, wantedFor({ ...everyJob, jobs: ['directory-sync', 'group-teamspace-sync'], hris: undefined }));
		expect(stepsOf(withoutHris, 'installPackage')).toEqual(['n8n-nodes-notion-scim']);
	});

	it('a workflow that only a person starts is not published, because n8n refuses that', () => {
		const plan = planFor(emptyN8n, wantedFor({ ...given, jobs: ['import-members', 'token-health'], hris: undefined, fields: {} }));
		expect(stepsOf(plan, 'createWorkflow')).toEqual(['error-notification', 'import-members', 'token-health']);
		expect(stepsOf(plan, 'publishWorkflow')).toEqual(['error-notification', 'token-health']);
	});

	it('a workflow of the same name that was not made here is a problem, not a victim', () => {
		const [theirs] = afterwards(wantedFor()).workflows.filter((one) => markOf(one)?.workflow === 'onboarding');
		const existing = { ...emptyN8n, workflows: theirs === undefined ? [] : [{ ...theirs, staticData: {} }] };
		const { problems, steps } = planFor(existing, wantedFor());
		expect(problems).toEqual([expect.stringContaining('already has a workflow "Notion SCIM: onboarding" that this command did not make')]);
		expect(steps.filter((step) => 'existing' in step)).toEqual([]);
	});
});

describe('run again', () => {
	const before = afterwards(wantedFor());

	it('it changes nothing', () => {
		const { steps, problems } = planFor(before, wantedFor());
		expect(problems).toEqual([]);
		expect(steps.filter(changesSomething)).toEqual([]);
	});

	it('it changes nothing without the secrets, too', () => {
		expect(planFor(before, wantedFor(given, { secrets: {} })).steps.filter(changesSomething)).toEqual([]);
	});

	it('it updates what another answer changes, and keeps the rest', () => {
		const plan = planFor(before, wantedFor({ ...given, mailTo: 'new@company.example' }));
		expect(stepsOf(plan, 'updateWorkflow').sort()).toEqual(['error-notification', 'nightly-comparison', 'offboarding-lockdown']);
		expect(stepsOf(plan, 'publishWorkflow').sort()).toEqual(['error-notification', 'nightly-comparison', 'offboarding-lockdown']);
	});

	it('it keeps the answers for the next run, where something else changes, too', () => {
		const answers = { ...given, tokenCreator: 'new.owner@example.com' };
		expect(planFor(before, wantedFor(answers)).steps.filter(changesSomething)).toEqual([]);
		const changed = planFor(before, wantedFor({ ...answers, groups: [{ department: '*', group: 'Everyone' }] }));
		expect(changed.steps.filter(({ kind }) => kind === 'rememberAnswers')).toHaveLength(1);
		const alerts = before.workflows.find((one) => markOf(one)?.workflow === 'error-notification');
		expect(JSON.stringify(alerts?.staticData)).toContain('owner@example.com');
		expect(JSON.stringify(alerts?.staticData)).not.toMatch(/scim-token|hris-key|events-secret|smtp-password|form-password/);
	});

	it('it adds a job, and wires it into what is there', () => {
		const plan = planFor(before, wantedFor({ ...given, jobs: [...(given.jobs ?? []), 'emergency'] }));
		expect(stepsOf(plan, 'createWorkflow')).toEqual(['emergency-lockdown', 'emergency-confirm']);
		expect(stepsOf(plan, 'updateWorkflow')).toEqual(['due-changes']);
	});

	it('it keeps what a person has changed, as long as nothing else is wanted', () => {
		const plan = planFor(changed(before, 'onboarding', renamedNode), wantedFor());
		expect(plan.steps.filter(changesSomething)).toEqual([]);
		expect(plan.steps).toContainEqual(expect.objectContaining({ kind: 'keepWorkflow', isChangedByHand: true }));
	});

	it('it leaves what a person has changed where something else is wanted, until they say yes', () => {
		const theirs = changed(before, 'onboarding', renamedNode);
		const answers = { ...given, groups: [{ department: '*', group: 'Everyone' }] };
		expect(stepsOf(planFor(theirs, wantedFor(answers)), 'leaveWorkflow')).toEqual(['onboarding']);
		expect(stepsOf(planFor(theirs, wantedFor(answers)), 'publishWorkflow')).toEqual([]);
		const agreed = planFor(theirs, wantedFor(answers, { overwrite: new Set(['onboarding']) }));
		expect(agreed.steps).toContainEqual(expect.objectContaining({ kind: 'updateWorkflow', overwritesChanges: true }));
	});

	it.each<[string, (workflow: ExistingWorkflow) => ExistingWorkflow]>([
		['a name', (one) => ({ ...one, name: 'Ours' })],
		['a setting', (one) => ({ ...one, settings: { ...one.settings, timezone: 'UTC' } })],
		['a wire', (one) => ({ ...one, connections: {} })],
		['a credential', (one) => ({ ...one, nodes: one.nodes.map((node) => ({ ...node, credentials: { notionScimApi: { id: 'other' } } })) })],
		['a node that is switched off', (one) => ({ ...one, nodes: one.nodes.map((node) => ({ ...node, disabled: true })) })],
	])('it notices %s that a person has changed', (_what, change) => {
		const plan = planFor(changed(before, 'onboarding', change), wantedFor());
		expect(plan.steps).toContainEqual(expect.objectContaining({ kind: 'keepWorkflow', isChangedByHand: true }));
	});

	it('it takes the webhook IDs and triggers\' data that n8n adds for no change', () => {
		const added = changed(before, 'onboarding', (one) => ({
			...one,
			settings: { ...one.settings, availableInMCP: false },
			staticData: { ...one.staticData, 'node:Nightly': { recurrenceRules: [] } },
			nodes: one.nodes.map((node) => ({ ...node, webhookId: 'another' })),
		}));
		expect(planFor(added, wantedFor()).steps).toContainEqual(expect.objectContaining({ kind: 'keepWorkflow', isChangedByHand: false }));
	});

	it('it publishes again what was unpublished, and makes again what was archived', () => {
		const off = changed(before, 'onboarding', (one) => ({ ...one, active: false }));
		expect(stepsOf(planFor(off, wantedFor()), 'publishWorkflow')).toEqual(['onboarding']);
		const archived = changed(before, 'offboarding-release', (one) => ({ ...one, isArchived: true, active: false }));
		expect(stepsOf(planFor(archived, wantedFor()), 'createWorkflow')).toEqual(['offboarding-release']);
	});

	it('it replaces secrets only if that is asked for', () => {
		expect(stepsOf(planFor(before, wantedFor(given, { updatesCredentials: true })), 'updateCredential')).toContain('scim-full');
		expect(stepsOf(planFor(before, wantedFor()), 'updateCredential')).toEqual([]);
	});
});

describe('a credential of the admin\'s', () => {
	const answers = { ...given, reuse: { smtp: 'theirs' } };
	const withTheirs = (type: string): Existing => ({ ...emptyN8n, credentials: new Map([['theirs', { id: 'theirs', name: 'Relay', type }]]) });

	it('is used and not changed', () => {
		const plan = planFor(withTheirs('smtp'), wantedFor(answers, { updatesCredentials: true }));
		expect(plan.problems).toEqual([]);
		expect(stepsOf(plan, 'keepCredential')).toEqual(['smtp']);
		expect(stepsOf(plan, 'createCredential')).not.toContain('smtp');
	});

	it('must exist and be of the right type', () => {
		expect(planFor(emptyN8n, wantedFor(answers)).problems).toEqual([expect.stringContaining('n8n has no credential with the ID theirs (--reuse smtp=theirs)')]);
		expect(planFor(withTheirs('imap'), wantedFor(answers)).problems).toEqual(['The credential "Relay" (--reuse smtp=theirs) is of the type imap; smtp is needed.']);
	});
});

describe('tables', () => {
	const before = afterwards(wantedFor());
	const withColumns = (change: (columns: Existing['tables'][number]['columns']) => Existing['tables'][number]['columns']): Existing => ({
		...before,
		tables: before.tables.map((table) => (table.name === 'notion_scim_links' ? { ...table, columns: change(table.columns) } : table)),
	});

	it('get the columns that they lack', () => {
		const { steps } = planFor(withColumns((columns) => columns.slice(1)), wantedFor());
		expect(steps.filter(changesSomething)).toEqual([expect.objectContaining({ kind: 'addColumns', columns: [expect.any(Object)] })]);
	});

	it('keep columns of the admin\'s', () => {
		const { steps } = planFor(withColumns((columns) => [...columns, { name: 'note', type: 'string' }]), wantedFor());
		expect(steps.filter(changesSomething)).toEqual([]);
	});

	it('with a column of another type are a problem', () => {
		const { problems } = planFor(withColumns(([first, ...rest]) => [{ name: first?.name ?? '', type: 'number' }, ...rest]), wantedFor());
		expect(problems).toEqual([expect.stringMatching(/notion_scim_links has other columns.*is a number instead of a string.*Rename/)]);
	});

	it('whose names contain another one are a problem', () => {
		const tables = [...before.tables, { id: 'x', name: 'old_notion_scim_runs', columns: [] }];
		expect(planFor({ ...before, tables }, wantedFor()).problems).toEqual([expect.stringContaining('old_notion_scim_runs contains the name notion_scim_runs')]);
	});
});
