// The form with which a person decides. Opening it does nothing; what is sent on its second page counts.

const WISHES = {
	decide: 'See what waits, and decide',
	run: 'Run a cycle now',
	acknowledge: 'End the quarantine',
};
const ANSWERS = {
	no: 'No, leave everything as it is',
	apply: 'Yes, do all of this',
	run: 'Yes, run it',
	acknowledge: 'Yes, go on as before',
	forget: 'Yes, and the directory is right as it is now',
};
const ANSWER = 'Your decision';

/** Braces are escaped, too: what stands in double braces could be taken for an expression. */
function escaped(text) {
	return String(text ?? '').replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The plan that waits for an answer, if one does. */
function waitingPlan(plans, now) {
	return plans
		.filter(({ state, expiresAt }) => state === 'waiting' && instantOf(expiresAt) > now)
		.sort((one, other) => other.id - one.id)[0];
}

/**
 * Why somebody may not decide about a plan; undefined where they may.
 *
 * @param approvers addresses of those who may decide; empty for everybody who can open the form
 */
function mayNotDecide(decider, plan, items, approvers) {
	const key = emailKey(decider);
	if (!isEmail(key))
		return 'Put in your own email address: the record names who decided.';
	if (approvers.length > 0 && !approvers.some((one) => emailKey(one) === key)) {
		return 'This address is not among those who may decide (approvers in Settings).';
	}
	if (emailKey(plan.requestedBy) === key)
		return 'You have asked for this plan yourself, so somebody else has to decide.';
	const subjects = items.flatMap(({ target, member, changes }) => [
		target?.email,
		member?.email,
		...(changes ?? [])
			.filter(({ attribute }) => ['email', 'userName'].includes(attribute))
			.flatMap(({ from, to }) => [from, to]),
	]);
	if (subjects.some((email) => emailKey(email) === key))
		return 'The plan is about you yourself, so somebody else has to decide.';
	return undefined;
}

function table(items) {
	const rows = items.map(
		(item) =>
			`<tr><td>${escaped(whoOf(item))}</td><td>${escaped(DEEDS[item.action] ?? item.action)}</td><td>${escaped(item.explanation)}</td></tr>`,
	);
	return `<table><thead><tr><th>Who</th><th>What</th><th>Why</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** @returns { kind, sentence } where nothing can be decided, or { kind, planId, planDigest, page } */
function decisionPage({ wish, decider, standing, plans, approvers, mode, now }) {
	const question = (kind, html, answers, more = {}) => ({
		kind,
		...more,
		page: asPage([
			{ fieldType: 'html', elementName: 'lines', html },
			{
				fieldLabel: ANSWER,
				fieldType: 'dropdown',
				requiredField: true,
				fieldOptions: { values: answers.map((answer) => ({ option: ANSWERS[answer] })) },
			},
		]),
	});
	const nothing = (sentence) => ({ kind: 'nothing', sentence });
	if (wish === WISHES.run) {
		if (standing.running) return nothing(`A cycle is running since ${standing.running.startedAt}.`);
		const note =
			mode.modeNote ||
			'It compares the directory with Notion, and carries out what Settings allow.';
		return question('run', `<p>${escaped(note)}</p>`, ['no', 'run']);
	}
	if (wish === WISHES.acknowledge) {
		const isBad = standing.last && standing.last.state !== 'good';
		if (!standing.quarantinedSince && !isBad)
			return nothing('There is no quarantine, and the last cycle was good.');
		const html =
			`<p>${standing.quarantinedSince ? `In quarantine since ${escaped(standing.quarantinedSince)}.` : 'The last cycle was not good.'}</p>` +
			`<p>${escaped(standing.quarantineReason ?? standing.last?.note ?? '')}</p>` +
			`<p>Put the reason right first. Only if the directory is meant to have so many people or details fewer, choose “${ANSWERS.forget}”: then the next cycle does not compare it with how it was before. It takes nothing away; the one after it goes by what it saw.</p>`;
		return question('acknowledge', html, ['no', 'acknowledge', 'forget']);
	}
	const plan = waitingPlan(plans, now);
	if (!plan) return nothing('Nothing waits for a decision.');
	const items = fromJson(plan.items, []);
	const trouble = mayNotDecide(decider, plan, items, approvers);
	if (trouble) return nothing(trouble);
	const html = `<p>${items.length} changes, planned at ${escaped(plan.plannedAt)}. Without an answer by ${escaped(plan.expiresAt)} nothing of it is done.</p>${table(items)}`;
	return question('decide', html, ['no', 'apply'], {
		planId: plan.id,
		planDigest: plan.planDigest,
	});
}

// n8n puts this text into a JSON by a replacement in which a dollar sign has a meaning.
function asPage(fields) {
	return JSON.stringify(fields).replaceAll('$', '\\u0024');
}

/**
 * What the second page says, once it is sent.
 *
 * @param shown what {@link decisionPage} gave
 * @param plans rows as they are now
 * @returns { decision: 'apply' | 'decline' | 'run' | 'acknowledge' | 'nothing', sentence, memory }
 */
function decisionOf({ shown, answer, decider, standing, plans, approvers, now }) {
	const nothing = (sentence) => ({ decision: 'nothing', sentence });
	if (shown.kind === 'nothing') return nothing(shown.sentence);
	if (shown.kind === 'run') {
		return answer === ANSWERS.run ? { decision: 'run', sentence: '' } : nothing('Nothing was run.');
	}
	if (shown.kind === 'acknowledge') {
		if (answer !== ANSWERS.acknowledge && answer !== ANSWERS.forget)
			return nothing('Nothing was changed.');
		const memory =
			answer === ANSWERS.forget
				? JSON.stringify({ sources: {}, absentSince: standing.memory?.absentSince ?? {} })
				: '';
		return {
			decision: 'acknowledge',
			sentence: 'Acknowledged. The next cycle goes on as Settings say.',
			memory,
		};
	}
	const plan = plans.find(({ id }) => id === shown.planId);
	if (!plan || plan.state !== 'waiting' || plan.planDigest !== shown.planDigest) {
		return nothing(
			'Meanwhile this plan was decided or replaced. Nothing was done; open the form again.',
		);
	}
	if (!(instantOf(plan.expiresAt) > now))
		return nothing('This plan has expired, which is a no. Nothing was done.');
	const trouble = mayNotDecide(decider, plan, fromJson(plan.items, []), approvers);
	if (trouble) return nothing(trouble);
	if (answer === ANSWERS.apply) return { decision: 'apply', sentence: '' };
	if (answer === ANSWERS.no) {
		return {
			decision: 'decline',
			sentence:
				'Nothing of it is done. If the directory still says so tomorrow, you are asked again.',
		};
	}
	return nothing('Nothing was decided.');
}
