import type { AlertGroup, AlertText } from '../lifecycle/alerts';
import type { AlertSettings } from './alertWords';
import { addressUnder, ALERTS_TABLE, lineOf, oneLine, originOf } from './alertWords';

/** Limits of one mail: entries, texts of one entry, and characters of one text and of all. */
const MOST_LINES = 60;
const MOST_TEXTS = 50;
const MOST_OF_TEXT = 20_000;
const MOST_OF_MAIL = 500_000;

/**
 * The fields of a mail; the rest of its wording is in the Send Email node, so that another language is an
 * edit there.
 */
export interface AlertMail {
	/** For the subject: the key of the only alert, or how many there are. One line. */
	title: string;
	/** How many keys are open. */
	open: number;
	/** How many notes there are, which need no action. */
	notes: number;
	/** Whether everything that is open was mailed before. */
	isReminder: boolean;
	/** Where alerts can be acknowledged. */
	form: string;
	openAlerts: string;
	noteAlerts: string;
	/** As in the rows. */
	toldAt: string;
}

/** @param groups the groups to mail, at least one */
export function alertMail(groups: readonly AlertGroup[], settings: AlertSettings, toldAt: string): AlertMail {
	const open = groups.filter(({ state }) => state === 'open');
	const notes = groups.filter(({ state }) => state === 'note');
	return {
		title: titleOf(open, notes),
		open: open.length,
		notes: notes.length,
		isReminder: open.length > 0 && open.every((group) => group.toldAt !== undefined),
		form: settings.n8nUrl === '' ? 'the form notion-alerts in n8n' : addressUnder(settings.n8nUrl, 'form/notion-alerts'),
		openAlerts: listOf(open, settings),
		noteAlerts: listOf(notes, settings),
		toldAt,
	};
}

function titleOf(open: readonly AlertGroup[], notes: readonly AlertGroup[]): string {
	const named = open.length > 0 ? open : notes;
	const [only] = named;
	if (named.length === 1 && only) return oneLine(only.key).slice(0, 200);
	return `${named.length} ${open.length > 0 ? 'alerts' : 'messages'} of the Notion workflows`;
}

function listOf(groups: readonly AlertGroup[], settings: AlertSettings): string {
	const lines = groups
		.slice(0, MOST_LINES)
		.map((group, index) => [`${index + 1}. ${lineOf(group, settings.timeZone)}`, ...textsOf(group, settings)].join('\n'));
	const more = groups.length - lines.length;
	if (more > 0) lines.push(`And ${more} more, in ${ALERTS_TABLE}.`);
	return cut(lines.join('\n\n'), MOST_OF_MAIL, `This mail is cut here. All of it is in ${ALERTS_TABLE}.`);
}

function textsOf({ texts }: AlertGroup, settings: AlertSettings): string[] {
	const shown = texts.slice(0, MOST_TEXTS).map((entry) => textOf(entry, settings));
	const more = texts.length - shown.length;
	return [shown.join('\n\n'), ...(more > 0 ? ['', `   And ${more} more under this key, in ${ALERTS_TABLE}.`] : [])];
}

function textOf(entry: AlertText, { n8nUrl }: AlertSettings): string {
	const { text, workflowId, execution } = entry;
	const said = cut(text, MOST_OF_TEXT, `This text is cut here. All of it is in ${ALERTS_TABLE}.`);
	const isLinked = n8nUrl !== '' && workflowId !== '' && execution !== '';
	const link = isLinked ? `: ${addressUnder(n8nUrl, `workflow/${workflowId}/executions/${execution}`)}` : '';
	return [...said.split(/\r?\n/), `${originOf(entry)}${link}`]
		.filter((line) => line.trim() !== '')
		.map((line) => `   ${line}`)
		.join('\n');
}

function cut(text: string, most: number, sentence: string): string {
	return text.length > most ? `${text.slice(0, most)}\n[${sentence}]` : text;
}
