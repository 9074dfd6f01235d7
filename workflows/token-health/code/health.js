/** What to do about a token that Notion does not take. The order matters: no minute without a token. */
const STEPS = [
	'Replace the token in this order:',
	'1. A second organization owner creates a new SCIM token in Notion. Better still, one is kept ready as a standby.',
	'2. Put it into the credential Notion SCIM API in n8n, and the address of the owner who created it, too.',
	'3. Test the credential, and run the workflow token-health by hand.',
	'4. Only then revoke the old token in Notion.',
	'A token dies when the owner who created it leaves the workspace or changes role.',
	'Until it is replaced, nobody joins through these workflows and no leaver is locked out by them: do that in Notion by hand.',
].join('\n');

const REJECTED = ['tokenRejected', 'refused', 'accessDenied'];
const SILENT = ['network', 'serverError', 'rateLimited', 'conflict', 'unexpectedAnswer', 'cancelled'];

/**
 * What reading one person says about the token.
 *
 * @param item what the node gave out: `json`, and `error` where it failed
 * @param creator address of the owner who created the token, or empty
 * @returns `verdict`: `ok`, `rejected`, `silent`, `creatorGone`, `creatorChanged`, `empty` or `failed`,
 * and `message`
 */
function verdictOn({ json, error }, creator) {
	if (error || json.error) {
		const kind = error?.context?.kind;
		const verdict = REJECTED.includes(kind) ? 'rejected' : SILENT.includes(kind) ? 'silent' : 'failed';
		return { verdict, message: String(json.error ?? error.message) };
	}
	if (Object.keys(json).length === 0) {
		return creator
			? { verdict: 'creatorGone', message: `${creator} is not in the workspace that the token belongs to.` }
			: { verdict: 'empty', message: 'Notion took the token and named nobody at all.' };
	}
	if (typeof json.id !== 'string' || typeof json.email !== 'string') {
		// A node that cannot start gives on what it was given.
		throw new Error('Nobody was read: the node "Read one user" is switched off or has no credential.');
	}
	if (creator && json.role && json.role !== 'owner') {
		return { verdict: 'creatorChanged', message: `${creator} is ${json.role} in Notion, not owner.` };
	}
	return { verdict: 'ok', message: '' };
}

const TITLES = {
	rejected: 'Notion rejects the token',
	silent: 'Notion does not answer',
	creatorGone: 'the creator of the token is not in the workspace',
	creatorChanged: 'the creator of the token is not an owner',
	empty: 'the workspace seems empty',
	failed: 'the token could not be tested',
};

function adviceOn(verdict) {
	switch (verdict) {
		case 'silent':
			return 'Look whether Notion reports an outage, and whether n8n reaches https://api.notion.com. The token need not be replaced for that. Until Notion answers, no leaver is locked out by these workflows: do that in Notion by hand.';
		case 'creatorGone':
			return `Either the token is another workspace's, or its creator has left and it dies with that. Correct tokenCreator in Settings if it names the wrong person.\n${STEPS}`;
		case 'failed':
			return 'Look at the execution.';
		default:
			return STEPS;
	}
}

/**
 * What this check adds: a row, and where somebody must know an alarm. The same trouble is an alarm once
 * in so many hours, because what is open is mailed again anyway.
 *
 * @param checks rows of earlier checks
 */
function outcomeOf({ verdict, message }, checks, now, alarmHours) {
	const earlier = [...checks].sort((a, b) => a.checkedAt.localeCompare(b.checkedAt));
	const lastGood = earlier.findLastIndex((check) => check.verdict === 'ok');
	const trouble = earlier.slice(lastGood + 1);
	const row = { checkedAt: new Date(now).toISOString(), verdict, message, alarmed: false };
	if (verdict === 'ok') {
		const [first] = trouble;
		if (!first) return { row };
		const text =
			`Notion takes the token again. From ${first.checkedAt} until now it was not so (${TITLES[first.verdict] ?? first.verdict}). ` +
			'Alarms of that time stay open until somebody acknowledges them: look whether hires or leavers were missed.';
		return { row, alarm: { key: 'token-health: recovered', text, note: true } };
	}
	const longAgo = new Date(now - alarmHours * 60 * 60 * 1000).toISOString();
	const isKnown = trouble.some((check) => check.alarmed && check.verdict === verdict && check.checkedAt > longAgo);
	if (isKnown) return { row };
	const text = `${message}\n${adviceOn(verdict)}`.trim();
	return { row: { ...row, alarmed: true }, alarm: { key: `token-health: ${TITLES[verdict]}`, text } };
}
