import { ADMIN_PREFIX } from './admin/adminServer.mts';
import type { AdminServerParts } from './admin/adminServer.mts';
import type { AdminScope } from './admin/adminTokens.mts';
import { AdminTokens } from './admin/adminTokens.mts';
import { startHttpServer } from './http/httpServer.mts';
import type { FaultRule, FaultState } from './http/faults.mts';
import { Faults } from './http/faults.mts';
import { RequestLog } from './http/requestLog.mts';
import type { LoggedRequest, RequestFilter } from './http/requestLog.mts';
import { SCIM_PREFIX } from './http/scimServer.mts';
import type { ScimServerParts } from './http/scimServer.mts';
import { ReadLag } from './scim/readLag.mts';
import { OWNER_EMAIL, seedDefaultWorkspace } from './seed/defaultWorkspace.mts';
import { seedPeople } from './seed/people.mts';
import type { Switches, SwitchSettings } from './switches.mts';
import { SwitchBoard } from './switches.mts';
import { Workspace } from './workspace/workspace.mts';

export type { AdminScope, FaultRule, LoggedRequest, RequestFilter, Switches, SwitchSettings, Workspace };

export interface SandboxOptions {
	/** Default 0: any free port. */
	port?: number;
	/** The same seed gives the same people, ids and faults. Default 1. */
	seed?: number;
	/** People to add to the default workspace. Default 0. */
	people?: number;
	/** Switches with other values than their defaults. */
	switches?: SwitchSettings;
	/** A workspace with only the owner who created the token. Default false. */
	empty?: boolean;
	/** The owner's token. Default: a random one. */
	token?: string;
	/** The token for Notion's Admin API. Default: a random one. */
	adminToken?: string;
}

/** The requests to one of the two APIs. */
export interface Requests {
	/** The last requests, oldest first. */
	all: () => readonly LoggedRequest[];
	/** Their number; `path` is matched with and without the query. */
	count: (filter?: RequestFilter) => number;
	/** By method and route: `{'GET /scim/v2/Users': 3}`. */
	counters: () => Record<string, number>;
	clear: () => void;
}

/** A running sandbox. */
export interface Sandbox {
	/** Address of the live page, without a slash at the end. */
	readonly url: string;
	/** Base URL of SCIM, without a slash at the end. */
	readonly scimUrl: string;
	/** A SCIM token of owner@example.com. */
	readonly token: string;
	/** Base URL of Notion's Admin API, without a slash at the end. */
	readonly adminUrl: string;
	/** A token for the Admin API, with every scope. */
	readonly adminToken: string;
	readonly adminTokens: {
		/** Creates another token, with these scopes (default: all), and returns its secret. */
		add: (scopes?: readonly AdminScope[]) => string;
		revoke: (token: string) => void;
	};
	readonly workspace: Workspace;
	readonly switches: Readonly<Switches>;
	/** Sets some switches. @throws ZodError for a value that a switch does not have */
	setSwitches: (settings: SwitchSettings) => Readonly<Switches>;
	readonly faults: {
		/** @throws ZodError when the rule cannot be understood */
		add: (rule: FaultRule) => void;
		all: () => readonly FaultState[];
		clear: () => void;
	};
	/** Ends the read lag of the switch `readLag`, until the next write. */
	catchUp: () => void;
	/** Requests to SCIM. */
	readonly requests: Requests;
	/** Requests to the Admin API, which are not among `requests`. */
	readonly adminRequests: Requests;
	/** Adds people from the seed; see `people`. */
	seedPeople: (count: number) => void;
	/** Resets the sandbox: same people, same tokens, same switches; no faults, no requests. */
	reset: () => void;
	close: () => Promise<void>;
}

/** Starts a workspace on 127.0.0.1. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
	const seed = options.seed ?? 1;
	const parts = newParts(seed, options.switches);
	const { workspace, board, adminTokens } = parts;
	const token = fill(parts, options, options.token);
	const adminToken = adminTokens.add(undefined, options.adminToken);
	const controls = {
		seedPeople: (count: number) => seedPeople(workspace, count, seed),
		reset: () => {
			clear(parts, options.switches);
			adminTokens.add(undefined, adminToken);
			fill(parts, options, token);
		},
	};
	const { url, close } = await startHttpServer({ port: options.port ?? 0, ...parts, ...controls });

	return {
		url,
		scimUrl: url + SCIM_PREFIX,
		token,
		adminUrl: url + ADMIN_PREFIX,
		adminToken,
		workspace,
		get switches() {
			return board.current;
		},
		setSwitches: (settings) => board.set(settings),
		...handlesOf(parts),
		...controls,
		close,
	};
};

/** What the servers work on. */
type Parts = ScimServerParts & AdminServerParts;

const newParts = (seed: number, switches: SwitchSettings | undefined): Parts => ({
	seed,
	workspace: new Workspace({ seed }),
	board: new SwitchBoard(switches),
	faults: new Faults(seed),
	log: new RequestLog(),
	lag: new ReadLag(),
	adminTokens: new AdminTokens(),
	adminLog: new RequestLog(),
});

/** Puts the first people in. @returns the secret of the owner's token, which is `token` if it is given */
const fill = (
	{ workspace, seed }: Parts,
	{ empty = false, people }: SandboxOptions,
	token: string | undefined,
): string => {
	const secret = seedDefaultWorkspace(workspace, { empty, token });
	if (people) seedPeople(workspace, people, seed);
	return secret;
};

const clear = (parts: Parts, switches: SwitchSettings | undefined): void => {
	parts.workspace.clear();
	parts.board.reset(switches);
	parts.faults.clear();
	parts.lag.catchUp();
	parts.log.clear();
	parts.adminLog.clear();
	parts.adminTokens.clear();
};

const handlesOf = ({
	faults,
	lag,
	log,
	adminTokens,
	adminLog,
}: Parts): Pick<Sandbox, 'adminTokens' | 'faults' | 'catchUp' | 'requests' | 'adminRequests'> => ({
	adminTokens: {
		add: (scopes) => adminTokens.add(scopes),
		revoke: (secret) => adminTokens.revoke(secret),
	},
	faults: {
		add: (rule) => faults.add(rule),
		all: () => faults.all(),
		clear: () => faults.clear(),
	},
	catchUp: () => lag.catchUp(),
	requests: requestsIn(log),
	adminRequests: requestsIn(adminLog),
});

const requestsIn = (log: RequestLog): Requests => ({
	all: () => log.all(),
	count: (filter) => log.count(filter),
	counters: () => log.counters(),
	clear: () => log.clear(),
});

export { OWNER_EMAIL };
