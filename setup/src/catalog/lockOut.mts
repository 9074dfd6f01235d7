import type { Answers } from '../answers/answers.mts';

interface LockOut {
	/** Folder of the workflow. */
	workflow: string;
	/** As the parameter *Apps* of an emergency names it. */
	app: string;
}

/** By directory: what an emergency can lock besides Notion. */
const LOCK_OUTS: Readonly<Record<string, LockOut>> = {
	entra: { workflow: 'lock-out-of-entra', app: 'entra' },
	okta: { workflow: 'lock-out-of-okta', app: 'okta' },
	'google-workspace': { workflow: 'lock-out-of-google', app: 'google' },
};

export const canLockOut = (directory: string | undefined): boolean =>
	directory !== undefined && Object.hasOwn(LOCK_OUTS, directory);

/** The app besides Notion that an emergency locks people out of, if the admin allows it. */
export function lockOutOf({ jobs, directory, lockOut }: Answers): LockOut | undefined {
	if (!lockOut || directory === undefined || !jobs.includes('emergency')) return undefined;
	return LOCK_OUTS[directory];
}
