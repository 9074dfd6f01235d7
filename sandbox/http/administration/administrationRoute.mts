import type { HttpServerParts } from '../httpServer.mts';

/** What a route of the sandbox's own API needs to know about a request. */
export interface AdministrationRequest {
	/** The parsed body; undefined when there is none. */
	body: unknown;
	query: unknown;
}

export interface AdministrationRoute {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Below `/sandbox/api`. */
	path: string;
	/**
	 * Returns the body of a 200; undefined where there is nothing to tell. Throws ZodError or WorkspaceRefusal
	 * to refuse the request.
	 */
	handle: (parts: HttpServerParts, request: AdministrationRequest) => unknown;
}
