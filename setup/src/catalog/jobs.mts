/** A source of people, by its part in a company: the HRIS, or the directory of everybody. */
export type SourceRole = 'hris' | 'directory';

interface Job {
	/** What it does, in the list of the question. */
	title: string;
	/** Folders of workflows/. The first one tells that an n8n has this job. */
	workflows: readonly string[];
	sources: readonly SourceRole[];
	/** Whether rows that it stores wait for the clock. */
	needsClock: boolean;
}

/** The folder of the workflow that all others raise alerts with. */
export const ALERTS = 'error-notification';

const CLOCK = 'due-changes';

const job = (title: string, workflows: string[], sources: SourceRole[], needsClock = false): Job => ({
	title,
	workflows,
	sources,
	needsClock,
});

const SYNC = ['directory-sync', 'directory-sync-approval', 'directory-sync-status'];

/** What the admin can choose. Alerts are always part of it. */
export const jobs = {
	onboarding: job('Onboarding: a hire in your HRIS becomes a member, in the right groups', ['onboarding'], ['hris'], true),
	offboarding: job(
		'Offboarding: a leaver in your HRIS is locked out of Notion',
		['offboarding-lockdown', 'offboarding-release'],
		['hris'],
		true,
	),
	'due-changes': job('Due changes: does what is due later, such as a first day; part of the jobs that need it', [CLOCK], []),
	'nightly-comparison': job('Nightly comparison: finds hires and leavers that no event reported', ['nightly-comparison'], ['hris']),
	emergency: job(
		'Emergency lockdown: a security tool, or an admin in a form, locks people out at once',
		['emergency-lockdown', 'emergency-confirm'],
		[],
		true,
	),
	'out-of-band-alert': job(
		'Out-of-band alert: tells of people and owners that nothing explains',
		['out-of-band-alert', 'emergency-lockdown', 'emergency-confirm'],
		[],
		true,
	),
	'directory-sync': job(
		'Directory sync: people and groups follow Entra, Okta, Google and the like (begins as a dry run)',
		SYNC,
		['directory'],
	),
	'provision-now': job('Provision now: a form adds one person of the directory at once', ['provision-now', ...SYNC], ['directory']),
	'group-teamspace-sync': job(
		'Groups for teamspaces: groups follow the directory, soon after a change',
		['group-teamspace-sync', ...SYNC],
		['directory'],
	),
	'import-members': job('Import members: makes a list of Notion\'s members, for companies without a directory', ['import-members'], []),
	'license-reconciliation': job(
		'License reconciliation: a monthly report on every seat',
		['license-reconciliation', 'end-seats', 'license-removal'],
		['directory'],
	),
	'access-review': job(
		'Access review: every quarter each manager decides who keeps what',
		['access-review', 'access-review-answers', 'access-review-evidence', 'access-review-reminders', 'access-review-revocations'],
		['directory'],
	),
	audit: job(
		'Audit: seals the journal every day, and exports and checks it for the auditor every month',
		['audit-seal', 'audit-check'],
		[],
	),
	'token-health': job('Token health: says when the SCIM token stops working', ['token-health'], []),
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof jobs;

const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name);

export const jobNames: readonly JobName[] = Object.keys(jobs).filter(isJobName);

/** The jobs that an admin is asked about: what only serves others comes with them. */
export const offeredJobs: readonly JobName[] = jobNames.filter((name) => name !== CLOCK);

/** Folders of the chosen jobs, each once, with the clock wherever rows wait for it. */
export function workflowsOf(chosen: readonly JobName[]): string[] {
	const needed = chosen.flatMap((name) => [...jobs[name].workflows, ...(jobs[name].needsClock ? [CLOCK] : [])]);
	return [...new Set([ALERTS, ...needed])];
}

export function needsSource(chosen: readonly JobName[], role: SourceRole): boolean {
	return chosen.some((name) => jobs[name].sources.some((source) => source === role));
}
