import { readArguments } from '../../../setup/src/cli/arguments.mts';
import { collectAnswers } from '../../../setup/src/cli/collectAnswers.mts';
import { askForSecrets, secretQuestions, secretsIn } from '../../../setup/src/cli/collectSecrets.mts';
import { surroundingsOf } from '../../../setup/src/plan/planSetUp.mts';
import { contentOf, type WorkflowContent } from '../../../setup/src/wanted/content.mts';
import type { Questions } from '../../../setup/src/cli/io.mts';
import { afterwards, planFor, answersFrom, assets, emptyN8n, everyJob, given, stepsOf, wantedFor } from './setupWorld.mts';
import type { GivenAnswers, Secrets } from '../../../setup/src/answers/answers.mts';
import { rememberedOf } from '../../../setup/src/plan/mark.mts';
import type { Existing } from '../../../setup/src/plan/steps.mts';
import { missingSecrets } from '../../../setup/src/plan/usedCredentials.mts';
import { eventsUrlFor } from '../../../setup/src/run/addresses.mts';

/** Answers in the order of the questions; an absent one takes the suggestion. */
function admin(answers: Record<string, string | string[]>) {
	const asked: string[] = [];
	const answerTo = (message: string) => {
		asked.push(message);
		return Object.entries(answers).find(([part]) => message.includes(part))?.[1];
	};
	const text = (message: string, initial = '') => String(answerTo(message) ?? initial);
	const said: string[] = [];
	const ask: Questions = {
		text: async (message, initial) => await Promise.resolve(text(message, initial)),
		secret: async (message) => await Promise.resolve(text(message)),
		one: async (message) => await Promise.resolve(text(message)),
		some: async (message) => await Promise.resolve([answerTo(message) ?? []].flat()),
		yes: async (message, initial = false) => await Promise.resolve(answerTo(message) === undefined ? initial : true),
	};
	return { ask, asked, said, io: { ask, say: (line: string) => void said.push(line) } };
}

/** What is asked for in this n8n, and what the admin reads meanwhile. */
async function secretsAsked(values: GivenAnswers, existing: Existing, answers: Record<string, string>, known: Secrets = {}) {
	const wanted = wantedFor(values, { secrets: known });
	const { asked, said, io } = admin(answers);
	const urlOf = (slot: string) => eventsUrlFor(slot, wanted.answers, new Map());
	const secrets = await askForSecrets(known, missingSecrets(wanted, existing), wanted.answers, secretQuestions(wanted.answers, assets, urlOf), io);
	return { asked, said, secrets };
}

const options = (...args: string[]) => readArguments(['--n8n', 'https://n8n.example.com', ...args]);

describe('the questions', () => {
	it('lead to a set-up with as few answers as it takes', async () => {
		const { ask, asked } = admin({
			'Which jobs': ['onboarding', 'offboarding'],
			'Which HRIS': 'bamboohr',
			'BambooHR': 'acme',
			'every hire': 'All Staff, Welcome',
			'owner who made the SCIM token': 'owner@example.com',
			'Time zone': 'Europe/Berlin',
			'Mail server': 'mail.example.com:587',
		});
		const answers = await collectAnswers(options(), assets, { ask });
		expect(answers).toMatchObject({
			jobs: ['onboarding', 'offboarding'],
			fields: { 'hris.company': 'acme' },
			ownedDomains: 'example.com',
			mailTo: 'owner@example.com',
			mailFrom: 'owner@example.com',
			smtpHost: 'mail.example.com',
			smtpPort: 587,
			groups: [{ department: '*', group: 'All Staff' }, { department: '*', group: 'Welcome' }],
			provider: 'bamboohr',
		});
		const { asked: secrets } = await secretsAsked(given, emptyN8n, { '': 'x' });
		// And the address of n8n, its key, and the yes.
		expect(asked.length + secrets.length + 3).toBeLessThanOrEqual(19);
	});

	it('are not asked where an option answers', async () => {
		const { ask, asked } = admin({});
		const all = ['--jobs', 'onboarding', '--hris', 'bamboohr', '--set', 'hris.company=acme', '--zone', 'Europe/Berlin', '--domains', 'example.com'];
		const mails = ['--token-creator', 'o@example.com', '--mail-to', 'it@example.com', '--mail-from', 'n8n@example.com', '--smtp-host', 'mail', '--smtp-user', 'n8n', '--groups', '*=All Staff'];
		await collectAnswers(options(...all, ...mails), assets, { ask });
		expect(asked).toEqual([]);
	});

	it('name the option of what is missing where no one can be asked', async () => {
		const collected = collectAnswers(options('--jobs', 'onboarding'), assets, {});
		await expect(collected).rejects.toThrow(/--zone is missing\.\n--domains is missing\.\n--token-creator is missing\./);
	});

	it('refuse an option without its "="', async () => {
		await expect(collectAnswers(options('--set', 'acme'), assets, {})).rejects.toThrow('--set "acme" has no "=". Write it as in --set "hris.company=acme".');
	});

	it('name the secret as the system that makes it does', async () => {
		const { asked } = await secretsAsked(everyJob, emptyN8n, { '': 'x' });
		expect(asked).toContainEqual(expect.stringContaining('the private key that BambooHR shows when the webhook is created'));
		expect(asked).toContainEqual(expect.stringContaining('Okta: an API token'));
	});

	it('name the address of a webhook before they ask for its secret', async () => {
		const { said } = await secretsAsked(given, emptyN8n, { '': 'x' });
		const made = planFor(emptyN8n, wantedFor()).steps.flatMap((step) => (step.kind === 'createWorkflow' ? [contentFor(step.wanted.key)] : []));
		const ids = made.flatMap(({ nodes }) => nodes.flatMap(({ webhookId }) => webhookId ?? []));
		expect(ids).toHaveLength(2);
		expect(said).toEqual(ids.map((id) => expect.stringContaining(`In BambooHR, make a webhook to this address. It answers once this is done:\n  https://n8n.example.com/webhook/${id}/hris`)));
	});

	it.each<[string, Record<string, string>, string]>([
		['bamboohr', { 'for leavers': 'other', 'for hires': 'one' }, 'other'],
		['bamboohr', { 'for hires': 'one' }, 'one'],
		['personio', { 'for hires': 'one' }, 'one'],
	])('of %s lead to the secret of each webhook: %j', async (hris, answers, ofLeavers) => {
		const values = { ...given, hris, fields: { 'hris.company': 'acme', 'hris.clientId': 'c' } };
		const { asked, secrets } = await secretsAsked(values, emptyN8n, answers);
		expect(asked.some((question) => question.includes('for leavers'))).toBe(hris === 'bamboohr');
		const wanted = wantedFor(values, { secrets });
		const used = surroundingsOf(wanted, () => false).credentialFor('hrisWebhookApi', 'offboarding-lockdown');
		const credential = [...wanted.credentials.values()].find(({ id }) => id === used?.id);
		expect(credential && secrets[credential.secret]).toBe(ofLeavers);
	});

	it('ask at most one question more for each further job', async () => {
		const base = { ...given, directory: 'okta', fields: { ...given.fields, 'directory.url': 'https://acme.okta.com' }, jobs: ['onboarding', 'directory-sync'] };
		const count = async (more: string[], managedGroups?: string) => {
			const { asked, io } = admin({ 'follow the directory': 'Design', 'Which jobs': [...base.jobs, ...more] });
			const chosen = options('--hris', 'bamboohr', '--directory', 'okta', '--set', 'hris.company=acme', '--set', 'directory.url=x', '--token-creator', 'o@example.com', '--smtp-host', 'mail');
			const answers = await collectAnswers(chosen, assets, io);
			expect(answers.managedGroups).toBe(managedGroups ?? '');
			return asked.length;
		};
		const before = await count([]);
		expect(await count(['provision-now'])).toBe(before);
		expect(await count(['import-members'])).toBe(before);
		expect(await count(['group-teamspace-sync'], 'Design')).toBe(before + 1);
	});
});

