import { DateTime } from 'luxon';

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number of things, as 10,000. */
export function quantity(count: number): string {
	return WHOLE.format(count);
}

/** A sum without cents, which make columns of figures hard to read. */
export function sum(value: number, currency: string): string {
	return amount(Math.round(value), currency);
}

/** An amount with its currency; the code of an unknown currency follows the amount. */
export function amount(value: number, currency: string): string {
	const code = currency.trim().toUpperCase();
	const digits = Number.isInteger(value) ? 0 : 2;
	try {
		return new Intl.NumberFormat('en', {
			style: 'currency',
			currency: code,
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
		}).format(value);
	} catch {
		return `${WHOLE.format(value)} ${currency.trim()}`.trim();
	}
}

/** "1 seat", "2 seats". */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${quantity(count)} ${count === 1 ? one : many}`;
}

/** An instant in UTC, in a form that readers of any country understand. */
export function instantText(iso: string): string {
	const time = DateTime.fromISO(iso, { zone: 'utc', locale: 'en' });
	return time.isValid ? `${time.toFormat('d LLLL yyyy, HH:mm')} UTC` : iso;
}

/** A date in a form that readers of any country understand. */
export function dateText(iso: string): string {
	const date = DateTime.fromISO(iso, { zone: 'utc', locale: 'en' });
	return date.isValid ? date.toFormat('d LLL yyyy') : iso;
}
