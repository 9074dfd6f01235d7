import * as bamboohr from '../../../workflows/sources/bamboohr/mapping.js';
import * as deel from '../../../workflows/sources/deel/mapping.js';
import * as entra from '../../../workflows/sources/entra/mapping.js';
import * as google from '../../../workflows/sources/google-workspace/mapping.js';
import * as hibob from '../../../workflows/sources/hibob/mapping.js';
import * as jumpcloud from '../../../workflows/sources/jumpcloud/mapping.js';
import * as okta from '../../../workflows/sources/okta/mapping.js';
import * as onelogin from '../../../workflows/sources/onelogin/mapping.js';
import * as personio from '../../../workflows/sources/personio/mapping.js';

type Standing = (...values: unknown[]) => unknown;

// The files are plain JavaScript, so the compiler knows no more of their parameters than their names.
const STANDINGS: Record<string, Standing> = {
	bamboohr: (about) => Reflect.apply(bamboohr.standing, undefined, [about]),
	deel: (about) => Reflect.apply(deel.standing, undefined, [about]),
	entra: (...values) => Reflect.apply(entra.standing, undefined, values),
	'google-workspace': (...values) => Reflect.apply(google.standing, undefined, values),
	hibob: (about) => Reflect.apply(hibob.standing, undefined, [about]),
	jumpcloud: (...values) => Reflect.apply(jumpcloud.standing, undefined, values),
	okta: (...values) => Reflect.apply(okta.standing, undefined, values),
	onelogin: (...values) => Reflect.apply(onelogin.standing, undefined, values),
	personio: (about) => Reflect.apply(personio.standing, undefined, [about]),
};

/** standing() of a source. */
export function standingOf(source: string): Standing {
	const standing = STANDINGS[source];
	if (!standing) throw new Error(`${source} has no standing()`);
	return standing;
}

/** What each source's words mean there. */
export const VENDOR_TABLES: Record<string, Record<string, string>> = {
	ENTRA: entra.ENTRA_WORDS,
	GOOGLE: google.GOOGLE_WORDS,
	OKTA: okta.OKTA_WORDS,
	ONELOGIN: onelogin.ONELOGIN_WORDS,
	JUMPCLOUD: jumpcloud.JUMPCLOUD_WORDS,
	BAMBOOHR: bamboohr.BAMBOOHR_WORDS,
	HIBOB: hibob.HIBOB_WORDS,
	DEEL: deel.DEEL_WORDS,
	PERSONIO: personio.PERSONIO_WORDS,
};
