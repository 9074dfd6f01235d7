import { each, type Words } from '../words';

/**
 * BambooHR has no event for a leaver: the fields show it. Webhooks subscribe to deliveries with fields as
 * `employee_with_fields.*`, and the documentation occasionally writes `employee.update`.
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
