import { readArguments } from '../../../setup/src/cli/arguments.mts';
import { collectAnswers } from '../../../setup/src/cli/collectAnswers.mts';
import { askForSecrets, secretQuestions, secretsIn } from '../../../setup/src/cli/collectSecrets.mts';
import type { Questions } from '../../../setup/src/cli/io.mts';
import { planFor, answersFrom, assets, emptyN8n, everyJob, given, stepsOf, wantedFor } from './setupWorld.mts';
import { usedCredentials } from '../../../setup/src/plan/planSetUp.mts';

/** Answers in the order of the questions; an absent one takes the suggestion. */
function admin(answers: Record<string, string | string[]>) {
	const asked: string[] = [];
	const answerTo = (message: string) => {
		asked.push(message);
		return Object.entries(answers).find(([part]) => message.includes(part))?.[1];
	};
	const text = (message: string, initial = '') => String(answerTo(message) ?? initial);
	const ask: Questions = {
		text: async (message, initial) => await Promise.resolve(text(message, initial)),
		secret: async (message) => await Promise.resolve(text(message)),
		one: async (message) => await Promise.resolve(text(message)),
		some: async (message) => await Promise.resolve([answerTo(message) ?? []].flat()),
		yes: async (message) => await Promise.resolve(answerTo(message) !== undefined),
	};
	return { ask, asked };
}

const options = (...args: string[]) => readArguments(['--n8n', 'https://n8n.example.com', ...args]);

describe('the questions', () => {
	it('lead to a set-up with as few answers as it takes', async () => {
		const { ask, asked } = admin({
			'Which jobs': ['onboarding', 'offboarding'],
			'Which HRIS': 'bamboohr',
			'BambooHR': 'acme',
			'Which owner': 'owner@example.com',
			'time zone': 'Europe/Berlin',
			'Which mail server': 'mail.example.com',
		});
		const answers = await collectAnswers(options(), assets, { ask });
		expect(answers).toMatchObject({
			jobs: ['onboarding', 'offboarding'],
			fields: { 'hris.company': 'acme' },
			ownedDomains: 'example.com',
			mailTo: 'owner@example.com',
			mailFrom: 'owner@example.com',
			provider: 'bamboohr',
		});
		const { ask: secretly, asked: secrets } = admin({ '': 'x' });
		await askForSecrets({}, usedCredentials(wantedFor()), secretQuestions(answers, assets), secretly);
		// And the address of n8n, its key, and the yes.
		expect(asked.length + secrets.length + 3).toBeLessThanOrEqual(17);
	});

	it('are not asked where an option answers', async () => {
		const { ask, asked } = admin({});
		const all = ['--jobs', 'onboarding', '--hris', 'bamboohr', '--set', 'hris.company=acme', '--zone', 'Europe/Berlin', '--domains', 'example.com'];
		const mails = ['--token-creator', 'o@example.com', '--mail-to', 'it@example.com', '--mail-from', 'n8n@example.com', '--smtp-host', 'mail', '--smtp-user', 'n8n'];
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

	it('name the secret as the system that makes it does', () => {
		const question = secretQuestions(answersFrom({ ...everyJob, provider: 'bamboohr' }), assets);
		expect(question('eventsSecret')).toContain('the private key that BambooHR shows when the webhook is created');
		expect(question('directorySecret')).toContain('Okta: an API token');
	});
});

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
