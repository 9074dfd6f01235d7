import { each, type Words } from '../words';

/** Words that other systems use, for a sender that passes them on. */
export const genericWords: Words = {
	pages: ['https://www.standardwebhooks.com'],
	meanings: {
		...each('employee.', ['created', 'hired', 'joined'], 'hired'),
		'employee.rehired': 'rehired',
		...each('employee.', ['updated', 'changed'], 'changed'),
		...each('employee.', ['terminated', 'left'], 'leaving'),
		'employee.termination_cancelled': 'leaverCancelled',
		'employee.deleted': 'deleted',
	},
};
