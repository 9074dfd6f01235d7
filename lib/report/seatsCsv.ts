import type { LicenseReport } from '../directory/seats/license';
import { csv } from './csv';
import { SEAT_CLASS_WORDS } from './seatClassWords';

const HEADER = [
	'Class',
	'Email',
	'Name',
	'Reason',
	'May be removed',
	'Since last report',
	'Class in last report',
	'Role',
	'Department',
	'Manager',
	'Cost center',
	'Employee number',
	'Groups',
	'Cost per month',
	'Cost until renewal',
	'Currency',
	'Directory',
	'Directory ID',
	'Notion ID',
];

/** Every seat as a row, for a spreadsheet. */
export function seatsCsv({ seats, terms, monthsUntilRenewal, isRenewalPast }: LicenseReport): string {
	return csv(
		HEADER,
		seats.map((seat) => [
			SEAT_CLASS_WORDS[seat.class].label,
			seat.email,
			seat.displayName,
			seat.reason,
			seat.removable ? 'yes' : 'no',
			seat.change,
			seat.classBefore && SEAT_CLASS_WORDS[seat.classBefore].label,
			seat.role,
			seat.department,
			seat.managerEmail,
			seat.costCenter,
			seat.employeeNumber,
			seat.groups.join('; '),
			seat.cost,
			seat.cost === null || monthsUntilRenewal === null || isRenewalPast
				? null
				: Math.round(seat.cost * monthsUntilRenewal * 100) / 100,
			seat.cost === null ? null : terms.currency,
			seat.source,
			seat.sourceId,
			seat.userId,
		]),
	);
}
