import { BAMBOOHR_WORDS } from '../bamboohr/mapping.js';
import { DEEL_WORDS } from '../deel/mapping.js';
import { ENTRA_WORDS } from '../entra/mapping.js';
import { GOOGLE_WORDS } from '../google-workspace/mapping.js';
import { HIBOB_WORDS } from '../hibob/mapping.js';
import { JUMPCLOUD_WORDS } from '../jumpcloud/mapping.js';
import { OKTA_WORDS } from '../okta/mapping.js';
import { ONELOGIN_WORDS } from '../onelogin/mapping.js';
import { PERSONIO_WORDS } from '../personio/mapping.js';

/**
 * Further words in lists. A word that two vendors use for different things would be here as well, with
 * its meaning in a list; today there is none.
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
export const LIST_WORDS = {
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
