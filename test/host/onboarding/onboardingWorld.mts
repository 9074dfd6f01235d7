import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { bambooHrDelivery, type BambooHrEvent } from '../../../vendors/bambooHrDelivery.mts';
import { atPath, enabled, filledIn } from '../../../host/filledIn.mts';
import { COMPANY_ZONE, HRIS_HEADER, workflowFile, type World } from '../../../demo/world.mts';
import type { CredentialReference } from '../../../host/importedWorkflow.mts';
import type { Execution } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';

export type Row = Record<string, unknown>;
type WorkflowFile = ReturnType<typeof filledIn>;

const RUNNING = ['new', 'running', 'waiting'];

/** What makes a variant of the workflow. */
export interface Variation {
	/** Parameters of Plan changes. */
	settings?: Record<string, unknown>;
	/** Any other change. */
	change?: (file: WorkflowFile) => WorkflowFile;
	/** By type, besides the usual ones. */
	credentials?: Record<string, CredentialReference>;
}

/** What an HR department does, and what comes of it. */
export class Onboarding {
	readonly world: World;
	readonly workflowId: string;
	readonly #path: string;
	#caller: string | undefined;

	constructor(world: World, { workflowId = world.onboarding.id, path = 'notion-onboarding' } = {}) {
		this.world = world;
		this.workflowId = workflowId;
		this.#path = path;
	}

	/** Publishes the workflow once more, with something changed, at an address of its own. */
	static async variant(world: World, { settings, change = (file) => file, credentials }: Variation): Promise<Onboarding> {
		const path = `onboarding-${randomUUID()}`;
		const file = filledIn(await workflowFile('onboarding'), {
			'Plan changes': { timeZone: zone(COMPANY_ZONE), ...settings },
			HrisEvents: { timeZone: COMPANY_ZONE },
		});
		const changed = change(atPath(enabled(file, 'HrisWebhook'), 'HrisWebhook', path));
		const { id } = await world.host.client.importWorkflow(changed, {
			name: path,
			credentials: { ...world.credentials, ...credentials },
			subWorkflows: world.subWorkflows,
		});
		await world.host.client.publish(id);
		return new Onboarding(world, { workflowId: id, path });
	}

	/** BambooHR reports something, signed. @returns the executions that came of it, when they have ended */
	async report(employeeId: string, type: BambooHrEvent['type'] = 'employee.created'): Promise<Execution[]> {
		return await this.reportTogether([{ type, employeeId }]);
	}

