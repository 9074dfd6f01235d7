import type { SeededRandom } from '../seed/random.mts';
import type { Switches } from '../switches.mts';
import type { Workspace, WorkspaceView } from '../workspace/workspace.mts';
import type { Answer } from './answer.mts';
import type { Query } from './list.mts';

/** Everything that a SCIM route needs to know about a request. */
export interface ScimRequest {
	workspace: Workspace;
	/** The data that a read sees; writes see everything. */
	seen: WorkspaceView;
	switches: Readonly<Switches>;
	random: SeededRandom;
	/** Id in the path; empty if the route has none. */
	id: string;
	query: Query;
	/** The parsed body; undefined when there is none. */
	body: unknown;
	/** The creator of the token; empty if the route needs none. */
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
