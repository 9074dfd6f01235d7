import { hasLeft } from '../person/hasLeft';
import type { Person } from '../person/person';

/**
 * Entries that do not say that the person has left. Many directories have a newcomer as disabled until the
 * first day; and where "active" and the status contradict each other, it is not certain that the person has left.
 */
export function presentOnes(records: readonly Person[], now: number): Person[] {
	return records.filter((person) => !hasLeft(person) || startsLater(person, now));
}

export function startsLater({ startAt }: Person, now: number): boolean {
	return startAt !== undefined && startAt > now;
}

/** Whether an entry does not say for certain that the person is present. */
export function isUncertain(person: Person, now: number): boolean {
	if (startsLater(person, now)) return false;
	return !person.active || ['suspended', 'unknown', 'inactive'].includes(person.status);
}
