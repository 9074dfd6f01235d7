// What words for an employment or an account mean: one section for each vendor, and the list, which
// knows the words of all of them. Words stand without capitals, spaces and lines, see meaningOf().

/** Words for a leave, as HR systems and companies call it. */
const LEAVE_WORDS = {
	onleave: 'onLeave',
	leaveofabsence: 'onLeave',
	parentalleave: 'onLeave',
	maternityleave: 'onLeave',
	paternityleave: 'onLeave',
	medicalleave: 'onLeave',
	militaryleave: 'onLeave',
	unpaidleave: 'onLeave',
	sabbatical: 'onLeave',
	furlough: 'onLeave',
	furloughed: 'onLeave',
};

/**
 * Microsoft Graph has no words, only whether the account is enabled, and the date of hiring: an account
 * that is made beforehand is often disabled until then.
 * https://learn.microsoft.com/graph/api/resources/user
 */
const ENTRA_WORDS = {
	enabled: 'active',
	disabled: 'inactive',
	enabledbeforehire: 'notStarted',
	disabledbeforehire: 'notStarted',
};

/**
 * Google has no words either, but says of an account whether it is archived or suspended, and why. A new
 * account is suspended until its owner signs in.
 * https://developers.google.com/admin-sdk/directory/reference/rest/v1/users
 */
const GOOGLE_WORDS = {
	active: 'active',
	'suspended(webloginrequired)': 'notStarted',
	suspended: 'suspended',
	archived: 'inactive',
};

/**
 * Only a deactivated user has left; a user who is locked out or has an old password comes back without
 * an admin.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
const OKTA_WORDS = {
	staged: 'notStarted',
	provisioned: 'active',
	active: 'active',
	recovery: 'active',
	passwordexpired: 'active',
	lockedout: 'active',
	suspended: 'suspended',
	deprovisioned: 'inactive',
};

/**
 * OneLogin has no word for a leaver: where a company suspends leavers, it says so in Settings.
 * https://developers.onelogin.com/api-docs/2/users/user-resource
 */
const ONELOGIN_WORDS = {
	unactivated: 'notStarted',
	active: 'active',
	suspended: 'suspended',
	locked: 'active',
	passwordexpired: 'active',
	awaitingpasswordreset: 'active',
	passwordpending: 'active',
	securityquestionsrequired: 'active',
	unapproved: 'notStarted',
	rejected: 'suspended',
	unlicensed: 'suspended',
};

/**
 * JumpCloud has no word for a leaver: where a company suspends leavers, it says so in Settings. A user
 * who is locked out comes back without an admin.
 * https://jumpcloud.com/support/manage-user-states
 */
const JUMPCLOUD_WORDS = {
	staged: 'notStarted',
	activated: 'active',
	suspended: 'suspended',
	lockedout: 'active',
	passwordpending: 'active',
};

/**
 * `active` and `inactive` are BambooHR's field `status`; the others are the column `employmentStatus` of
 * the table of the same name, a list that each company makes for itself: only Terminated and Contractor
 * are always there.
 * https://www.bamboohr.com/api/documentation/tables.php
 */
const BAMBOOHR_WORDS = { active: 'active', inactive: 'inactive', terminated: 'inactive', ...LEAVE_WORDS };

/**
 * Bob's lifecycle statuses. Companies can add kinds of leave. On garden leave a person no longer works,
 * and hands in what belongs to the company on the last day of work.
 * https://help.hibob.com/hc/en-us/articles/4409776355857
 */
const HIBOB_WORDS = {
	hired: 'notStarted',
	employed: 'active',
	leave: 'onLeave',
	temporaryleave: 'onLeave',
	parentalleave: 'onLeave',
	gardenleave: 'inactive',
	terminated: 'inactive',
};

/**
 * Deel's `hiringStatus`. Deel's SCIM has no word for a leave of absence: a person on leave stays active.
 * https://developer.deel.com/docs/using-the-deel-scim-api-for-user-provisioning,
 * https://help.letsdeel.com/hc/en-gb/articles/15043051793297
 */
const DEEL_WORDS = {
	draft: 'notStarted',
	pendinginvite: 'notStarted',
	invited: 'notStarted',
	onboarding: 'notStarted',
	onboardingatrisk: 'notStarted',
	onboardingoverdue: 'notStarted',
	readytostart: 'notStarted',
	active: 'active',
	offboarding: 'active',
	inactive: 'inactive',
	noactivecontracts: 'inactive',
};

/**
 * The status of an employment in Personio.
 * https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
const PERSONIO_WORDS = {
	active: 'active',
	onboarding: 'notStarted',
	leave: 'onLeave',
	inactive: 'inactive',
};

/**
 * What stands in lists besides. A word that two vendors use for different things would stand here as
 * well, with what it means in a list; today there is none.
 */
const FURTHER_WORDS = {
	current: 'active',
	currentemployee: 'active',
	working: 'active',
	passwordreset: 'active',
	// Okta's console says it of what its API calls PROVISIONED.
	pendinguseraction: 'active',
	signinallowed: 'active',
	aktiv: 'active',
	actif: 'active',
	activo: 'active',
	notstarted: 'notStarted',
	pending: 'notStarted',
	pendingstart: 'notStarted',
	prehire: 'notStarted',
	preboarding: 'notStarted',
	future: 'notStarted',
	absent: 'onLeave',
	sickleave: 'onLeave',
	blocked: 'suspended',
	paused: 'suspended',
	onhold: 'suspended',
	gesperrt: 'suspended',
	suspendu: 'suspended',
	suspendido: 'suspended',
	left: 'inactive',
	leaver: 'inactive',
	former: 'inactive',
	formeremployee: 'inactive',
	gardeningleave: 'inactive',
	dismissed: 'inactive',
	resigned: 'inactive',
	retired: 'inactive',
	deceased: 'inactive',
	deactivated: 'inactive',
	deleted: 'inactive',
	offboarded: 'inactive',
	signinblocked: 'inactive',
	inaktiv: 'inactive',
	deaktiviert: 'inactive',
	archiviert: 'inactive',
	ausgeschieden: 'inactive',
	inactif: 'inactive',
	désactivé: 'inactive',
	inactivo: 'inactive',
	desactivado: 'inactive',
};

/** Every word of every source: people export their lists from these systems. */
const LIST_WORDS = {
	...ENTRA_WORDS,
	...GOOGLE_WORDS,
	...OKTA_WORDS,
	...ONELOGIN_WORDS,
	...JUMPCLOUD_WORDS,
	...BAMBOOHR_WORDS,
	...HIBOB_WORDS,
	...DEEL_WORDS,
	...PERSONIO_WORDS,
	...FURTHER_WORDS,
};
