import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import { z } from 'zod';

import { packPackage } from '../../demo/packPackage.mts';
import { importAlerts, raisedIn } from '../../demo/alerts.mts';
import { workflowFile } from '../../demo/world.mts';
import { makeDataTables } from '../../host/dataTables.mts';
import { filledIn } from '../../host/filledIn.mts';
import { signIn } from '../../host/n8nRest.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { startMailServer } from '../../vendors/mailServer.mts';
import { startCaller } from '../caller.mts';
import type { Measurement } from '../measure.mts';
import { since, stored } from '../storedExecutions.mts';
import { forgetPeaks, peakMegabytes } from '../memory.mts';

const DIRECTORY = 'directory.example.com';
const ROWS_AT_ONCE = 500;

interface Person {
	source: string;
	sourceId: string;
	email: string;
	displayName: string;
	title?: string;
	groups: string[];
	active: boolean;
}

/** A directory, a workspace that agrees with it, and an n8n in which workflows make them agree again. */
export interface DirectoryStage {
	/** Imports and publishes a workflow that reads this directory. @returns its ID */
	publish(file: unknown): Promise<string>;
	/** Imports and publishes directory-sync, which acts without asking. @returns its ID */
	publishSync(): Promise<string>;
	/** @throws Error where the execution did not succeed */
	run(workflowId: string): Promise<void>;
	/** Leaves a workflow the settings that it has after an import in the editor: none. */
	forgetSettings(workflowId: string): Promise<void>;
	/** As many people join, change and leave in the directory. */
	change(share: number): void;
	/** A run, with what it cost. */
	measure(name: string, workflowId: string): Promise<Measurement>;
	/** @throws Error where Notion is not as the directory says */
	expectSame(): void;
	/** Prints what n8n stored of each measured run, and how much memory it had. */
	showCosts(): void;
	stop(): Promise<void>;
}

/** @param folder everything that is written goes in here */
export async function startDirectoryStage(
	folder: string,
	size: { people: number; groups: number },
): Promise<DirectoryStage> {
	await mkdir(folder, { recursive: true });
	const sandbox = await startSandbox();
	const people = agree(sandbox, size);
	const directory = Fastify();
	directory.get('/people', async () => await Promise.resolve(answerOf(people)));
	const directoryUrl = await directory.listen({ host: '127.0.0.1', port: 0 });
	const mail = await startMailServer();
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package')), await packPackage(join(folder, 'package'), 'hris-trigger')],
		vendors: { 'api.notion.com': sandbox.url, [DIRECTORY]: directoryUrl },
	});
	const { client } = host;
	const database = join(folder, 'n8n', '.n8n', 'database.sqlite');
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: type, data });
	const credentials = {
		httpBearerAuth: await credential('httpBearerAuth', { token: sandbox.token }),
		smtp: await credential('smtp', { ...mail.credential }),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		}),
	};
	await makeDataTables(host);
	await storeLinks(host, people, sandbox);
	const alerts = await importAlerts(host);
	const source = await client.importWorkflow(sourceOfPeople(), { settings: 'keep' });
	await client.publish(source.id);
	const costs: Array<{ run: string; 'stored kB': number; 'peak MB': number }> = [];
	let joined = 0;
	let changed = 0;

	const publish = async (file: unknown) => {
		const subWorkflows = { 'Read the directory': source.id, ...raisedIn(file, alerts['Raise alert']) };
		const { id } = await client.importWorkflow(file, { credentials, subWorkflows, settings: 'keep' });
		await client.publish(id);
		return id;
	};
	const caller = await startCaller(host);

	return {
		publish,
		publishSync: async () =>
			await publish(
				filledIn(await workflowFile('directory-sync'), {
					// The clock would start a run of its own in between.
					EveryHour: { rule: { interval: [{ field: 'cronExpression', expression: '0 0 1 1 *' }] } },
					'Plan changes': {
						mode: 'apply',
						approval: 'never',
						syncAttributes: ['title'],
						managedGroups: 'team-*',
						groups: { adoptGroups: 'exact' },
						limits: { createLimit: size.people },
						removalLimit: size.people,
					},
				}),
			),
		run: async (workflowId) => {
			await caller.run(workflowId);
		},
		forgetSettings: async (workflowId) => {
			const workflow = (await client.workflows()).find(({ id }) => id === workflowId);
			if (!workflow) throw new Error(`There is no workflow ${workflowId}`);
			await client.saveWorkflow({ ...workflow, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'DEFAULT' } });
			await client.publish(workflowId);
		},
		change: (share) => {
			const staff = people.filter(({ active, groups }) => active && groups.length > 0);
			for (const person of staff.slice(0, share)) person.active = false;
			changed += 1;
			for (const person of staff.slice(share, 2 * share)) person.title = `Promoted ${changed}`;
			for (let more = 0; more < share; more += 1) people.push(newPerson(joined++, size.groups));
		},
		measure: async (name, workflowId) => {
			sandbox.requests.clear();
			forgetPeaks();
			const before = stored(database);
			const { own: milliseconds } = await caller.run(workflowId);
			const requests = sandbox.requests.count();
			const { bytes } = since(before, stored(database));
			costs.push({ run: name, 'stored kB': Math.round(bytes / 1000), 'peak MB': peakMegabytes() });
			return { milliseconds, requests };
		},
		expectSame: () => {
			const members = new Map(sandbox.workspace.members().map((member) => [member.profile.userName, member]));
			const inGroup = new Map(
				sandbox.workspace.groups().map(({ id, displayName }) => [displayName, new Set(sandbox.workspace.memberEmails(id))]),
			);
			const wrong = people.filter(({ email, active, title, groups }) => {
				const member = members.get(email);
				if (!active) return member !== undefined;
				if (title !== undefined && member?.profile.attributes['title'] !== title) return true;
				return !member || groups.some((name) => !inGroup.get(name)?.has(email));
			});
			if (wrong.length > 0) throw new Error(`${wrong.length} people are not in Notion as the directory says.`);
		},
		showCosts: () => console.table(costs),
		stop: async () => {
			await host.stop();
			await directory.close();
			await mail.close();
			await sandbox.close();
		},
	};
}

