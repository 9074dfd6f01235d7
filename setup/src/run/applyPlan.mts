import { z } from 'zod';

import { ALERTS } from '../catalog/jobs.mts';
import type { WantedCredential } from '../catalog/credentials.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { type ExistingWorkflow, tableSchema, tagSchema, workflowSchema } from '../n8n/schemas.mts';
import { markOf, newMark, rememberedOf, withMark } from '../plan/mark.mts';
import { surroundingsOf, TAG } from '../plan/planSetUp.mts';
import type { Wanted } from '../plan/wanted.mts';
import { ownWorkflows } from '../plan/planWorkflows.mts';
import type { Existing, Step } from '../plan/steps.mts';
import { contentOf } from '../wanted/content.mts';
import type { WantedWorkflow } from '../wanted/wantedWorkflows.mts';
import { installPackage } from './installPackage.mts';
import { publishWorkflow } from './publishWorkflow.mts';
import { writeCredential } from './writeCredential.mts';

/** What is known so far of the workflows that were made, by key. */
export type Made = Map<string, ExistingWorkflow>;

/** Carries out a plan, one step after the other. */
export class PlanRun {
	readonly #api: N8nApi;
	readonly #wanted: Wanted;
	readonly #existing: Existing;
	readonly #workflows: Made;
	readonly #madeTables: string[] = [];
	#tagId: string | undefined;

	constructor(api: N8nApi, wanted: Wanted, existing: Existing) {
		this.#api = api;
		this.#wanted = wanted;
		this.#existing = existing;
		this.#workflows = ownWorkflows(existing.workflows);
		this.#tagId = existing.tags?.find(({ name }) => name === TAG)?.id;
	}

	/** By key, with the addresses that n8n gave them. */
	get workflows(): ReadonlyMap<string, ExistingWorkflow> {
		return this.#workflows;
	}

	/** @returns what became of it, where that is worth a word */
	async carryOut(step: Step): Promise<string | undefined> {
		switch (step.kind) {
			case 'installPackage':
				return await installPackage(this.#api, step.name);
			case 'createCredential':
			case 'updateCredential':
				return await this.#writeCredential(step.credential, step.kind === 'createCredential');
			case 'createTable':
				await this.#api.call(tableSchema, 'POST', '/data-tables', step.table);
				this.#madeTables.push(step.table.name);
				return undefined;
			case 'addColumns':
				for (const column of step.columns) await this.#api.call(z.unknown(), 'POST', `/data-tables/${step.table.id}/columns`, column);
				return undefined;
			case 'createTag':
				this.#tagId = (await this.#api.call(tagSchema, 'POST', '/tags', { name: TAG })).id;
				return undefined;
			case 'createWorkflow':
				return await this.#writeWorkflow(step.wanted);
			case 'updateWorkflow':
				return await this.#writeWorkflow(step.wanted, step.existing);
			case 'publishWorkflow':
				return await publishWorkflow(this.#api, this.#found(step.wanted.key));
			case 'rememberAnswers':
				return await this.#rememberAnswers(step.existing);
			case 'keepCredential':
			case 'keepWorkflow':
			case 'leaveWorkflow':
				return undefined;
		}
	}

	async #writeCredential(credential: WantedCredential, isNew: boolean): Promise<string> {
		const value = this.#wanted.secrets[credential.secret];
		if (value === undefined) throw new Error(`The secret of "${credential.name}" is missing`);
		return await writeCredential(this.#api, credential, value, isNew);
	}

	async #writeWorkflow(wanted: WantedWorkflow, existing?: ExistingWorkflow): Promise<undefined> {
		const surroundings = surroundingsOf(this.#wanted, ({ id }) => this.#existing.credentials.has(id));
		const content = contentOf(wanted, { ...surroundings, idOf: (key) => this.#found(key).id }, existing);
		const before = existing === undefined ? undefined : markOf(existing)?.tables;
		const tables = [...new Set([...(before ?? []), ...this.#madeTables])];
		const kept = wanted.key === ALERTS ? { tables, answers: rememberedOf(this.#wanted.answers) } : {};
		const staticData = withMark(existing?.staticData ?? {}, newMark(wanted.key, content, kept));
		const body = { ...content, staticData };
		const written =
			existing === undefined
				? await this.#api.call(workflowSchema, 'POST', '/workflows', body)
				// It is published with the others, after what it calls.
				: await this.#api.call(workflowSchema, 'PUT', `/workflows/${existing.id}?publishIfActive=false`, body);
		this.#workflows.set(wanted.key, written);
		await this.#tag(written, existing);
	}

	/** Writes nothing but the mark: n8n makes no new version of a workflow whose nodes and wires are the same. */
	async #rememberAnswers({ id, name, nodes, connections, settings, staticData }: ExistingWorkflow): Promise<undefined> {
		const mark = markOf({ staticData });
		if (mark === undefined) throw new Error(`The workflow "${name}" was not made here`);
		const ours = Object.fromEntries(Object.entries(settings).filter(([setting]) => mark.settings.includes(setting)));
		const body = { name, nodes, connections, settings: ours, staticData: withMark(staticData, { ...mark, answers: rememberedOf(this.#wanted.answers) }) };
		await this.#api.call(workflowSchema, 'PUT', `/workflows/${id}?publishIfActive=false`, body);
	}

	async #tag({ id }: ExistingWorkflow, existing: ExistingWorkflow | undefined): Promise<void> {
		const before = existing?.tags ?? [];
		if (this.#tagId === undefined || before.some((tag) => tag.id === this.#tagId)) return;
		const tags = [...before.map((tag) => ({ id: tag.id })), { id: this.#tagId }];
		await this.#api.call(z.unknown(), 'PUT', `/workflows/${id}/tags`, tags);
	}

	#found(key: string): ExistingWorkflow {
		const found = this.#workflows.get(key);
		if (found === undefined) throw new Error(`The workflow ${key} was not made`);
		return found;
	}
}
