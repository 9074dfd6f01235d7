import type { Switches } from '../switches.mts';
import type { RefusalReason } from '../workspace/refusal.mts';
import { WorkspaceRefusal } from '../workspace/refusal.mts';
import { ScimError } from './answer.mts';

type Status = number | ((switches: Switches) => number);

/** SCIM's answer to each refusal: status, and the keyword of RFC 7644 if one applies. */
const answers: Record<RefusalReason, { status: Status; scimType?: string }> = {
	alreadyMember: { status: 409, scimType: 'uniqueness' },
	// Observed: a taken address is answered with 500, not with 409.
	addressTaken: { status: 500 },
	groupHoldsFullAccess: { status: 403 },
	guestInGroup: { status: 400, scimType: 'invalidValue' },
	invalidEmail: { status: 400, scimType: 'invalidValue' },
	lastOwner: { status: ({ lastOwnerRemoval }) => lastOwnerRemoval },
	mcpAccessDenied: { status: 403 },
	tokenCreator: { status: ({ tokenOwnerRemoval }) => tokenOwnerRemoval },
	tooManyEmails: { status: 400, scimType: 'invalidValue' },
	unknownGroup: { status: 404 },
	unknownMember: { status: 400, scimType: 'invalidValue' },
	unknownPerson: { status: 404 },
};

/** Any error in a form that can be written, with the status that the switch sets instead of 400. */
export const asScimError = (error: unknown, switches: Switches): ScimError => {
	const usual = usualError(error, switches);
	return usual.status === 400
		? new ScimError(switches.refusalStatus, usual.message, usual.scimType)
		: usual;
};

/** An unexpected error is a 500, and is printed on stderr. */
const usualError = (error: unknown, switches: Switches): ScimError => {
	if (error instanceof ScimError) return error;
	if (error instanceof WorkspaceRefusal) {
		const { status, scimType } = answers[error.reason];
		return new ScimError(
			typeof status === 'number' ? status : status(switches),
			// The 500 for a taken address reveals no details.
			error.reason === 'addressTaken' ? 'Internal server error' : error.message,
			scimType,
		);
	}
	process.emitWarning(error instanceof Error ? error : String(error));
	return new ScimError(500, 'Internal server error');
};
