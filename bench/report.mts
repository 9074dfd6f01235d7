import { type Measured, ratios, spread } from './measure.mts';

/** Prints a table of all contenders, then one line for each pair of the usual way and ours. */
export function report(title: string, usual: Measured[], ours: Measured[]): void {
	console.log(`\n${title}`);
	console.table(
		[...usual, ...ours].map((measured) => {
			const time = spread(measured.measurements.map(({ milliseconds }) => milliseconds));
			return {
				contender: measured.name,
				requests: requestsOf(measured),
				'ms min': Math.round(time.min),
				'ms median': Math.round(time.median),
				'ms max': Math.round(time.max),
			};
		}),
	);
	for (const other of usual) {
		for (const own of ours) console.log(`${title}: ${claim(other, own)}`);
	}
}

function claim(other: Measured, own: Measured): string {
	const { median } = spread(ratios(other, own));
	const isFaster = median >= 1;
	const { min, median: times, max } = spread(isFaster ? ratios(other, own) : ratios(own, other));
	return (
		`${own.name} ${times.toFixed(1)}x ${isFaster ? 'faster' : 'slower'} ` +
		`(${min.toFixed(1)}–${max.toFixed(1)}), ` +
		`${requestsOf(own)} requests against ${requestsOf(other)}, than ${other.name}`
	);
}

function requestsOf({ measurements }: Measured): string {
	const { min, max } = spread(measurements.map(({ requests }) => requests));
	return min === max ? String(min) : `${min}–${max}`;
}
