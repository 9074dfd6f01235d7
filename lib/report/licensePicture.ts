import type { LicenseReport } from '../directory/seats/license';
import type { SeatClass } from '../directory/seats/seatClasses';
import { counted, quantity, sum } from './amounts';
import { escapeHtml } from './escape';
import { SEAT_CLASS_WORDS } from './seatClassWords';

/** Below this share of the width, a part of a bar is too narrow to be visible. */
const NARROWEST = 0.6;

/** A number above a narrower part would overlap its neighbour's. */
const ROOM_FOR_NUMBER = 3;

interface Part {
	name: SeatClass | 'free';
	label: string;
	count: number;
	/** Percentage of the bar. */
	from: number;
	width: number;
}

/**
 * Shows how seats and costs are distributed: one bar for all seats, and one that enlarges the seats to
 * review. The drawing stretches with the page while its texts keep their size.
 */
export function licensePicture(report: LicenseReport): string {
	const { totals, terms } = report;
	const count = (name: SeatClass): number =>
		report.classes.find(({ class: one }) => one === name)?.seats ?? 0;
	const matched = count('matched');
	const rest = report.classes.filter(({ class: name, seats }) => name !== 'matched' && seats > 0);
	const others = totals.seats - matched;
	const free = totals.free ?? 0;
	if (totals.seats + free === 0) return '';

	const all = parts([
		{ name: 'matched', label: SEAT_CLASS_WORDS.matched.label, count: matched },
		...rest.map(({ class: name, seats }) => ({
			name,
			label: SEAT_CLASS_WORDS[name].label,
			count: seats,
		})),
		{ name: 'free' as const, label: 'Contracted, not taken', count: free },
	]);
	const lookedAt = all.filter(({ name }) => name !== 'matched' && name !== 'free');
	const zoomed = parts(lookedAt);
	const cost = (seats: number): string =>
		terms.costPerSeat === undefined
			? ''
			: ` <span class="money">${escapeHtml(sum(seats * terms.costPerSeat, terms.currency))} a month</span>`;
	const caption = (name: string, seats: number, words: string): string =>
		`<span class="key ${name}"><b>${quantity(seats)}</b> ${words}${cost(seats)}</span>`;
	return `<figure class="picture">
<div class="keys">${[
		...(matched > 0 ? [caption('matched', matched, 'matched')] : []),
		...(others > 0 ? [caption('rest', others, 'to look at')] : []),
		...(free > 0 ? [caption('free', free, 'contracted, not taken')] : []),
	].join('')}</div>
<svg class="bar" role="img" aria-label="${escapeHtml(spoken(all, totals.seats))}">${free > 0 ? HATCH : ''}${all.map((part) => drawn(part, 0, '100%')).join('')}</svg>
${others > 0 ? zoom(lookedAt, zoomed) : ''}
</figure>`;
}

const HATCH =
	'<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>';

function zoom(lookedAt: readonly Part[], zoomed: readonly Part[]): string {
	const from = lookedAt[0]?.from ?? 0;
	const last = lookedAt.at(-1);
	const to = last ? last.from + last.width : 100;
	return `<svg class="zoom" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon points="${fixed(from)},0 ${fixed(to)},0 100,10 0,10"/></svg>
<svg class="bar large" role="img" aria-label="${escapeHtml(`The seats to look at. ${spoken(zoomed)}`)}">${zoomed
		.map(
			(part) =>
				drawn(part, 20, '44') +
				(part.width >= ROOM_FOR_NUMBER
					? `<text x="${fixed(part.from + part.width / 2)}%" y="13">${quantity(part.count)}</text>`
					: ''),
		)
		.join('')}</svg>`;
}

function drawn({ name, label, count, from, width }: Part, y: number, height: string): string {
	return `<rect class="${name}" x="${fixed(from)}%" y="${y}" width="${fixed(width)}%" height="${height}"><title>${escapeHtml(label)}: ${counted(count, 'seat')}</title></rect>`;
}

/** Shares of the whole width, each wide enough to be visible. */
function parts(counts: readonly Pick<Part, 'name' | 'label' | 'count'>[]): Part[] {
	const present = counts.filter(({ count }) => count > 0);
	const total = present.reduce((whole, { count }) => whole + count, 0);
	const widths = present.map(({ count }) => Math.max(NARROWEST, (count / total) * 100));
	const whole = widths.reduce((one, other) => one + other, 0);
	let from = 0;
	return present.map(({ name, label, count }, index) => {
		const width = ((widths[index] ?? 0) / whole) * 100;
		const part = { name, label, count, from, width };
		from += width;
		return part;
	});
}

function spoken(all: readonly Part[], seats?: number): string {
	const list = all.map(({ label, count }) => `${label}: ${quantity(count)}`).join(', ');
	return seats === undefined ? `${list}.` : `${counted(seats, 'seat')}. ${list}.`;
}

function fixed(value: number): string {
	return String(Math.round(value * 1000) / 1000);
}
