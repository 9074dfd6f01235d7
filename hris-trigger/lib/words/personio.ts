import { each, type Words } from '../words';

/** Personio sends `employment.started` and `employment.terminated` on the date itself. */
export const personioWords: Words = {
	pages: [
		'https://developer.personio.de/v2.0/reference/webhooks',
		'https://developer.personio.de/docs/event-driven-data-from-personio',
		'https://developer.personio.de/docs/attendance-and-absence-events',
	],
	meanings: {
		'person.created': 'hired',
		'person.updated': 'changed',
		'person.deleted': 'deleted',
		...each('employment.', ['created', 'updated', 'updated.cost-centers'], 'changed'),
		'employment.started': 'hired',
		'employment.terminated': 'left',
		'employment.deleted': 'deleted',
		...each(
			'absence-period.',
			['created', 'updated', 'updated.status', 'updated.timerange', 'deleted'],
			'quiet',
		),
		...each('attendance-period.', ['created', 'updated', 'deleted'], 'quiet'),
		...each('document.', ['created', 'updated', 'deleted', 'signed'], 'quiet'),
	},
};
