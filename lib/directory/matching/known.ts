import type { Accounts } from './accounts';
import type { Entries } from './entries';
import type { Links } from './links';

/** Everything that says who is who. */
export interface Known {
	accounts: Accounts;
	links: Links;
	entries: Entries;
}
