import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { calendarDate, isNoDate } from '../../../../lib/directory/person/calendarDate';
import type { LicenseMemory, LicenseTerms } from '../../../../lib/directory/seats/license';
import { readPatterns } from '../../../../lib/directory/seats/nonHumanPatterns';
import { SEAT_CLASSES } from '../../../../lib/directory/seats/seatClasses';
import { shownEntry } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';

export const costPerSeat: INodeProperties = {
	displayName: 'Cost per Seat',
	name: 'costPerSeat',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description: 'The monthly cost of one seat. With 0 the report shows only seats.',
};

export const contractedSeats: INodeProperties = {
	displayName: 'Contracted Seats',
	name: 'contractedSeats',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'The number of seats in the contract. 0 means unknown.',
};

export const maxSourceShrink: INodeProperties = {
	displayName: 'Max Source Shrink',
	name: 'maxSourceShrink',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
	default: 5,
	description:
		'By how many percent a directory may have shrunk since the last time, or an attribute be missing. Beyond that, no seat counts as orphaned.',
};

/** @throws ScimError `invalidInput` */
export function readTerms(parameters: ItemParameters): LicenseTerms {
	return {
		costPerSeat: parameters.number(costPerSeat) || undefined,
		currency: parameters.text('currency').trim() || 'USD',
		contractedSeats: parameters.number(contractedSeats) || undefined,
		renewalDate: date(parameters.text('renewalDate')),
	};
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

/** @returns empty for none. @throws ScimError `invalidInput` for a pattern that cannot match any address */
export function readNonHuman(raw: unknown): string[] {
	if (raw === undefined || raw === null) return [];
	const parsed = z.union([z.string(), z.array(z.string()).transform((list) => list.join('\n'))]).safeParse(raw);
	if (!parsed.success) {
		throw new ScimError(
			'invalidInput',
			'Non-Human Addresses is neither text nor an array of texts.',
			'Check its expression, or remove the option.',
		);
	}
	const { entries, unreadable } = readPatterns(parsed.data);
	const [first] = unreadable;
	if (first === undefined) return entries;
	throw new ScimError(
		'invalidInput',
		`Non-Human Addresses has "${shownEntry(first)}" in it, which is neither an email address nor a pattern for one.`,
		'Write whole addresses, the part before the @ as in svc-*@, or the domain as in @bots.example.com.',
	);
}

const memorySchema = z.object({
	sources: z
		.record(z.object({ readAt: z.string(), count: z.number(), filled: z.record(z.number()).catch({}) }))
		.catch({}),
	absentSince: z.record(z.string()).catch({}),
	reportedAt: z.string().optional(),
	// Another version may have had other classes: its class of a seat then counts as unknown.
	seats: z
		.record(z.tuple([z.enum(SEAT_CLASSES), z.string()]).nullable().catch(null))
		.transform((seats) =>
			Object.fromEntries(
				Object.entries(seats).flatMap(([id, seat]) => (seat === null ? [] : [[id, seat] as const])),
			),
		)
		.optional(),
});

/**
 * @throws ScimError `invalidInput` for anything but a memory: a report that forgets would raise false
 * alerts, or miss real ones
 */
export function readLastReport(raw: unknown): LicenseMemory {
	const parsed = memorySchema.safeParse(fromJson(raw, {}));
	if (parsed.success) return parsed.data;
	throw new ScimError(
		'invalidInput',
		'Last Report is not the memory of a report.',
		'Give the field memory of what this operation gave the last time, or leave it empty for a first report.',
	);
}

/** The result of an expression, or the JSON that was typed in; undefined for text that is not JSON. */
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
