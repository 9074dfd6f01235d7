import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { bambooHrDelivery, type BambooHrEvent } from '../../../vendors/bambooHrDelivery.mts';
import { atPath, filledIn } from '../../../host/filledIn.mts';
import { COMPANY_ZONE, HRIS_HEADER, workflowFile, type World } from '../../../demo/world.mts';
import type { Execution } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';

type Row = Record<string, unknown>;

const RUNNING = ['new', 'running', 'waiting'];

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
	static async variant(
		world: World,
		settings: Record<string, unknown>,
		change: (text: string) => string = (text) => text,
	): Promise<Onboarding> {
		const path = `onboarding-${randomUUID()}`;
		const values = { Settings: { timeZone: COMPANY_ZONE, ...settings }, HrisEvents: { timeZone: COMPANY_ZONE } };
		const file = atPath(filledIn(await workflowFile('onboarding'), values), 'HrisWebhook', path);
		const { credentials, subWorkflows } = world;
		const changed: unknown = JSON.parse(change(JSON.stringify(file)));
		const { id } = await world.host.client.importWorkflow(changed, { name: path, credentials, subWorkflows });
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

	/** A system that cannot sign posts this to the second door. */
	async post(body: unknown): Promise<Execution[]> {
		return await this.#work(1, async () => {
			expect((await this.send(body)).status).toBe(200);
		});
	}

	async send(body: unknown, secret = this.world.hrisSecret): Promise<Response> {
		return await fetch(this.world.host.webhookUrl(this.#path), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', [HRIS_HEADER]: secret },
			body: JSON.stringify(body),
		});
	}

	/** What the sweep does when a row is due. @returns the row as it is afterwards */
	async callFor(row: Row): Promise<Row | undefined> {
		this.#caller ??= await this.#importCaller();
		const response = await fetch(this.world.host.webhookUrl(this.#caller), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(row),
		});
		expect(response.status).toBe(200);
		return (await this.scheduled(String(row['employeeId']))).find(({ id }) => id === row['id']);
	}

	async scheduled(employeeId: string): Promise<Row[]> {
		return await this.#rowsOf('scheduled_changes', 'employeeId', employeeId);
	}

	/** Adds a row to a Data Table, as another workflow or a person does. */
	async store(table: string, row: Row): Promise<void> {
		const { client, url, owner } = this.world.host;
		const found = (await client.dataTables()).find(({ name }) => name === table);
		if (!found) throw new Error(`There is no table ${table}`);
		const rest = await signIn(url, owner);
		const path = `rest/projects/${found.projectId}/data-tables/${found.id}/insert`;
		await rest(z.unknown(), 'POST', path, { data: [row] });
	}

	async links(employeeId: string): Promise<Row[]> {
		return await this.#rowsOf('people_links', 'employeeId', employeeId);
	}

	async audit(employeeId: string): Promise<Row[]> {
		return await this.#rowsOf('notion_onboarding_audit', 'employeeId', employeeId);
	}

	/** Texts of the alarms that say this. */
	async alarms(text: string): Promise<string[]> {
		const rows = await this.world.host.client.rows('notion_alarms');
		return rows.map((row) => String(row['text'])).filter((told) => told.includes(text));
	}

	async claims(employeeId: string): Promise<unknown[]> {
		const rows = await this.world.host.client.rows('hris_event_claims');
		return rows.filter(({ key }) => String(key).endsWith(`|${employeeId}`)).map(({ state }) => state);
	}

	standing(email: string): string | undefined {
		return this.world.sandbox.workspace.userByEmail(email)?.standing;
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

	async #rowsOf(table: string, column: string, value: string): Promise<Row[]> {
		return (await this.world.host.client.rows(table)).filter((row) => row[column] === value);
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

	async #importCaller(): Promise<string> {
		const path = `sweep-${randomUUID()}`;
		const inputs = ['kind', 'source', 'employeeId', 'companyId', 'email', 'eventId', 'timeZone', 'rowId'];
		const value = {
			...Object.fromEntries(inputs.map((input) => [input, `={{ $json.body.${input} ?? '' }}`])),
			kind: 'hired',
			eventId: '=scheduled:{{ $json.body.id }}',
			rowId: '={{ String($json.body.id) }}',
		};
		const webhook = {
			id: 'call',
			name: 'Call',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		};
		const call = {
			id: 'onboarding',
			name: 'Onboarding',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			position: [208, 0],
			parameters: {
				workflowId: { __rl: true, mode: 'id', value: this.workflowId },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value,
					matchingColumns: [],
					schema: inputs.map((id) => ({
						id,
						displayName: id,
						required: false,
						defaultMatch: false,
						display: true,
						canBeUsedToMatch: true,
						type: 'string',
					})),
				},
				mode: 'once',
				options: {},
			},
		};
		const { client } = this.world.host;
		const { id } = await client.importWorkflow({
			name: path,
			nodes: [webhook, call],
			connections: { Call: { main: [[{ node: 'Onboarding', type: 'main', index: 0 }]] } },
		});
		await client.publish(id);
		return path;
	}
}
