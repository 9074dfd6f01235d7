import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeRun } from '../runner/engine.mts';
import type { NotionRunOptions, NotionTest } from '../support/notionTest.mts';
import { jsons } from '../support/notionTest.mts';

const DAY = 86_400_000;

/** A date some days from now, in UTC. */
export const dateIn = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** What one run of the workflow changed and told. */
export interface Worked {
	/** Rows that changed, as they are now. */
	rows: IDataObject[];
	evidence: IDataObject[];
	messages: IDataObject[];
	alerts: IDataObject[];
}

/**
 * The workflow of leavers, node by node, with Data Tables and an HRIS in memory: Receive Events, store,
 * read, ask the HRIS, Plan Changes, store, Apply Changes, store.
 */
export class LeaverFlow {
	readonly staff = new Map<string, IDataObject>();
	readonly rows = new Map<number, IDataObject>();
	links: IDataObject[] = [];
	evidence: IDataObject[] = [];
	plan: INodeParameters = { timeZone: { __rl: true, mode: 'name', value: 'UTC' }, onLeave: 'keep' };
	apply: INodeParameters = { fallbackEmail: 'it@example.com' };
	options: Pick<NotionRunOptions, 'credential' | 'withAdminApi'> = {};
	readonly #notion: NotionTest;
	#lastEvent = 0;

	constructor(notion: NotionTest) {
		this.#notion = notion;
	}

	/** An employee whose last day was yesterday, unless something else is said. */
	enter(id: string, email: string, more: IDataObject = {}): string {
		const record = { source: 'bamboohr', sourceId: id, status: 'inactive', email, displayName: `Person ${id}` };
		this.staff.set(id, { ...record, startDate: '2024-01-05', endDate: dateIn(-1), ...more });
		return id;
	}

	store(values: IDataObject): IDataObject {
		const id = Number(values['id'] ?? 0) || this.rows.size + 1;
		const now = new Date().toISOString();
		const row = { createdAt: now, ...this.rows.get(id), ...values, id, updatedAt: now };
		this.rows.set(id, row);
		return row;
	}

	journal(): IDataObject[] {
		return [...this.rows.values()];
	}

	/** The HRIS reports employees, all in one delivery. */
	async report(employeeIds: string[], kind = 'left'): Promise<Worked> {
		const events = employeeIds.map((employeeId) => {
			this.#lastEvent += 1;
			return { kind, source: 'bamboohr', eventId: `e-${this.#lastEvent}`, employeeId, authenticity: 'signed' };
		});
		return await this.run(events);
	}

	/** One execution of the workflow, for events or for rows that are due. */
	async run(items: IDataObject[]): Promise<Worked> {
		const received = await this.#notion.run('lifecycle.receive', { parameters: { job: 'leavers' }, items });
		const events = succeeded(received).map((row) => this.store(row));
		const planned = await this.#notion.run('lifecycle.plan', {
			...this.options,
			parameters: {
				job: 'leavers',
				...this.plan,
				storedEvents: JSON.stringify(events),
				journalRows: JSON.stringify(this.journal()),
				links: JSON.stringify(this.links),
			},
			items: events.map((event) => this.#answer(event)),
		});
		const changed = succeeded(planned).map((row) => this.store(row));
		const { rows, ...told } = await this.applyRows(changed);
		const ids = new Set([...changed, ...rows].map(({ id }) => Number(id)));
		return {
			...told,
			rows: [...ids].map((id) => this.rows.get(id) ?? {}),
			alerts: [...jsons(planned, 1), ...told.alerts],
		};
	}

	/** Apply Changes, and storing what it gives. */
	async applyRows(rows: IDataObject[]): Promise<Worked> {
		const applied = await this.#notion.run('lifecycle.apply', {
			...this.options,
			parameters: {
				job: 'leavers',
				journalRows: JSON.stringify(this.journal()),
				dayRows: JSON.stringify(this.journal().filter(({ impact }) => impact !== 0)),
				evidence: JSON.stringify(this.evidence),
				links: '[]',
				...this.apply,
			},
			items: rows.length > 0 ? rows : [{}],
		});
		const after = succeeded(applied).map((row) => this.store(row));
		this.evidence.push(...jsons(applied, 2));
		return { rows: after, evidence: jsons(applied, 2), messages: [...jsons(applied, 3), ...jsons(applied, 5)], alerts: jsons(applied, 4) };
	}

	/** The nightly comparison, with what it stores. */
	async night(parameters: INodeParameters = {}): Promise<Worked> {
		const left = [...this.staff.values()].filter(({ status }) => status === 'inactive');
		const run = await this.#notion.run('lifecycle.compare', {
			parameters: {
				timeZone: { __rl: true, mode: 'name', value: 'UTC' },
				journalRows: JSON.stringify(this.journal()),
				links: JSON.stringify(this.links),
				...parameters,
			},
			items: listOf(left),
		});
		const rows = succeeded(run).map((row) => this.store(row));
		return { rows, evidence: [], messages: [], alerts: jsons(run, 1) };
	}

	#answer({ employeeId, email }: IDataObject): IDataObject {
		const record = this.staff.get(String(employeeId));
		const asked = { employeeId: employeeId ?? '', email: email ?? '' };
		return { found: record !== undefined, source: 'bamboohr', ...record, asked };
	}
}

/** A list as an HRIS source gives it, with its statement that it is complete. */
export const listOf = (employees: IDataObject[]): IDataObject[] => [
	...employees.map((one) => ({ found: true, ...one })),
	{
		manifest: true,
		source: 'bamboohr',
		readAt: new Date().toISOString(),
		pages: 1,
		count: employees.length,
		complete: true,
	},
];

/** What came out of the first output. @throws Error where the run failed */
function succeeded(run: NodeRun): IDataObject[] {
	if (run.error) throw new Error(`${run.error.message} ${run.error.description ?? ''}`);
	return jsons(run);
}
