import { everyJob, given, wantedFor } from './setupWorld.mts';
import { slotFor } from '../../../setup/src/catalog/credentials.mts';
import type { GivenAnswers } from '../../../setup/src/answers/answers.mts';
import { surroundingsOf } from '../../../setup/src/plan/planSetUp.mts';
import { contentOf, type WorkflowContent } from '../../../setup/src/wanted/content.mts';
import { credentialTypesOf } from '../../../setup/src/wanted/credentialTypes.mts';

function contents(values: GivenAnswers): Map<string, WorkflowContent> {
	const wanted = wantedFor(values);
	const surroundings = { ...surroundingsOf(wanted, () => false), idOf: (key: string) => `id of ${key}` };
	return new Map(wanted.workflows.map((one) => [one.key, contentOf(one, surroundings)]));
}

const node = (content: WorkflowContent | undefined, name: string) => content?.nodes.find((one) => one.name === name);

const ALL = contents(everyJob);

describe('a workflow as it is made', () => {
	it('follows those that it calls', () => {
		const order = [...ALL.keys()];
		const before = (one: string, other: string) => order.indexOf(one) < order.indexOf(other);
		expect(before('error-notification', 'onboarding')).toBe(true);
		expect(before('sources/bamboohr', 'onboarding')).toBe(true);
		expect(before('offboarding-lockdown', 'offboarding-release')).toBe(true);
		expect(before('emergency-lockdown', 'due-changes')).toBe(true);
	});

	it('has no empty picker and no empty address', () => {
		for (const [key, { nodes }] of ALL) {
			for (const { name, parameters, disabled } of nodes) {
				if (disabled) continue;
				const text = JSON.stringify({ ...parameters, options: {} });
				expect([key, name, text]).toEqual([key, name, expect.not.stringMatching(/"(workflowId|timeZone)":\{[^}]*"value":""|"(fromEmail|toEmail|fallbackEmail|fallbackReviewer)":"",?/)]);
			}
		}
	});

	it('has a credential in every node that asks for one', () => {
		const { assets, answers, credentials } = wantedFor(everyJob);
		for (const [key, { nodes }] of ALL) {
			for (const one of nodes) {
				const asked = credentialTypesOf(one, assets.credentialUses).filter((type) => type !== 'notionAdminApi');
				expect([key, one.name, Object.keys(one.credentials ?? {})]).toEqual([key, one.name, asked]);
				for (const type of asked) expect(credentials.get(slotFor(type, key, answers))?.type).toBe(type);
			}
		}
	});

	it('gets the least access that its work needs', () => {
		const nameIn = (key: string, name: string) => node(ALL.get(key), name)?.credentials?.['notionScimApi']?.name;
		expect(nameIn('onboarding', 'Apply changes')).toBe('Notion SCIM: no removals');
		expect(nameIn('offboarding-lockdown', 'Apply changes')).toBe('Notion SCIM: full access');
		expect(nameIn('nightly-comparison', 'Find missed')).toBe('Notion SCIM: read only');
	});

	it('runs in the zone of the company, and keeps what is not stored of idle executions', () => {
		expect([...ALL.values()].every(({ settings }) => settings['timezone'] === 'Europe/Berlin')).toBe(true);
		expect(ALL.get('due-changes')?.settings).toMatchObject({ saveDataSuccessExecution: 'none', executionOrder: 'v1' });
	});

	it('has an error workflow only where n8n would not run that instead of its own Error Trigger', () => {
		const withErrorWorkflow = [...ALL].filter(([, { settings }]) => 'errorWorkflow' in settings).map(([key]) => key);
		expect(withErrorWorkflow.sort()).toEqual(
			['directory-sync-approval', 'directory-sync-status', 'emergency-confirm', 'import-members', 'license-removal', 'offboarding-release'],
		);
	});

	it('switches off a call that no job needs', () => {
		const few = contents(given);
		expect(node(few.get('due-changes'), 'Call emergency')?.disabled).toBe(true);
		expect(node(few.get('due-changes'), 'Call onboarding')?.disabled).toBeUndefined();
		expect(node(ALL.get('emergency-lockdown'), 'Lock out of Entra')?.disabled).toBe(true);
		expect(node(ALL.get('emergency-lockdown'), 'Plan changes')?.parameters['apps']).toEqual(['notion']);
	});

	it('locks people out of the directory only with a yes', () => {
		const content = contents({ ...everyJob, lockOut: true }).get('emergency-lockdown');
		expect(node(content, 'Lock out of Okta')).not.toHaveProperty('disabled');
		expect(node(content, 'Plan changes')?.parameters['apps']).toEqual(['notion', 'okta']);
	});

	it('starts from n8n\'s Webhook node where the second package cannot be installed', () => {
		const content = contents({ ...given, provider: 'webhook' }).get('onboarding');
		expect(node(content, 'HrisEvents')).toBeUndefined();
		expect(content?.connections).not.toHaveProperty('HrisEvents');
		expect(node(content, 'HrisWebhook')).not.toHaveProperty('disabled');
		expect(node(content, 'HrisWebhook')?.credentials).toHaveProperty('httpHeaderAuth');
		expect(node(content, 'Receive events')?.parameters['source']).toBe('bamboohr');
	});

	it('puts new members into no group where the admin named none: those of the file are examples', () => {
		expect(node(contents(given).get('onboarding'), 'Plan changes')?.parameters['departmentGroups']).toEqual({
			entries: [{ department: '*', group: { __rl: true, mode: 'name', value: '' } }],
		});
	});

	it('lets groups of teamspaces follow the directory, and people only where that is a job, too', () => {
		const planOf = (jobs: string[]) => node(contents({ ...everyJob, jobs }).get('directory-sync'), 'Plan changes')?.parameters;
		expect(planOf(['group-teamspace-sync'])).toMatchObject({ managedGroups: 'Design, eng-*', onInactive: 'report', moreToSync: { createMissing: false }, mode: 'dryRun' });
		expect(planOf(['group-teamspace-sync', 'directory-sync'])).toMatchObject({ managedGroups: 'Design, eng-*', onInactive: 'remove', moreToSync: {} });
		expect(planOf(['directory-sync'])).toMatchObject({ managedGroups: '' });
	});

	it('hears of changed groups from the HRIS, or from the directory where no HRIS reports', () => {
		const triggers = (values: GivenAnswers) => contents({ ...everyJob, ...values }).get('group-teamspace-sync')?.nodes.filter(({ name }) => /Events|Hint/.test(name));
		expect(triggers({})?.map(({ name }) => name)).toEqual(['HrisEvents']);
		const hinted = triggers({ jobs: ['group-teamspace-sync'], hris: undefined });
		expect(hinted?.map(({ name }) => name)).toEqual(['DirectoryHint']);
		expect(hinted?.[0]?.credentials?.['httpHeaderAuth']?.name).toBe('Notion SCIM: hints of the directory');
	});

	it('puts departments into the groups that the admin named', () => {
		const content = contents({ ...given, groups: [{ department: '*', group: 'Everyone' }] }).get('onboarding');
		expect(node(content, 'Plan changes')?.parameters['departmentGroups']).toEqual({
			entries: [{ department: '*', group: { __rl: true, mode: 'name', value: 'Everyone' } }],
		});
	});

	it('reads the HRIS of this company', () => {
		const settings = JSON.stringify(node(ALL.get('sources/bamboohr'), 'Settings')?.parameters);
		expect(settings).toContain('"value":"acme"');
		expect(settings).toContain('"value":"Europe/Berlin"');
	});
});
