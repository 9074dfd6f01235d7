import type { Answers } from '../answers/answers.mts';
import type { JobName } from '../catalog/jobs.mts';

const DRY_RUN = 'Directory sync only reports until you set Mode to Apply in its node "Plan changes". Its status page shows what it would do.';

/** By job: what is left to the admin. */
const LEFT: Partial<Record<JobName, string>> = {
	'directory-sync': DRY_RUN,
	'provision-now': DRY_RUN,
	'group-teamspace-sync': `${DRY_RUN}\nIn Notion, add each group to its teamspace: SCIM does not see teamspaces.`,
	'import-members': 'Import members runs when you execute it in n8n. Its note says how.',
};

/** What is left to do after the set-up, each once. */
export function nextSteps({ jobs }: Pick<Answers, 'jobs'>): string[] {
	const lines = jobs.flatMap((job) => LEFT[job]?.split('\n') ?? []);
	return [...new Set(lines)];
}
