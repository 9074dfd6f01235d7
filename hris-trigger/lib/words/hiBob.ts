import { each, type Words } from '../words';

/**
 * HiBob sends `employee.inactivated` both for a leave and for a termination, so it only means that something
 * changed; `employee.left` follows a termination, and also reports garden leave.
 */
export const hiBobWords: Words = {
	pages: [
		'https://apidocs.hibob.com/docs/employee-data-webhooks',
		'https://apidocs.hibob.com/reference/time-off-webhooks',
		'https://apidocs.hibob.com/reference/tasks-webhooks',
		'https://apidocs.hibob.com/reference/esign-events-v2',
		'https://apidocs.hibob.com/reference/workforce-planning-events',
	],
	meanings: {
		...each('employee.', ['created', 'joined'], 'hired'),
		...each('employee.', ['updated', 'inactivated'], 'changed'),
		...each('table.entry.', ['created', 'updated', 'deleted'], 'changed'),
		'employee.activated': 'returned',
		'employee.temporaryLeave': 'onLeave',
		'employee.left': 'left',
		'employee.access.revoked.immediately': 'accessRevoked',
		'employee.deleted': 'deleted',
		...each(
			'timeoff.request.',
			['requested', 'approved', 'declined', 'cancelled', 'canceled', 'deleted', 'updated', 'imported'],
			'quiet',
		),
		...each('todo.', ['assign', 'changedStatus'], 'quiet'),
		'documents.eSign.completed': 'quiet',
		...each('workforcePlanning.position.', ['created', 'updated', 'deleted'], 'quiet'),
		...each('workforcePlanning.positionOpening.', ['created', 'updated', 'deleted'], 'quiet'),
		...each('workforcePlanning.positionBudget.', ['created', 'updated', 'deleted'], 'quiet'),
	},
};
