import { z } from 'zod';

import { calendarDate, isNoDate } from '../../../../lib/directory/calendarDate';
import type { LicenseMemory, LicenseTerms } from '../../../../lib/directory/seats/license';
import { SEAT_CLASSES } from '../../../../lib/directory/seats/seats';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';

/** @throws ScimError `invalidInput` */
export function readTerms(parameters: ItemParameters): LicenseTerms {
	return {
		costPerSeat: positive(parameters.raw('costPerSeat'), 'Cost per Seat'),
		currency: parameters.text('currency').trim() || 'USD',
		contractedSeats: whole(parameters.raw('contractedSeats'), 'Contracted Seats'),
		renewalDate: date(parameters.text('renewalDate')),
	};
}

/** 0 stands for "not known", as does nothing at all. */
function positive(raw: unknown, label: string): number | undefined {
	if (raw === null || raw === undefined || raw === '') return undefined;
	const value = Number(typeof raw === 'string' ? raw.replace(',', '.') : raw);
	if (Number.isFinite(value) && value >= 0) return value === 0 ? undefined : value;
	throw new ScimError(
		'invalidInput',
		`${label} is not a number.`,
		'Enter a number without a currency, or 0 where it is not known.',
	);
}

/** Half a seat is a separator of thousands that was taken for one of decimals. */
function whole(raw: unknown, label: string): number | undefined {
	const value = positive(raw, label);
	if (value === undefined || Number.isInteger(value)) return value;
	throw new ScimError(
		'invalidInput',
		`${label} is not a whole number.`,
		'Enter a whole number without a separator of thousands, or 0 where it is not known.',
	);
}

/** The day of a date or an instant; an admin picks it in their own calendar, so no zone is applied. */
function date(text: string): string | undefined {
	if (isNoDate(text)) return undefined;
	const day = calendarDate(text);
	if (day !== undefined) return day;
	throw new ScimError(
		'invalidInput',
		`Renewal Date is not a date: ${text}.`,
		'Enter it as year, month and day, for example 2027-02-01.',
	);
}

const memorySchema = z.object({
	sources: z
		.record(z.object({ readAt: z.string(), count: z.number(), filled: z.record(z.number()).catch({}) }))
		.catch({}),
	absentSince: z.record(z.string()).catch({}),
	reportedAt: z.string().optional(),
	// Another version may have had other classes: what it said of a seat is then unknown.
	seats: z
		.record(z.tuple([z.enum(SEAT_CLASSES), z.string()]).nullable().catch(null))
		.transform((seats) =>
			Object.fromEntries(
				Object.entries(seats).flatMap(([id, seat]) => (seat === null ? [] : [[id, seat] as const])),
			),
		)
		.optional(),
});

/** @throws ScimError `invalidInput` for what is no memory: a report that forgets would cry wolf, or not */
export function readLastReport(raw: unknown): LicenseMemory {
	const parsed = memorySchema.safeParse(fromJson(raw, {}));
	if (parsed.success) return parsed.data;
	throw new ScimError(
		'invalidInput',
		'Last Report is not the memory of a report.',
		'Give the field memory of what this operation gave the last time, or leave it empty for a first report.',
	);
}

/** What an expression gave, or the JSON that was typed in; undefined for text that is none. */
function fromJson(raw: unknown, empty: unknown): unknown {
	if (typeof raw === 'object' && raw !== null) return raw;
	const text = asText(raw).trim();
	if (text === '') return empty;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
