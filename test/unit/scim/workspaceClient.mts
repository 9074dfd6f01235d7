import type { Clock } from '../../../lib/scim/clock.ts';
import { Groups } from '../../../lib/scim/groups.ts';
import { RateLimiter } from '../../../lib/scim/rateLimiter.ts';
import { Requester } from '../../../lib/scim/requester.ts';
import type { ServerCapabilities } from '../../../lib/scim/serverCapabilities.ts';
import { unknownCapabilities } from '../../../lib/scim/serverCapabilities.ts';
import type { Transport } from '../../../lib/scim/transport.ts';
import { Users } from '../../../lib/scim/users.ts';

/** The machine's time, in which every sleep is over at once, as if it had been sat out. */
export const createHastyClock = (): Clock => {
	let skipped = 0;
	return {
		now: () => Date.now() + skipped,
		sleep: async (milliseconds, signal) => {
			signal?.throwIfAborted();
			skipped += milliseconds;
			await new Promise<void>((resolve) => {
				setImmediate(resolve);
			});
		},
		random: () => 0.5,
	};
};

export interface WorkspaceClient {
	users: Users;
	groups: Groups;
	requester: Requester;
	capabilities: ServerCapabilities;
}

/** Everything that one run of a node has, as if nothing had been found out about the server yet. */
export const createWorkspaceClient = (
	transport: Transport,
	capabilities: ServerCapabilities = unknownCapabilities(),
): WorkspaceClient => {
	const clock = createHastyClock();
	const requester = new Requester(transport, new RateLimiter(clock), clock);
	return {
		users: new Users(requester, capabilities),
		groups: new Groups(requester, capabilities),
		requester,
		capabilities,
	};
};

/** Every combination of the values of some settings. */
export const combinations = <T extends Record<string, readonly unknown[]>>(
	settings: T,
): Array<{ [K in keyof T]: T[K][number] }> =>
	Object.entries(settings).reduce<Array<Record<string, unknown>>>(
		(found, [name, values]) =>
			found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
		[{}],
	) as Array<{ [K in keyof T]: T[K][number] }>;
