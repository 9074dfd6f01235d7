// What a cycle has done, for the row of the cycle, the status page, mails and alarms.

/** Most lines that the status page keeps, and most that a mail names of one kind. */
const MOST_SHOWN = 5000;
const MOST_MAILED = 100;

const WENT_WRONG = ['failed', 'notTaken', 'notVerified', 'refused', 'stale', 'notTried'];

const DEEDS = {
	'user.create': 'become a member',
	'user.update': 'have details changed',
	'user.rename': 'get a new address',
	'user.remove': 'lose their seat',
	'group.create': 'group is made',
	'group.adopt': 'group is taken over',
	'group.rename': 'group gets a new name',
	'group.delete': 'group is deleted',
	'group.addMembers': 'join a group',
	'group.removeMembers': 'leave a group',
};

/** Whom or what a line is about, as text. */
function whoOf({ target, member }) {
	const name = (one) => one?.displayName || one?.email || one?.sourceId || 'Somebody';
	const address = (one) => (one?.email && one.email !== name(one) ? ` <${one.email}>` : '');
	const label = `${name(target)}${target?.type === 'user' ? address(target) : ''}`;
	return member ? `${name(member)}${address(member)}, group "${target.displayName}"` : label;
}

/** A line as the status page and mails tell it. */
function told(item, kind, why) {
	return { kind, action: item.action, reason: item.reason, who: whoOf(item), why };
}

/** The line that another one waits for: the account or the group that it needs. */
function neededBy(item, items, results) {
	const makesGroup = ['group.create', 'group.adopt', 'group.rename'];
	return [...results.keys()].find((index) => {
		const { action, target } = items[index];
		if (items[index] === item) return false;
		if (action === 'user.create')
			return item.member && emailKey(target.email) === emailKey(item.member.email);
		return (
			makesGroup.includes(action) &&
			item.target.type === 'group' &&
			target.displayName === item.target.displayName
		);
	});
}

/**
 * Every line of the plan with what became of it, and the indices that wait for a person.
 *
 * @param results by index of the plan's lines: what directory.apply said
 * @param beyond indices of lines that are beyond the limits of the day
 * @returns { lines, held, counts } where a line's kind is `done`, `planned` (dry run), `waiting`
 * (for an approval), `held` (by a limit), `declined`, `blocked`, `failed` or `skipped`
 */
function toldLines(items, { results, propose, beyond = [], mode }) {
	const held = [];
	const isProposed = new Set(propose);
	const isBeyond = new Set(beyond);
	const lines = items.flatMap((item, index) => {
		const result = results.get(index);
		if (result) {
			// What needs a held line waits with it.
			const needed =
				result.outcome === 'notTried' ? results.get(neededBy(item, items, results)) : undefined;
			const outcome = ['held', 'blocked'].includes(needed?.outcome)
				? needed.outcome
				: result.outcome;
			if (outcome === 'done') return [told(item, 'done', item.explanation)];
			if (outcome === 'held') {
				held.push(index);
				return [told(item, 'held', `${item.explanation} ${result.note}`)];
			}
			if (outcome === 'blocked')
				return [told(item, 'blocked', `${item.explanation} ${result.note}`)];
			if (WENT_WRONG.includes(outcome))
				return [told(item, 'failed', `${item.explanation} ${result.note}`)];
			return [];
		}
		if (item.action === 'none') {
			return item.reason === 'unchanged' ? [] : [told(item, 'skipped', item.explanation)];
		}
		if (item.guard !== 'ok') {
			const guard = String(item.guard).replace(/^blocked:\s*/, '');
			return [told(item, 'blocked', `${item.explanation} ${guard}`)];
		}
		if (isBeyond.has(index)) {
			return [told(item, 'held', `${item.explanation} It is beyond the limits of the day.`)];
		}
		if (isProposed.has(index)) return [told(item, 'waiting', item.explanation)];
		return [told(item, mode === 'apply' ? 'declined' : 'planned', item.explanation)];
	});
	const counts = {};
	for (const { kind } of lines) counts[kind] = (counts[kind] ?? 0) + 1;
	return { lines, held, counts };
}

/** One sentence for each kind of deed: "3 join a group". */
function summed(lines) {
	const counts = new Map();
	for (const { action } of lines) counts.set(action, (counts.get(action) ?? 0) + 1);
	return [...counts].map(([action, count]) => `${count} × ${DEEDS[action] ?? action}`).join(', ');
}

/** A part of a mail: a heading with the number, and the lines below it. */
function part(heading, lines) {
	if (lines.length === 0) return [];
	const some = lines.slice(0, MOST_MAILED).map(({ who, why }) => `- ${who}: ${why}`);
	const more =
		lines.length > MOST_MAILED
			? [`- and ${lines.length - MOST_MAILED} more: see the status page`]
			: [];
	return [`${heading} (${lines.length})`, ...some, ...more, ''];
}

