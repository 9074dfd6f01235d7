/** What can happen to a person in a company, independent of the words of their HRIS. */
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
