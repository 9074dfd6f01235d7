import type { Assets } from '../assets.mts';
import { type Answers, answersSchema, type GivenAnswers, type RememberedAnswers, WEBHOOK } from '../answers/answers.mts';
import { needsSource, type SourceRole } from '../catalog/jobs.mts';
import { canLockOut } from '../catalog/lockOut.mts';
import { choicesFor, questionsOf } from '../catalog/sourceQuestions.mts';
import type { Options } from './arguments.mts';
import { askAnswers } from './askAnswers.mts';
import { withRemembered } from './remembered.mts';
import type { Io } from './io.mts';

/** A wrong or missing answer; the message names what to do. */
export class AnswerError extends Error {}

/**
 * From the options, from the last run in this n8n, and from the admin where something is missing.
 * @param remembered what n8n keeps of the last run
 */
export async function collectAnswers(options: Options, assets: Assets, io: Partial<Io>, remembered?: RememberedAnswers): Promise<Answers> {
	const given = givenIn(options);
	const { ask, say = () => undefined } = io;
	const asked = ask === undefined ? withRemembered(given, remembered) : await askAnswers(given, remembered, assets, { ask, say });
	return checkedAnswers(asked, assets);
}

function givenIn(options: Options): GivenAnswers {
	const { n8n, domains, protect, set = [], groups, reuse = [], ...rest } = options;
	return {
		...rest,
		n8nUrl: n8n,
		ownedDomains: domains,
		protectedEmails: protect,
		fields: Object.fromEntries(set.map((entry) => parted(entry, '--set', 'hris.company=acme'))),
		reuse: Object.fromEntries(reuse.map((entry) => parted(entry, '--reuse', 'smtp=Yx3kQ0'))),
		groups: groups?.flatMap((entry) => {
			const [department, names] = parted(entry, '--groups', 'Sales=All Staff,Sales');
			return names.split(',').map((group) => ({ department, group: group.trim() }));
		}),
	};
}

function parted(entry: string, option: string, example: string): [string, string] {
	const at = entry.indexOf('=');
	if (at < 1) throw new AnswerError(`${option} "${entry}" has no "=". Write it as in ${option} "${example}".`);
	return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
}

const SLOTS = ['scim-full', 'scim-noRemovals', 'scim-readOnly', 'admin', 'hris', 'directory', 'events', 'events-leavers', 'events-groups', 'hints', 'emergency', 'smtp', 'forms'];

/** The option that gives each answer. */
const OPTIONS: Readonly<Record<string, string>> = { n8nUrl: '--n8n', ownedDomains: '--domains', protectedEmails: '--protect', fields: '--set' };

const optionOf = (field: string) => OPTIONS[field] ?? `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws AnswerError with a sentence for each wrong answer */
export function checkedAnswers(given: GivenAnswers, assets: Assets): Answers {
	const defined = withPort(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
	const parsed = answersSchema.safeParse(defined);
	if (!parsed.success) {
		const lines = parsed.error.issues.map(({ path: [field], message }) => {
			const isMissing = typeof field === 'string' && !(field in defined);
			return `${optionOf(String(field))} ${isMissing ? 'is missing.' : message}`;
		});
		throw new AnswerError(lines.join('\n'));
	}
	const answers = withProvider(parsed.data);
	const problems = problemsOf(answers, assets);
	if (problems.length > 0) throw new AnswerError(problems.join('\n'));
	return answers;
}

/** A mail server may be given with its port. */
function withPort(given: GivenAnswers): GivenAnswers {
	const [, host, port] = /^(.+):(\d+)$/.exec(given.smtpHost ?? '') ?? [];
	return host === undefined ? given : { ...given, smtpHost: host, smtpPort: port };
}

/** The HRIS signs its events itself, unless the admin says otherwise; an emergency has no HRIS. */
function withProvider(answers: Answers): Answers {
	const needsHris = needsSource(answers.jobs, 'hris');
	const provider = answers.provider ?? (needsHris ? answers.hris : undefined);
	return provider === undefined ? answers : { ...answers, provider };
}

function problemsOf(answers: Answers, assets: Assets): string[] {
	const roles: SourceRole[] = ['hris', 'directory'];
	const unknown = roles.flatMap((role) => {
		const known = choicesFor(role, assets).map(({ folder }) => folder);
		const folder = answers[role];
		if (folder === undefined) return needsSource(answers.jobs, role) ? [`--${role} is missing. Known: ${known.join(', ')}.`] : [];
		return known.includes(folder) ? [] : [`--${role} ${folder} is not known. Known: ${known.join(', ')}.`];
	});
	const providers = [...assets.providers.map(({ name }) => name), WEBHOOK];
	const { provider, reuse } = answers;
	const notReusable = Object.keys(reuse).filter((slot) => !SLOTS.includes(slot));
	const isUnknown = provider !== undefined && !providers.includes(provider);
	return [
		...unknown,
		...(isUnknown ? [`--provider ${provider} is not known. Known: ${providers.join(', ')}.`] : []),
		...notReusable.map((slot) => `--reuse ${slot} is not known. Known: ${SLOTS.join(', ')}.`),
		...(answers.lockOut && !canLockOut(answers.directory) ? ['--lock-out needs --directory entra, okta or google-workspace.'] : []),
		...(answers.jobs.includes('group-teamspace-sync') && answers.managedGroups.trim() === '' ? ['--managed-groups is missing: the groups of Notion that follow the directory.'] : []),
		...questionsOf(answers).flatMap(([name]) => (answers.fields[name] ? [] : [`--set ${name}=… is missing.`])),
	];
}
