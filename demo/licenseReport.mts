import type { Sandbox, Workspace } from '../sandbox/server.mts';
import type { Profile } from '../sandbox/workspace/account.mts';

/** Seats of these kinds, so that the report shows something. */
const LEFT = 9;
const UNLISTED = 6;

/** A workflow whose webhook answers with the report on all members of the sandbox. */
export function licenseReportWorkflow({ workspace }: Sandbox) {
	addOddMembers(workspace);
	const profiles = workspace.members().map(({ profile }) => profile);
	return workflowOf(JSON.stringify(directoryOf(profiles).map((json) => ({ json }))));
}

/** Machines, people of an agency and a second account: what a report should find. */
function addOddMembers(workspace: Workspace): void {
	workspace.addUser({ email: 'bot@example.com' });
	workspace.addUser({ email: 'svc-backup@example.com' });
	for (const name of ['anna', 'ben', 'cleo', 'dan']) workspace.addUser({ email: `${name}@agency.example` });
	workspace.addUser({ email: 'ada+test@example.com', name: 'Ada Lovelace' });
}

/** What a directory says of these members: some have left, one is suspended, some are missing. */
function directoryOf(profiles: Profile[]): object[] {
	const listed = profiles.filter(
		({ userName }) => userName.endsWith('@example.com') && !/^(bot|svc-|ada\+)/.test(userName),
	);
	const usual = listed.filter(({ userName }) => !['owner@example.com', 'ada@example.com'].includes(userName));
	const left = new Set(usual.slice(-LEFT).map(({ userName }) => userName));
	const unlisted = new Set(usual.slice(-LEFT - UNLISTED, -LEFT).map(({ userName }) => userName));
	const suspended = usual[20]?.userName;
	const persons = listed
		.filter(({ userName }) => !unlisted.has(userName))
		.map(({ userName, name }, index) => ({
			source: 'entra',
			sourceId: `person-${index}`,
			active: !left.has(userName),
			status: left.has(userName) ? 'inactive' : userName === suspended ? 'suspended' : 'active',
			statusWord: left.has(userName) ? 'disabled' : 'enabled',
			email: userName,
			displayName: name.formatted,
			department: ['Engineering', 'Design', 'Sales', 'Finance'][index % 4],
			managerEmail: index % 7 === 0 ? undefined : 'grace@example.com',
		}));
	const manifest = {
		manifest: true,
		source: 'entra',
		readAt: new Date().toISOString(),
		pages: 3,
		count: persons.length,
		complete: true,
		groupsComplete: true,
		attributesRead: ['email', 'displayName', 'department', 'managerEmail'],
	};
	return [...persons, manifest];
}

/** @param items of the directory, as JSON */
function workflowOf(items: string) {
	const names = ['Page', 'Directory', 'Reconcile', 'Answer'];
	return {
		name: 'License report',
		nodes: [
			node('Page', 'n8n-nodes-base.webhook', 2, { path: 'license-report', responseMode: 'responseNode', options: {} }),
			node('Directory', 'n8n-nodes-base.code', 2, { jsCode: `return ${items};` }),
			node('Reconcile', 'n8n-nodes-notion-scim.notionScim', 1, {
				resource: 'license',
				operation: 'reconcile',
				costPerSeat: 24,
				currency: 'EUR',
				contractedSeats: 260,
				renewalDate: `${new Date().getFullYear() + 1}-02-01`,
				options: { title: 'Notion seats of Example Ltd' },
			}),
			node('Answer', 'n8n-nodes-base.respondToWebhook', 1.4, {
				respondWith: 'binary',
				responseDataSource: 'set',
				inputFieldName: 'report',
				options: {},
			}),
		],
		connections: Object.fromEntries(
			names.slice(1).map((to, index) => [names[index], { main: [[{ node: to, type: 'main', index: 0 }]] }]),
		),
	};
}

function node(name: string, type: string, typeVersion: number, parameters: object) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
