/** Where somebody stands, by the status of their account. */
function standing(status, ownWords) {
	return directoryStanding('Okta', status, OKTA_WORDS, ownWords);
}
