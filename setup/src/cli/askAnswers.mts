import type { Assets } from '../assets.mts';
import type { GivenAnswers, RememberedAnswers } from '../answers/answers.mts';
import { type JobName, jobNames, jobs, needsSource, offeredJobs, type SourceRole } from '../catalog/jobs.mts';
import { canLockOut } from '../catalog/lockOut.mts';
import { choicesFor, questionsOf } from '../catalog/sourceQuestions.mts';
import type { Io, Questions } from './io.mts';
import { withRemembered, wordsOfRemembered } from './remembered.mts';

/** What most companies begin with. */
const BASIC: readonly JobName[] = ['onboarding', 'offboarding', 'nightly-comparison', 'token-health'];

interface Asking {
	/** What is answered already, and not asked. */
	known: GivenAnswers;
	/** What is suggested: the answers of the last run. */
	before: RememberedAnswers;
	assets: Assets;
	ask: Questions;
}

/** Asks for what is missing. After an earlier run, its answers can be kept with one yes. */
export async function askAnswers(
	given: GivenAnswers,
	remembered: RememberedAnswers | undefined,
	assets: Assets,
	{ ask, say }: { ask: Questions; say: Io['say'] },
): Promise<GivenAnswers> {
	if (remembered === undefined) return await askMissing({ known: given, before: {}, assets, ask });
	say(`The last run was given:\n${wordsOfRemembered(remembered)}\n`);
	const areKept = await ask.yes('Keep these answers, but for the jobs?', true);
	const chosen = given.jobs ?? (await askJobs(ask, remembered.jobs));
	const known = { ...given, jobs: chosen };
	return await askMissing({ known: areKept ? withRemembered(known, remembered) : known, before: remembered, assets, ask });
}

async function askMissing({ known, before, assets, ask }: Asking): Promise<GivenAnswers> {
	const chosen = known.jobs ?? (await askJobs(ask, BASIC));
	const names = jobNames.filter((name) => chosen.includes(name));
	const asking = { known, before, assets, ask };
	const hris = await askSource('hris', 'Which HRIS, the system that HR keeps employees in?', names, asking);
	const directory = await askSource('directory', 'Which directory, where everyone has an account?', names, asking);
	const fields = await askFields({ hris, directory }, asking);
	const lockOut = known.lockOut ?? (await askLockOut(names, directory, asking));
	const aboutNotion = await askAboutNotion(names, asking);
	const aboutMails = await askAboutMails(aboutNotion.tokenCreator, asking);
	return { ...known, jobs: chosen, hris, directory, fields, lockOut, ...aboutNotion, ...aboutMails };
}

const titleOf = (job: JobName) => jobs[job].title.split(':')[0] ?? job;

async function askJobs(ask: Questions, checked: readonly JobName[] = BASIC): Promise<string[]> {
	return await ask.some('Which jobs?', offeredJobs.map((value) => ({ value, name: jobs[value].title, short: titleOf(value), checked: checked.includes(value) })));
}

async function askSource(role: SourceRole, question: string, names: readonly JobName[], { known, before, assets, ask }: Asking) {
	const given = known[role];
	if (given !== undefined || !needsSource(names, role)) return given;
	return await ask.one(question, choicesFor(role, assets).map(({ folder, title }) => ({ value: folder, name: title })), before[role]);
}

async function askFields(chosen: { hris: string | undefined; directory: string | undefined }, { known, before, ask }: Asking) {
	const suggested = withRemembered(chosen, before).fields ?? {};
	const fields = { ...known.fields };
	for (const [name, question] of questionsOf(chosen)) fields[name] ??= await ask.text(question, suggested[name]);
	return fields;
}

async function askLockOut(names: readonly JobName[], directory: string | undefined, { before, ask }: Asking): Promise<boolean> {
	if (!names.includes('emergency') || !canLockOut(directory)) return false;
	return await ask.yes('May emergencies lock accounts in the directory, too? Its credential must be allowed to', before.lockOut);
}

async function askAboutNotion(names: readonly JobName[], { known, before, ask }: Asking) {
	const tokenCreator = known.tokenCreator ?? (await ask.text('Notion: email address of the owner who made the SCIM token', before.tokenCreator));
	const ownedDomains =
		known.ownedDomains ?? (await ask.text('Notion: email domains of your company (with commas between); people of others join as restricted members', before.ownedDomains ?? tokenCreator.split('@')[1]));
	return {
		tokenCreator,
		ownedDomains,
		...(names.includes('onboarding') && known.groups === undefined ? { groups: await askGroups(before, ask) } : {}),
		...(names.includes('group-teamspace-sync') && !known.managedGroups
			? { managedGroups: await ask.text('Which groups follow the directory? (names, with commas between; a * at the end stands for any ending)', before.managedGroups || undefined) }
			: {}),
		zone: known.zone ?? (await ask.text('Time zone of your company: its days begin and end by it', before.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)),
	};
}

const EVERY_DEPARTMENT = '*';

/** Asks for the groups of every department; those of one are given by an option, or on the canvas. */
async function askGroups({ groups = [] }: RememberedAnswers, ask: Questions): Promise<GivenAnswers['groups']> {
	const before = groups.filter(({ department }) => department === EVERY_DEPARTMENT).map(({ group }) => group);
	const text = await ask.text('Which groups of Notion does every hire join? (names, with commas between; Enter: none)', before.join(', ') || undefined);
	const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
	const others = groups.filter(({ department }) => department !== EVERY_DEPARTMENT);
	return [...others, ...names.map((group) => ({ department: EVERY_DEPARTMENT, group }))];
}

async function askAboutMails(tokenCreator: string, { known, before, ask }: Asking) {
	const mailTo = known.mailTo ?? (await ask.text('Who gets alerts and reports? (email addresses, with commas between)', before.mailTo ?? tokenCreator));
	const smtpHost = known.smtpHost ?? (await ask.text('Mail server that sends them (name, or name:port; without a port 465)', serverOf(before)));
	const smtpUser = known.smtpUser ?? (await ask.text('Your user at the mail server', before.smtpUser ?? mailTo.split(',')[0]));
	const sender = smtpUser.includes('@') ? smtpUser : mailTo.split(',')[0];
	return { mailTo, smtpHost, smtpUser, mailFrom: known.mailFrom ?? before.mailFrom ?? sender };
}

const serverOf = ({ smtpHost, smtpPort }: RememberedAnswers) => (smtpHost === undefined ? undefined : `${smtpHost}:${smtpPort}`);
