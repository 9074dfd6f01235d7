/** Most lines of one mail, or of one page of the form. */
const MOST_LINES = 60;

/** Most texts of one line. */
const MOST_TEXTS = 50;

/** Most characters of one text in a mail, and of a whole mail. */
const MOST_OF_TEXT = 20_000;
const MOST_OF_MAIL = 500_000;

/** Where everything stands that is not shown. */
const TABLE = 'the Data Table notion_alarms';

/**
 * Alarms of one key and state are one line, longest waiting first: how many, since when, and what they
 * say. Several people can be meant by one key, so every text is there once, the newest first.
 */
function groupAlarms(rows) {
	const groups = new Map();
	for (const row of [...rows].sort((a, b) => a.id - b.id)) {
		const name = `${row.state}|${row.key}`;
		const group = groups.get(name) ?? { key: row.key, state: row.state, since: row.createdAt, rows: [] };
		group.rows.push(row);
		groups.set(name, group);
	}
	return [...groups.values()].map(({ rows: all, ...group }) => {
		const texts = new Map();
		for (const { text, workflow, workflowId, execution } of [...all].reverse()) {
			if (!texts.has(text)) texts.set(text, { text, workflow, workflowId, execution });
		}
		return {
			...group,
			rows: all,
			count: all.length,
			newestId: all.at(-1).id,
			texts: [...texts.values()].slice(0, MOST_TEXTS),
			moreTexts: Math.max(0, texts.size - MOST_TEXTS),
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

/** Where the newest execution with a text can be seen, if the alarm knows that. */
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
	if (notes.length > MOST_LINES) lines.push('', `And ${notes.length - MOST_LINES} more: see ${TABLE}.`);
	const text = cut(lines.join('\n').trim(), MOST_OF_MAIL, `This mail is cut here. All of it stands in ${TABLE}.`);
	return { subject: subject.replace(/\s+/g, ' ').slice(0, 200), text: `${text}\n` };
}

/** The texts of a line, each with where it came from, and a blank line between two. */
function detail({ texts, moreTexts, state }, n8nUrl) {
	const told = texts.map((entry) => {
		const link = executionLink(entry, n8nUrl);
		const from = [entry.workflow && `Workflow "${entry.workflow}"`, entry.execution && `execution ${entry.execution}`];
		const text = cut(String(entry.text), MOST_OF_TEXT, `This text is cut here. All of it stands in ${TABLE}.`);
		return [...text.split(/\r?\n/), `${from.filter(Boolean).join(', ')}${link ? `: ${link}` : ''}`]
			.filter((line) => line.trim() !== '')
			.map((line) => `   ${line}`);
	});
	if (moreTexts > 0) told.push([`   And ${moreOf(moreTexts, state)}`]);
	return told.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** That a line has more texts than are shown, and where they are. */
function moreOf(count, state) {
	const form = state === 'open' ? ' They stay open: the form shows them once these are acknowledged.' : '';
	return `${count} more under this key, in ${TABLE}.${form}`;
}

function cut(text, most, sentence) {
	return text.length > most ? `${text.slice(0, most)}\n[${sentence}]` : text;
}

/** The page of the form: what is open, and what of it somebody takes care of. */
function acknowledgePage(groups, timeZone) {
	const shown = groups.slice(0, MOST_LINES).map(({ rows: _rows, ...group }) => ({
		...group,
		label: `${group.key} (${howMany(group, timeZone)})`,
	}));
	const items = shown.map(
		({ label, texts, moreTexts, state }) =>
			`<li><p><strong>${escaped(label)}</strong></p>${texts.map(paragraphs).join('')}` +
			`${moreTexts > 0 ? `<p>And ${escaped(moreOf(moreTexts, state))}</p>` : ''}</li>`,
	);
	const more = groups.length - shown.length;
	const rest = more > 0 ? `<p>And ${more} more, which stay open: open the form again when these are acknowledged.</p>` : '';
	const options = [...(shown.length > 1 ? [ALL] : []), ...shown.map(({ label }) => label)];
	const fields = [
		{ fieldType: 'html', elementName: 'open', html: `<ol>${items.join('')}</ol>${rest}` },
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

function paragraphs({ text, workflow, execution }) {
	return (
		`<p>${escaped(text).replace(/\r?\n/g, '<br>')}</p>` +
		`<p><em>${escaped([workflow, execution && `execution ${execution}`].filter(Boolean).join(', '))}</em></p>`
	);
}

const ALL = 'All of these';
const CHOICE = 'What is being taken care of?';

/** Braces are escaped, too: what stands in double braces could be taken for an expression. */
function escaped(text) {
	return String(text).replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * What somebody has chosen, each text that was shown by itself: what was not shown stays open, be it
 * because there were too many or because it came later.
 */
function chosenTexts(shown, answer) {
	const chosen = [answer?.[CHOICE] ?? []].flat();
	const groups = chosen.includes(ALL) ? shown : shown.filter(({ label }) => chosen.includes(label));
	return groups.flatMap(({ key, newestId, texts }) => texts.map(({ text }) => ({ key, newestId, text })));
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
