import { ALERTS } from './jobs.mts';

/**
 * What a node calls: the folder of a workflow, or a source by its part. `everybody` is any source that lists
 * all people.
 */
export type Callee = string;

/** The name of every node that raises an alert begins with this. */
const RAISES = 'Raise ';

/** By the name of the node, prefixed with its workflow's folder if two workflows call different ones. */
const CALLS: Readonly<Record<string, Callee>> = {
	'Read the employee': 'hris',
	'HRIS leavers': 'hris',
	'HRIS employees': 'everybody',
	'Directory source': 'directory',
	'Read the directory': 'directory',
	'Directory today': 'directory',
	'Ask the reviewers': 'access-review-reminders',
	'Carry out revocations': 'access-review-revocations',
	'Call onboarding': 'onboarding',
	'Call offboarding': 'offboarding-lockdown',
	'Call emergency': 'emergency-lockdown',
	'offboarding-release/Lock out': 'offboarding-lockdown',
	'emergency-confirm/Lock out': 'emergency-lockdown',
	'End the seats': 'end-seats',
	'Carry them out': 'directory-sync',
	'Run the sync': 'directory-sync',
	'Sync the groups': 'directory-sync',
	'Look at the person': 'directory-sync',
	Provision: 'directory-sync',
	'Look again': 'directory-sync',
	'Lock out of Entra': 'lock-out-of-entra',
	'Lock out of Okta': 'lock-out-of-okta',
	'Lock out of Google': 'lock-out-of-google',
};

/** What the admin would pick in this node, or undefined for a node that is not known here. */
export function calleeOf(workflow: string, node: string): Callee | undefined {
	if (node.startsWith(RAISES)) return ALERTS;
	return CALLS[`${workflow}/${node}`] ?? CALLS[node];
}
