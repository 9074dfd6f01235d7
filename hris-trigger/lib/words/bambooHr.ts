import { each, type Words } from '../words';

/**
 * BambooHR has no event for a leaver: the fields tell. `employee_with_fields.*` are the names under
 * which the deliveries with fields are subscribed to, and the documentation writes `employee.update`
 * here and there.
 */
export const bambooHrWords: Words = {
	pages: [
		'https://documentation.bamboohr.com/docs/event-based-webhooks',
		'https://documentation.bamboohr.com/docs/field-based-webhooks',
	],
	meanings: {
		...each('', ['employee.created', 'employee_with_fields.created'], 'hired'),
		...each('', ['employee.updated', 'employee.update'], 'changed'),
		...each('', ['employee_with_fields.updated', 'employee_with_fields.update'], 'changed'),
		...each('', ['employee.deleted', 'employee_with_fields.deleted'], 'deleted'),
	},
};
