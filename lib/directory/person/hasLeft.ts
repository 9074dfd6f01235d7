import type { Person } from './person';

/** Both must say so; anything else is a contradiction, and no evidence. */
export function hasLeft({ active, status }: Person): boolean {
	return !active && status === 'inactive';
}
