/**
 * What Okta's statuses mean. Only a deactivated user has left; one who is locked out or has an old
 * password comes back by themselves.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
const STATUS_WORDS = {
	staged: 'notStarted',
	provisioned: 'active',
	active: 'active',
	recovery: 'active',
	passwordexpired: 'active',
	lockedout: 'active',
	suspended: 'suspended',
	deprovisioned: 'inactive',
};

/** Where somebody stands, by the status of their account. */
function standing(status, ownWords) {
	return directoryStanding('Okta', status, STATUS_WORDS, ownWords);
}
