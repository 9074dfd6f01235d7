import type { AlertGroup } from '../lifecycle/alerts';
import { newestOf } from '../lifecycle/alerts';
import { lineOf, originOf } from './alertWords';
import { ALL_OF_THESE, checkBoxes, escapedText, formPage, optionText } from './formPage';

/** The maximum number of entries of the form, and of texts of one entry. */
const MOST_LINES = 60;
const MOST_TEXTS = 50;

/** The label of the check boxes, under which the form gives its answer. */
export const CHOICE = 'Which alerts do you take care of?';

/** The content of the form's second page. */
export interface AlertForm {
	shown: Array<{ label: string; group: AlertGroup }>;
	/** For the Form node, which takes its fields as JSON. */
	page: string;
}

/** @param groups open alerts, longest waiting first */
export function alertForm(groups: readonly AlertGroup[], timeZone: string): AlertForm {
	const shown = groups.slice(0, MOST_LINES).map((group) => ({
		label: optionText(lineOf(group, timeZone)),
		group: newestOf(group, MOST_TEXTS),
		more: Math.max(0, group.texts.length - MOST_TEXTS),
	}));
	const lines = shown.map(
		({ label, group: { texts }, more }) =>
			`<li><p><strong>${escapedText(label)}</strong></p>` +
			texts.map((entry) => `<p>${paragraph(entry.text)}</p><p><em>${escapedText(originOf(entry))}</em></p>`).join('') +
			(more > 0 ? `<p>And ${more} more under this key. They stay open until these are acknowledged.</p>` : '') +
			'</li>',
	);
	const hidden = groups.length - shown.length;
	const rest = hidden > 0 ? `<p>And ${hidden} more, which stay open. Open the form again once these are acknowledged.</p>` : '';
	const html = shown.length > 0 ? `<ol>${lines.join('')}</ol>${rest}` : '<p>No alert is open.</p>';
	const options = [...(shown.length > 1 ? [ALL_OF_THESE] : []), ...shown.map(({ label }) => label)];
	const fields = [
		{ fieldType: 'html', elementName: 'open', html },
		...(options.length > 0 ? [checkBoxes(CHOICE, options)] : []),
	];
	return { shown, page: formPage(fields) };
}

/** The shown alerts that an answer names. Alerts that were not shown stay open. */
export function chosenAlerts({ shown }: AlertForm, answer: unknown): AlertGroup[] {
	const chosen: unknown[] = [answer].flat();
	return shown.filter(({ label }) => chosen.includes(ALL_OF_THESE) || chosen.includes(label)).map(({ group }) => group);
}

function paragraph(text: string): string {
	return text.split(/\r?\n/).map(escapedText).join('<br>');
}
