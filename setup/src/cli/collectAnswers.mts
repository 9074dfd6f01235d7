import type { Assets, SourceChoice } from '../assets.mts';
import { sourceChoices } from '../assets.mts';
import { type Answers, answersSchema, type GivenAnswers, WEBHOOK } from '../answers/answers.mts';
import { type JobName, jobNames, jobs, needsSource, type SourceRole } from '../catalog/jobs.mts';
import { canLockOut } from '../catalog/lockOut.mts';
import { sources } from '../catalog/sources.mts';
import type { Options } from './arguments.mts';
import type { Io, Questions } from './io.mts';

/** A wrong or missing answer; the message names what to do. */
export class AnswerError extends Error {}

/** From the options, and from the admin where something is missing. */
export async function collectAnswers(options: Options, assets: Assets, { ask }: Pick<Io, 'ask'>): Promise<Answers> {
	const given = givenIn(options);
	const asked = ask === undefined ? given : await askedFor(given, assets, ask);
	return checkedAnswers(asked, assets);
}

function givenIn(options: Options): GivenAnswers {
	const { n8n, domains, protect, set = [], groups = [], reuse = [], ...rest } = options;
	return {
		...rest,
		n8nUrl: n8n,
		ownedDomains: domains,
		protectedEmails: protect,
		fields: Object.fromEntries(set.map((entry) => parted(entry, '--set', 'hris.company=acme'))),
		reuse: Object.fromEntries(reuse.map((entry) => parted(entry, '--reuse', 'smtp=Yx3kQ0'))),
		groups: groups.flatMap((entry) => {
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

async function askedFor(given: GivenAnswers, assets: Assets, ask: Questions): Promise<GivenAnswers> {
	const chosen = given.jobs ?? (await ask.some('Which jobs?', jobNames.map((value) => ({ value, name: jobs[value].title, checked: BASIC.includes(value) }))));
	const names = jobNames.filter((name) => chosen.includes(name));
	const hris = await source('hris', 'Which HRIS?', given.hris, names, assets, ask);
	const directory = await source('directory', 'Which directory?', given.directory, names, assets, ask);
	const fields = await fieldsFor({ hris, directory }, given.fields ?? {}, ask);
	const text = async (value: string | undefined, question: string, initial?: string) => value ?? (await ask.text(question, initial));
	const tokenCreator = await text(given.tokenCreator, 'Which owner made the SCIM token? (address)');
	const mailTo = await text(given.mailTo, 'Who gets alerts and reports? (addresses, with commas between)', tokenCreator);
	const smtpUser = await text(given.smtpUser, 'Which user of the mail server sends them?', mailTo.split(',')[0]);
	return {
		...given,
		jobs: chosen,
		hris,
		directory,
		fields,
		tokenCreator,
		mailTo,
		smtpUser,
		mailFrom: given.mailFrom ?? (smtpUser.includes('@') ? smtpUser : mailTo.split(',')[0]),
		smtpHost: await text(given.smtpHost, 'Which mail server?'),
		zone: await text(given.zone, 'Which time zone do your company\'s days begin in?', Intl.DateTimeFormat().resolvedOptions().timeZone),
		ownedDomains: await text(given.ownedDomains, 'Which email domains are your company\'s? (with commas between)', tokenCreator.split('@')[1]),
		lockOut: given.lockOut ?? (names.includes('emergency') && canLockOut(directory) && (await ask.yes('May emergencies lock accounts in the directory, too? Its credential must be allowed to'))),
	};
}

const SLOTS = ['scim-full', 'scim-noRemovals', 'scim-readOnly', 'admin', 'hris', 'directory', 'events', 'emergency', 'smtp', 'forms'];

/** What most companies begin with. */
const BASIC: readonly JobName[] = ['onboarding', 'offboarding', 'due-changes', 'nightly-comparison', 'token-health'];

async function source(role: SourceRole, question: string, given: string | undefined, names: readonly JobName[], assets: Assets, ask: Questions) {
	if (given !== undefined || !needsSource(names, role)) return given;
	return await ask.one(question, choicesFor(role, assets).map(({ folder, title }) => ({ value: folder, name: title })));
}

const choicesFor = (role: SourceRole, assets: Assets): SourceChoice[] =>
	sourceChoices(assets).filter(({ isHris, isDirectory }) => (role === 'hris' ? isHris : isDirectory));

async function fieldsFor(chosen: { hris: string | undefined; directory: string | undefined }, given: Record<string, string>, ask: Questions) {
	const fields = { ...given };
	for (const [name, question] of questionsOf(chosen)) fields[name] ??= await ask.text(question);
	return fields;
}

/** By the name of the field: its question. */
function questionsOf({ hris, directory }: { hris?: string | undefined; directory?: string | undefined }): [string, string][] {
	const roles = [['hris', hris] as const, ['directory', directory === hris ? undefined : directory] as const];
	return roles.flatMap(([role, folder]) =>
		Object.entries(sources[folder ?? '']?.questions ?? {}).map(([name, question]): [string, string] => [`${role}.${name}`, question]),
	);
}

/** The option that gives each answer. */
const OPTIONS: Readonly<Record<string, string>> = { n8nUrl: '--n8n', ownedDomains: '--domains', protectedEmails: '--protect', fields: '--set' };

const optionOf = (field: string) => OPTIONS[field] ?? `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws AnswerError with a sentence for each wrong answer */
export function checkedAnswers(given: GivenAnswers, assets: Assets): Answers {
	const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
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
		...questionsOf(answers).flatMap(([name]) => (answers.fields[name] ? [] : [`--set ${name}=… is missing.`])),
	];
}
