// Every step for one person, as sentences that a person can follow.

const SHOWN = [
	'email',
	'secondaryEmails',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'division',
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
];

/** The entries of the directory that are about this person, be it by ID, by address or by a line of the plan. */
function entriesOf(people, only, items) {
	const key = emailKey(only);
	const planned = new Set(
		items
			.filter(({ target }) => target?.type === 'user' && target.sourceId)
			.map(({ target }) => `${target.source}|${target.sourceId}`),
	);
	return people.filter(
		(entry) =>
			entry.manifest !== true &&
			(String(entry.sourceId) === only ||
				emailKey(entry.email) === key ||
				String(entry.secondaryEmails ?? '')
					.split(',')
					.some((one) => emailKey(one) === key && key !== '') ||
				planned.has(`${entry.source}|${entry.sourceId}`)),
	);
}

/** What the directory says of somebody. */
function entrySentences(entry) {
	const said = SHOWN.filter((name) => entry[name]).map((name) => `${name}: ${entry[name]}`);
	const state = entry.status ?? (entry.active ? 'active' : 'inactive');
	return [
		`Entry ${entry.sourceId} of ${entry.source}: ${state}${entry.statusWord ? ` ("${entry.statusWord}")` : ''}${entry.startAt ? `, from ${entry.startAt} on` : ''}.`,
		...(said.length > 0 ? [`${said.join(' · ')}.`] : ['It gives no attributes.']),
		Array.isArray(entry.groups)
			? `Groups, after the rules of Settings: ${entry.groups.join(', ') || 'none'}.`
			: 'Its groups are not known, and so are not touched.',
		...(entry.inScope === false
			? [`Not in scope: ${entry.scopeNote ?? 'the source says so.'}`]
			: []),
		...(entry.explanation ? [entry.explanation] : []),
	];
}

/** How somebody was found in Notion. */
function matchSentence(items, links) {
	const lines = items.filter(({ target, member }) =>
		target?.type === 'user' ? target.id : member?.id,
	);
	const ids = [
		...new Set(lines.map(({ target, member }) => (target.type === 'user' ? target.id : member.id))),
	];
	if (ids.length === 0) return 'No member of Notion is this person, by link or by primary address.';
	return ids
		.map((id) => {
			const [line] = lines.filter(
				({ target, member }) => (target.type === 'user' ? target.id : member.id) === id,
			);
			const email = line.target.type === 'user' ? line.target.email : line.member.email;
			const linked = links.find(({ userId }) => userId === id);
			const how = linked
				? `by the link of ${linked.source} ${linked.sourceId}`
				: 'without a link, by the address or what the lines below say';
			return `The member ${email ?? ''} (${id}), found ${how}.`;
		})
		.join(' ');
}

function changeText({ attribute, from, to }) {
	return `${attribute}: ${from ?? '(nothing)'} → ${to}`;
}

function plannedSentences(items) {
	if (items.length === 0)
		return [
			'The plan has no line about them: neither the directory nor Notion knows them by this address or ID.',
		];
	return items.map(
		({ explanation, changes, guard }) =>
			`${explanation}${changes?.length > 0 ? ` [${changes.map(changeText).join('; ')}]` : ''}${guard === 'ok' ? '' : ` ${guard.replace(/^blocked:\s*/, 'Blocked: ')}`}`,
	);
}

/**
 * @param facts { only, people, items, summary, planError, links, results (by index), decided, again }
 * where `decided` is a sentence on why nothing, or what, was done, and `again` says how the second look went
 * @returns [{ title, sentences }]
 */
function stepsOf({ only, people, items, summary, planError, links, results, decided, again }) {
	const entries = entriesOf(people, only, items);
	const manifests = people.filter(({ manifest }) => manifest === true);
	const toDo = items.filter(({ action, guard }) => action !== 'none' && guard === 'ok').length;
	const blocked = items.filter(({ action, guard }) => action !== 'none' && guard !== 'ok').length;
	const done = items.flatMap((item, index) => {
		const result = results?.get(index);
		return result ? [`${result.outcome}: ${item.explanation} ${result.note}`.trim()] : [];
	});
	return [
		{
			title: 'What the directory says',
			sentences: [
				...manifests.map(
					({ source, count, complete, explanation }) =>
						`${source}: ${count} entries read, ${complete ? 'completely' : 'not completely, so nothing is taken away'}.${explanation ? ` ${explanation}` : ''}`,
				),
				...(entries.length > 0
					? entries.flatMap(entrySentences)
					: [`No entry has the address or ID "${only}".`]),
			],
		},
		{
			title: 'Who that is in Notion',
			sentences: [planError ? 'Notion could not be compared.' : matchSentence(items, links)],
		},
		{
			title: 'What is planned',
			sentences: planError ? [String(planError)] : plannedSentences(items),
		},
		{
			title: 'Guards',
			sentences: planError
				? ['Without a plan nothing is done.']
				: [
						`${toDo} ${toDo === 1 ? 'line' : 'lines'} may be carried out, ${blocked} blocked.`,
						...(summary?.mayTakeAway === false
							? ['Nothing may be taken away on this reading.', ...(summary.whyNot ?? [])]
							: []),
						...(summary?.notes ?? []),
					],
		},
		...(decided === undefined
			? []
			: [{ title: 'What was done', sentences: done.length > 0 ? done : [decided] }]),
		...(again === undefined ? [] : [{ title: 'Looked at again', sentences: [again] }]),
	];
}

/** Braces are escaped, too: what stands in double braces could be taken for an expression. */
function escaped(text) {
	return String(text ?? '').replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function stepsHtml(steps) {
	return `<ol>${steps
		.map(
			({ title, sentences }) =>
				`<li><strong>${escaped(title)}</strong><ul>${sentences.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul></li>`,
		)
		.join('')}</ol>`;
}

function stepsText(steps) {
	return steps
		.map(
			({ title, sentences }, index) =>
				`${index + 1}. ${title}\n${sentences.map((one) => `   - ${one}`).join('\n')}`,
		)
		.join('\n\n');
}

const ANSWER = 'Your decision';
const YES = 'Yes, do this now';
const NO = 'No, only look';

/** Why somebody may not decide about a plan; undefined where they may. */
function mayNotProvision(decider, items) {
	const key = emailKey(decider);
	if (!isEmail(key))
		return 'Put in your own email address: the record names who decided.';
	const addresses = items.flatMap(({ target, member, changes }) => [
		target?.email,
		member?.email,
		...(changes ?? [])
			.filter(({ attribute }) => attribute === 'email')
			.flatMap(({ from, to }) => [from, to]),
	]);
	return addresses.some((one) => emailKey(one) === key)
		? 'The plan is about you yourself, so somebody else has to decide.'
		: undefined;
}
