/** What can happen to somebody in a company, whatever their HRIS calls it. */
export const kinds = [
	'hired',
	'rehired',
	'hireCancelled',
	'changed',
	'leaverScheduled',
	'left',
	'leaverCancelled',
	'onLeave',
	'returned',
	'accessRevoked',
	'other',
] as const;

export type Kind = (typeof kinds)[number];

export function isKind(value: unknown): value is Kind {
	return kinds.some((kind) => kind === value);
}
