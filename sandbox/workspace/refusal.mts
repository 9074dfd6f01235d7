/** Why the workspace refuses something. The HTTP layer decides on the status. */
export type RefusalReason =
	| 'alreadyMember'
	| 'addressTaken'
	| 'groupHoldsFullAccess'
	| 'guestInGroup'
	| 'invalidEmail'
	| 'lastOwner'
	| 'mcpAccessDenied'
	| 'tokenCreator'
	| 'tooManyEmails'
	| 'unknownGroup'
	| 'unknownMember'
	| 'unknownPerson';

/** The workspace refuses a request, and nothing has changed. */
export class WorkspaceRefusal extends Error {
	readonly reason: RefusalReason;

	constructor(reason: RefusalReason, message: string) {
		super(message);
		this.name = 'WorkspaceRefusal';
		this.reason = reason;
	}
}
