/**
 * Where somebody stands.
 *
 * @param user Google's: { archived, suspended, suspensionReason }
 * @param ownWords of Settings; where suspending is how leavers are locked out, `{ "suspended": "inactive" }`
 */
function standing({ archived, suspended, suspensionReason }, ownWords) {
	const isNew = text(suspensionReason)?.toUpperCase() === 'WEB_LOGIN_REQUIRED';
	const ofSuspension = isNew ? 'suspended (web login required)' : 'suspended';
	const words = { true: ofSuspension, false: 'active' };
	const word = archived === true ? 'archived' : words[suspended];
	const found = directoryStanding('Google Workspace', word, GOOGLE_WORDS, ownWords);
	if (found.status !== 'notStarted') return found;
	return { ...found, explanation: 'The account becomes active when its owner first signs in to Google.' };
}
