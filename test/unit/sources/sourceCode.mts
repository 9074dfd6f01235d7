import * as bamboohr from '../../../workflows/sources/bamboohr/mapping.js';
import * as deel from '../../../workflows/sources/deel/mapping.js';
import * as entra from '../../../workflows/sources/entra/mapping.js';
import * as google from '../../../workflows/sources/google-workspace/mapping.js';
import * as hibob from '../../../workflows/sources/hibob/mapping.js';
import * as jumpcloud from '../../../workflows/sources/jumpcloud/mapping.js';
import * as okta from '../../../workflows/sources/okta/mapping.js';
import * as onelogin from '../../../workflows/sources/onelogin/mapping.js';
import * as personio from '../../../workflows/sources/personio/mapping.js';

type EmploymentState = (...values: unknown[]) => unknown;

// The files are plain JavaScript, so the compiler knows no more of their parameters than their names.
const EMPLOYMENT_STATES: Record<string, EmploymentState> = {
	bamboohr: (about) => Reflect.apply(bamboohr.employmentState, undefined, [about]),
	deel: (about) => Reflect.apply(deel.employmentState, undefined, [about]),
	entra: (...values) => Reflect.apply(entra.employmentState, undefined, values),
	'google-workspace': (...values) => Reflect.apply(google.employmentState, undefined, values),
	hibob: (about) => Reflect.apply(hibob.employmentState, undefined, [about]),
	jumpcloud: (...values) => Reflect.apply(jumpcloud.employmentState, undefined, values),
	okta: (...values) => Reflect.apply(okta.employmentState, undefined, values),
	onelogin: (...values) => Reflect.apply(onelogin.employmentState, undefined, values),
	personio: (about) => Reflect.apply(personio.employmentState, undefined, [about]),
};

/** employmentState() of a source. */
export function employmentStateOf(source: string): EmploymentState {
	const employmentState = EMPLOYMENT_STATES[source];
	if (!employmentState) throw new Error(`${source} has no employmentState()`);
	return employmentState;
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
