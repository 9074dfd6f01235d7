import { each, type Words } from '../words';

/** What happens to a record. The help names both spellings; `synced` means that all were read. */
const ADDED = ['added', 'created'];
const CHANGED = ['changed', 'updated'];
const REMOVED = ['removed', 'deleted'];

/** Merge's models of HR systems that say nothing about who has access. */
const OTHER_MODELS = [
	'BankInfo',
	'Benefit',
	'Company',
	'Dependent',
	'EmployeePayrollRun',
	'EmployerBenefit',
	'Group',
	'Location',
	'PayGroup',
	'PayrollRun',
	'Team',
	'TimeOff',
	'TimeOffBalance',
	'TimesheetEntry',
];

export const mergeWords: Words = {
	pages: [
		'https://docs.merge.dev/merge-unified/reading-data/webhooks/merge-webhooks',
		'https://help.merge.dev/en/articles/5389453-creating-webhooks-in-merge',
		'https://help.merge.dev/en/articles/8426389-webhooks-migration-guide',
	],
	meanings: {
		...each('Employee.', ADDED, 'hired'),
		...each('Employee.', CHANGED, 'changed'),
		...each('Employee.', REMOVED, 'deleted'),
		...each('Employment.', [...ADDED, ...CHANGED], 'changed'),
		...each('Employment.', REMOVED, 'deleted'),
		'Issue.created': 'disconnected',
		...each('', ['Employee.synced', 'Employment.synced', 'Issue.resolved'], 'quiet'),
		...each('LinkedAccount.', ['linked', 'synced', 'synced_initial', 'fully_synced_initial'], 'quiet'),
		...Object.assign(
			{},
			...OTHER_MODELS.map((model) =>
				each(`${model}.`, [...ADDED, ...CHANGED, ...REMOVED, 'synced'], 'quiet'),
			),
		),
	},
};
