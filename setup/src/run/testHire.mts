import { setTimeout as delay } from 'node:timers/promises';

import type { N8nApi } from '../n8n/n8nApi.mts';
import { connectionProblem } from '../n8n/n8nError.mts';
import { type Row, rowSchema, tableSchema } from '../n8n/schemas.mts';
import { type Delivery, hireDelivery, unknownEmployee } from './deliveries.mts';

const JOURNAL = 'notion_scim_changes';
const BETWEEN_TRIES = 1_000;
/** n8n registers a trigger some moments after the publication. */
const TRIES_TO_DELIVER = 20;
const TRIES_TO_LOOK = 90;

/** States of a row that is still being worked on. */
const UNDER_WAY = ['received', 'intended'];

export interface TestHireResult {
	/** Whether it came through to the journal, and the HRIS was asked. */
	arrived: boolean;
	/** What happened, and what to do. */
	text: string;
}

/**
 * Reports the hire of a person who does not exist, as the HRIS would, and waits for what the journal says. The
 * HRIS knows no such employee, so an admin is asked: that is the right outcome.
 * @param canLook whether the API key may read rows
 */
export async function sendTestHire(api: N8nApi, provider: string, secret: string, url: string, canLook: boolean): Promise<TestHireResult> {
	const employeeId = unknownEmployee(provider);
	const status = await deliver(url, () => hireDelivery(provider, { employeeId, secret, now: Date.now() }));
	if (status !== undefined) return { arrived: false, text: status };
	if (!canLook) return { arrived: true, text: 'n8n took the test hire. The API key may not read Data Tables (dataTableRow:read), so look into notion_scim_changes yourself.' };
	const row = await rowOf(api, employeeId);
	return resultOf(row, employeeId);
}

/** @returns a sentence about what went wrong */
async function deliver(url: string, delivery: () => Delivery | undefined): Promise<string | undefined> {
	let status = 0;
	for (let tries = 1; tries <= TRIES_TO_DELIVER; tries++) {
		const made = delivery();
		if (made === undefined) return 'This command cannot send a test hire for this provider. Let the HRIS send one.';
		try {
			status = (await fetch(url, { method: 'POST', redirect: 'manual', ...made })).status;
		} catch {
			return connectionProblem(url, undefined);
		}
		if (status < 300) return undefined;
		if (status !== 404) break;
		await delay(BETWEEN_TRIES);
	}
	if (status === 401 || status === 403) return `The trigger answered ${status} to the test hire: the secret in its credential is another one. Run this again with --update-credentials.`;
	return `${url} answered ${status} to the test hire. Look whether onboarding is published, and whether n8n is reached at another address (--webhook-url).`;
}

async function rowOf(api: N8nApi, employeeId: string): Promise<Row | undefined> {
	const table = (await api.list(tableSchema, '/data-tables')).find(({ name }) => name === JOURNAL);
	if (table === undefined) return undefined;
	const filter = JSON.stringify({ type: 'and', filters: [{ columnName: 'employeeId', condition: 'eq', value: employeeId }] });
	let row: Row | undefined;
	for (let tries = 1; tries <= TRIES_TO_LOOK; tries++) {
		[row] = await api.list(rowSchema, `/data-tables/${table.id}/rows`, { filter });
		if (row !== undefined && !UNDER_WAY.includes(row.state ?? '')) return row;
		await delay(BETWEEN_TRIES);
	}
	return row;
}

export function resultOf(row: Row | undefined, employeeId: string): TestHireResult {
	if (row === undefined) {
		return { arrived: false, text: `n8n took the test hire of employee ${employeeId}, and no row of ${JOURNAL} tells of it. Look at the executions of onboarding in n8n. If every one fails with "OTel settings not yet initialized", restart n8n: this is n8n's own error where N8N_DISABLED_MODULES names otel.` };
	}
	const said = row.reason ?? row.outcome ?? '';
	if (row.state === 'needsPerson') {
		return {
			arrived: true,
			text: `The test hire arrived. No one has the number ${employeeId}, and the journal says so: ${said}\nAn alert about it is in your mailbox. Acknowledge it, and nothing is left to do.`,
		};
	}
	return { arrived: row.state === 'done', text: `The test hire of employee ${employeeId} ended as ${row.state}: ${said}` };
}
