/** The bare address in a text that holds one; any other text as it is, so that a person sees what it is. */
function bareAddress(written) {
	const text = typeof written === 'string' ? written.trim() : '';
	return readEmail(text) ?? text;
}

/**
 * A record of the HRIS with bare addresses. Links, audits and guards compare addresses, and one that is
 * written with a name or `mailto:` would be nobody's there and yet a person's for Notion.
 */
function withBareAddresses(record) {
	const { email, managerEmail } = record;
	return {
		...record,
		...(email === undefined ? {} : { email: bareAddress(email) }),
		...(managerEmail === undefined ? {} : { managerEmail: bareAddress(managerEmail) }),
	};
}
