import { z } from 'zod';

import type { LicenseMemory, LicenseTerms } from '../../../../lib/directory/license';
import type { PersonLink } from '../../../../lib/directory/policy';
import { SEAT_CLASSES } from '../../../../lib/directory/seats';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';

/** @throws ScimError `invalidInput` */
export function readTerms(parameters: ItemParameters): LicenseTerms {
	return {
		costPerSeat: positive(parameters.raw('costPerSeat'), 'Cost per Seat'),
		currency: parameters.text('currency').trim() || 'USD',
		contractedSeats: positive(parameters.raw('contractedSeats'), 'Contracted Seats'),
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

/** The day of a date or an instant; an admin picks it in their own calendar, so no zone is applied. */
function date(text: string): string | undefined {
	if (text.trim() === '') return undefined;
	const [day] = /^\d{4}-\d{2}-\d{2}/.exec(text.trim()) ?? [];
	if (day && !Number.isNaN(Date.parse(day))) return day;
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

const linksSchema = z.array(
	z.object({
		source: z.string(),
		sourceId: z.string().nullish(),
		employeeId: z.string().nullish(),
		userId: z.string().nullish(),
		email: z.string().nullish(),
	}),
);

/** @throws ScimError `invalidInput` */
export function readLinks(raw: unknown): PersonLink[] {
	const parsed = linksSchema.safeParse(fromJson(raw, []));
	if (!parsed.success) {
		throw new ScimError(
			'invalidInput',
			'Links is not a list of links.',
			'Give an array of objects with source, sourceId and userId, such as the rows of the table people_links.',
		);
	}
	return parsed.data.flatMap(({ source, sourceId, employeeId, userId, email }) => {
		const id = (sourceId || employeeId || '').trim();
		// A person whose account is not known yet has a row without one.
		if (id === '' || !userId?.trim()) return [];
		return [{ source: source.trim(), sourceId: id, userId: userId.trim(), email: email || undefined }];
	});
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
