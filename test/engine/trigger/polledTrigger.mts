import type { IDataObject, INodeParameters, IPollFunctions, WorkflowExecuteMode } from 'n8n-workflow';

import { NotionScimTrigger } from '../../../nodes/NotionScimTrigger/NotionScimTrigger.node.ts';
import type { ToldEvent } from '../../support/workspaceChanges.mts';
import { createAdditionalData } from '../runner/additionalData.mts';
import { PollContext } from '../runner/n8nCore.mts';
import { toFailure } from '../runner/failure.mts';
import type { Failure } from '../runner/failure.mts';
import type { NotionTest } from '../support/notionTest.mts';
import { problemsOfItem, TRIGGER } from '../support/outputSchemas.mts';

let workflows = 0;

export interface PollOptions {
	/** Milliseconds; n8n's five minutes if left out. */
	budget?: number;
	mode?: WorkflowExecuteMode;
	/** Fields of the credential that differ. */
	credential?: IDataObject;
}

/** A published workflow that begins with the trigger. It keeps what n8n would keep, as n8n's database does: as JSON. */
export class PolledTrigger {
	/** As n8n stores it for the node. */
	stored: IDataObject = {};
	/** How often a poll has changed it. */
	writes = 0;
	readonly #notion: NotionTest;
	readonly #parameters: INodeParameters;
	readonly #id: string;

	constructor(notion: NotionTest, parameters: INodeParameters = {}) {
		workflows += 1;
		this.#notion = notion;
		this.#parameters = parameters;
		this.#id = `watched-${workflows}`;
	}

	/** @returns the items, or null if n8n would start no execution. @throws the node's error */
	async poll({ budget, mode = 'trigger', credential = {} }: PollOptions = {}): Promise<Array<ToldEvent & IDataObject> | null> {
		const trigger = new NotionScimTrigger();
		const store = this.#notion.engine.storeOf(this.#notion.credential(credential));
		const { workflow, node } = this.#notion.engine.nodeInWorkflow(trigger, this.#parameters, { store });
		workflow.id = this.#id;
		const stored: IDataObject = JSON.parse(JSON.stringify(this.stored));
		const before = JSON.stringify(stored);
		const context: object = new PollContext(
			workflow, node, createAdditionalData(store), mode, 'update',
			undefined, undefined, undefined, undefined, () => stored, budget === undefined ? undefined : () => budget,
		);
		const items = await trigger.poll.call(asPollFunctions(context));
		if (JSON.stringify(stored) !== before) this.writes += 1;
		this.stored = stored;
		const events = items?.[0]?.map(({ json }) => asEvent(json)) ?? null;
		expect((events ?? []).flatMap((event) => problemsOfItem(TRIGGER, event))).toEqual([]);
		return events;
	}

	/** Why a poll fails. */
	async failure(): Promise<Failure> {
		try {
			await this.poll();
		} catch (error) {
			if (typeof error === 'object' && error !== null) return toFailure(error);
			throw error;
		}
		throw new Error('The poll did not fail');
	}

	/** The event of the items, with the person or group it is about. */
	async told(): Promise<string[]> {
		const items = (await this.poll()) ?? [];
		return items.map(({ event, email, displayName }) => `${event} ${String(email ?? displayName)}`);
	}
}

// n8n-core declares the name of a workflow as possibly undefined, against n8n-workflow's interface.
const isPollFunctions = (context: object): context is IPollFunctions => context instanceof PollContext;

const asPollFunctions = (context: object): IPollFunctions => {
	if (!isPollFunctions(context)) throw new Error('Not a context of n8n-core');
	return context;
};

const isEvent = (json: IDataObject): json is ToldEvent & IDataObject => Array.isArray(json['added']);

const asEvent = (json: IDataObject): ToldEvent & IDataObject => {
	if (!isEvent(json)) throw new Error('Not an event');
	return json;
};
