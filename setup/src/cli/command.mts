import { join } from 'node:path';

import { type Assets, readAssets, sourceChoices } from '../assets.mts';
import type { Answers, Secrets } from '../answers/answers.mts';
import { credentialsFor } from '../catalog/credentials.mts';
import { readExisting, readWorkflows } from '../n8n/existing.mts';
import { N8nApi } from '../n8n/n8nApi.mts';
import { N8nError } from '../n8n/n8nError.mts';
import { problemOfScopes, scopesOfKey } from '../n8n/scopes.mts';
import { rememberedIn } from '../plan/mark.mts';
import { planSetUp } from '../plan/planSetUp.mts';
import { ownWorkflows } from '../plan/planWorkflows.mts';
import { changesSomething, type Existing, type Plan } from '../plan/steps.mts';
import { missingSecrets, possibleCredentials } from '../plan/usedCredentials.mts';
import type { Wanted } from '../plan/wanted.mts';
import { eventsUrlFor } from '../run/addresses.mts';
import { wantedWorkflows } from '../wanted/wantedWorkflows.mts';
import { type Options, readArguments } from './arguments.mts';
import { AnswerError, collectAnswers } from './collectAnswers.mts';
import { askForSecrets, type Environment, secretQuestions, secretsIn } from './collectSecrets.mts';
import { introduction } from './introduction.mts';
import { type Io, type Questions, withoutSecrets } from './io.mts';
import { removeAll } from './removeAll.mts';
import { setUp } from './setUp.mts';
import { wordsOf } from './words.mts';

const OK = 0;
const FAILED = 1;
/** Something must be put right first; nothing was done. */
const NOT_READY = 2;

/** The whole command. @returns its exit code */
export async function run(argv: readonly string[], environment: Environment, io: Io, assetFolder: string): Promise<number> {
	let secrets: Secrets & { key?: string | undefined } = { ...secretsIn(environment), key: environment['N8N_API_KEY'] || undefined };
	const say = withoutSecrets(io.say, () => Object.values(secrets));
	const keep = (more: typeof secrets) => {
		secrets = { ...secrets, ...more };
		return secrets;
	};
	try {
		const options = readArguments(argv);
		return await perform(options, keep, { ask: io.ask, say }, readAssets(join(assetFolder)));
	} catch (error) {
		if (error instanceof N8nError || error instanceof AnswerError) {
			say(error.message);
			return error instanceof AnswerError ? NOT_READY : FAILED;
		}
		throw error;
	}
}

type KeepSecrets = (more: Secrets & { key?: string | undefined }) => Secrets & { key?: string | undefined };

async function perform(given: Options, keep: KeepSecrets, io: Io, assets: Assets): Promise<number> {
	if (io.ask !== undefined && !given.remove) io.say(introduction(given, assets));
	const options = { ...given, n8n: given.n8n ?? (await io.ask?.text('Address of your n8n, as in the browser', 'http://localhost:5678')) };
	const key = keep({}).key ?? (await io.ask?.secret(`API key of n8n, made at ${options.n8n?.replace(/\/+$/, '')}/settings/api`));
	if (options.n8n === undefined) throw new AnswerError('--n8n is missing: the address of your n8n.');
	if (key === undefined) throw new AnswerError('N8N_API_KEY is missing: make a key in n8n under Settings → n8n API.');
	keep({ key });
	const api = new N8nApi(options.n8n.replace(/\/+$/, ''), key);
	const scopes = await scopesOfKey(api);
	const { remove: removes, updateCredentials: updatesCredentials, tables: removesTables } = options;
	const problem = problemOfScopes(scopes, { removes, updatesCredentials, removesTables });
	if (problem !== undefined) throw new AnswerError(problem);
	if (options.remove) return await removeAll(api, scopes, options, io);

	const workflows = await readWorkflows(api);
	const answers = await collectAnswers(options, assets, io, rememberedIn(workflows));
	const wanted = wantedFrom(answers, assets, options, keep({}));
	const existing = await readExisting(api, scopes, workflows, possibleCredentials(wanted).map(({ id }) => id));
	if (io.ask !== undefined) wanted.secrets = keep(await askedSecrets(wanted, existing, { ask: io.ask, say: io.say }));
	return await planAndDo(api, wanted, existing, options, io);
}

async function askedSecrets(wanted: Wanted, existing: Existing, io: { ask: Questions; say: Io['say'] }): Promise<Secrets> {
	const { answers, assets, secrets } = wanted;
	const urlOf = (slot: string) => eventsUrlFor(slot, answers, ownWorkflows(existing.workflows));
	return await askForSecrets(secrets, missingSecrets(wanted, existing), answers, secretQuestions(answers, assets, urlOf), io);
}

function wantedFrom(answers: Answers, assets: Assets, { overwrite, updateCredentials }: Options, secrets: Secrets): Wanted {
	const choices = { sources: sourceChoices(assets), providers: assets.providers };
	return {
		answers,
		assets,
		secrets,
		workflows: wantedWorkflows(assets, answers),
		credentials: credentialsFor(answers, choices),
		updatesCredentials: updateCredentials,
		overwrite: new Set(overwrite),
	};
}

async function planAndDo(api: N8nApi, wanted: Wanted, existing: Existing, options: Options, io: Io): Promise<number> {
	const first = planSetUp(existing, wanted);
	if (first.problems.length > 0) {
		io.say(first.problems.join('\n'));
		return NOT_READY;
	}
	const plan = options.plan ? first : await withOverwrites(first, existing, wanted, io);
	io.say(`${api.url}\n${plan.steps.map(wordsOf).join('\n')}`);
	if (options.plan) return OK;
	if (!plan.steps.some(changesSomething)) {
		io.say('Everything is as this command made it, or as you changed it. Nothing was done.');
		return OK;
	}
	const isAgreed = options.yes || (await io.ask?.yes('Do this?')) === true;
	if (!isAgreed) {
		io.say('Nothing was done.');
		return NOT_READY;
	}
	return (await setUp(api, wanted, existing, plan, options, io)) ? OK : FAILED;
}

/** Asks about each workflow that the admin changed and that would be made otherwise now. */
async function withOverwrites(plan: Plan, existing: Existing, wanted: Wanted, { ask }: Io): Promise<Plan> {
	if (ask === undefined) return plan;
	const allowed: string[] = [];
	for (const step of plan.steps) {
		if (step.kind !== 'leaveWorkflow') continue;
		const question = `You changed "${step.existing.name}", and this run would make it otherwise. Overwrite your changes?`;
		if (await ask.yes(question)) allowed.push(step.wanted.key);
	}
	return allowed.length === 0 ? plan : planSetUp(existing, { ...wanted, overwrite: new Set([...wanted.overwrite, ...allowed]) });
}
