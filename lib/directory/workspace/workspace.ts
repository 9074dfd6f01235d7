import type { Group } from '../../scim/groupResource';
import type { User } from '../../scim/userResource';

/** Notion's side of a comparison: all users and all groups, known to be whole. */
export interface Workspace {
	/**
	 * Tells workspaces apart without telling the token: see `workspaceMark` in planSigner.ts. Another token of the
	 * same workspace counts as another workspace, because SCIM has no id for a workspace.
	 */
	id: string;
	/** People who have left (inactive) may be among them; they have no seat. */
	users: User[];
	groups: Group[];
	/** How the lists were read, as evidence. */
	reading: WorkspaceReading;
}

/** How a population is known to be whole. */
export interface WorkspaceReading {
	/** Instants, ISO. */
	startedAt: string;
	readAt: string;
	users: ListEvidence;
	groups: ListEvidence;
}

/** Totals that the server stated first and last, and how often it was asked. */
export interface ListEvidence {
	count: number;
	firstTotal: number;
	lastTotal: number;
	pages: number;
	passes: number;
}
