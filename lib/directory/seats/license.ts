import { DateTime } from 'luxon';

import type { Manifest } from '../person/person';
import type { Memory } from '../plan/policy';
import type { SeatClass } from './seatClasses';
import type { Seat } from './seats';
import { SEAT_CLASSES } from './seatClasses';
import type { WorkspaceReading } from '../workspace/workspace';

/** What the contract with Notion says. What is not known is undefined, and then nothing is said of it. */
export interface LicenseTerms {
	/** What one seat costs a month, without tax. */
	costPerSeat: number | undefined;
	/** As in ISO 4217, for example EUR. */
	currency: string;
	contractedSeats: number | undefined;
	/** Local date, YYYY-MM-DD: from then on fewer seats cost less. */
	renewalDate: string | undefined;
}

/** The seats of one class. Money is in the currency of the terms; null where no cost is known. */
export interface ClassTotal {
	class: SeatClass;
	seats: number;
	perMonth: number | null;
	/** What these seats cost from now to the renewal, whatever is done now; null where that is past. */
	untilRenewal: number | null;
	perYear: number | null;
}

/** One seat as a report lists it. */
export interface ReportedSeat extends Seat {
	/** A month. */
	cost: number | null;
	/** Against the last report: `new`, `changed` or null. */
	change: 'new' | 'changed' | null;
	/** What it was then. */
	classBefore: SeatClass | null;
}

/** A seat of the last report that is no more. */
export interface GoneSeat {
	userId: string;
	email: string;
	classBefore: SeatClass;
}

/** What changed since the last report; undefined in the first one. */
export interface LicenseChanges {
	/** Instant of the last report, ISO. */
	since: string;
	added: number;
	gone: GoneSeat[];
	changedClass: number;
	/** How many seats of each class there were then; a class without any may be left out. */
	before: Partial<Record<SeatClass, number>>;
}

/**
 * What a report leaves to the next one, as plain data. It has all that a plan remembers, so it can be
 * handed to a plan: the first complete reading that did not list a member counts for both.
 */
export interface LicenseMemory extends Memory {
	/** Instant of the report, ISO; absent before the first one. */
	reportedAt?: string | undefined;
	/** By Notion id: class and address. */
	seats?: Record<string, [SeatClass, string]> | undefined;
}

/** Everything that a report tells, before anything is drawn. */
export interface LicenseReport {
	title: string;
	/** Instant, ISO. */
	reportedAt: string;
	terms: LicenseTerms;
	seats: ReportedSeat[];
	/** Every class, also without seats, in the order of {@link SEAT_CLASSES}. */
	classes: ClassTotal[];
	totals: {
		seats: number;
		perMonth: number | null;
		/** Seats that may be picked for removal, and what a year of them costs. */
		removable: number;
		removablePerMonth: number | null;
		removablePerYear: number | null;
		/** Contracted, and no member has them. */
		free: number | null;
		/** Taken beyond the contract. */
		beyondContract: number | null;
	};
	/** Months to the renewal, rounded to a tenth, and whole days; null without a date, 0 where it is past. */
	monthsUntilRenewal: number | null;
	daysUntilRenewal: number | null;
	/** Whether the day of the renewal is over, wherever on earth the reader is. */
	isRenewalPast: boolean;
	/** Why no seat may be called orphaned or be removed on these readings; empty where they are whole. */
	whyNot: string[];
	/** What belongs to the whole report, as sentences. */
	notes: string[];
	changes: LicenseChanges | undefined;
	evidence: {
		/** Mark of the workspace: see planSigner.ts. */
		workspaceId: string;
		workspace: WorkspaceReading;
		sources: Manifest[];
		persons: number;
		/** Of this package. */
		version: string;
	};
	memory: LicenseMemory;
}

export interface LicenseInput {
	title: string;
	seats: readonly Seat[];
	terms: LicenseTerms;
	lastReport: LicenseMemory;
	/** See {@link LicenseReport.whyNot}. */
	whyNot: readonly string[];
	/** Why no unlisted member is called orphaned although the readings are whole, as sentences. */
	unproven: readonly string[];
	/** Whether the credential names owned domains; without any, no address counts as foreign. */
	knowsOwnDomains: boolean;
	evidence: LicenseReport['evidence'];
	/** What the readings leave to the next ones: see evidence.ts. */
	sources: Memory['sources'];
	absentSince: Memory['absentSince'];
	/** Epoch milliseconds. */
	now: number;
}

