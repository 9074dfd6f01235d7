import type { SeededRandom } from '../seed/random.mts';
import type { Switches } from '../switches.mts';
import type { Workspace, WorkspaceView } from '../workspace/workspace.mts';
import type { Answer } from './answer.mts';
import type { Query } from './list.mts';

/** All that a SCIM route needs to know of a request. */
export interface ScimRequest {
	workspace: Workspace;
	/** What a read sees of it; writes see everything. */
	seen: WorkspaceView;
	switches: Readonly<Switches>;
	random: SeededRandom;
	/** Id in the path; empty where the route has none. */
	id: string;
	query: Query;
	/** The parsed body; undefined when there is none. */
	body: unknown;
	/** Who made the token; empty where the route needs none. */
	tokenCreatorId: string;
}

/** Carries out a request. Throws ScimError or WorkspaceRefusal to refuse it. */
export type ScimHandler = (request: ScimRequest) => Answer;

export interface ScimRoute {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the base URL, with `:id` for an id. */
	path: string;
	/** Default true. */
	needsToken?: boolean;
	handle: ScimHandler;
}