/** A short mark of what lines say, to see whether they were told before. It protects nothing. */
function markOf(lines) {
	let hash = 0x811c9dc5;
	const texts = lines.map(({ kind, action, who, why }) => `${kind}|${action}|${who}|${why}`).sort();
	for (const character of texts.join('\n')) {
		hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
	}
	return hash.toString(36);
}

/**
 * The mails of a cycle: at most one that tells what happened, and one to those who approve where a
 * plan begins to wait.
 *
 * @param facts { name, mode, modeNote, state, why, lines, notes, toldBefore: marks of the cycle before,
 * newPlan: whether a plan begins to wait, approvedBy, statusUrl, formUrl, expiresAt }
 * @returns { mails: [{ to: 'notify' | 'approvers', subject, text }], marks }
 */
function mailsOf({
	name,
	mode,
	modeNote,
	state,
	why,
	lines,
	notes,
	toldBefore = {},
	newPlan,
	approvedBy,
	statusUrl,
	formUrl,
	expiresAt,
}) {
	const of = (kind) => lines.filter((line) => line.kind === kind);
	const [done, failed, planned] = [of('done'), of('failed'), of('planned')];
	const waiting = [...of('waiting'), ...of('held')];
	const blocked = of('blocked');
	// What is blocked only because the reading was not whole is not news of its own.
	const isWhole = state === 'good';
	const marks = {
		blocked: isWhole ? markOf(blocked) : toldBefore.blocked,
		planned: markOf(planned),
		failed: markOf(failed),
	};
	const isNew = (kind, some) => some.length > 0 && marks[kind] !== toldBefore[kind];
	const isDry = mode !== 'apply';
	const tell = isDry
		? isNew('planned', planned) || (modeNote.startsWith('The first') && lines.length > 0)
		: done.length > 0 || isNew('failed', failed) || isNew('blocked', blocked) || newPlan;
	const mails = [];
	if (tell) {
		const counts = [
			[done, 'done'],
			[planned, 'would be done'],
			[waiting, isDry ? 'beyond the limits of a day' : 'waiting for a person'],
			[blocked, 'blocked'],
			[failed, 'failed'],
		].flatMap(([some, word]) => (some.length > 0 ? [`${some.length} ${word}`] : []));
		const text = [
			...(modeNote ? [modeNote, ''] : []),
			...(approvedBy ? [`Approved by ${approvedBy}.`, ''] : []),
			...(state === 'good'
				? []
				: ['Nothing was taken away, because:', ...why.map((one) => `- ${one}`), '']),
			...part('Done', done),
			...part('Would be done', planned),
			...part(
				isDry ? 'Beyond the limits of a day: a person would be asked' : 'Waiting for a person',
				waiting,
			),
			...(waiting.length > 0 && !isDry
				? [`Decide at ${formUrl}. Without an answer nothing of it is done.`, '']
				: []),
			...part('Blocked by a guard: a person has to look', blocked),
			...part('Went wrong; tried again by the next cycle', failed),
			...(notes.length > 0 ? ['To know', ...notes.map((note) => `- ${note}`), ''] : []),
			`Everything, also who was skipped and why: ${statusUrl}`,
		];
		const subject = `${name}: ${counts.length > 0 ? counts.join(', ') : 'nothing to do'}${isDry ? ' (dry run)' : ''}`;
		mails.push({ to: 'notify', subject, text: `${text.join('\n')}\n` });
	}
	if (newPlan) {
		const text = [
			`${waiting.length} changes to Notion wait for your decision: ${summed(waiting)}.`,
			'',
			`Look at them and decide at ${formUrl}`,
			`Opening the page does nothing. Without an answer by ${expiresAt} nothing of it is done.`,
			'',
			...part('The changes', waiting),
		];
		mails.push({
			to: 'approvers',
			subject: `${name}: ${waiting.length} changes wait for your decision`,
			text: `${text.join('\n')}\n`,
		});
	}
	return { mails, marks };
}

/** What happened, in one or two sentences, for the list of cycles. */
function noteOf({ mode, modeNote, state, why, counts }) {
	const words = [
		['done', 'done'],
		['planned', 'would be done'],
		['waiting', 'waiting for an approval'],
		['held', 'held by a limit'],
		['blocked', 'blocked'],
		['failed', 'failed'],
		['declined', 'left because somebody said no'],
	].flatMap(([kind, word]) => (counts[kind] ? [`${counts[kind]} ${word}`] : []));
	return [
		words.length > 0
			? `${words.join(', ')}.`
			: state === 'good'
				? 'Nothing had to be changed.'
				: 'Nothing was changed.',
		...(mode === 'apply' ? [] : [modeNote]),
		...why,
	]
		.filter(Boolean)
		.join(' ');
}