/** Adds up what the seats cost, and compares them with the last report. */
export function licenseReport(input: LicenseInput): LicenseReport {
	const { seats, terms, lastReport, now } = input;
	const renewal = renewalFrom(terms.renewalDate, now);
	const { months } = renewal;
	const before = lastReport.seats;
	const reported = seats.map((seat): ReportedSeat => {
		const classBefore =
			before && Object.hasOwn(before, seat.userId) ? (before[seat.userId]?.[0] ?? null) : null;
		const change = before === undefined || classBefore === seat.class ? null : classBefore ? 'changed' : 'new';
		return { ...seat, cost: terms.costPerSeat ?? null, change, classBefore };
	});
	const removable = reported.filter((seat) => seat.removable).length;
	const classes = SEAT_CLASSES.map((name) => {
		const count = reported.filter((seat) => seat.class === name).length;
		return {
			class: name,
			seats: count,
			perMonth: money(count, terms),
			untilRenewal: months === null || renewal.isPast ? null : money(count * months, terms),
			perYear: money(count * 12, terms),
		};
	});
	const { contractedSeats } = terms;
	return {
		title: input.title,
		reportedAt: new Date(now).toISOString(),
		terms,
		seats: reported,
		classes,
		totals: {
			seats: seats.length,
			perMonth: money(seats.length, terms),
			removable,
			removablePerMonth: money(removable, terms),
			removablePerYear: money(removable * 12, terms),
			free: contractedSeats === undefined ? null : Math.max(0, contractedSeats - seats.length),
			beyondContract: contractedSeats === undefined ? null : Math.max(0, seats.length - contractedSeats),
		},
		monthsUntilRenewal: months,
		daysUntilRenewal: renewal.days,
		isRenewalPast: renewal.isPast,
		whyNot: [...input.whyNot],
		notes: notesOn(input, renewal.isPast),
		changes: changesSince(lastReport, reported),
		evidence: input.evidence,
		memory: memoryOf(input),
	};
}

/** What no report may leave out, and what is special about this one. */
function notesOn({ terms, unproven, knowsOwnDomains, now }: LicenseInput, isPast: boolean): string[] {
	return [
		...unproven,
		terms.renewalDate === undefined || isPast
			? 'A seat that ends saves money from the next renewal of the contract only: until then it is paid for. A seat that is added is billed at once.'
			: `A seat that ends saves money from the renewal on ${terms.renewalDate} only: until then it is paid for. A seat that is added is billed at once.`,
		...(isPast
			? [`The renewal date ${terms.renewalDate} was before ${new Date(now).toISOString().slice(0, 10)}: enter the next one.`]
			: []),
		'"Matched" says that a directory lists the person as present, not that they use Notion: SCIM does not show activity.',
		'Guests are not members, need no seat, and are not visible to SCIM. Neither are bots and integrations that are no members, public links, and pages shared with one person.',
		...(knowsOwnDomains
			? []
			: ['The credential names no owned domains, so no address counts as one of a foreign domain.']),
	];
}

function changesSince(
	{ reportedAt, seats: before }: LicenseMemory,
	seats: readonly ReportedSeat[],
): LicenseChanges | undefined {
	if (reportedAt === undefined || before === undefined) return undefined;
	const now = new Set(seats.map(({ userId }) => userId));
	const gone = Object.entries(before)
		.filter(([userId]) => !now.has(userId))
		.map(([userId, [classBefore, email]]) => ({ userId, email, classBefore }))
		.sort((one, other) => (one.email < other.email ? -1 : 1));
	const counts: Partial<Record<SeatClass, number>> = {};
	for (const [name] of Object.values(before)) counts[name] = (counts[name] ?? 0) + 1;
	return {
		since: reportedAt,
		added: seats.filter(({ change }) => change === 'new').length,
		gone,
		changedClass: seats.filter(({ change }) => change === 'changed').length,
		before: counts,
	};
}

function memoryOf({ seats, sources, absentSince, now }: LicenseInput): LicenseMemory {
	return {
		sources,
		absentSince,
		reportedAt: new Date(now).toISOString(),
		seats: Object.fromEntries(seats.map((seat) => [seat.userId, [seat.class, seat.email]])),
	};
}

/** How long it is from an instant to the day of a renewal. */
function renewalFrom(
	date: string | undefined,
	now: number,
): { months: number | null; days: number | null; isPast: boolean } {
	if (date === undefined) return { months: null, days: null, isPast: false };
	const at = DateTime.fromISO(date, { zone: 'utc' });
	const today = DateTime.fromMillis(now, { zone: 'utc' });
	const { months } = at.diff(today, 'months');
	const { days } = at.diff(today.startOf('day'), 'days');
	// The day ends last at UTC-12.
	const isPast = at.plus({ days: 1, hours: 12 }) <= today;
	return { months: Math.max(0, Math.round(months * 10) / 10), days: Math.max(0, days), isPast };
}

function money(seats: number, { costPerSeat }: LicenseTerms): number | null {
	return costPerSeat === undefined ? null : Math.round(seats * costPerSeat * 100) / 100;
}
