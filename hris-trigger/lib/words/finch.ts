import { each, type Words } from '../words';

const WRITTEN = ['created', 'updated', 'deleted'];

/** The status of `account.updated` shows whether the connection is broken: see the provider. */
export const finchWords: Words = {
	pages: ['https://developer.tryfinch.com/developer-resources/Webhooks'],
	meanings: {
		...each('', ['directory.created', 'individual.created', 'employment.created'], 'hired'),
		...each('', ['directory.updated', 'individual.updated', 'employment.updated'], 'changed'),
		...each('', ['directory.deleted', 'individual.deleted', 'employment.deleted'], 'deleted'),
		'account.updated': 'quiet',
		...each('company.', WRITTEN, 'quiet'),
		...each('payment.', WRITTEN, 'quiet'),
		...each('pay_statement.', WRITTEN, 'quiet'),
		...each(
			'job.',
			[
				'benefit_create.completed',
				'benefit_delete.completed',
				'benefit_enroll.completed',
				'benefit_register.completed',
				'benefit_unenroll.completed',
				'benefit_update.completed',
				'data_sync_all.completed',
				'w4_form_employee_sync.completed',
				'initial_data_sync_org.succeeded',
				'initial_data_sync_payroll.succeeded',
			],
			'quiet',
		),
	},
};