type SandboxHandle = Awaited<ReturnType<typeof startSandbox>>;

/** Fills the workspace. @returns the directory that agrees with it */
function agree(sandbox: SandboxHandle, size: { people: number; groups: number }): Person[] {
	const { workspace } = sandbox;
	sandbox.seedPeople(size.people - workspace.members().length);
	for (let number = 0; number < size.groups; number += 1) workspace.addGroup({ displayName: `team-${number}` });
	return workspace.members().map(({ id, profile, role }, number) => {
		const { userName: email, name, attributes } = profile;
		const isStaff = role === 'member' && email.endsWith('@example.com');
		const group = `team-${number % size.groups}`;
		if (isStaff) workspace.addToGroup(group, id);
		const title = attributes['title'];
		return {
			source: 'bench',
			sourceId: String(number),
			email,
			displayName: name.formatted ?? email,
			...(typeof title === 'string' ? { title } : {}),
			groups: isStaff ? [group] : [],
			active: true,
		};
	});
}

/**
 * What the first run would store one row at a time, which takes minutes: which entry of the directory is which
 * member.
 */
async function storeLinks({ url, owner, client }: N8nHost, people: readonly Person[], { workspace }: SandboxHandle) {
	const rest = await signIn(url, owner);
	const table = (await client.dataTables()).find(({ name }) => name === 'notion_scim_links');
	const idOf = new Map(workspace.members().map(({ id, profile }) => [profile.userName, id]));
	const rows = people.map(({ source, sourceId, email }) => ({
		...{ source, employeeId: sourceId, email, userId: idOf.get(email) ?? '' },
		...{ groupId: '', groupName: '' },
	}));
	const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/insert`;
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
		await rest(z.unknown(), 'POST', path, { data: rows.slice(from, from + ROWS_AT_ONCE) });
	}
}

function newPerson(number: number, groups: number): Person {
	return {
		source: 'bench',
		sourceId: `new-${number}`,
		email: `new.person${number}@example.com`,
		displayName: `New Person ${number}`,
		title: 'Newcomer',
		groups: [`team-${number % groups}`],
		active: true,
	};
}

/** As a directory source answers: all people, then what says that this is all. */
function answerOf(people: readonly Person[]): object[] {
	const manifest = {
		manifest: true,
		source: 'bench',
		readAt: new Date().toISOString(),
		pages: 1,
		count: people.length,
		complete: true,
		groupsComplete: true,
		attributesRead: ['email', 'displayName', 'title'],
	};
	return [...people.map((person) => ({ status: person.active ? 'active' : 'inactive', ...person })), manifest];
}

function sourceOfPeople() {
	return {
		name: 'Directory of the bench',
		nodes: [
			{
				id: 'called',
				name: 'WhenCalled',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
				position: [0, 0],
			},
			{
				id: 'read',
				name: 'Read people',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: `https://${DIRECTORY}/people`, options: {} },
				position: [220, 0],
				executeOnce: true,
			},
		],
		connections: { WhenCalled: { main: [[{ node: 'Read people', type: 'main', index: 0 }]] } },
		// As the sources that are delivered.
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}
