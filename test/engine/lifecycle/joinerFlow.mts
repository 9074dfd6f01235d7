import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeRun } from '../runner/engine.mts';
import type { NotionTest } from '../support/notionTest.mts';
import { jsons } from '../support/notionTest.mts';

const DAY = 86_400_000;

/** A date some days from now, in UTC. */
export const dateIn = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const group = (name: string): INodeParameters => ({ __rl: true, mode: 'name', value: name });

/** The settings of the workflow, as the panel saves them. */
export const SETTINGS: INodeParameters = {
	job: 'joiners',
	timeZone: { __rl: true, mode: 'list', value: 'Europe/Berlin' },
	departmentGroups: {
		entries: [
			{ department: 'Sales', group: group('All Staff') },
			{ department: 'Sales', group: group('Sales') },
		],
	},
};

/** Rows that came out of one run of the workflow, and what it told. */
export interface Worked {
	/** Rows that changed, as they are now. */
	rows: IDataObject[];
	alerts: string[];
	links: IDataObject[];
}

/**
 * The workflow onboarding, node by node, with Data Tables and an HRIS in memory: Receive Events, store,
 * read, ask the HRIS, Plan Changes, store, Apply Changes, store.
 */
export class JoinerFlow {
	readonly staff = new Map<string, IDataObject>();
	links: IDataObject[] = [];
	/** What the HRIS fails with. */
	failure: string | undefined;
	settings: INodeParameters = SETTINGS;
	credential: IDataObject = { access: 'noRemovals' };
	readonly #notion: NotionTest;
	readonly #journal = new Map<number, IDataObject>();
	#lastEvent = 0;

	constructor(notion: NotionTest) {
		this.#notion = notion;
	}

	/** Enters an employee, or changes what is entered. @returns the employee's ID */
	enter(id: string, more: IDataObject = {}): string {
		const before = this.staff.get(id) ?? {
			source: 'bamboohr',
			sourceId: id,
			status: 'active',
			email: `${id}@example.com`,
			displayName: `Person ${id}`,
			department: 'Sales',
			startDate: '2026-01-05',
		};
		this.staff.set(id, { ...before, ...more });
		return id;
	}

	/** The rows of an employee, oldest first. */
	journal(employeeId: string): IDataObject[] {
		return [...this.#journal.values()].filter((row) => row['employeeId'] === employeeId);
	}

	/** A row that another workflow or an admin stores. */
	store(values: IDataObject): IDataObject {
		const id = Number(values['id'] ?? 0) || this.#journal.size + 1;
		const now = new Date().toISOString();
		const row = { createdAt: now, ...this.#journal.get(id), ...values, id, updatedAt: now };
		this.#journal.set(id, row);
		return row;
	}

	/** The HRIS reports something, through the HRIS Trigger. */
	async report(employeeId: string, kind = 'hired', more: IDataObject = {}): Promise<Worked> {
		this.#lastEvent += 1;
		const event = { kind, source: 'bamboohr', eventId: `e-${this.#lastEvent}`, employeeId, authenticity: 'signed' };
		return await this.run([{ ...event, ...more }]);
	}

	/** A delivery to n8n's Webhook node. */
	async post(body: unknown): Promise<Worked> {
		return await this.run([JSON.parse(JSON.stringify({ headers: {}, params: {}, query: {}, body }))]);
	}

	/** What the clock does when a row is due. */
	async callFor(row: IDataObject | undefined): Promise<Worked> {
		return await this.run(row ? [row] : []);
	}

	/** One execution of the workflow. */
	async run(items: IDataObject[]): Promise<Worked> {
		return await this.decide(await this.receive(items));
	}

	/** The first half: the events are stored. */
	async receive(items: IDataObject[]): Promise<IDataObject[]> {
		const parameters = { job: 'joiners', source: 'bamboohr' };
		const received = await this.#notion.run('lifecycle.receive', { parameters, items });
		return succeeded(received).map((row) => this.store(row));
	}

	/** The second half. */
	async decide(events: IDataObject[]): Promise<Worked> {
		if (events.length === 0) return { rows: [], alerts: [], links: [] };
		const journal = [...this.#journal.values()];
		const planned = await this.#notion.run('lifecycle.plan', {
			parameters: {
				...this.settings,
				storedEvents: JSON.stringify(events),
				journalRows: JSON.stringify(journal),
				links: JSON.stringify(this.links),
			},
			items: events.flatMap((event) => this.#answer(event)),
			credential: this.credential,
		});
		const rows = succeeded(planned).map((row) => this.store(row));
		const applied = await this.#notion.run('lifecycle.apply', {
			parameters: { links: JSON.stringify(this.links) },
			items: rows.length > 0 ? rows : [{}],
			credential: this.credential,
		});
		const after = succeeded(applied).map((row) => this.store(row));
		const links = jsons(applied, 1);
		for (const link of links) this.#storeLink(link);
		const alerts = [...jsons(planned, 1), ...jsons(applied, 4)].map(({ text }) => String(text));
		const changed = new Set([...rows, ...after].map(({ id }) => Number(id)));
		return { rows: [...changed].map((id) => this.#journal.get(id) ?? {}), alerts, links };
	}

	/** As an HRIS source answers: the employee, everyone of the same address, or that there is no one. */
	#answer(event: IDataObject): IDataObject[] {
		if (this.failure !== undefined) return [{ error: this.failure }];
		const asked = { employeeId: String(event['employeeId'] ?? ''), email: String(event['email'] ?? '') };
		const employee = this.staff.get(asked.employeeId);
		const email = employee?.['email'] ?? (asked.email || undefined);
		const found = [...this.staff.values()].filter(
			(one) => one === employee || (email !== undefined && one['email'] === email),
		);
		if (found.length === 0) return [{ found: false, source: 'bamboohr', asked }];
		return found.map((record) => ({ ...record, found: true, asked }));
	}

	#storeLink(link: IDataObject): void {
		const isSame = (other: IDataObject): boolean =>
			['source', 'employeeId', 'companyId'].every((column) => other[column] === link[column]);
		this.links = [...this.links.filter((other) => !isSame(other)), { ...link, updatedAt: new Date().toISOString() }];
	}
}

/** What came out of the first output. @throws Error where the run failed */
function succeeded(run: NodeRun): IDataObject[] {
	if (run.error) throw new Error(`${run.error.message} ${run.error.description ?? ''}`);
	return jsons(run);
}
