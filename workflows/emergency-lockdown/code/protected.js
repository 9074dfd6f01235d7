/**
 * Who is never locked out. A list that cannot be read protects the wrong people, so nobody is locked out
 * because of it.
 *
 * @param written addresses of Settings: a list, or one text
 * @returns { keys, trouble }; trouble is a sentence
 */
function protectedAddresses(written) {
	const list = [written ?? []].flat();
	const read = list.map((entry) =>
		typeof entry === 'string' ? readEmails(entry) : { entries: [], unreadable: [JSON.stringify(entry)] },
	);
	const [entry] = read.flatMap(({ unreadable }) => unreadable);
	return {
		keys: read.flatMap(({ entries }) => entries).map(emailKey),
		...(entry === undefined
			? {}
			: {
					trouble: `"${shownEntry(entry)}" among the protectedResponders of Settings is no email address, so it is not known who is protected, and nobody was locked out. Correct it and call again, or end the access by hand.`,
				}),
	};
}
