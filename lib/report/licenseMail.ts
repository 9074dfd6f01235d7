import type { LicenseReport } from '../directory/seats/license';
import { oneLine } from './alertWords';
import { counted, quantity, sum } from './amounts';
import { SEAT_CLASS_WORDS } from './seatClassWords';

/** The fields of the mail about a report. The wording around them is in the Send Email node. */
export interface LicenseMail {
	/** "258 seats" */
	seats: string;
	/** The yearly cost of the seats that may be ended; empty if no cost is known. */
	perYear: string;
	/** Why no seat may be ended, one reason on each line; empty if the readings are complete. */
	gaps: string;
	/** How many seats are free or beyond the contract, as a sentence; may be empty. */
	contract: string;
	/** One line for each class with seats. */
	classes: string;
	/** What has changed since the last report, as a sentence. */
	since: string;
	/** One line each. */
	notes: string;
}

export function licenseMail({ totals, terms, classes, whyNot, changes, notes }: LicenseReport): LicenseMail {
	const money = (value: number | null): string => (value === null ? '' : sum(value, terms.currency));
	const classLines = classes
		.filter(({ seats }) => seats > 0)
		.map(({ class: name, seats, perMonth }) => {
			const cost = money(perMonth);
			return `  ${SEAT_CLASS_WORDS[name].label}: ${counted(seats, 'seat')}${cost === '' ? '' : `, ${cost} a month`}`;
		});
	return {
		seats: counted(totals.seats, 'seat'),
		perYear: money(totals.removablePerYear),
		gaps: lines(whyNot, '  '),
		contract: contractSentence(totals),
		classes: classLines.join('\n'),
		since: changesSentence(changes),
		notes: lines(notes),
	};
}

function contractSentence({ free, beyondContract }: LicenseReport['totals']): string {
	if (beyondContract !== null && beyondContract > 0) {
		return `${counted(beyondContract, 'seat')} more than the contract has.`;
	}
	return free !== null && free > 0 ? `Free under the contract: ${counted(free, 'seat')}.` : '';
}

function changesSentence(changes: LicenseReport['changes']): string {
	if (changes === undefined) return 'This is the first report.';
	const { added, gone, changedClass, since } = changes;
	return added + gone.length + changedClass === 0
		? `Nothing has changed since ${since}.`
		: `Since ${since}: ${counted(added, 'seat')} new, ${quantity(gone.length)} gone, ${quantity(changedClass)} in another class.`;
}

/** A text from elsewhere must not begin a line of the mail. */
function lines(texts: readonly string[], indent = ''): string {
	return texts.map((text) => `${indent}${oneLine(text)}`).join('\n');
}
