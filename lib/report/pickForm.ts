import type { PickableSeat } from '../directory/seats/pickableSeats';
import { instantText } from './amounts';
import { checkBoxes, escapedText, formPage, optionText, selectedTexts } from './formPage';
import { SEAT_CLASS_WORDS } from './seatClassWords';

/**
 * The maximum number of seats on a page; more make a form slow. The other seats can be picked once these are
 * decided.
 */
const MOST_SHOWN = 200;

/** The label of the check boxes, under which the form gives its answer. */
export const SEATS_TO_END = 'Seats to end';

/** The page on which seats are picked. */
export interface PickForm {
	shown: Array<{ label: string; seat: PickableSeat }>;
	/** For the Form node, which takes its fields as JSON. */
	page: string;
}

/** @param reportedAt instant of the report, ISO */
export function pickForm(seats: readonly PickableSeat[], reportedAt: string): PickForm {
	const shown = seats.slice(0, MOST_SHOWN).map((seat, index) => ({ label: labelOf(seat, index + 1), seat }));
	const more = seats.length - shown.length;
	const about = `From the report of ${instantText(reportedAt)}. Nothing is ended when you send this: another person must approve it, and the directory is read again first. Money is saved from the renewal on only.`;
	const rest = more > 0 ? `<p>And ${more} more, once these are decided.</p>` : '';
	const fields = [
		{ fieldType: 'html', elementName: 'about', html: `<p>${escapedText(about)}</p>${rest}` },
		checkBoxes(
			SEATS_TO_END,
			shown.map(({ label }) => label),
		),
	];
	return { shown, page: formPage(fields) };
}

/** The page that says why nothing can be picked. */
export function refusalPage(refusal: string): string {
	return formPage([{ fieldType: 'html', elementName: 'about', html: `<p>${escapedText(refusal)}</p>` }]);
}

/**
 * The selected seats. @returns `unknown`: values that the page did not show; then nothing may be requested
 */
export function pickedSeats({ shown }: PickForm, answer: unknown): { seats: PickableSeat[]; unknown: string[] } {
	const given = selectedTexts(answer);
	const labels = new Set(shown.map(({ label }) => label));
	return {
		seats: shown.filter(({ label }) => given.includes(label)).map(({ seat }) => seat),
		unknown: given.filter((label) => !labels.has(label)),
	};
}

function labelOf({ email, displayName, class: name, department }: PickableSeat, number: number): string {
	const parts = [email, displayName, SEAT_CLASS_WORDS[name].label, department].filter((part) => part !== null && part !== '');
	return `${number}. ${optionText(parts.join(', '))}`;
}
