import { z } from 'zod';

import type { LicenseReport } from './license';
import { SEAT_CLASSES } from './seatClasses';

const seatSchema = z.object({
	/** Notion's ID. */
	userId: z.string(),
	email: z.string(),
	displayName: z.string().nullable(),
	class: z.enum(SEAT_CLASSES),
	/** A sentence. */
	reason: z.string(),
	department: z.string().nullable(),
});

/** A seat of a report that a person may pick to end. */
export type PickableSeat = z.infer<typeof seatSchema>;

const seatsSchema = z.object({
	/** Instant of the report, ISO. */
	reportedAt: z.string(),
	/** Why no seat may be ended on this report; empty where the readings are whole. */
	whyNot: z.array(z.string()),
	seats: z.array(seatSchema),
});

/** What a report leaves to the form on which seats are picked. */
export type PickableSeats = z.infer<typeof seatsSchema>;

export function pickableSeats({ reportedAt, whyNot, seats }: LicenseReport): PickableSeats {
	return {
		reportedAt,
		whyNot,
		seats: seats
			.filter(({ removable }) => removable)
			.map(({ userId, email, displayName, class: name, reason, department }) => ({
				userId,
				email,
				displayName,
				class: name,
				reason,
				department,
			})),
	};
}

/** @returns undefined where the stored text is none of {@link pickableSeats} */
export function readPickableSeats(record: string): PickableSeats | undefined {
	try {
		const parsed = seatsSchema.safeParse(JSON.parse(record));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}
