/** A source of people, by its part in a company: the HRIS, or the directory of everybody. */
export type SourceRole = 'hris' | 'directory';

interface Job {
	/** What it does, in the list of the question. */
	title: string;
	/** Folders of workflows/. */
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

/** What the admin can choose. Alerts are always part of it. */
export const jobs = {
	onboarding: job('Onboarding: a hire becomes a member, in the right groups', ['onboarding'], ['hris'], true),
	offboarding: job(
		'Offboarding: a leaver is locked out; an admin releases those the limit holds',
		['offboarding-lockdown', 'offboarding-release'],
		['hris'],
		true,
	),
	'due-changes': job('Due changes: the clock of hires and last days to come', [CLOCK], []),
	'nightly-comparison': job('Nightly comparison: finds hires and leavers that were missed', ['nightly-comparison'], ['hris']),
	emergency: job(
		'Emergency lockdown: one call locks people out at once',
		['emergency-lockdown', 'emergency-confirm'],
		[],
		true,
	),
	'directory-sync': job(
		'Directory sync: Notion is what the directory says (begins as a dry run)',
		['directory-sync', 'directory-sync-approval', 'directory-sync-status'],
		['directory'],
	),
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

/** Folders of the chosen jobs, each once, with the clock wherever rows wait for it. */
export function workflowsOf(chosen: readonly JobName[]): string[] {
	const needed = chosen.flatMap((name) => [...jobs[name].workflows, ...(jobs[name].needsClock ? [CLOCK] : [])]);
	return [...new Set([ALERTS, ...needed])];
}

export function needsSource(chosen: readonly JobName[], role: SourceRole): boolean {
	return chosen.some((name) => jobs[name].sources.some((source) => source === role));
}
