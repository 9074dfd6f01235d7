import { z } from 'zod';

import type { User } from '../scim/userResource';
import type { Failure } from './applied';
import { instant, lenientText } from './cells';
import type { Alert } from './decision';
import type { RUN_COLUMNS } from './tables';
import { isoText } from './zones';

/** What one reading shows about the SCIM token. */
export type TokenState =
	| 'ok'
	/** 401 or 403. */
	| 'rejected'
	/** No answer that says anything: the token may be good. */
	| 'silent'
	| 'creatorGone'
	/** The creator is not an owner any more. */
	| 'creatorChanged'
	/** Notion names no one. */
	| 'empty'
	/** The token could not be tested. */
	| 'failed';

/** The result of reading one person: the creator of the token if the credential names them, or anyone. */
export type TokenReading = { user: User | undefined } | { failure: Failure };

export interface TokenClassification {
	state: TokenState;
	message: string;
}

const REJECTED: readonly string[] = ['tokenRejected', 'refused', 'accessDenied'];
const SILENT: readonly string[] = ['network', 'serverError', 'rateLimited', 'conflict', 'unexpectedAnswer'];

/** @param creator address of the owner who created the token, or empty */
export function classifyToken(reading: TokenReading, creator: string): TokenClassification {
	if ('failure' in reading) {
		const { kind = '', text } = reading.failure;
		return { state: REJECTED.includes(kind) ? 'rejected' : SILENT.includes(kind) ? 'silent' : 'failed', message: text };
	}
	const { user } = reading;
	if (!user) {
		return creator === ''
			? { state: 'empty', message: 'Notion took the token and named no one at all.' }
			: { state: 'creatorGone', message: `${creator} is not in the workspace that the token belongs to.` };
	}
	if (creator !== '' && user.role !== undefined && user.role !== 'owner') {
		return { state: 'creatorChanged', message: `${creator} is ${user.role} in Notion, not owner.` };
	}
	return { state: 'ok', message: '' };
}

export const TOKEN_CHECK = 'tokenCheck';

/** A row of `notion_scim_runs`. */
export type TokenCheckRow = Record<keyof typeof RUN_COLUMNS, string>;

const checkSchema = z.object({
	kind: z.literal(TOKEN_CHECK),
	state: lenientText,
	at: instant,
	details: lenientText.transform((details) => details.includes('"alerted":true')),
});

type EarlierCheck = z.infer<typeof checkSchema>;

export interface TokenCheckInputs {
	/** Rows of earlier checks of the same workflow. Other rows are skipped. */
	earlier: readonly unknown[];
	/** After how many hours the same problem is a new alert. */
	repeatHours: number;
	workflow: { id: string; name: string };
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** What a check stores and reports: a problem once in this many hours, and its end once. */
export function tokenCheck(
	{ state, message }: TokenClassification,
	{ earlier, repeatHours, workflow, execution, now }: TokenCheckInputs,
): { row: TokenCheckRow; alert?: Alert } {
	const trouble = troubleIn(earlier);
	const alert = state === 'ok' ? recovery(trouble) : troubleAlert({ state, message }, trouble, now - repeatHours * 3_600_000);
	const row: TokenCheckRow = {
		kind: TOKEN_CHECK,
		key: workflow.id,
		workflow: workflow.name,
		execution,
		state,
		at: isoText(now),
		expiresAt: '',
		requestedBy: '',
		decidedBy: '',
		assurance: '',
		decidedAt: '',
		note: message,
		details: alert && state !== 'ok' ? JSON.stringify({ alerted: true }) : '',
	};
	return { row, ...(alert ? { alert } : {}) };
}

/** The checks since the last good one, oldest first. */
function troubleIn(earlier: readonly unknown[]): EarlierCheck[] {
	const checks = earlier
		.flatMap((item) => {
			const read = checkSchema.safeParse(item);
			return read.success ? [read.data] : [];
		})
		.sort((one, other) => one.at.localeCompare(other.at));
	return checks.slice(checks.map(({ state }) => state).lastIndexOf('ok') + 1);
}

const TITLES: Readonly<Record<Exclude<TokenState, 'ok'>, string>> = {
	rejected: 'Notion rejects the token',
	silent: 'Notion does not answer',
	creatorGone: 'the creator of the token is not in the workspace',
	creatorChanged: 'the creator of the token is not an owner',
	empty: 'the workspace seems empty',
	failed: 'the token could not be tested',
};

function titleOf(state: string): string {
	return new Map<string, string>(Object.entries(TITLES)).get(state) ?? state;
}

function recovery([first]: readonly EarlierCheck[]): Alert | undefined {
	if (!first) return undefined;
	return {
		key: 'token-health: recovered',
		text:
			`Notion takes the token again. From ${first.at} until now it did not (${titleOf(first.state)}). ` +
			'Alerts of that time stay open until someone acknowledges them: look whether hires or leavers were missed.',
		note: true,
	};
}

function troubleAlert(
	{ state, message }: TokenClassification,
	trouble: readonly EarlierCheck[],
	since: number,
): Alert | undefined {
	const isKnown = trouble.some((check) => check.details && check.state === state && check.at > isoText(since));
	if (isKnown) return undefined;
	return { key: `token-health: ${titleOf(state)}`, text: `${message}\n${adviceOn(state)}`.trim() };
}

/** How to replace a token that Notion rejects. The order matters: a valid token must exist at all times. */
const STEPS = [
	'Replace the token in this order:',
	'1. A second organization owner creates a new SCIM token in Notion. Better still, one is kept ready as a standby.',
	'2. Put it into the credential Notion SCIM API in n8n, and the address of the owner who created it, too.',
	'3. Test the credential, and run the workflow token-health by hand.',
	'4. Only then revoke the old token in Notion.',
	'A token dies when the owner who created it leaves the workspace or changes role.',
	'Until it is replaced, no one joins through these workflows and no leaver is locked out by them: do that in Notion by hand.',
].join('\n');

function adviceOn(state: TokenState): string {
	switch (state) {
		case 'silent':
			return 'Look whether Notion reports an outage, and whether n8n reaches https://api.notion.com. The token need not be replaced for that. Until Notion answers, no leaver is locked out by these workflows: do that in Notion by hand.';
		case 'creatorGone':
			return `Either the token is another workspace's, or its creator has left and it dies with that. Correct Token Creator Email in the credential if it names the wrong person.\n${STEPS}`;
		case 'failed':
			return 'Look at the execution.';
		default:
			return STEPS;
	}
}
