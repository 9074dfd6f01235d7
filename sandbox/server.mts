import { ADMIN_PREFIX } from './admin/adminServer.mts';
import type { AdminScope } from './admin/adminTokens.mts';
import { AdminTokens } from './admin/adminTokens.mts';
import { startHttpServer } from './http/httpServer.mts';
import type { FaultRule, FaultState } from './http/faults.mts';
import { Faults } from './http/faults.mts';
import { RequestLog } from './http/requestLog.mts';
import type { LoggedRequest, RequestFilter } from './http/requestLog.mts';
import { SCIM_PREFIX } from './http/scimServer.mts';
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
	const workspace = new Workspace({ seed });
	const board = new SwitchBoard(options.switches);
	const faults = new Faults(seed);
	const log = new RequestLog();
	const lag = new ReadLag();
	const adminTokens = new AdminTokens();
	const adminLog = new RequestLog();

	const fill = (token?: string): string => {
		const secret = seedDefaultWorkspace(workspace, { empty: options.empty ?? false, token });
		if (options.people) seedPeople(workspace, options.people, seed);
		return secret;
	};
	const token = fill(options.token);
	const adminToken = adminTokens.add(undefined, options.adminToken);

	const reset = () => {
		workspace.clear();
		board.reset(options.switches);
		faults.clear();
		lag.catchUp();
		log.clear();
		adminLog.clear();
		adminTokens.clear();
		adminTokens.add(undefined, adminToken);
		fill(token);
	};
	const addPeople = (count: number) => seedPeople(workspace, count, seed);

	const http = await startHttpServer({
		port: options.port ?? 0,
		workspace,
		board,
		faults,
		log,
		lag,
		adminTokens,
		adminLog,
		seed,
		reset,
		seedPeople: addPeople,
	});

	return {
		url: http.url,
		scimUrl: http.url + SCIM_PREFIX,
		token,
		adminUrl: http.url + ADMIN_PREFIX,
		adminToken,
		adminTokens: {
			add: (scopes) => adminTokens.add(scopes),
			revoke: (secret) => adminTokens.revoke(secret),
		},
		workspace,
		get switches() {
			return board.current;
		},
		setSwitches: (settings) => board.set(settings),
		faults: {
			add: (rule) => faults.add(rule),
			all: () => faults.all(),
			clear: () => faults.clear(),
		},
		catchUp: () => lag.catchUp(),
		requests: requestsIn(log),
		adminRequests: requestsIn(adminLog),
		seedPeople: addPeople,
		reset,
		close: http.close,
	};
};

const requestsIn = (log: RequestLog): Requests => ({
	all: () => log.all(),
	count: (filter) => log.count(filter),
	counters: () => log.counters(),
	clear: () => log.clear(),
});

export { OWNER_EMAIL };