describe('run again, the questions', () => {
	const before = rememberedOf(answersFrom(everyJob));

	it('are the jobs, and whether everything else stays', async () => {
		const { asked, said, io } = admin({ 'Which jobs': [...(everyJob.jobs ?? [])] });
		const answers = await collectAnswers(options(), assets, io, before);
		expect(asked).toEqual([expect.stringContaining('Keep these answers'), 'Which jobs?']);
		expect(said.join()).toContain('https://acme.okta.com');
		expect(answers).toEqual(answersFrom(everyJob));
	});

	it('are only those that a new job brings', async () => {
		const { asked, io } = admin({ 'Which jobs': ['onboarding', 'emergency'] });
		const few = rememberedOf(answersFrom({ ...given, jobs: ['emergency'], hris: undefined, fields: {}, groups: [] }));
		await collectAnswers(options('--hris', 'bamboohr', '--set', 'hris.company=acme'), assets, io, few);
		expect(asked).toEqual([expect.stringContaining('Keep'), 'Which jobs?', expect.stringContaining('every hire join')]);
	});

	it('need no terminal: a missing option means what the last run was given, another HRIS its own fields', async () => {
		expect(await collectAnswers(options('--zone', 'Asia/Tokyo'), assets, {}, before)).toEqual({ ...answersFrom(everyJob), zone: 'Asia/Tokyo' });
		await expect(collectAnswers(options('--hris', 'hibob'), assets, {}, before)).rejects.toThrow('--set hris.user=… is missing.');
	});

	it('ask for no secret again', async () => {
		const wanted = wantedFor();
		expect((await secretsAsked(given, afterwards(wanted), {})).asked).toEqual([]);
	});
});

function contentFor(key: string): WorkflowContent {
	const wanted = wantedFor();
	const [one] = wanted.workflows.filter((workflow) => workflow.key === key);
	if (one === undefined) throw new Error(`There is no workflow ${key}`);
	return contentOf(one, { ...surroundingsOf(wanted, () => false), idOf: (callee) => callee });
}

describe('secrets', () => {
	it('come from the environment, and an empty variable is none', () => {
		expect(secretsIn({ NOTION_SCIM_TOKEN: 't', HRIS_SECRET: '' })).toMatchObject({ scimToken: 't', hrisSecret: undefined });
	});

	it('are in no step that is shown', () => {
		const text = JSON.stringify(planFor(emptyN8n, wantedFor(given)).steps);
		expect(stepsOf(planFor(emptyN8n, wantedFor(given)), 'createCredential')).not.toEqual([]);
		expect(text).not.toMatch(/scim-token|hris-key|events-secret|smtp-password|form-password/);
	});
});