	/** Deliveries that arrive at once. */
	async reportTogether(events: BambooHrEvent[], copies = 1): Promise<Execution[]> {
		const deliveries = events.flatMap((event) => {
			const delivery = bambooHrDelivery(event, this.world.signingSecret);
			return Array.from({ length: copies }, () => delivery);
		});
		return await this.#work(deliveries.length, async () => {
			const answers = await Promise.all(
				deliveries.map(async (delivery) => {
					const { eventsUrl } = this.world.onboarding;
					return (await fetch(eventsUrl, { method: 'POST', ...delivery })).status;
				}),
			);
			expect(new Set(answers)).toEqual(new Set([200]));
		});
	}

	/** A system that cannot sign posts this. @returns the execution, when it has ended */
	async post(body: unknown): Promise<Execution | undefined> {
		const executions = await this.#work(1, async () => {
			expect((await this.send(body)).status).toBe(200);
		});
		return executions[0];
	}

	/** It posts events of a kind, in one delivery. */
	async postAll(kind: string, ids: string[]): Promise<Execution | undefined> {
		return await this.post({ events: ids.map((employeeId) => ({ kind, employeeId, eventId: randomUUID() })) });
	}

	async send(body: unknown, secret = this.world.hrisSecret): Promise<Response> {
		return await fetch(this.world.host.webhookUrl(this.#path), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', [HRIS_HEADER]: secret },
			body: JSON.stringify(body),
		});
	}

	/** What the clock does when rows are due. @returns the rows as they are afterwards */
	async handOver(...rows: Row[]): Promise<Row[]> {
		this.#caller ??= await this.#importCaller();
		const response = await fetch(this.world.host.webhookUrl(this.#caller), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ rows }),
		});
		expect(response.status).toBe(200);
		const all = await this.#rows('notion_scim_changes');
		return rows.flatMap((row) => all.filter(({ id }) => id === row['id']));
	}

	/** Rows of an employee, oldest first, without those of copies. */
	async journal(employeeId: string): Promise<Row[]> {
		const rows = await this.#rows('notion_scim_changes');
		return rows.filter((row) => row['employeeId'] === employeeId && row['outcome'] !== 'copy');
	}

	/** The only row of an employee that waits. */
	async waiting(employeeId: string): Promise<Row> {
		const rows = (await this.journal(employeeId)).filter(({ state }) =>
			['scheduled', 'retry', 'needsPerson'].includes(String(state)),
		);
		expect(rows).toHaveLength(1);
		return rows[0] ?? {};
	}

	/** Adds a row to a Data Table, as another workflow or an admin does. */
	async store(table: string, row: Row): Promise<void> {
		const { client, url, owner } = this.world.host;
		const found = (await client.dataTables()).find(({ name }) => name === table);
		if (!found) throw new Error(`There is no table ${table}`);
		const rest = await signIn(url, owner);
		const path = `rest/projects/${found.projectId}/data-tables/${found.id}/insert`;
		await rest(z.unknown(), 'POST', path, { data: [row] });
	}

	async links(employeeId: string): Promise<Row[]> {
		return (await this.#rows('notion_scim_links')).filter((row) => row['employeeId'] === employeeId);
	}

	/** Texts of the alerts that say this. */
	async alerts(text: string): Promise<string[]> {
		const rows = await this.#rows('notion_scim_alerts');
		return rows.map((row) => String(row['text'])).filter((told) => told.includes(text));
	}

	membership(email: string): string | undefined {
		return this.world.sandbox.workspace.userByEmail(email)?.membership;
	}

	groups(email: string): string[] {
		return [...this.world.sandbox.workspace.groupNames(email)].sort();
	}

	writes(): string[] {
		return this.world.sandbox.requests
			.all()
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path}`);
	}

	async #rows(table: string): Promise<Row[]> {
		return await this.world.host.client.rows(table);
	}

	async #work(count: number, act: () => Promise<void>): Promise<Execution[]> {
		const { client } = this.world.host;
		const before = new Set((await client.executions(this.workflowId)).map(({ id }) => id));
		await act();
		return await poll(
			async () => {
				const executions = await client.executions(this.workflowId);
				// An execution that failed is followed by one of the error branch.
				const fresh = executions.filter(({ id, mode }) => !before.has(id) && mode !== 'error');
				const isOver = executions.every(({ status }) => !RUNNING.includes(status));
				return fresh.length === count && isOver ? fresh : undefined;
			},
			`${count} executions to end`,
			120_000,
		);
	}

	/** A workflow that hands rows over as the clock does. */
	async #importCaller(): Promise<string> {
		const path = `clock-${randomUUID()}`;
		const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}) => ({
			id: name,
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion,
			position: [0, 0],
			parameters,
			...more,
		});
		const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
		const { client } = this.world.host;
		const { id } = await client.importWorkflow({
			name: path,
			nodes: [
				node('Call', 'webhook', 2.1, { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} }),
				node('Rows', 'splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
				node(
					'Onboarding',
					'executeWorkflow',
					1.3,
					{ workflowId: { __rl: true, mode: 'id', value: this.workflowId }, mode: 'once', options: {} },
					{ alwaysOutputData: true },
				),
			],
			connections: { Call: to('Rows'), Rows: to('Onboarding') },
		});
		await client.publish(id);
		return path;
	}
}

/** A zone as the panel saves it. */
export function zone(value: string) {
	return { __rl: true, mode: 'name', value };
}

/** Departments and groups as the panel saves them. */
export function departmentGroups(...entries: Array<[string, string]>) {
	return {
		entries: entries.map(([department, group]) => ({ department, group: { __rl: true, mode: 'name', value: group } })),
	};
}
