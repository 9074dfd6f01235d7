import { each, type Words } from '../words';

/**
 * For a contract's status, the status itself decides: see the provider. Deel lists its events in the dialog
 * that creates a webhook; these are the ones that its documentation names.
 */
export const deelWords: Words = {
	pages: [
		'https://developer.deel.com/docs/webhook-event-types',
		'https://developer.deel.com/api/webhooks/events',
		'https://developer.deel.com/changelog/v1-15',
	],
	meanings: {
		...each('employee.created.', ['direct', 'contractor', 'eor'], 'hired'),
		'employee.updated.direct': 'changed',
		...each('worker.', ['created', 'v2.created'], 'hired'),
		...each('worker.', ['updated', 'v2.updated'], 'changed'),
		...each('worker.', ['deleted', 'v2.deleted'], 'left'),
		...each('contract.', ['created', 'signed'], 'hired'),
		...each('contract.', ['amended', 'archived', 'status.updated'], 'changed'),
		...each('', ['contract.terminated', 'gp.termination.confirmed'], 'leaving'),
		'onboarding.status.updated': 'changed',
		'oauth2.token.revoked': 'disconnected',
		...each('contract.', ['duplicated', 'sign.team-member-invited'], 'quiet'),
		...each('ats.application.', ['created', 'transitioned'], 'quiet'),
		...each('engage.learning.journeys.assignments.', ['created', 'reminded'], 'quiet'),
		...each('eor.', ['quote.created', 'amendment.status.updated', 'payslips.available'], 'quiet'),
		'gp.payslips.available': 'quiet',
		'immigration.case.process.status.update': 'quiet',
		...each('invoice-adjustment.', ['created', 'reviewed', 'pending-for-approval'], 'quiet'),
		...each('', ['it-order.created', 'it-asset.location-updated'], 'quiet'),
		'onboarding.checklist.updated': 'quiet',
		...each('payment.statement.', ['initiated', 'mark-paid'], 'quiet'),
		'profile.kyc.changed': 'quiet',
		'tax.document.available': 'quiet',
		...each('timesheet.', ['created', 'reviewed'], 'quiet'),
		...each('time-off.', ['created', 'reviewed', 'updated', 'deleted'], 'quiet'),
		'bgcheck.result.available': 'quiet',
	},
};
