/** Most lines of one mail, or of one page of the form. */
const MOST_LINES = 60;

/** Alarms of one key and state are one line. Newest text, how many, since when; longest waiting first. */
function groupAlarms(rows) {
	const groups = new Map();
	for (const row of [...rows].sort((a, b) => a.id - b.id)) {
		const name = `${row.state}|${row.key}`;
		const group = groups.get(name) ?? { key: row.key, state: row.state, since: row.createdAt, rows: [] };
		group.rows.push(row);
		groups.set(name, group);
	}
	return [...groups.values()].map(({ rows: all, ...group }) => {
		const newest = all.at(-1);
		return {
			...group,
			rows: all,
			count: all.length,
			newestId: newest.id,
			text: newest.text,
			workflow: newest.workflow,
			workflowId: newest.workflowId,
			execution: newest.execution,
			told: Math.max(...all.map(({ told }) => Number(told) || 0)),
		};
	});
}

/**
 * The groups to mail now: those with an alarm that was never told, and those that are open and were
 * told longer ago than the hours of repeating. Who mails a group needs the claim on its first due row,
 * so that a group is not mailed twice by two ticks that read the same.
 */
function groupsToTell(rows, now, repeatHours) {
	const longAgo = now - repeatHours * 60 * 60 * 1000;
	return groupAlarms(rows).flatMap((group) => {
		const untold = group.rows.filter(({ told }) => !(Number(told) > 0));
		const lastTold = Math.max(...group.rows.map(({ toldAt }) => Date.parse(toldAt) || 0));
		const again = group.state === 'open' && lastTold <= longAgo ? group.rows : [];
		const first = untold[0] ?? again[0];
		if (!first) return [];
		const { rows: _rows, ...line } = group;
		return [{ ...line, claimKey: `tell|${first.id}|${Number(first.told) || 0}` }];
	});
}

function instant(value, timeZone) {
	return DateTime.fromJSDate(new Date(value), { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm ZZZZ');
}

function howMany({ count, since }, timeZone) {
	return count === 1 ? instant(since, timeZone) : `${count} times since ${instant(since, timeZone)}`;
}

/** Where the newest execution of a group can be seen, if the alarm knows that. */
function executionLink({ workflowId, execution }, n8nUrl) {
	if (!workflowId || !execution || !n8nUrl) return '';
	return `${n8nUrl.replace(/\/+$/, '')}/workflow/${workflowId}/executions/${execution}`;
}

/** Subject and text of the mail for these groups. */
function digestOf(groups, { n8nUrl, repeatHours, timeZone }) {
	const open = groups.filter(({ state }) => state === 'open');
	const notes = groups.filter(({ state }) => state !== 'open');
	const again = open.length > 0 && open.every(({ told }) => told > 0);
	const [only] = open.length === 1 ? open : open.length === 0 ? notes : [];
	const named = open.length === 0 && notes.length > 1 ? `${notes.length} messages` : only?.key;
	const subject = `${again ? 'Still open: ' : ''}${named ?? `${open.length} alarms of the Notion workflows`}`;

	const lines = [];
	if (open.length > 0) {
		const address = n8nUrl ? `${n8nUrl.replace(/\/+$/, '')}/form/notion-alarms` : 'the form notion-alarms in n8n';
		lines.push(
			`${open.length === 1 ? 'This needs' : `These ${open.length} need`} somebody. They are mailed again every ${repeatHours} hours, until somebody says at`,
			address,
			'that it is being taken care of.',
		);
	}
	open.slice(0, MOST_LINES).forEach((group, index) => {
		lines.push('', `${index + 1}. ${group.key} (${howMany(group, timeZone)})`, ...detail(group, n8nUrl));
	});
	if (open.length > MOST_LINES) lines.push('', `And ${open.length - MOST_LINES} more: see the form.`);
	if (notes.length > 0) lines.push('', 'For your information, nothing has to be done:');
	for (const group of notes.slice(0, MOST_LINES)) {
		lines.push('', `- ${group.key} (${howMany(group, timeZone)})`, ...detail(group, n8nUrl));
	}
	return { subject: subject.replace(/\s+/g, ' ').slice(0, 200), text: `${lines.join('\n').trim()}\n` };
}

function detail(group, n8nUrl) {
	const link = executionLink(group, n8nUrl);
	const from = [group.workflow && `Workflow "${group.workflow}"`, group.execution && `execution ${group.execution}`];
	return [
		...String(group.text).slice(0, 4000).split(/\r?\n/).map((line) => `   ${line}`),
		`   ${from.filter(Boolean).join(', ')}${link ? `: ${link}` : ''}`,
	].filter((line) => line.trim() !== '');
}

/** The page of the form: what is open, and what of it somebody takes care of. */
function acknowledgePage(groups, timeZone) {
	const shown = groups.slice(0, MOST_LINES).map((group) => ({
		...group,
		label: `${group.key} (${howMany(group, timeZone)})`,
	}));
	const items = shown.map(
		({ label, text, workflow, execution }) =>
			`<li><p><strong>${escaped(label)}</strong></p><p>${escaped(text).replace(/\r?\n/g, '<br>')}</p>` +
			`<p><em>${escaped([workflow, execution && `execution ${execution}`].filter(Boolean).join(', '))}</em></p></li>`,
	);
	const options = [...(shown.length > 1 ? [ALL] : []), ...shown.map(({ label }) => label)];
	const fields = [
		{ fieldType: 'html', elementName: 'open', html: `<ol>${items.join('')}</ol>` },
		{
			fieldLabel: CHOICE,
			fieldType: 'checkbox',
			requiredField: true,
			fieldOptions: { values: options.map((option) => ({ option })) },
		},
	];
	// n8n puts this text into a JSON by a replacement in which a dollar sign has a meaning.
	return { shown, page: JSON.stringify(fields).replaceAll('$', '\\u0024') };
}

const ALL = 'All of these';
const CHOICE = 'What is being taken care of?';

/** Braces are escaped, too: what stands in double braces could be taken for an expression. */
function escaped(text) {
	return String(text).replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Which of the groups that were shown somebody has chosen. */
function chosenGroups(shown, answer) {
	const chosen = [answer?.[CHOICE] ?? []].flat();
	return chosen.includes(ALL) ? shown : shown.filter(({ label }) => chosen.includes(label));
}

/** An alarm from what n8n's Error Trigger gives out. */
function failureAlarm({ workflow = {}, execution, trigger }, ownId) {
	const message = execution?.error?.message ?? trigger?.error?.message ?? 'No message.';
	const at = execution?.lastNodeExecuted ? ` at its node "${execution.lastNodeExecuted}"` : '';
	const what = execution ? `failed${at}` : 'could not be started by its trigger';
	return {
		key: `${workflow.name ?? 'A workflow'}: failed`,
		text:
			String(workflow.id) === String(ownId)
				? `Alarms could not be handled${at}: ${message} What is open is tried again every minute.`
				: `The workflow "${workflow.name}" ${what}: ${message} Look at the execution, and do by hand what it left undone.`,
		workflow: workflow.name ?? '',
		workflowId: String(workflow.id ?? ''),
		execution: String(execution?.id ?? ''),
	};
}

/** The alarms that are not open already in the same words: they are mailed again anyway. */
function notOpenYet(alarms, rows) {
	const open = new Set(rows.filter(({ state }) => state === 'open').map(({ key, text }) => `${key}\n${text}`));
	return alarms.filter(({ key, text }) => {
		if (open.has(`${key}\n${text}`)) return false;
		open.add(`${key}\n${text}`);
		return true;
	});
}
